"""One edition: what was promised, the same for the judge, what must come out, and how open places are read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.http import HttpResponse

from upheld.apps.agreements.queries import UnknownAgreement, parameters_of, source_of, versions_of
from upheld.apps.agreements.queries import version as read_version
from upheld.apps.ledger.services import open_signer
from upheld.apps.statements.queries import content_of, list_statements
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, short_title
from upheld.doors.refusing import NotHere
from upheld.doors.shown.agreements import check_version, find_differences, tell_effective
from upheld.gateways.pdf.naming import tell_senses
from upheld.language.checking import Checked, check
from upheld.language.examples import Difference, Example
from upheld.language.figures import find_figures
from upheld.language.parts import cut_stretches, list_headings, name_example, name_stretch, plain, tell_history, tell_value
from upheld.language.problem import Problems
from upheld.language.prose import Clause, read_pages
from upheld.pages.contexts import agreements as c
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_day

Edition = Any
"""A row of the versions, as their queries give it."""


def show_agreement(asked: Asked, document: str, version: str) -> c.AgreementPage:
    row = find_edition(asked, document, version)
    text = source_of(row)
    found = check(text, as_of=Instant.of(row.added_at))
    bound = [one for one, _ in list_bound(asked, row)]
    return c.AgreementPage(
        list_url=asked.url_of("agreements"),
        agreement_title=row.title,
        name=short_title(found.document) if found.document else document,
        version=row.version,
        effective=tell_effective(found),
        bound=tuple((one.customer.name, from_at) for one, from_at in list_bound(asked, row)),
        checked=check_version(text, document, Instant.of(row.added_at)),
        parts=tuple(place_parts(asked, document, version, read_parts(text, Instant.of(row.added_at)))),
        readings=tuple(place_readings(asked, document, version, list_readings(found, last_told(bound)))),
        parameters=tuple(list_values(bound)),
        verifier_key=open_signer().verifier_key(),
        source_url=asked.url_of("agreement-text", document, version),
        digests=(
            ("Text", f"sha256 {row.source_digest}"),
            ("Terms", f"sha256 {row.terms_digest}"),
            ("Calendars", f"sha256 {row.calendars_digest}"),
        ),
    )


def show_part(asked: Asked, document: str, version: str, number: int) -> c.AgreementPartPage:
    """One part by itself, with its examples told in full."""
    row = find_edition(asked, document, version)
    parts = read_parts(source_of(row), Instant.of(row.added_at))
    if not 1 <= number <= len(parts):
        raise NotHere(says=f"This edition has {len(parts)} parts.")
    part = parts[number - 1]
    found = check(source_of(row), as_of=Instant.of(row.added_at))
    readings = tuple(place_readings(asked, document, version, list_readings(found, ("", {}))))
    return c.AgreementPartPage(
        list_url=asked.url_of("agreements"), edition=link_edition(asked, row), part=part, readings=readings
    )


def show_reading(asked: Asked, document: str, version: str, name: str) -> c.ReadingPage:
    """One open place of the text with all its senses."""
    row = find_edition(asked, document, version)
    found = check(source_of(row), as_of=Instant.of(row.added_at))
    bound = [one for one, _ in list_bound(asked, row)]
    reading = next((one for one in list_readings(found, last_told(bound)) if one.name == name), None)
    if reading is None:
        raise NotHere(says=f"This edition has no reading called {name}.")
    return c.ReadingPage(list_url=asked.url_of("agreements"), edition=link_edition(asked, row), reading=reading)


def list_bound(asked: Asked, row: Edition) -> list[tuple[Agreement, Instant]]:
    """Whom the edition binds, as one looked: the agreements, each with the instant from which it did."""
    found = []
    for one in asked.agreements():
        begun = [(from_at, version) for from_at, version in versions_of(one) if from_at <= asked.as_of]
        found += [(one, from_at) for from_at, version in begun[-1:] if version.pk == row.pk]
    return found


def find_edition(asked: Asked, document: str, version: str) -> Edition:
    row = see_version(asked, document, version)
    if Instant.of(row.added_at) > asked.as_of:
        raise NotHere()
    return row


def see_version(asked: Asked, document: str, version: str) -> Edition:
    """One edition; raises UnknownAgreement where it binds nobody of whom whoever asks may learn."""
    row = read_version(document, version)
    if not asked.frame.sees_all and row.pk not in {kept.pk for one in asked.agreements() for _, kept in versions_of(one)}:
        raise UnknownAgreement(f"no version {version!r} of {document!r} is on record")
    return row


def link_edition(asked: Asked, row: Edition) -> Link:
    return Link(f"{row.title}, {row.version}", asked.url_of("agreement", row.document_id, row.version))


def place_parts(asked: Asked, document: str, version: str, parts: Sequence[c.Part]) -> Iterator[c.Part]:
    for number, part in enumerate(parts, 1):
        yield replace(part, url=asked.url_of("agreement-part", document, version, number))


def place_readings(asked: Asked, document: str, version: str, readings: Iterable[c.Reading]) -> Iterator[c.Reading]:
    for reading in readings:
        yield replace(reading, url=asked.url_of("agreement-reading", document, version, reading.name))


def show_text(asked: Asked, document: str, version: str) -> Answer:
    """The text as it was signed, byte for byte."""
    row = see_version(asked, document, version)
    return HttpResponse(source_of(row), content_type="text/plain; charset=utf-8")


# --- prose, terms, examples, by heading -------------------------------------------------------------
@lru_cache(maxsize=64)
def read_parts(text: str, added_at: Instant) -> tuple[c.Part, ...]:
    """The reader's parts of a version; it never changes."""
    return tuple(list_parts(text, check(text, as_of=added_at), find_differences(text, added_at)))


def list_parts(text: str, found: Checked, differences: Iterable[Difference]) -> Iterator[c.Part]:
    """Each heading with what stands under it; one without clauses, terms and examples is free prose and left to the text."""
    pages = read_pages(text, Problems())
    differing: dict[str, list[str]] = {}
    for difference in differences:
        differing.setdefault(difference.example, []).append(f"{difference.result} {difference.computed}".strip())
    examples = {example.spot.line: example for example in found.examples}
    headings = list_headings(text, pages)
    for place, (line, words) in enumerate(headings):
        end = headings[place + 1][0] if place + 1 < len(headings) else len(text) + 1
        stretches = list(cut_stretches(pages, line, end))
        for clauses, fences in stretches:
            told = [examples[fence.spot.line] for fence in fences if fence.spot.line in examples]
            yield c.Part(
                heading=words if len(stretches) == 1 else name_stretch(words, clauses),
                clauses=tuple(tell_clause(clause, found) for clause in clauses),
                terms="\n".join(fence.content for fence in fences if fence.kind == "terms").rstrip(),
                examples=tuple(tell_example(example, differing) for example in told),
            )


def tell_clause(clause: Clause, found: Checked) -> c.Clause:
    """A clause in its own words; what the check compared in it is marked."""
    prose, is_judged = plain(clause.prose), clause.id not in found.not_yet_judged
    figures = {figure.written for figure in find_figures(prose) if figure.must} if is_judged else set()
    return c.Clause(id=clause.id, prose=prose, figures=tuple(sorted(figures)), is_judged=is_judged)


def tell_example(example: Example, differing: Mapping[str, list[str]]) -> c.Example:
    wrong = differing.get(example.title, [])
    return c.Example(
        name=name_example(example),
        title=example.title,
        happened=tell_history(example),
        expected=tuple((f"{one.rule} {one.result}".strip(), tell_value(one.wanted)) for one in example.expectations),
        comes_out=not wrong,
        instead=", ".join(wrong),
    )


# --- readings ---------------------------------------------------------------------------------------
def last_told(bound: list[Agreement]) -> tuple[str, Mapping[str, Any]]:
    """The latest statement under this edition: for whom and when, and what it says of each reading it used."""
    told = [statement for one in bound for statement in list_statements(one, limit=1)]
    if not told:
        return "", {}
    last = max(told, key=lambda statement: statement.as_of)
    content = content_of(last)
    month = Instant.parse(content["period"][0]).utc()
    whose = f"{month:%B %Y} for {last.agreement.customer.name}"
    return whose, {one["reading"]: tell_figures(content["findings"], one) for one in content["readings"]}


def tell_figures(findings: list[dict[str, Any]], reading: dict[str, Any]) -> dict[str, str]:
    """Each sense with the figures that it makes, of those that the reading decides; the words for none of them."""
    ours, others = tell_senses(findings, reading)
    told = dict(zip((one["sense"] for one in reading["others"]), others, strict=True))
    told[reading["we_read"]] = ours
    return {sense: words.removeprefix(sense).removeprefix(": ") or "the same figures" for sense, words in told.items()}


def list_readings(found: Checked, told: tuple[str, Mapping[str, Any]]) -> Iterator[c.Reading]:
    """Each open place with our sense and the others, and the figures that the latest statement gives for each."""
    document = found.document
    if document is None:
        return
    whose, figures = told
    for name, written in document.blocks.get("readings", {}).items():
        senses = [str(sense) for sense in written["senses"]]
        said = figures.get(name, {})
        told_by = [example for example in found.examples if name in example.readings]
        tested = {example.readings[name]: name_example(example) for example in told_by}
        yield c.Reading(
            name=name,
            question=str(written["question"]),
            ours=make_sense(str(written["we read"]), said, tested, whose),
            others=tuple(make_sense(sense, said, tested, whose) for sense in senses if sense != written["we read"]),
            because=str(written.get("because", "")),
            favours=str(written.get("favours", "")),
            clauses=document.clauses_of("readings", name),
        )


def make_sense(name: str, figures: Mapping[str, str], tested: Mapping[str, str], whose: str) -> c.Sense:
    figure = f"{whose}: {figures[name]}" if name in figures else ""
    return c.Sense(name=name, figure=figure, tested_by=tested.get(name, ""))


def list_values(bound: list[Agreement]) -> Iterator[tuple[str, str, str]]:
    """Every customer's own values, each with the day from which it holds."""
    for one in bound:
        for row in parameters_of(one):
            since = say_day(Instant.of(row.from_at), weekday=False)
            yield f"{one.customer.name}: {row.name}", row.value, since
