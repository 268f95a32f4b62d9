"""Agreements: are all clauses placed, and who is bound."""

from functools import lru_cache

from upheld.apps.agreements.queries import list_versions, source_of, version_at
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.language.checking import Checked as Found
from upheld.language.checking import check, run_examples
from upheld.language.examples import Difference
from upheld.language.problem import ERROR
from upheld.pages.contexts.agreements import AgreementsPage, Checked, EditionRow
from upheld.pages.words import say_day


def show_agreements(asked: Asked) -> AgreementsPage:
    known = [row for row in asked.agreements() if Instant.of(row.signed_at) <= asked.as_of]
    bound = [(row, version_at(row, asked.as_of)) for row in known]
    rows = []
    for version in list_versions():
        binds = any(of.pk == version.pk for _, of in bound)
        if Instant.of(version.added_at) > asked.as_of or not (binds or asked.frame.sees_all):
            continue
        text, added_at = source_of(version), Instant.of(version.added_at)
        found = check(text, as_of=added_at)
        rows.append(
            EditionRow(
                title=version.title,
                version=version.version,
                url=asked.url_of("agreement", version.document_id, version.version),
                effective=tell_effective(found),
                customers=tuple(row.customer.name for row, of in bound if of.pk == version.pk),
                checked=check_version(text, version.document_id, added_at),
            )
        )
    terms_url = asked.url_of("terms") if asked.frame.sees_all else ""
    return AgreementsPage(rows=tuple(rows), duties_url=asked.url_of("duties"), terms_url=terms_url)


def tell_effective(found: Found) -> str:
    """The first day of the edition; as it is written, or read, where it is no date."""
    written = str(found.document.blocks["agreement"].get("effective", "")) if found.document else ""
    if found.document and written.startswith("reading "):
        written = str(found.document.blocks["readings"][written.removeprefix("reading ")]["we read"])
    try:
        return say_day(Instant.parse(f"{written}T00:00Z"), weekday=False)
    except ValueError:
        return written or "not said"


@lru_cache(maxsize=64)
def check_version(text: str, name: str, added_at: Instant) -> Checked:
    """What the check says of a text as it was kept: a version never changes, so it is asked once in a process."""
    return tell_check(check(text, as_of=added_at), name, find_differences(text, added_at))


@lru_cache(maxsize=64)
def find_differences(text: str, added_at: Instant) -> tuple[Difference, ...]:
    """What the examples of a text come out at instead of what is written: they are run once in a process."""
    return tuple(run_examples(check(text, as_of=added_at)))


def read_editions() -> None:
    """Check every edition that is kept, so that nobody waits for it who opens its page first."""
    for version in list_versions():
        check_version(source_of(version), version.document_id, Instant.of(version.added_at))


def tell_check(found: Found, name: str, differences: tuple[Difference, ...]) -> Checked:
    clauses = tuple(found.document.clauses) if found.document else ()
    cited = {clause for named in found.document.cites.values() for clause in named} if found.document else set()
    apart = set(found.document.blocks.get("accounted for", {})) if found.document else set()
    wrong = {difference.example for difference in differences}
    return Checked(
        clauses=len(clauses),
        placed=sum(1 for clause in clauses if clause in cited or clause in apart),
        examples=len(found.examples),
        examples_right=sum(1 for example in found.examples if example.title not in wrong),
        problems=tuple(f"{name}.md:{problem}" for problem in found.problems if problem.severity == ERROR),
        warnings=tuple(f"{name}.md:{problem}" for problem in found.problems if problem.severity != ERROR),
        not_judged=found.not_yet_judged,
    )
