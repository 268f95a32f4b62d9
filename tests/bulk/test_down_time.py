"""The down time of a block of services is, for each of them, that of the judge's own partition of the period."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.bulk import NotMicros, SpansOf, measure_down_time
from upheld.bulk import down_time as subject
from upheld.core.availability import Excuse
from upheld.core.availability.partition import cut
from upheld.core.timeline import Instant, Span, Timeline

PERIOD = Span(Instant(100), Instant(200))
EVER = Timeline((Span(Instant(-1000), Instant(1000)),))
instants = st.integers(60, 240)
changes = st.lists(st.tuples(instants, st.booleans()), max_size=12).map(lambda made: sorted(made, key=lambda pair: pair[0]))
exclusions = st.lists(st.tuples(instants, instants), max_size=6)
services = st.lists(st.tuples(changes, exclusions), min_size=1, max_size=9)


def judge(changed: list[tuple[int, bool]], excluded: list[tuple[int, int]]) -> tuple[int, int]:
    """Down time and base of one service as core's judge cuts its period, the exclusions being excused work."""
    ends = [*(at for at, _ in changed[1:]), PERIOD.end.micros + 1000]
    down = Timeline.of(
        Span(Instant(at), Instant(until)) for (at, is_up), until in zip(changed, ends, strict=False) if not is_up
    )
    work = Timeline.of(Span.forward(Instant(start), Instant(end)) for start, end in excluded)
    excuse = Excuse("work", work, "out of base", True, "", (), (), ())
    parts = cut(PERIOD, Instant(-1000), Instant(1000), down, EVER, (), [excuse], "up wins")
    return parts.down.total.micros, PERIOD.length.micros - parts.out_of_base.total.micros


def offsets_of(lists: Sequence[Sequence[object]]) -> list[int]:
    return [0, *np.cumsum([len(each) for each in lists]).tolist()]


def ask(asked: list[tuple[list[tuple[int, bool]], list[tuple[int, int]]]]) -> list[tuple[int, int]]:
    all_changes, all_excluded = [changed for changed, _ in asked], [excluded for _, excluded in asked]
    flat, spans = [pair for each in all_changes for pair in each], [pair for each in all_excluded for pair in each]
    found = measure_down_time(
        PERIOD,
        offsets_of(all_changes),
        [at for at, _ in flat],
        np.array([is_up for _, is_up in flat], dtype=bool),
        SpansOf.of(offsets_of(all_excluded), [start for start, _ in spans], [end for _, end in spans]),
    )
    return list(zip(found.down.tolist(), found.base.tolist(), strict=True))


class TestMeasureDownTime:
    @given(services)
    def test_is_that_of_the_judge(self, asked):
        """Changes before, in and after the period, several at one instant, exclusions that overlap: the same two sums."""
        assert [judge(changed, excluded) for changed, excluded in asked] == ask(asked)

    def test_is_the_same_in_blocks(self, monkeypatch):
        """However many services are taken at once, each has its own figures."""
        chance = np.random.default_rng(3)
        asked = [
            (
                [(int(at), bool(chance.integers(2))) for at in np.sort(chance.integers(60, 240, int(chance.integers(9))))],
                [tuple(chance.integers(60, 240, 2).tolist()) for _ in range(int(chance.integers(5)))],
            )
            for _ in range(50)
        ]
        whole = ask(asked)
        monkeypatch.setattr(subject, "BLOCK", 7)

        assert whole == ask(asked)
        assert [judge(changed, excluded) for changed, excluded in asked] == whole

    def test_without_changes_or_exclusions(self):
        """A service of which nothing is told was up all the time."""
        nothing = np.zeros(0, np.int64)
        found = measure_down_time(PERIOD, [0, 0], nothing, nothing.astype(bool), SpansOf.none_of(1))

        assert ([0], [100]) == (found.down.tolist(), found.base.tolist())


class TestRefusals:
    @pytest.mark.parametrize(
        ("offsets", "at", "excluded", "said"),
        [
            ([0, 3], [1, 2], 1, "expected to rise from 0 to the 2 changes"),
            ([1, 2], [1, 2], 1, "expected to rise from 0"),
            ([0, 2, 1, 2], [1, 2], 3, "expected to rise from 0"),
            ([0, 2], [150, 120], 1, "in the order of time; sort them first"),
            ([0, 2], [1, 2], 2, "2 changes, 2 states, 1 services and exclusions of 2"),
        ],
    )
    def test_say_what_does_not_fit(self, offsets, at, excluded, said):
        """Rows that contradict each other are named, never read somehow."""
        with pytest.raises(NotMicros, match=said):
            measure_down_time(PERIOD, offsets, at, np.zeros(len(at), bool), SpansOf.none_of(excluded))

    def test_of_a_period_that_is_too_long(self):
        """More than 35 years of a block of services have no place in 63 bits."""
        long = Span(Instant(0), Instant((1 << 50) + 1))

        with pytest.raises(NotMicros, match="longer than 35 years"):
            measure_down_time(long, [0, 0], np.zeros(0, np.int64), np.zeros(0, bool), SpansOf.none_of(1))

    def test_of_starts_without_ends(self):
        """Every span has both."""
        with pytest.raises(NotMicros, match="2 starts and 1 ends"):
            SpansOf.of([0, 2], [1, 2], [3])
