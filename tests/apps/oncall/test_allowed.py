"""When a step is due: counted minute by minute by a naive twin, in open time, outside of it, and past quiet hours."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.oncall.naive import read_clock
from upheld.apps.oncall.models import Hours
from upheld.apps.oncall.queries.allowed import Quiet, find_due
from upheld.core.timeline import DAY, MINUTE, Instant, Span

ZONES = ("Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe")
EVES = [Instant.midnight(day) for day in (date(2026, 3, 28), date(2026, 10, 24), date(2026, 11, 1), date(2026, 10, 3))]


def is_told(at: Instant, hours: str, spans: list[Span]) -> bool:
    known = [span for span in spans if span.length]
    if hours == Hours.ALWAYS or not known or at >= max(span.end for span in known):
        return True
    return (hours == Hours.OPEN) == any(span.contains(at) for span in known)


def is_quiet(at: Instant, quiet: Quiet | None, reached: int) -> bool:
    """By the wall clock's minute; `reached` is the latest minute of the day it has shown, where it was put back."""
    if quiet is None or quiet.from_minute == quiet.to_minute:
        return False
    if quiet.from_minute < quiet.to_minute:
        return quiet.from_minute <= reached < quiet.to_minute
    return reached >= quiet.from_minute or reached < quiet.to_minute


def walk(at: Instant, minutes: int, hours: str, spans: list[Span], quiet: Quiet | None) -> Instant:
    """Minute after minute: first those that count, then on until it may be told."""
    zone = quiet.zone if quiet else "UTC"
    shown = read_clock(at.before(DAY), zone)
    back = at.before(DAY)
    while back < at:
        shown, back = max(shown, read_clock(back, zone)), back + MINUTE
    left = minutes
    while True:
        shown = max(shown, read_clock(at, zone))
        told = is_told(at, hours, spans)
        if left == 0 and told and not is_quiet(at, quiet, shown.hour * 60 + shown.minute):
            return at
        left -= 1 if told and left else 0
        at = at + MINUTE


@st.composite
def any_spans(draw, start):
    edges = sorted(draw(st.lists(st.integers(-600, 3000), max_size=8, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Span(Instant(start.micros + MINUTE.micros * a), Instant(start.micros + MINUTE.micros * b)) for a, b in pairs]


class TestFindDue:
    @settings(max_examples=60)
    @given(st.data())
    def test_agrees_with_whoever_counts_minutes(self, data):
        """Through the nights of a change on both halves of the globe."""
        start = data.draw(st.sampled_from(EVES)) + MINUTE * data.draw(st.integers(0, 2 * 1440))
        spans = data.draw(any_spans(start))
        hours = data.draw(st.sampled_from(Hours.values))
        clock = st.integers(0, 1439)
        quiet = data.draw(st.none() | st.builds(Quiet, st.sampled_from(ZONES), clock, clock))
        minutes = data.draw(st.integers(0, 240))

        found = find_due(start, minutes, hours=hours, open_spans=spans, quiet=quiet)

        assert walk(start, minutes, hours, spans, quiet) == found

    def test_never_waits_for_ever(self):
        """Open time that lies in the quiet hours alone: after the last span that is known it is told all the same."""
        nights = [Span(EVES[0] + DAY * day, EVES[0] + DAY * day + MINUTE * 60) for day in range(5)]

        found = find_due(EVES[0], 5, hours=Hours.OPEN, open_spans=nights, quiet=Quiet("UTC", 1380, 180))

        assert EVES[0] + DAY * 4 + MINUTE * 180 == found
        assert timedelta(days=4, hours=3) == found.utc() - EVES[0].utc()
