"""Instants inside sentences of core, moved to the zone of an agreement."""

import pytest

from upheld.core.explain import show_instant, show_span
from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant, Span
from upheld.pages.words.zones import say_in_zone

UTC = Zone("UTC", (Instant(-(10**18)),), (0,))
BERLIN = Zone("Europe/Berlin", (Instant(-(10**18)),), (7200,))
START = Instant.parse("2026-09-05T20:00Z")


def said(text: str, zone: Zone = BERLIN) -> str:
    return say_in_zone(text, zone).replace("\u00a0", " ")


def test_an_instant_is_moved_and_named():
    """The day changes with it where midnight lies between."""
    assert "before Tue 1 Sep 2026 00:00 Berlin; done" == said("before Mon 31 Aug 2026 22:00 UTC; done")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2026-09-05T21:30Z", "Sat 5 Sep 2026 22:00–23:30 Berlin"),
        ("2026-09-05T23:00Z", "Sat 5 Sep 2026 22:00 – Sun 6 Sep 2026 01:00 Berlin"),
        ("2026-09-07T00:00:05Z", "Sat 5 Sep 2026 22:00 – Mon 7 Sep 2026 02:00:05 Berlin"),
    ],
)
def test_a_span_of_core_keeps_both_ends(end, expected):
    """Whatever core writes of a span is read back whole."""
    assert expected == said(show_span(Span(START, Instant.parse(end))))


def test_utc_and_other_words_stay():
    """An agreement in UTC has core's words as they are; so has what is no whole instant."""
    written = f"claim {show_instant(START)}"

    assert written == say_in_zone(written, UTC)
    assert "at 14:50 UTC, 5 of 7" == said("at 14:50 UTC, 5 of 7")
