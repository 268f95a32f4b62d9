"""Zones and closed days as they are frozen with a version."""

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.service_hours import Zone
from upheld.core.terms import Document
from upheld.core.timeline import Instant
from upheld.language import freeze_calendars

PLACES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran", "Asia/Kathmandu")


def document(**blocks: object) -> Document:
    return Document({"agreement": {"id": "x", "version": "1"}, **blocks})


def freeze(zone: object, **blocks: object) -> dict[str, list[Any]]:
    calendars = {"office": {"zone": zone, "open": ["mon-fri 09:00-17:00"], "closed": "none", "day": "whole"}}
    zones: dict[str, list[Any]] = freeze_calendars(document(calendars=calendars, **blocks), 2022, 2043)["zones"]
    return zones


@cache
def pinned(place: str) -> ZoneInfo:
    """The zone of the pinned tables: those of the machine may be older."""
    with files("tzdata").joinpath("zoneinfo", *place.split("/")).open("rb") as table:
        return ZoneInfo.from_file(table)


class TestZones:
    @pytest.mark.parametrize("place", PLACES)
    @given(days=st.integers(0, 365 * 21 - 1), seconds=st.integers(0, 86_399))
    def test_hold_the_offset_of_every_moment(self, place: str, days: int, seconds: int):
        """At any second of the frozen years the frozen zone says what the tables say."""
        moment = datetime(2022, 1, 1, tzinfo=UTC) + timedelta(days=days, seconds=seconds)
        zone = Zone.from_json(place, freeze(place)[place])
        expected = moment.astimezone(pinned(place)).utcoffset()

        assert expected == timedelta(microseconds=zone.offset_at(Instant.of(moment)).micros)

    def test_change_at_the_second(self):
        """London goes over to summer time at one o'clock of the last Sunday in March, to the second."""
        assert ["2025-03-30T01:00:00.000000Z", 3600] in freeze("Europe/London")["Europe/London"]

    def test_keep_a_fixed_offset(self):
        """A fixed offset has no changes."""
        assert [["1900-01-01T00:00:00.000000Z", -19800]] == freeze("fixed UTC-05:30")["fixed UTC-05:30"]

    def test_hold_every_sense_of_a_reading(self):
        """Each sense can be judged without another table; UTC is always there."""
        readings = {"which": {"senses": ["Europe/London", "fixed UTC-05:00"], "we read": "Europe/London"}}

        assert {"UTC", "Europe/London", "fixed UTC-05:00"} == set(freeze("reading which", readings=readings))


class TestClosedDays:
    def closed(self, *days: str, **blocks: object) -> list[str]:
        calendars = {"office": {"open": "always", "closed": list(days), "day": "whole"}}
        days_of: dict[str, list[str]] = freeze_calendars(document(calendars=calendars, **blocks), 2023, 2026)["closed"]
        return days_of["office"]

    def test_hold_each_year_and_single_dates(self):
        """A day of every year is one date for each; a leap day only where there is one; other years are left out."""
        expected = ["2023-12-25", "2024-02-29", "2024-12-25", "2025-04-18", "2025-12-25"]

        assert expected == self.closed("every 25 December", "2025-04-18", "every 29 February", "2030-01-01")

    def test_take_days_from_a_list(self):
        """The name of a list stands for all that it holds."""
        lists = {"bank": {"items": ["2024-05-06", "every 1 January"]}}

        assert ["2023-01-01", "2024-01-01", "2024-05-06", "2025-01-01"] == self.closed("bank", lists=lists)
