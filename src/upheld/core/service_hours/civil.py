"""A calendar asked in the datetimes of everyday programmes: aware ones in, aware ones out, exact to the microsecond."""

from datetime import datetime, timedelta

from upheld.core.service_hours.calendar import LONGEST_SEARCH, ServiceHours
from upheld.core.service_hours.open_time import OpenTime
from upheld.core.timeline import MICRO, Duration, Instant, NotAnInstant, Span

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
MICROSECOND, NOTHING = timedelta(microseconds=MICRO.micros), timedelta()
MOST_ZONES = 100
LONGEST = timedelta(microseconds=LONGEST_SEARCH)


class CivilHours:
    """
    Open time and due moments of one calendar. It keeps what it was asked about as timedeltas since 1970: making numbers
    of datetimes, and datetimes of numbers, takes longer than the answer.

    Naive moments are refused (NotAnInstant): they name no instant.
    """

    def __init__(self, hours: ServiceHours) -> None:
        self.hours = hours
        self._laid = OpenTime(MICROSECOND, NOTHING, [NOTHING], [NOTHING], [NOTHING])  # it covers nothing yet
        self._epochs: dict[int, datetime] = {}

    def elapsed(self, first: datetime, last: datetime) -> timedelta:
        """Open time from one moment to a later one; SpanRunsBackwards where the last lies before the first."""
        zone, other = first.tzinfo, last.tzinfo
        epoch = self._epochs.get(id(zone)) or self._keep_epoch(first)
        start = first - (first.utcoffset() or NOTHING) - epoch
        if other is not zone:
            epoch = self._epochs.get(id(other)) or self._keep_epoch(last)
        end, laid = last - (last.utcoffset() or NOTHING) - epoch, self._laid
        if laid.first_at <= start <= end <= laid.last_at:
            return laid.opened_between(start, end)
        span = Span(Instant(start // MICROSECOND), Instant(end // MICROSECOND))
        self._laid = self.hours.lay_out(span.start.micros, span.end.micros).in_timedeltas()
        return timedelta(0, 0, self.hours.elapsed(span).micros)

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """The earliest moment at which so much open time has passed since `start`, in the zone of `start`."""
        epoch = self._epochs.get(id(start.tzinfo)) or self._keep_epoch(start)
        began, laid = start - (start.utcoffset() or NOTHING) - epoch, self._laid
        if laid.first_at <= began <= laid.last_at and allowance > NOTHING:
            at = laid.reached_after(began, allowance)
            if at is not None and at - began <= LONGEST:
                return epoch.tzinfo.fromutc(epoch + at)  # type: ignore[union-attr]
        asked = Instant(began // MICROSECOND)
        due = self.hours.due(asked, Duration(allowance // MICROSECOND))
        if allowance > NOTHING:
            self._laid = self.hours.lay_out(asked.micros, due.micros).in_timedeltas()
        return epoch.tzinfo.fromutc(epoch + timedelta(0, 0, due.micros))  # type: ignore[union-attr]

    def _keep_epoch(self, moment: datetime) -> datetime:
        """
        The figures of 1970-01-01T00:00Z with the zone of a moment put on them: making them takes longer than a question.

        Kept by which object the zone is: Python subtracts figures as they stand where the object is the same, and so does
        without the zone. What is left of a moment's own figures when its offset is taken off are those of UTC.
        """
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise NotAnInstant(f"{moment} has no zone; write it with Z or an offset")
        if len(self._epochs) >= MOST_ZONES:
            self._epochs.clear()
        self._epochs[id(moment.tzinfo)] = epoch = EPOCH.replace(tzinfo=moment.tzinfo)
        return epoch
