"""Runs of clocks written down for the queue: what the core says, kept so that a million tickets can be sorted."""

import logging

from upheld.apps.agreements.queries import CannotJudge
from upheld.apps.desk.models import Run, State, Ticket
from upheld.apps.desk.queries.clocks import desk_of, tell_course
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.timing import lay_reminders, silence
from upheld.core.clocks import DeskState, Timed
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")


def reckon(*, ticket: Ticket, at: Instant) -> None:
    """
    Ask the core anew about a ticket and keep its runs, its priority and where it stands; and of those merged with it.

    An agreement that cannot be judged keeps no ticket from being worked on: it has no runs until it can.
    """
    if ticket.agreement is None:
        return
    try:
        terms, desk = desk_of(ticket.agreement, [ticket.name], at, reasons=False)
    except CannotJudge as problem:
        log.error("clocks cannot be reckoned", extra={"ticket": ticket.name, "because": str(problem)})
        Run.objects.filter(ticket=ticket).delete()
        silence(ticket)
        return
    beside = [int(name.removeprefix("T-")) for name in desk.tickets if name != ticket.name]
    for one in (ticket, *Ticket.objects.filter(number__in=beside)):
        keep_runs(one, desk.of_ticket(one.name), at)
        keep_standing(one, desk, at)
        lay_reminders(ticket=one, calendars=terms.calendars, at=at)


def keep_standing(ticket: Ticket, desk: DeskState, at: Instant) -> None:
    """Its priority and where it stands, as the core finds them."""
    changed = {"priority": tell_course(desk, ticket.name, "priority", at)[:50]}
    before = ticket.priority
    if ticket.state != State.MERGED:
        changed["state"] = tell_course(desk, ticket.name, "state", at) or State.NEW
    for name, value in changed.items():
        setattr(ticket, name, value)
    Ticket.objects.filter(pk=ticket.pk).update(**changed)
    # The priority with which a ticket is opened is told with its opening.
    if before != ticket.priority and ticket.priority and Instant.of(ticket.opened_at) < at:
        now, key = ticket.priority, f"priority-{ticket.deeds}-{at.micros}"
        announce("ticket.priority", ticket, key=key, at=at, words=f"its priority is {now}", before=before or None)


def keep_runs(ticket: Ticket, runs: tuple[Timed, ...], at: Instant) -> None:
    """The rows of a ticket's runs as they are now; those that were told of stay told of, for the same due instant."""
    told = {(row.clock, row.number): row for row in Run.objects.filter(ticket=ticket)}
    kept = {(run.clock, run.number): run for run in runs if not run.is_superseded}
    rows = []
    for key, run in kept.items():
        before = told.get(key)
        rows.append(
            Run(
                ticket=ticket, agreement=ticket.agreement, clock=run.clock, number=run.number, state=run.state,
                verdict=run.verdict.value,
                calendar=run.calendar[:100], is_plain=run.is_plain, start_us=micros(run.start_at), due_us=micros(run.due_at),
                stop_us=micros(run.stop_at), used_us=run.used.micros,
                allowed_us=None if run.allowed is None else run.allowed.micros, seen_us=at.micros,
                told_us=before.told_us if before else None, warned_us=before.warned_us if before else None,
            )
        )  # fmt: skip
    Run.objects.filter(ticket=ticket).delete()
    Run.objects.bulk_create(rows)


def micros(at: Instant | None) -> int | None:
    return None if at is None else at.micros
