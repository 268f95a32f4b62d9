"""Open time that is laid out answers as the spans do of which it was made."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.core.spans import DAY_MICROS
from upheld.core.service_hours import OpenTime
from upheld.core.timeline import Instant, Span, Timeline

FEW_DAYS = (-10, 10)
moments = st.integers(-DAY_MICROS, DAY_MICROS)
pairs = st.lists(st.tuples(moments, st.integers(1, DAY_MICROS // 3)).map(lambda at: (at[0], at[0] + at[1])), max_size=8)


def lay_out(spans: list[tuple[int, int]]) -> OpenTime[int]:
    return OpenTime.of(*FEW_DAYS, spans)


def as_timeline(spans: list[tuple[int, int]]) -> Timeline:
    return Timeline.of(Span(Instant(start), Instant(end)) for start, end in spans)


class TestOpenTime:
    @given(pairs, moments, moments)
    def test_between_two_instants_is_that_of_the_spans(self, spans, one, two):
        """However the spans overlap and touch: as much open time as their union holds there, in the same pieces."""
        first, last = sorted((one, two))
        laid, inside = lay_out(spans), as_timeline(spans).within(Span(Instant(first), Instant(last)))

        assert inside.total.micros == laid.opened_between(first, last)
        assert [(span.start.micros, span.end.micros) for span in inside] == list(laid.spans_within(first, last))

    def test_what_touches_is_one_piece(self):
        """Open until two and again from two: laid out as one span, whichever was named first."""
        assert [(0, 5)] == list(lay_out([(2, 5), (0, 2)]).spans_within(-1, 6))

    def test_of_no_time_is_none(self):
        """Between an instant and itself lies no open span, not an empty one, also in the middle of open time."""
        assert [] == list(lay_out([(0, 2)]).spans_within(1, 1))

    @given(pairs, moments, st.integers(1, DAY_MICROS))
    def test_is_reached_at_the_earliest_instant(self, spans, start, allowance):
        """So much has passed by then, one microsecond less a microsecond before; else all of it is too little."""
        laid = lay_out(spans)
        at = laid.reached_after(start, allowance)

        if at is None:
            assert laid.opened_between(start, laid.last_at) < allowance
        else:
            assert allowance == laid.opened_between(start, at)
            assert allowance - 1 == laid.opened_between(start, at - 1)

    @given(pairs, moments, moments, st.integers(1, DAY_MICROS))
    def test_is_the_same_in_timedeltas(self, spans, one, two, allowance):
        """The same look-ups in another number: the same answers."""
        laid, (start, end) = lay_out(spans), sorted((one, two))
        told, (began, ended, length) = laid.in_timedeltas(), (timedelta(0, 0, micros) for micros in (start, end, allowance))
        at = laid.reached_after(start, allowance)

        assert timedelta(0, 0, laid.opened_between(start, end)) == told.opened_between(began, ended)
        assert (None if at is None else timedelta(0, 0, at)) == told.reached_after(began, length)

    def test_does_not_answer_beyond_what_is_laid_out(self):
        """The last days are laid out for the spans that reach into the answered ones; an answer there is none yet."""
        laid = lay_out([(0, 20 * DAY_MICROS)])

        assert laid.last_at == laid.reached_after(0, laid.last_at)
        assert laid.reached_after(0, laid.last_at + 1) is None
