"""Turns by the wall clock, on ordinary nights and on those with an hour more or less."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.oncall.naive import walk_minutes
from upheld.apps.oncall.queries.turns import EVERY_DAY, Piece, Turns, UnknownZone, cover, lay_out, zone_named
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span

NIGHTS = {
    "London, an hour less": ("Europe/London", "2026-03-29T01:00Z"),
    "London, an hour more": ("Europe/London", "2026-10-25T01:00Z"),
    "New York, an hour less": ("America/New_York", "2026-03-08T07:00Z"),
    "New York, an hour more": ("America/New_York", "2026-11-01T06:00Z"),
    "Sydney, an hour more": ("Australia/Sydney", "2026-04-04T16:00Z"),
    "Sydney, an hour less": ("Australia/Sydney", "2026-10-03T16:00Z"),
    "Lord Howe, half an hour more": ("Australia/Lord_Howe", "2026-04-04T15:00Z"),
    "Santiago, skips midnight": ("America/Santiago", "2026-09-06T04:00Z"),
    "Tokyo, never": ("Asia/Tokyo", "2026-03-29T01:00Z"),
}


def spread(pieces, within):
    """Who is on call in each minute, by the pieces."""
    minutes = within.length.micros // MINUTE.micros
    found = [None] * minutes
    for piece in pieces:
        first = (piece.span.start - within.start).micros // MINUTE.micros
        for minute in range(first, first + piece.span.length.micros // MINUTE.micros):
            found[minute] = piece.person
    return found


@st.composite
def any_turns(draw):
    has_hours = draw(st.booleans())
    return Turns(
        people=tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))),
        begins_on=date(2026, 1, 1).replace(day=draw(st.integers(1, 28)), month=draw(st.integers(1, 12))),
        handoff_minute=draw(st.one_of(st.integers(0, 4 * 60), st.integers(0, 1439))),
        shift_days=draw(st.sampled_from([1, 2, 7, 14])),
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))) if has_hours else EVERY_DAY,
        from_minute=draw(st.integers(0, 1439)) if has_hours else 0,
        to_minute=draw(st.integers(0, 4 * 60)) if has_hours else 0,
    )


class TestLayOut:
    @pytest.mark.parametrize("night", NIGHTS)
    @settings(max_examples=20)
    @given(turns=any_turns())
    def test_agrees_with_a_clock_on_the_wall(self, night, turns):
        """Minute for minute through the night of a change: whoever looks at the clock hands over at the same instant."""
        zone, change = NIGHTS[night]
        within = Span(Instant.parse(change).before(HOUR * 30), Instant.parse(change) + HOUR * 30)

        pieces = lay_out(turns, zone_named(zone, within), within)

        assert [person for _, person in walk_minutes(turns, zone, within)] == spread(pieces, within)

    @pytest.mark.parametrize(
        ("night", "wall", "expected"),
        [
            ("London, an hour less", 90, "2026-03-29T01:00Z"),
            ("London, an hour more", 90, "2026-10-25T00:30Z"),
            ("Sydney, an hour less", 150, "2026-10-03T16:00Z"),
            ("Sydney, an hour more", 150, "2026-04-04T15:30Z"),
        ],
    )
    def test_hands_over_at_the_skip_or_the_first_time(self, night, wall, expected):
        """A wall time that the night skips means the skip; one that it has twice means the first."""
        zone, change = NIGHTS[night]
        within = Span(Instant.parse(change).before(HOUR * 8), Instant.parse(change) + HOUR * 8)
        turns = Turns((1, 2), date(2026, 1, 1), wall, 1)

        pieces = lay_out(turns, zone_named(zone, within), within)

        assert [Instant.parse(expected)] == [piece.span.start for piece in pieces[1:]]

    def test_keeps_the_wall_time_all_year(self):
        """Monday 09:00 in London stays Monday 09:00, whatever it is in UTC."""
        within = Span(Instant.parse("2026-01-05T09:00Z"), Instant.parse("2027-01-04T09:00Z"))
        zone = zone_named("Europe/London", within)

        pieces = lay_out(Turns((1, 2, 3), date(2026, 1, 5), 540, 7), zone, within)

        assert {(0, 9, 0)} == {(at.weekday(), at.hour, at.minute) for at in (zone.local(p.span.start) for p in pieces)}
        assert [1, 2, 3] * 17 + [1] == [piece.person for piece in pieces]

    def test_of_nobody_is_nothing(self):
        """A layer whose people all went names nobody."""
        within = Span(Instant(0), Instant(0) + DAY)

        assert [] == lay_out(Turns((), date(1970, 1, 1), 0, 1), zone_named("UTC", within), within)

    def test_refuses_a_zone_that_is_not_there(self):
        """A slip of the pen is told when the rota is written, not in the night."""
        with pytest.raises(UnknownZone, match="Europe/Londn"):
            zone_named("Europe/Londn", Span(Instant(0), Instant(0)))


class TestCover:
    def test_puts_one_line_over_the_other(self):
        """Above counts; what it leaves of the other stays on both sides."""
        at = [Instant(0) + HOUR * number for number in range(5)]

        both = cover([Piece(Span(at[0], at[4]), 1, 1)], [Piece(Span(at[1], at[2]), 2, 2)])

        assert [(0, 1, 1), (1, 2, 2), (2, 4, 1)] == [
            ((p.span.start - at[0]).micros // HOUR.micros, (p.span.end - at[0]).micros // HOUR.micros, p.person)
            for p in both
        ]
