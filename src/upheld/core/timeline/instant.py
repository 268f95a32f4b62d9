"""A moment in time, exact to the microsecond, always UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WRITTEN = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


class NotAnInstant(ValueError):
    """A text that names no instant: no zone, no such date, or not written as ISO 8601."""


@dataclass(frozen=True, order=True, slots=True)
class Duration:
    """Elapsed time in whole microseconds; may be negative only as a difference."""

    micros: int

    def __add__(self, other: "Duration") -> "Duration":
        return Duration(self.micros + other.micros)

    def __sub__(self, other: "Duration") -> "Duration":
        return Duration(self.micros - other.micros)

    def __mul__(self, times: int) -> "Duration":
        return Duration(self.micros * times)

    def __bool__(self) -> bool:
        return self.micros != 0


MICRO = Duration(1)
SECOND = Duration(1_000_000)
MINUTE = SECOND * 60
HOUR = MINUTE * 60
DAY = HOUR * 24
ZERO = Duration(0)


@dataclass(frozen=True, slots=True)
class Instant:
    """Microseconds since 1970-01-01T00:00Z. Leap seconds do not exist here, as in POSIX time."""

    micros: int

    # Written out: instants are compared millions of times in a statement, and a dataclass compares by way of tuples.
    def __lt__(self, other: "Instant") -> bool:
        return self.micros < other.micros

    def __le__(self, other: "Instant") -> bool:
        return self.micros <= other.micros

    def __gt__(self, other: "Instant") -> bool:
        return self.micros > other.micros

    def __ge__(self, other: "Instant") -> bool:
        return self.micros >= other.micros

    def __add__(self, length: Duration) -> "Instant":
        return Instant(self.micros + length.micros)

    def __sub__(self, earlier: "Instant") -> Duration:
        return Duration(self.micros - earlier.micros)

    def floored(self, unit: Duration = SECOND) -> "Instant":
        """The last whole unit (counted from 1970) at or before this instant."""
        return Instant(self.micros // unit.micros * unit.micros)

    def raised(self, unit: Duration = SECOND) -> "Instant":
        """The first whole unit at or after this instant."""
        return Instant(-(-self.micros // unit.micros) * unit.micros)

    def before(self, length: Duration) -> "Instant":
        """The instant that lies `length` earlier."""
        return Instant(self.micros - length.micros)

    def __str__(self) -> str:
        """The one canonical writing: RFC 3339, six digits, `Z`."""
        return self.utc().isoformat(timespec="microseconds").replace("+00:00", "Z")

    @classmethod
    def of(cls, moment: datetime) -> "Instant":
        """From an aware datetime. A naive one is refused: it names no instant."""
        if moment.tzinfo is None:
            raise NotAnInstant(f"{moment} has no zone; write it with Z or an offset")
        return cls((moment - EPOCH) // MICROSECOND)

    @classmethod
    def midnight(cls, day: date) -> "Instant":
        """The start of a UTC day."""
        return cls((day - EPOCH.date()).days * DAY.micros)

    @classmethod
    def parse(cls, text: str) -> "Instant":
        """
        From ISO 8601 with `Z` or an offset.

        >>> str(Instant.parse("2024-02-14T10:00Z"))
        '2024-02-14T10:00:00.000000Z'
        """
        found = WRITTEN.fullmatch(text)
        if not found:
            raise NotAnInstant(f"{text!r} is not an instant; write for instance 2024-02-14T10:00Z, with Z or an offset")
        year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
        second, fraction, zone = int(found[6] or 0), int((found[7] or "").ljust(6, "0")), found[8]
        try:
            return cls.of(datetime(year, month, day, hour, minute, second, fraction, tzinfo=UTC) - ahead_of_utc(zone))
        except (ValueError, OverflowError) as problem:
            raise NotAnInstant(f"{text!r} is not an instant: {problem}") from None

    def utc(self) -> datetime:
        """As an aware UTC datetime, for the calendar's questions (which date, which weekday)."""
        return EPOCH + self.micros * MICROSECOND


def ahead_of_utc(zone: str) -> timedelta:
    """`Z`, `+03:00`, `-05:30` as the time that the zone is ahead of UTC."""
    if zone == "Z":
        return timedelta()
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return ahead if zone[0] == "+" else -ahead
