"""Another version of a text for a customer who is bound: kept, compared with the one in force, proposed."""

from typing import Any

from upheld.apps.agreements.amending import explain_amendment, list_missing, starts_after
from upheld.apps.agreements.queries import (
    document_of,
    list_versions,
    read_document,
    source_of,
    version,
    version_at,
    versions_of,
)
from upheld.apps.agreements.services import VersionDiffers, add_version
from upheld.apps.approvals import services
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant, NotAnInstant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.approving import TERMS
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import Agreement, name_agreement, zone_of
from upheld.doors.refusing import CannotShow
from upheld.doors.shown.agreements import check_version
from upheld.language.checking import check
from upheld.language.comparing import Change, compare
from upheld.pages.contexts.lists import Badge, Entry, Section, TermsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_day

AHEAD, SHOWN = 12, 20
"""Periods that may be chosen, and problems of a text that are shown."""
LARGEST = 1_000_000
"""Bytes of a text."""
NEW, GONE, OTHER = Badge("New", "up"), Badge("Gone", "down"), Badge("Reads otherwise", "run")
VALUE = "value-"


def show_terms(asked: Asked) -> Answer:
    return make_list(asked)


def make_list(asked: Asked, problems: tuple[Problem, ...] = ()) -> TermsPage:
    """Every agreement with the versions that bind it, and those that could."""
    file = Field(name="file", label="The text of the new version", kind="file", hint="Markdown, as upheld check reads it.")
    form = Form(
        url=asked.url_of("terms"), deed="Check it and keep it", fields=(file,), not_done="The text was not kept.",
        problems=problems,
    )  # fmt: skip
    says = "A version that is kept binds nobody. What upheld check finds is said here; a text with errors is not kept."
    keep = Section(anchor="keep", heading="Keep another version", says=says, form=form)
    return TermsPage(
        as_of=asked.as_of, answer="Change the terms of an agreement",
        lede="One person proposes a version, a second one confirms it. It applies from the beginning of a period on.",
        sections=(
            Section(anchor="bound", heading="Who is bound by which version", empty="No agreement is signed yet.",
                    entries=tuple(tell_bound(asked, one) for one in asked.agreements())),
            *((keep,) if asked.may_change else ()),
        ),
        way=(Link("Agreements", asked.url_of("agreements")), Link("Terms")),
    )  # fmt: skip


def tell_bound(asked: Asked, one: Agreement) -> Entry:
    held, zone, now = versions_of(one), zone_of(one), version_at(one, asked.as_of)
    told = tuple(
        f"Version {row.version} {verb} from {say_day(from_at, zone, weekday=False)} on."
        for from_at, row in held
        for verb in (["binds"] if from_at <= asked.as_of else ["will bind"])
    )
    others = [row for row in list_versions() if row.document_id == now.document_id and row.pk != held[-1][1].pk]
    links = tuple(
        Link(f"Compare with {row.version}", asked.url_of("terms-change", one.key, row.version)) for row in reversed(others)
    )
    naming = name_agreement(one, asked.as_of)
    return Entry(words=naming.words, says=told, agreement=naming, links=links)


def keep(asked: Asked) -> Answer:
    """Keep a text as a version, where nothing is wrong with it; whom it binds is decided by two."""
    try:
        files = take_in(asked, "file")
    except TooMuch as problem:
        return refuse_text(asked, f"{problem}.")
    if len(files) != 1 or len(files[0].content) > LARGEST:
        return refuse_text(asked, "Choose one text of at most 1 MB")
    try:
        text = files[0].content.decode("utf-8")
    except UnicodeDecodeError as problem:
        return refuse_text(asked, f"The text is not UTF-8: {problem.reason} at byte {problem.start}")
    found = check(text, as_of=asked.at)
    if found.document is None or not found.is_clean:
        return refuse_text(asked, *(f"Line {problem}" for problem in found.problems[:SHOWN]))
    try:
        row = add_version(source=text, document=found.document, calendars=found.calendars, at=asked.at)
    except VersionDiffers as problem:
        return refuse_text(asked, capitalise(problem))
    leave_toast(asked, f"{row} is kept. It binds nobody before two persons said so.")
    return to("terms")


def refuse_text(asked: Asked, *problems: str) -> Answer:
    return answer(asked, make_list(asked, tuple(Problem("file", words) for words in problems)), status=422)


# --- one change -----------------------------------------------------------------------------------------------------------


def show_change(asked: Asked, key: str, version: str) -> Answer:
    return make_change(asked, key, version, {})


def make_change(
    asked: Asked, key: str, name: str, sent: dict[str, str], problems: tuple[Problem, ...] = ()
) -> TermsPage:  # fmt: skip
    one = asked.agreement(key)
    held, row = version_at(one, asked.as_of), version(one.version.document_id, name)
    naming, found = name_agreement(one, asked.as_of), compare(document_of(one, asked.as_of), read_document(bytes(row.terms)))
    checked = check_version(source_of(row), row.document_id, Instant.of(row.added_at))
    wrong = [*checked.problems, *checked.warnings]
    count = say_count(len(found.clauses), "clause reads otherwise", "clauses read otherwise")
    values = say_count(len(found.rules) + len(found.parameters), "value differs", "values differ")
    return TermsPage(
        as_of=asked.as_of, answer=f"Version {row.version} instead of {held.version}",
        lede=f"{naming.words}: {count}, {values}.",
        sections=(
            Section(anchor="check", heading="What upheld check says", entries=tuple(Entry(words=each) for each in wrong),
                    empty=f"No problem. {checked.examples_right} of {checked.examples} examples come out as written."),
            Section(anchor="clauses", heading="Clauses", entries=tuple(tell_change(each) for each in found.clauses),
                    empty="Every clause reads as before."),
            Section(anchor="rules", heading="Rules", entries=tuple(tell_change(each, naming) for each in found.rules),
                    empty="Every rule is as before."),
            Section(anchor="parameters", heading="Parameters", empty="The same values are asked for.",
                    entries=tuple(tell_change(each, naming) for each in found.parameters)),
            *((make_proposal(asked, one, row, sent, problems),) if asked.may_change else ()),
        ),
        way=(Link("Agreements", asked.url_of("agreements")), Link("Terms", asked.url_of("terms")), Link(row.version)),
    )  # fmt: skip


def tell_change(one: Change, naming: AgreementName | None = None) -> Entry:
    badge = NEW if not one.before else GONE if not one.after else OTHER
    says = [f"Before: {one.before}"] if one.before else []
    says += [f"Then: {one.after}"] if one.after else []
    return Entry(words=one.place, badge=badge, says=tuple(says), clauses=one.clauses if naming else (), agreement=naming)


def make_proposal(asked: Asked, one: Agreement, row: Any, sent: dict[str, str], problems: tuple[Problem, ...]) -> Section:
    try:
        starts = starts_after(one, asked.at, AHEAD)
    except CannotJudge as problem:
        raise CannotShow("The agreement cannot be judged as it stands", f"{problem}.") from None
    zone = zone_of(one)
    choices = tuple(Choice(str(start), say_day(start, zone, weekday=False)) for start in starts)
    missing = list_missing(one, row, starts[0])
    form = Form(
        url=asked.url_of("terms-change", one.key, row.version), deed="Propose this version",
        not_done="Nothing was proposed.", problems=problems,
        fields=(
            Field(name="from_at", label="From", value=sent.get("from_at", choices[0].value), choices=choices, is_list=True),
            *(Field(name=f"{VALUE}{each}", label=each, value=sent.get(f"{VALUE}{each}", ""),
                    hint="The new version asks for it.") for each in missing),
            Field(name="because", label="Why", kind="long", value=sent.get("because", "")),
        ),
    )  # fmt: skip
    says = "What began before stays as it was agreed. A second person confirms it under Approvals."
    return Section(anchor="propose", heading="Propose it", says=says, form=form)


def propose(asked: Asked, key: str, version: str) -> Answer:
    """Put it before a second person, who sees the same comparison; nothing else happens."""
    one, row = asked.agreement(key), find_version(asked, key, version)
    names = [f"{VALUE}{name}" for name in read_document(bytes(row.terms)).blocks.get("parameters", {})]
    sent = {name: asked.sent(name) for name in ("from_at", "because", *names)}
    values = {name.removeprefix(VALUE): sent[name] for name in names if sent[name]}
    problems = find_problems(one, row, sent, values, asked.at)
    if not problems:
        content = {"version": row.version, "from_at": sent["from_at"], "values": values}
        try:
            made = services.propose(
                kind=TERMS, subject=row.version, agreement=one.key, content=content, because=sent["because"], by=asked.by,
                at=asked.at,
            )  # fmt: skip
        except services.AlreadyProposed as problem:
            problems = [Problem("because", capitalise(problem))]
        else:
            leave_toast(asked, f"{made.name} waits for a second person.")
            return to("approvals")
    return answer(asked, make_change(asked, key, version, sent, tuple(problems)), status=422)


def find_version(asked: Asked, key: str, name: str) -> Any:
    return version(asked.agreement(key).version.document_id, name)


def find_problems(one: Agreement, row: Any, sent: dict[str, str], values: dict[str, str], at: Instant) -> list[Problem]:
    if not sent["because"]:
        return [Problem("because", "Say why: the second person decides by this reason")]
    if words := explain_length("The reason", sent["because"]):
        return [Problem("because", words)]
    try:
        from_at = Instant.parse(sent["from_at"])
        reasons = explain_amendment(one, row, from_at, values, at)
    except NotAnInstant as problem:
        reasons = [str(problem)]
    return [Problem("from_at", capitalise(each)) for each in reasons]
