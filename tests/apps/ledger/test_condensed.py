"""Facts with the seals of unbroken watching put together: the judge says the same of them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.sample import CALENDARS, DOCUMENT, KEY
from upheld.apps.ledger.queries import condense, live_facts
from upheld.apps.ledger.services import record
from upheld.core.facts import Fact, FactCorrected, NotMeasured, ObservationsSealed, OutageClosed, OutageOpened, ParameterSet
from upheld.core.statement import build
from upheld.core.timeline import MINUTE, Instant

BEGIN = Instant.parse("2026-02-01T00:00Z")
PRICE = ParameterSet(
    id="price", agreement=KEY, occurred_at=BEGIN, recorded_at=BEGIN, source="test", name="monthly-price",
    value="EUR 720.00", from_at=BEGIN,
)  # fmt: skip


def after(minutes: int) -> Instant:
    return BEGIN + MINUTE * minutes


def made(number: int, minutes: int) -> dict[str, Any]:
    at = after(minutes)
    return {"id": f"f-{number}", "agreement": KEY, "occurred_at": at, "recorded_at": at, "source": "test"}


def sealed(number: int, start: int, end: int) -> ObservationsSealed:
    return ObservationsSealed(
        **made(number, end), component="web", from_at=after(start), to_at=after(end), every=MINUTE.micros, good=end - start,
        bad=0, unseen=0, digest=f"{number:064x}",
    )  # fmt: skip


@st.composite
def histories(draw) -> list[Fact]:
    """Some days of seals with gaps and overlaps, outages, blindness, corrections: in the order of recording."""
    facts: list[Fact] = [PRICE]
    at = 0
    for number in range(1, draw(st.integers(2, 31))):
        start = max(0, at + draw(st.sampled_from([0, 0, 0, 0, 7, -3])))
        at = start + draw(st.integers(0, 90))
        facts += [sealed(number, start, at), *happen(draw(st.integers(0, 9)), number, start, at)]
    return facts


def happen(what: int, number: int, start: int, end: int) -> list[Fact]:
    """What else was recorded with a seal: an outage that lasts or ended, blindness, a correction, or (mostly) nothing."""
    name, first, last = f"O-{number}", after(start), after(end)
    opened = OutageOpened(**made(1000 + number, end), outage=name, component="web", first_bad_at=first)
    closed = OutageClosed(**made(2000 + number, end), outage=name, last_bad_at=last, first_good_at=last)
    blind = NotMeasured(**made(3000 + number, end), component="web", from_at=first, to_at=last, because="stopped")
    wrong = FactCorrected(**made(4000 + number, end), corrects=f"f-{number}", because="wrong", by="a")
    known: dict[int, list[Fact]] = {0: [opened], 1: [opened, closed], 2: [blind], 3: [wrong]}
    return known.get(what, [])


@given(histories(), st.integers(0, 3000))
def test_the_judge_says_the_same(facts, later):
    """Every figure, bound, reason and word of the statement, whatever happened."""
    as_of = max(fact.recorded_at for fact in facts) + MINUTE * later

    whole, condensed = (
        build(DOCUMENT, CALENDARS, some, "2026-02", as_of, others=False) for some in (facts, condense(facts))
    )

    assert whole.to_json() == condensed.to_json()


def test_a_month_of_unbroken_watching_is_one():
    """Eight thousand seals, one fact: from the first to the last, with the counts of all."""
    seals = [sealed(number, number * 5, number * 5 + 5) for number in range(8000)]

    [one] = condense(seals)

    last = seals[-1]
    assert replace(last, id=seals[0].id, digest=seals[0].digest, from_at=seals[0].from_at, good=40_000) == one


def test_a_gap_stays_a_gap():
    """What was not watched is not put together."""
    assert 2 == len(condense([sealed(1, 0, 5), sealed(2, 6, 10)]))


@pytest.mark.django_db
def test_from_the_past_the_facts_are_those_of_then():
    """A seal that was not recorded then is not part of one that was."""
    seals = [sealed(1, 0, 5), sealed(2, 5, 10)]
    record(facts=seals)

    assert [1, 2] == [len(live_facts(KEY, after(minute))[1]) for minute in (10, 9)]


@pytest.mark.django_db
def test_of_no_ledger_there_are_none():
    """Before the first fact."""
    assert (None, ()) == live_facts("nobody", BEGIN)
