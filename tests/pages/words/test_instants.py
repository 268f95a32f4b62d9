"""Times as a person reads them: always with a zone, the year and the date left out only where they are near."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration, Instant, Span
from upheld.pages.words import (
    NBSP,
    say_instant,
    say_month,
    say_period,
    say_span,
    say_spans,
    say_zone,
    write_machine_time,
)

NOW = Instant.parse("2026-08-28T14:50Z")
# London: summer time until 25 October 2026 01:00 UTC.
LONDON = Zone(
    "Europe/London",
    tuple(Instant.parse(f"{day}T01:00Z") for day in ("1990-01-01", "2026-03-29", "2026-10-25")),
    (0, 3600, 0),
)
INSTANTS = st.integers(Instant.parse("2020-01-01T00:00Z").micros, Instant.parse("2030-01-01T00:00Z").micros).map(Instant)


def plain(words: str) -> str:
    return words.replace(NBSP, " ")


def at(text: str) -> Instant:
    return Instant.parse(f"{text}Z")


class TestSayInstant:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("2026-08-28T14:38", "14:38 UTC"),
            ("2026-08-27T14:38", "Thu 27 Aug 14:38 UTC"),
            ("2026-09-05T20:00", "Sat 5 Sep 20:00 UTC"),
            ("2026-01-05T20:00", "Mon 5 Jan 2026 20:00 UTC"),
        ],
    )
    def test_leaves_out_what_is_plain(self, written, said):
        """The date within today, the year within 180 days; further away all of it stands."""
        assert said == plain(say_instant(at(written), as_of=NOW))

    def test_says_all_of_it_where_nothing_is_plain(self):
        """Without an instant to look from, or where the whole is asked for, nothing is left out."""
        assert "Fri 28 Aug 2026 14:50 UTC" == plain(say_instant(NOW))
        assert "Fri 28 Aug 2026 14:50 UTC" == plain(say_instant(NOW, as_of=NOW, full=True))
        assert "Fri 28 Aug 14:50 UTC" == plain(say_instant(NOW, as_of=NOW, dated=True))

    def test_gives_seconds_for_evidence_only(self):
        """Seconds stand where something may be evidence, cut to the whole one."""
        moment = NOW + Duration(7_250_000)

        assert "14:50 UTC" == plain(say_instant(moment, as_of=NOW))
        assert "14:50:07 UTC" == plain(say_instant(moment, as_of=NOW, exact=True))

    def test_names_the_zone_by_its_city(self):
        """The agreement's zone is named, never BST or local; its own date decides what today is."""
        late = at("2026-08-28T23:30")

        assert "Sat 29 Aug 00:30 London" == plain(say_instant(late, LONDON, as_of=NOW))
        assert "New York" == say_zone(Zone("America/New_York", (), ()))

    @given(INSTANTS, INSTANTS, st.sampled_from([None, LONDON]))
    def test_never_breaks_and_always_has_a_zone(self, moment, as_of, zone):
        """One time is one word to the line breaker, and no time stands without its zone."""
        said = say_instant(moment, zone, as_of=as_of) if zone else say_instant(moment, as_of=as_of)

        assert " " not in said
        assert said.endswith("London" if zone else "UTC")


class TestSaySpan:
    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            ("2026-09-05T20:00", "2026-09-05T23:00", "Sat 5 Sep 20:00–23:00 UTC"),
            ("2026-09-05T20:00", "2026-09-06T00:00", "Sat 5 Sep 20:00–24:00 UTC"),
            ("2026-09-05T20:00", "2026-09-06T02:00", "Sat 5 Sep 20:00 to Sun 6 Sep 02:00 UTC"),
            ("2026-09-05T20:00", "2026-09-05T20:00", "Sat 5 Sep 20:00–20:00 UTC"),
        ],
    )
    def test_says_the_date_once_within_a_day(self, start, end, said):
        """One date with a dash between the times; across days both dates stand in full."""
        assert said == plain(say_span(Span(at(start), at(end)), as_of=NOW))

    def test_tells_alike_spans_once(self):
        """Four Tuesdays at the same hours are one phrase; another hour is another."""
        weekly = [Span(at(f"2026-08-{day}T18:00"), at(f"2026-08-{day}T18:10")) for day in ("04", "11", "18")]
        other = Span(at("2026-08-25T19:00"), at("2026-08-25T19:10"))

        assert "Tue 4, 11, 18 Aug 18:00–18:10 and Tue 25 Aug 19:00–19:10" == plain(say_spans([*weekly, other], as_of=NOW))

    @given(st.lists(st.integers(0, 100), min_size=1, max_size=5, unique=True), st.integers(1, 1200))
    def test_names_every_day_of_alike_spans(self, days, length):
        """However spans are gathered, each day of them is named."""
        spans = [Span(NOW + DAY * day, NOW + DAY * day + MINUTE * length) for day in days]
        said = say_spans(spans, as_of=NOW)

        for one in spans:
            assert re.search(rf"\b{one.start.utc().day}\b", said)


class TestSayPeriod:
    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            ("2026-07-01T00:00", "2026-08-01T00:00", "July 2026"),
            ("2026-12-01T00:00", "2027-01-01T00:00", "December 2026"),
            ("2026-02-01T00:00", "2026-05-01T00:00", "1 Feb 2026 to 30 Apr 2026"),
            ("2026-07-03T00:00", "2026-07-04T00:00", "Fri 3 Jul 2026"),
        ],
    )
    def test_names_a_month_and_dates_everything_else(self, start, end, said):
        """A calendar month by its name; a quarter by its dates, since quarters begin where the agreement says."""
        assert said == plain(say_month(Span(at(start), at(end))))

    def test_gives_the_two_instants(self):
        """What a month is, exactly, stands in parentheses."""
        july = Span(at("2026-07-01T00:00"), at("2026-08-01T00:00"))

        assert "July 2026 (1 Jul 00:00 to 1 Aug 00:00 UTC)" == plain(say_period(july))

    def test_takes_the_month_of_the_zone(self):
        """August in London begins an hour before August in UTC."""
        start, end = at("2026-07-31T23:00"), at("2026-08-31T23:00")

        assert "August 2026" == plain(say_month(Span(start, end), LONDON))
        assert "August 2026" != plain(say_month(Span(start, end)))


@given(INSTANTS)
def test_the_machine_reads_the_same_instant(moment):
    """What stands in the attribute of a time is the instant itself, to the microsecond."""
    assert moment == Instant.parse(write_machine_time(moment))


def test_a_day_that_gains_an_hour_keeps_its_wall_times():
    """At the end of summer time a span over the repeated hour is told by the clock on the wall."""
    start = LONDON.midnight(at("2026-10-25T12:00").utc().date())

    assert "Sun 25 Oct 00:00–03:00 London" == plain(say_span(Span(start, start + HOUR * 4), LONDON, as_of=NOW))
