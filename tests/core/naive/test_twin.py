"""Two judges, one of them dumb: over many histories made by chance every figure is the same."""

import os
from random import Random
from typing import Any

import pytest

from tests.core.naive.history import History, make_history, write_facts
from tests.core.naive.judge import Naive
from tests.core.sample import CALENDARS, DOCUMENT
from tests.core.sums import find_wrong_sums
from upheld.core.explain import Share
from upheld.core.proof import canonical_bytes
from upheld.core.statement import Statement, build
from upheld.core.timeline import Duration

HISTORIES = int(os.environ.get("HISTORIES", "300"))
CHUNKS = 20


def state(made: History, facts: Any) -> Statement:
    return build(
        DOCUMENT, CALENDARS, facts, made.period, made.instant(made.as_of), readings=made.readings, others=False
    )  # fmt: skip


def figures(made: History, statement: Statement) -> dict[str, Any]:
    """The statement's figures in the words and units of the naive judge."""
    account, credit = statement.judged.accounts[0], statement.judged.credits[0]
    finding, tick = account.finding, made.grain * 1_000_000

    def ticks(length: Any) -> Any:
        assert isinstance(length, Duration)
        whole, rest = divmod(length.micros, tick)
        assert rest == 0
        return whole

    def exact(share: Any) -> Any:
        return share.exact if isinstance(share, Share) else None

    named = ("all time", "down", "out of base", "up by exclusion", "not measured", "down at least", "down at most")
    granted = statement.judged.granted(credit)
    return {
        **{name: ticks(finding.quantity(name)) for name in named},
        "borne": account.borne,
        "figure": exact(finding.value), "verdict": finding.verdict.value, "lower": exact(finding.lower),
        "upper": exact(finding.upper), "coverage": exact(finding.coverage),
        "units": credit.units, "credit": credit.finding.value.amount, "owed": credit.is_owed,  # type: ignore[union-attr]
        "granted units": granted.units, "granted": granted.amount,
        "interruptions": [(sorted(o.id for o in one.outages), ticks(one.counted.total)) for one in credit.interruptions],
        "claims": {
            c.filed.claim: (
                c.checked.accepted,
                list(c.checked.refused_for),
                c.checked.deadline_at.utc() if c.checked.deadline_at else None,
            )
            for c in statement.judged.claims
        },
        "windows": {
            w.window.id: (w.kind.name, ticks(w.excused.total), w.earliest_at.utc() if w.earliest_at else None)
            for w in statement.judged.windows
        },
        "maintenance": statement.to_json()["maintenance_time"]["micros"] // tick,
    }  # fmt: skip


def expect(made: History) -> dict[str, Any]:
    expected = Naive(made).figures()
    if expected["borne"] is not None:
        # Whole microseconds, floored.
        expected["borne"] = Duration(int(expected["borne"] * made.grain * 1_000_000))
    return expected


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_figure_of_every_history_is_the_same(chunk):
    """Sums, verdict, bounds, windows, credits and claims, under every reading, equal those that counting ticks gives."""
    for seed in range(chunk, HISTORIES, CHUNKS):
        made = make_history(seed)
        statement = state(made, write_facts(made))

        assert {"seed": seed, **expect(made)} == {"seed": seed, **figures(made, statement)}
        assert [] == find_wrong_sums(statement.findings)


@pytest.mark.parametrize("seed", [1974, 2741, 3153, 23630])
def test_histories_that_once_told_the_two_apart(seed):
    """Records apart that overlap, of which the second makes the first count; a month with nothing left in its base."""
    made = make_history(seed)

    assert expect(made) == figures(made, state(made, write_facts(made)))


@pytest.mark.parametrize("seed", range(0, HISTORIES, 7))
def test_order_and_repetition_of_facts_change_nothing(seed):
    """However the facts come, and however often: the same statement to the byte."""
    made = make_history(seed)
    facts = write_facts(made)
    shuffled = [*facts, *facts[::3]]
    Random(seed).shuffle(shuffled)

    assert canonical_bytes(state(made, facts).to_json()) == canonical_bytes(state(made, shuffled).to_json())
