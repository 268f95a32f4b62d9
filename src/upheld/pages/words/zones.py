"""Instants inside core's sentences, which speak in UTC, as a page says them: in the zone of the agreement."""

import re
from datetime import UTC as GMT
from datetime import datetime

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant
from upheld.pages.words.instants import DASH, say_zone
from upheld.pages.words.spaces import NBSP, keep_whole

DATE = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[ \u00a0]\d{1,2}[ \u00a0][A-Z][a-z]{2}[ \u00a0]\d{4}"
CLOCK = r"\d\d:\d\d(?::\d\d)?"
WRITTEN = re.compile(
    rf"(?P<day>{DATE})[ \u00a0](?P<clock>{CLOCK})"
    rf"(?:{DASH}(?P<until>{CLOCK})| {DASH} (?P<last>{DATE})[ \u00a0](?P<end>{CLOCK}))?[ \u00a0]UTC"
)


def say_in_zone(text: str, zone: Zone) -> str:
    """
    The same words, with each whole instant and span that is written in UTC moved to the zone, and named by it.

    >>> london = Zone("Europe/London", (Instant(-(10**18)),), (3600,))
    >>> say_in_zone("it had to come before Wed 12 Aug 2026 00:00 UTC", london).replace("\\u00a0", " ")
    'it had to come before Wed 12 Aug 2026 01:00 London'
    """
    if zone.name == "UTC":
        return text
    return WRITTEN.sub(lambda found: move_times(found, zone), text)


def move_times(found: re.Match[str], zone: Zone) -> str:
    start = read_time(found["day"], found["clock"])
    written, tail = write_time(start, zone, found["clock"]), f"{NBSP}{say_zone(zone)}"
    end_clock = found["until"] or found["end"]
    if not end_clock:
        return f"{written}{tail}"
    end = read_time(found["last"] or found["day"], end_clock)
    if zone.date_at(start) == zone.date_at(end):
        return f"{written}{DASH}{write_time(end, zone, end_clock).rsplit(NBSP, 1)[-1]}{tail}"
    return f"{written} {DASH} {write_time(end, zone, end_clock)}{tail}"


def read_time(day: str, clock: str) -> Instant:
    written = f"{day.replace(NBSP, ' ')} {clock if clock.count(':') == 2 else f'{clock}:00'}"
    return Instant.of(datetime.strptime(written, "%a %d %b %Y %H:%M:%S").replace(tzinfo=GMT))


def write_time(at: Instant, zone: Zone, clock: str) -> str:
    """As core writes it: with seconds where it had some."""
    moment = zone.local(at)
    hours = f"{moment:%H:%M:%S}" if clock.count(":") == 2 else f"{moment:%H:%M}"
    return keep_whole(f"{moment:%a} {moment.day} {moment:%b %Y} {hours}")
