"""An instant has one writing, and a text without a zone is none."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.timeline import DAY, HOUR, MICRO, MINUTE, SECOND, ZERO, Duration, Instant, NotAnInstant

FIRST, LAST = Instant.of(datetime.min.replace(tzinfo=UTC)), Instant.of(datetime.max.replace(tzinfo=UTC))


class TestParse:
    @pytest.mark.parametrize(
        ("written", "canonical"),
        [
            ("2024-02-14T10:00Z", "2024-02-14T10:00:00.000000Z"),
            ("2024-02-14 10:00:01Z", "2024-02-14T10:00:01.000000Z"),
            ("2024-02-14T10:00:00.5Z", "2024-02-14T10:00:00.500000Z"),
            ("2025-06-14T12:00+03:00", "2025-06-14T09:00:00.000000Z"),
            ("2025-06-14T12:00-05:30", "2025-06-14T17:30:00.000000Z"),
            ("0033-04-03T15:00Z", "0033-04-03T15:00:00.000000Z"),
        ],
    )
    def test_reads_iso_8601_with_a_zone(self, written, canonical):
        """Every usual writing of a moment is brought to the one canonical writing."""
        assert canonical == str(Instant.parse(written))

    @pytest.mark.parametrize(
        "written",
        [
            "2024-02-14T10:00", "2024-02-30T10:00Z", "14.2.2024", "2024-02-14T24:00Z", "2024-02-14T10:00+24:00",
            "2024-02-14",
            "2024-02-14T10:00+05:60", "9999-12-31T23:59-00:01", "0001-01-01T00:00+00:01", "2016-12-31T23:59:60Z", "",
        ],
    )  # fmt: skip
    def test_refuses_what_names_no_instant(self, written):
        """No zone, no such date, a leap second, or beyond the calendar: a sentence says what came."""
        with pytest.raises(NotAnInstant, match="is not an instant"):
            Instant.parse(written)

    @given(st.integers(FIRST.micros, LAST.micros).map(Instant))
    def test_reads_back_what_it_writes(self, instant):
        """Nothing is lost between an instant and its canonical writing, from year 1 to year 9999."""
        assert instant == Instant.parse(str(instant))

    @given(st.integers(FIRST.micros, LAST.micros), st.integers(FIRST.micros, LAST.micros))
    def test_writes_so_that_texts_sort_as_instants(self, one, other):
        """The canonical writing has one width: sorted as text is sorted in time."""
        assert (one < other) == (str(Instant(one)) < str(Instant(other)))


class TestOf:
    def test_takes_an_aware_moment(self):
        """A datetime with a zone is a moment."""
        assert Instant(1_000_001) == Instant.of(datetime(1970, 1, 1, 0, 0, 1, 1, tzinfo=UTC))

    def test_refuses_a_naive_one(self):
        """A datetime without a zone names no instant."""
        with pytest.raises(NotAnInstant, match="has no zone"):
            Instant.of(datetime(2024, 1, 1))  # noqa: DTZ001


class TestArithmetic:
    def test_adds_and_subtracts_lengths(self):
        """An hour later and an hour earlier are inverse; the difference of two instants is a length."""
        noon = Instant.parse("2024-02-29T12:00Z")

        assert noon == (noon + HOUR).before(HOUR)
        assert HOUR == (noon + HOUR) - noon
        assert Instant.midnight(date(2024, 2, 29)) == noon.before(HOUR * 12)
        assert datetime(2024, 2, 29, 12, tzinfo=UTC) == noon.utc()

    def test_knows_its_units(self):
        """A day is 24 hours, a minute 60 seconds; nothing is a length, and false."""
        assert DAY == HOUR * 24 == MINUTE * 1440 == SECOND * 86_400 == MICRO * 86_400_000_000
        assert ZERO == DAY - DAY
        assert not ZERO
        assert DAY
        assert Duration(2) == MICRO + MICRO

    @given(st.integers(), st.sampled_from([MICRO, SECOND, HOUR]))
    def test_floors_and_raises_to_whole_units(self, micros, unit):
        """The whole units around an instant: less than one apart, and the instant itself where it is whole."""
        instant = Instant(micros)
        below, above = instant.floored(unit), instant.raised(unit)

        assert below <= instant <= above
        assert (above - below).micros == (unit.micros if micros % unit.micros else 0)
        assert 0 == below.micros % unit.micros == above.micros % unit.micros
        assert instant.floored(SECOND) == instant.floored()
        assert instant.raised(SECOND) == instant.raised()

    @given(st.integers(), st.integers())
    def test_orders_as_its_microseconds_do(self, one, other):
        """Earlier, later and equal are those of the whole numbers."""
        first, second = Instant(one), Instant(other)

        assert (one < other, one <= other, one > other, one >= other, one == other) == (
            first < second, first <= second, first > second, first >= second, first == second,
        )  # fmt: skip
