"""Clocks that are nearly or wholly used up are told, each once for a due instant; holds that end by their date are ended."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Min, Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, terms_of
from upheld.apps.desk.models import Hold, Run, State, Ticket, When
from upheld.apps.desk.queries.escalations import holds_ended, reminders_due, runs_passed
from upheld.apps.desk.services.deeds import lock
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.desk.services.reminding import remind
from upheld.apps.desk.services.timing import lay_new
from upheld.apps.desk.services.waking import end_pages_of, note_hold_end, wake
from upheld.core.explain import Verdict
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import DAY, HOUR, MICRO, MINUTE, Duration, Instant

log = logging.getLogger("upheld.desk")

FARTHEST = DAY * 10
"""How far ahead due instants are looked at; longer than offices are closed at a stretch."""
CHUNK = 1000
"""So many are told at once; the others come again half a minute later."""
LATELY = MINUTE * 10
LEAST_LEAD, LONGEST_LEAD = MINUTE * 15, HOUR * 4
"""Open time. Who is warned earlier than this has forgotten it when it is due."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a due instant is warned: a share of the allowed time in percent, and the least; in open time."""

    percent: int = 25
    least: Duration = LEAST_LEAD

    def before(self, allowed: Duration | None) -> Duration:
        """Never more than half of the allowed time: a clock that has just begun is not nearly over."""
        if not allowed:
            return min(self.least, LONGEST_LEAD)
        share = Duration(allowed.micros * self.percent // 100)
        return min(max(share, self.least), LONGEST_LEAD, Duration(allowed.micros // 2))


def chase(*, at: Instant) -> int:
    """Tell of due instants that passed and by reminders that are due, and end holds whose date came; how much was done."""
    reckon_changed(at)
    lay_new(at)
    ended = sum(attempt(end_hold, hold, at) for hold in holds_ended(at))
    end_pages_of(at)
    reminded = sum(attempt(remind, reminder, at) for reminder in reminders_due(at))
    return ended + reminded + sum(attempt(tell_passed, run, at) for run in runs_passed(at))


def reckon_changed(at: Instant) -> int:
    """
    Look anew at tickets on which something was done lately, once that lies behind: what holds from an instant on (another
    priority) moves what is due only as seen from later than it. How many were looked at.
    """
    rows = Ticket.objects.filter(changed_at__gte=at.before(LATELY).utc(), changed_at__lt=at.utc(), agreement__isnull=False)
    seen = rows.annotate(seen_us=Min("runs__seen_us", filter=Q(runs__state="running"))).order_by("changed_at", "pk")
    waiting = [row for row in seen if row.seen_us is not None and row.seen_us <= Instant.of(row.changed_at).micros]
    return sum(attempt(see_anew, row, at) for row in waiting[:CHUNK])


def see_anew(ticket: Ticket, at: Instant) -> bool:
    with transaction.atomic():
        reckon(ticket=lock(ticket), at=at)
    return True


def warn(*, at: Instant, lead: Lead) -> int:
    """Warn of every clock that runs and of whose time no more than the lead is left; of how many was warned."""
    return sum(attempt(tell_ahead, run, at, lead) for run in list_nearly_over(at, lead))


def attempt(deed: object, *asked: object) -> bool:
    """Do it. What fails is logged and comes again; it keeps nothing else back."""
    assert callable(deed)
    try:
        return bool(deed(*asked))
    except Exception:
        log.exception("a clock could not be chased", extra={"row": getattr(asked[0], "pk", None)})
        return False


def list_nearly_over(at: Instant, lead: Lead) -> Iterator[Run]:
    """
    Runs within their lead as their rows have them, found by the index of due instants.

    No lead is longer than so much open time (`LONGEST_LEAD`): nothing is looked at that is due after the last calendar has
    been open for so long, and of what is due later than that by the wall clock only runs of calendars that are closed soon.
    """
    known = Calendars(at)
    soon, ends = at + LONGEST_LEAD, known.list_ends(LONGEST_LEAD + MICRO)
    last = min(max([soon, *ends.values()]), at + FARTHEST)
    closing = [name for name, end in ends.items() if end > soon]
    rows = Run.objects.filter(Q(due_us__lte=soon.micros) | Q(calendar__in=closing), state="running")
    rows = rows.filter(due_us__gte=at.micros, due_us__lte=last.micros)
    rows = rows.filter(Q(warned_us__isnull=True) | ~Q(warned_us=F("due_us"))).order_by("due_us")
    near: list[int] = []
    asked = rows.values_list("pk", "agreement_id", "calendar", "due_us", "allowed_us")
    for number, agreement, calendar, due_us, allowed_us in asked.iterator(chunk_size=CHUNK):
        if due_us is not None and known.left(agreement, calendar, due_us) <= lead.before(length(allowed_us)):
            near.append(number)
        if len(near) == CHUNK:
            break
    yield from Run.objects.select_related("ticket").filter(pk__in=near).order_by("due_us")


def length(micros: int | None) -> Duration | None:
    return None if micros is None else Duration(micros)


class Calendars:
    """Calendars of agreements as they stand at an instant, each agreement asked once."""

    def __init__(self, at: Instant) -> None:
        self._at = at
        self._known: dict[int, Mapping[str, ServiceHours]] = {}

    def of(self, agreement: int) -> Mapping[str, ServiceHours]:
        if agreement not in self._known:
            try:
                row = Agreement.objects.select_related("version").get(pk=agreement)
                self._known[agreement] = terms_of(row, self._at).calendars
            except CannotJudge:
                self._known[agreement] = {}
        return self._known[agreement]

    def list_ends(self, allowance: Duration) -> dict[str, Instant]:
        """For each name of a calendar when so much open time from now is over, in the agreement in which it is last."""
        ends: dict[str, Instant] = {}
        for number in Agreement.objects.values_list("pk", flat=True):
            for name, hours in self.of(number).items():
                try:
                    end = hours.due(self._at, allowance)
                except NeverOpen:
                    continue
                ends[name] = max(end, ends.get(name, end))
        return ends

    def left(self, agreement: int, calendar: str, due_us: int) -> Duration:
        """Open time from now until then; all time where the calendar is not known, or open no more."""
        hours = self.of(agreement).get(calendar)
        if hours is not None:
            try:
                return Duration(hours.opened_between(self._at.micros, due_us))
            except NeverOpen:
                pass
        return Duration(due_us - self._at.micros)


def tell_passed(seen: Run, at: Instant) -> bool:
    """The time of a run is over: tell it, unless the core says otherwise now. A best effort is broken by nothing."""
    with transaction.atomic():
        ticket, run = look_again(seen, at)
        if run is None or run.due_us is None or run.due_us >= at.micros:
            return False
        if not mark(run, "told_us"):
            return False
        if run.verdict in (Verdict.MISSED, Verdict.NOT_REACHED):
            wake(ticket=ticket, run=run, when=When.AFTER, at=at)
            return True
    return False


def tell_ahead(seen: Run, at: Instant, lead: Lead) -> bool:
    """The time of a run is nearly over: warn of it, unless the core says otherwise now."""
    with transaction.atomic():
        ticket, run = look_again(seen, at)
        if run is None or run.due_us is None or run.due_us < at.micros or run.agreement_id is None:
            return False
        if Calendars(at).left(run.agreement_id, run.calendar, run.due_us) > lead.before(length(run.allowed_us)):
            return False
        if not mark(run, "warned_us"):
            return False
        wake(ticket=ticket, run=run, when=When.BEFORE, at=at)
    return True


def look_again(seen: Run, at: Instant) -> tuple[Ticket, Run | None]:
    """
    The ticket, ours now, and the run as the core finds it now; None where it stands still, or is due at another instant,
    and comes again then.
    """
    ticket = lock(seen.ticket)
    reckon(ticket=ticket, at=at)
    run = Run.objects.filter(ticket=ticket, clock=seen.clock, number=seen.number, state="running").first()
    return ticket, run if run is not None and run.due_us == seen.due_us else None


def mark(run: Run, field: str) -> bool:
    """Note for which due instant it was told; False where somebody was quicker."""
    fresh = Run.objects.filter(pk=run.pk).exclude(**{field: run.due_us})
    return bool(fresh.update(**{field: run.due_us}))


def end_hold(hold: Hold, at: Instant) -> bool:
    """The agreed date has come: the core let the clocks run on from it; now the rows and the people know it too."""
    with transaction.atomic():
        ticket = lock(hold.ticket)
        mine = Hold.objects.filter(pk=hold.pk, closed_at__isnull=True, until_at__lte=at.utc())
        if not mine.update(closed_at=F("until_at"), closed_because="the agreed date came"):
            return False
        if ticket.state != State.MERGED:
            reckon(ticket=ticket, at=at)
            if ticket.state != State.RESOLVED:
                note_hold_end(ticket=ticket, hold=hold, at=at)
    return True
