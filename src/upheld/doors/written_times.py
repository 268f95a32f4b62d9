"""Times as a person writes them: with a date, a year and a zone, so that they mean one instant."""

import re
from collections.abc import Mapping
from datetime import date

from upheld.core.service_hours import Zone
from upheld.core.timeline import HOUR, MINUTE, SECOND, Duration, Instant, NotAnInstant
from upheld.pages.words import NBSP, UTC, say_instant, say_zone

WRITTEN = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3,9}),? )?(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3,9})(?: (?P<year>\d{4}))?,? "
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?(?: (?P<zone>\S.*))?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLIEST, LATEST = Instant.parse("2000-01-01T00:00Z"), Instant.parse("2100-01-01T00:00Z")
"""A time outside is a slip of the pen."""
EXAMPLE = "Thu 3 Sep 2026 16:00 UTC"


class NotATime(ValueError):
    """A text that names no instant; the message says what is missing and how it is written."""


def write_time(at: Instant, zone: Zone = UTC) -> str:
    """As the form's field holds it, and as `read_time` reads it back: to the second, and further where there is more."""
    exact = at.micros % MINUTE.micros != 0
    return say_instant(at, zone, full=True, exact=exact).replace(NBSP, " ")


def read_time(text: str, zones: Mapping[str, Zone]) -> Instant:
    """
    `Thu 3 Sep 2026 16:00 UTC`, the city of a known zone in place of UTC, or ISO 8601. Raises NotATime.

    >>> str(read_time("Thu 3 Sep 2026 16:00 UTC", {}))
    '2026-09-03T16:00:00.000000Z'
    """
    text = " ".join(text.replace(NBSP, " ").split())
    if not text:
        raise NotATime(f"The time is missing; write for instance {EXAMPLE}")
    found = read_any_time(text, zones)
    if not EARLIEST <= found < LATEST:
        raise NotATime(f"{text} is far away; a year is one of 2000 to 2099")
    return found


def read_any_time(text: str, zones: Mapping[str, Zone]) -> Instant:
    if re.match(r"\d{4}-", text):
        try:
            return Instant.parse(text)
        except NotAnInstant as problem:
            raise NotATime(str(problem)) from None
    found = WRITTEN.fullmatch(text)
    if not found:
        raise NotATime(f"{text!r} is not a time; write for instance {EXAMPLE}")
    if not found["zone"]:
        raise NotATime(f"{text} has no zone; write for instance {EXAMPLE}")
    if not found["year"]:
        raise NotATime(f"{text} has no year; write for instance {EXAMPLE}")
    return find_zone(found["zone"], zones, text).at(read_date(found, text), read_clock(found, text))


def find_zone(written: str, zones: Mapping[str, Zone], text: str) -> Zone:
    known = {"utc": UTC, **{name.lower(): zone for zone in zones.values() for name in (zone.name, say_zone(zone))}}
    if written.lower() not in known:
        named = ", ".join(dict.fromkeys(say_zone(zone) for zone in known.values()))
        raise NotATime(f"{text}: no zone is called {written!r} here; there is {named}")
    return known[written.lower()]


def read_date(found: "re.Match[str]", text: str) -> date:
    month = found["month"].lower()[:3]
    if month not in MONTHS:
        raise NotATime(f"{text}: no month is called {found['month']!r}; write for instance {EXAMPLE}")
    try:
        day = date(int(found["year"]), MONTHS.index(month) + 1, int(found["day"]))
    except ValueError:
        raise NotATime(f"{text}: {found['month']} {found['year']} has no day {found['day']}") from None
    weekday = DAYS[day.weekday()]
    if found["weekday"] and found["weekday"].lower()[:3] != weekday.lower()[:3]:
        raise NotATime(f"{text}: that day is a {weekday}; correct the weekday or the date")
    return day


def read_clock(found: "re.Match[str]", text: str) -> Duration:
    """How far into the local day; 24:00 is its end."""
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        raise NotATime(f"{text}: a clock goes from 00:00 to 24:00, and a minute has 60 seconds")
    return HOUR * hour + MINUTE * minute + SECOND * second + Duration(int((found["fraction"] or "0").ljust(6, "0")))
