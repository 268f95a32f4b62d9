"""A calendar asked in the datetimes of everyday programmes: aware ones in, aware ones out, exact to the microsecond."""

from datetime import datetime, timedelta, tzinfo

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
        start, end, laid = self._since_1970(first), self._since_1970(last), self._laid
        if laid.first_at <= start <= end <= laid.last_at:
            return laid.opened_by(end) - laid.opened_by(start)
        span = Span(Instant(start // MICROSECOND), Instant(end // MICROSECOND))
        self._laid = self.hours.lay_out(span.start.micros, span.end.micros).in_timedeltas()
        return timedelta(0, 0, self.hours.elapsed(span).micros)

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """The earliest moment at which so much open time has passed since `start`, in the zone of `start`."""
        began, laid = self._since_1970(start), self._laid
        if allowance <= NOTHING:
            return self._moment(began, start.tzinfo)
        if laid.first_at <= began <= laid.last_at:
            at = laid.reached(laid.opened_by(began) + allowance)
            if at is not None and at - began <= LONGEST:
                return self._moment(at, start.tzinfo)
        asked = Instant(began // MICROSECOND)
        due = self.hours.due(asked, Duration(allowance // MICROSECOND))
        self._laid = self.hours.lay_out(asked.micros, due.micros).in_timedeltas()
        return self._moment(timedelta(0, 0, due.micros), start.tzinfo)

    def _since_1970(self, moment: datetime) -> timedelta:
        ahead, zone = moment.utcoffset(), moment.tzinfo
        if ahead is None or zone is None:
            raise NotAnInstant(f"{moment} has no zone; write it with Z or an offset")
        # Both in one zone, so that Python subtracts the figures as they stand.
        return moment - ahead - (self._epochs.get(id(zone)) or self._keep_epoch(zone))

    def _moment(self, since_1970: timedelta, zone: tzinfo | None) -> datetime:
        assert zone is not None
        return zone.fromutc((self._epochs.get(id(zone)) or self._keep_epoch(zone)) + since_1970)

    def _keep_epoch(self, zone: tzinfo) -> datetime:
        """
        The figures of 1970-01-01T00:00Z with a zone put on them: making them takes longer than a question.

        Kept by which object the zone is, since Python subtracts figures as they stand for one object alone.
        """
        if len(self._epochs) >= MOST_ZONES:
            self._epochs.clear()
        self._epochs[id(zone)] = epoch = EPOCH.replace(tzinfo=zone)
        return epoch
