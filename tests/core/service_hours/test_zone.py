"""A frozen zone answers as the zone itself, also where the clocks change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import freeze
from tests.core.spans import at
from upheld.core.service_hours import NotAZone, Zone
from upheld.core.timeline import HOUR, MINUTE, Instant

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
moments = st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001


class TestZone:
    @given(moments, st.sampled_from(ZONES))
    def test_tells_the_local_date_and_time(self, moment, name):
        """The frozen transitions give the wall time that the zone files give."""
        local = moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)

        assert local == freeze(name).local(Instant.of(moment))
        assert local.date() == freeze(name).date_at(Instant.of(moment))

    @given(moments, st.sampled_from(ZONES))
    def test_finds_the_instant_of_a_wall_time(self, moment, name):
        """There and back: an instant's wall time leads back to it, or to the first of the two that show this time."""
        zone, instant = freeze(name), Instant.of(moment)
        local = zone.local(instant)
        into = HOUR * local.hour + MINUTE * local.minute
        back = zone.at(local.date(), into)

        assert zone.local(back) == local.replace(second=0, microsecond=0)
        assert back <= instant

    def test_takes_the_first_of_two(self):
        """New York, 2 November 2025: 01:30 comes twice; the first is meant."""
        assert at("2025-11-02T05:30Z") == freeze("America/New_York").at(date(2025, 11, 2), HOUR + MINUTE * 30)

    @pytest.mark.parametrize(
        ("zone", "day", "skip"),
        [
            ("America/New_York", date(2025, 3, 9), "2025-03-09T07:00Z"),
            ("Australia/Lord_Howe", date(2025, 10, 5), "2025-10-04T15:30Z"),
        ],
    )
    def test_takes_the_skip_for_a_time_that_is_skipped(self, zone, day, skip):
        """02:15 does not exist on the night when clocks go forward: the instant of the skip stands for it."""
        assert at(skip) == freeze(zone).at(day, HOUR * 2 + MINUTE * 15)

    def test_has_an_offset_before_its_first_transition(self):
        """Every instant has an offset, however long ago."""
        assert 1850 == freeze("Europe/London").local(at("1850-06-01T12:00Z")).year

    def test_has_a_midnight_before_its_first_transition(self):
        """The first offset holds for all time before it: New York's five hours in the year 1850 as in 1900."""
        assert at("1850-06-01T05:00Z") == freeze("America/New_York").midnight(date(1850, 6, 1))


class TestFromTexts:
    @given(moments, st.sampled_from(ZONES))
    def test_reads_what_a_fact_carries(self, moment, name):
        """Written as texts and read back, a zone answers as before."""
        zone, instant = freeze(name), Instant.of(moment)
        texts = [f"{start} {offset}" for start, offset in zip(zone.starts, zone.offsets, strict=True)]

        assert zone.offset_at(instant) == Zone.from_texts(name, texts).offset_at(instant)

    @pytest.mark.parametrize(
        "written",
        ["", "2026-03-08T07:00Z", "2026-03-08 -14400", "2026-03-08T07:00Z -0", "2026-03-08T07:00Z +3600",
         "2026-03-08T07:00Z 86400", "2026-03-08T07:00Z -86400", "2026-03-08T07:00Z 1.5", "March 3600"],
    )  # fmt: skip
    def test_refuses_what_is_no_change(self, written):
        """An instant with its zone and whole seconds of less than a day, in one spelling."""
        with pytest.raises(NotAZone, match="is no change of a zone; write for instance 2026-03-08T07"):
            Zone.from_texts("X", [written])

    @pytest.mark.parametrize(
        "written", [[], ["2026-03-08T07:00Z 0", "2026-03-08T07:00Z 1"], ["2026-03-08T07:00Z 0", "2026-03-01T07:00Z 1"]]
    )
    def test_refuses_changes_out_of_order(self, written):
        """Nothing at all, one instant twice, a later one before an earlier."""
        with pytest.raises(NotAZone, match="one change or more, each later than the one before"):
            Zone.from_texts("X", written)
