"""The samples behind a statement, counted: as rows of its page, and as rows of its table."""

from collections.abc import Iterator

from upheld.apps.findings.queries.samples import samples_of
from upheld.core.timeline import Instant, Span
from upheld.doors.naming import Agreement
from upheld.pages.contexts.samples import SampleRow

MOST_SHORT = 5


def list_samples(agreement: Agreement, span: Span, as_of: Instant) -> Iterator[SampleRow]:
    """A row for each component that was watched in the period, with the first seals that have too few samples."""
    for account in samples_of(agreement, span, as_of):
        short = tuple(Span(one.seal.from_at, one.seal.to_at) for one in account.short)
        yield SampleRow(
            component=account.component, due=account.due, kept=account.kept, missing=account.missing,
            short=short[:MOST_SHORT], more=len(short[MOST_SHORT:]),
        )  # fmt: skip


def list_sample_cells(agreement: Agreement, span: Span, as_of: Instant) -> Iterator[dict[str, str]]:
    """The same counts as rows of a statement's table: what is kept, of how many."""
    for row in list_samples(agreement, span, as_of):
        yield {
            "kind": "samples", "name": row.component, "figure": str(row.kept), "exact": f"{row.kept}/{row.due}",
            "says": row.words,
        }  # fmt: skip
