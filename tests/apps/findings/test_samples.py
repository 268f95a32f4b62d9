"""The samples of a period, counted beside its figures: from the seals that the ledger knew, and only from those."""

import pytest

from tests.apps.watched import KEY, sign
from upheld.apps.agreements.queries import agreement
from upheld.apps.findings.queries.samples import samples_of
from upheld.apps.ledger.services import record
from upheld.core.facts import FactCorrected, NotMeasured, ObservationsSealed
from upheld.core.timeline import HOUR, MINUTE, Instant, Span
from upheld.doors.shown.samples import list_sample_cells, list_samples

pytestmark = pytest.mark.django_db

START = Instant.parse("2026-03-01T00:00Z")
MARCH = Span(START, Instant.parse("2026-04-01T00:00Z"))
LATER = Instant.parse("2026-05-01T00:00Z")


def seal(name: str, hour: int, kept: int, *, known: Instant | None = None) -> None:
    """One hour of samples, one a minute, of which so many are kept."""
    start, end = START + HOUR * hour, START + HOUR * (hour + 1)
    record(
        facts=[
            ObservationsSealed(
                id=name, agreement=KEY, occurred_at=end, recorded_at=known or end, source="prober", component="shop",
                from_at=start, to_at=end, every=MINUTE.micros, good=kept, bad=0, unseen=0, digest="ab" * 32,
            )
        ]
    )  # fmt: skip


@pytest.fixture(autouse=True)
def told() -> None:
    """Two whole hours and one that lacks ten minutes; of the last one, nobody saw the first half."""
    sign()
    seal("before", -1, 3)
    seal("first", 0, 60)
    seal("second", 1, 50)
    half = START + HOUR * 2
    record(
        facts=[
            NotMeasured(
                id="blind", agreement=KEY, occurred_at=half + MINUTE * 30, recorded_at=half + MINUTE * 30, source="prober",
                component="shop", from_at=half, to_at=half + MINUTE * 30, because="the prober stopped",
            )
        ]
    )  # fmt: skip
    seal("third", 2, 30)


def test_what_was_due_and_is_not_kept_is_counted_with_its_place():
    """180 minutes were sealed in March, 30 of them blind: 150 samples were due. The seal of February is of no concern."""
    [account] = samples_of(agreement(KEY), MARCH, LATER)
    [row] = list_samples(agreement(KEY), MARCH, LATER)

    assert ("shop", 150, 140, 10) == (account.component, account.due, account.kept, account.missing)
    assert ((Span(START + HOUR, START + HOUR * 2),), 0) == (row.short, row.more)
    assert [("samples", "shop", "140", "140/150")] == [
        (cells["kind"], cells["name"], cells["figure"], cells["exact"])
        for cells in list_sample_cells(agreement(KEY), MARCH, LATER)
    ]
    assert row.words.replace("\u00a0", " ") == "150 samples due, 140 kept: 10 are missing"


def test_what_was_known_later_does_not_count_before():
    """Seen from after the first hour, only its seal is there; a period without seals has no account."""
    [early] = samples_of(agreement(KEY), MARCH, START + HOUR)

    assert (60, 60) == (early.due, early.kept)
    assert [] == samples_of(agreement(KEY), Span(MARCH.end, LATER), LATER)


def test_a_seal_that_was_taken_back_vouches_for_nothing():
    """A corrected fact is left out of the count, as it is of every figure."""
    record(
        facts=[
            FactCorrected(
                id="wrong", agreement=KEY, occurred_at=LATER, recorded_at=LATER, source="person-1", corrects="second",
                because="another service's", by="person-1", approved_by="person-2",
            )
        ]
    )  # fmt: skip

    [account] = samples_of(agreement(KEY), MARCH, LATER)

    assert (90, 90, 0) == (account.due, account.kept, account.missing)
