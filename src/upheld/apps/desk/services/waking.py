"""Who is told of a clock or a message: whoever works on the ticket, else whoever is on call by the policy for it."""

import logging
import re

from upheld.apps.agreements.queries import CannotJudge, terms_of
from upheld.apps.desk.models import Escalation, Hold, Message, Run, Ticket, When
from upheld.apps.desk.queries.escalations import find_escalation
from upheld.apps.desk.services.announcing import announce, url_of
from upheld.apps.oncall import services as oncall
from upheld.apps.oncall.models import Hours
from upheld.apps.oncall.queries import addresses_of, default_policy, open_pages
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import DAY, Instant, Span
from upheld.pages.words import NBSP, UTC, say_instant

NUMBER = re.compile(r"[0-9]{1,18}")
log = logging.getLogger("upheld.desk")

EVENTS = {When.BEFORE: "clock.warned", When.AFTER: "clock.missed"}
KNOWN_AHEAD = DAY * 21
"""For how long a policy that tells in open time only is told when that is."""


def wake(*, ticket: Ticket, run: Run, when: When, at: Instant) -> None:
    """
    Tell of a due instant, in the caller's transaction, once for each of them: whoever works on the ticket; where nobody
    does, or the time is over and a line of `Escalation` says so, by its policy too. What no line covers is paged by the
    policy for outages, as not urgent.
    """
    assert run.due_us is not None
    calendars = calendars_of(ticket, at)
    row = find_escalation(run, when, at, calendars)
    subject, text = word(ticket, run, when, calendars.get(run.calendar))
    key = f"{run.clock}-{run.number}-{run.due_us}-{when}"
    announce(
        EVENTS[when], ticket, key=key, at=at, words=f"{run.clock} {'was' if when == When.AFTER else 'is'} due",
        clock=run.clock, number=run.number, due_at=str(Instant(run.due_us)),
    )  # fmt: skip
    assignee = ticket.assignee if is_staff(ticket.assignee) else None
    if assignee is not None:
        write_to(assignee, ticket, subject, text, key=key, urgent=row.is_urgent if row else False, at=at)
    if assignee is None or (when == When.AFTER and row is not None):
        page_for(ticket, row, subject, text, key, calendars.get(row.calendar if row and row.calendar else run.calendar), at)


def wake_by(line: Escalation, *, ticket: Ticket, run: Run, at: Instant) -> None:
    """Page by a line at its own moment, in the caller's transaction, whether or not somebody works on the ticket."""
    calendars = calendars_of(ticket, at)
    subject, text = word(ticket, run, When(line.when), calendars.get(run.calendar))
    key = f"{run.clock}-{run.number}-{run.due_us}-{line.when}.{line.pk}"
    page_for(ticket, line, subject, text, key, calendars.get(line.calendar or run.calendar), at)


def page_for(
    ticket: Ticket, row: Escalation | None, subject: str, text: str, key: str, hours: ServiceHours | None, at: Instant
) -> None:
    policy = row.policy if row else default_policy()
    if policy is None:
        log.warning("a clock is due, and nobody is there to be told", extra={"ticket": ticket.name, "clock": key})
        return
    is_partly = policy.hours != Hours.ALWAYS and hours is not None
    spans = hours.open_within(Span(at, at + KNOWN_AHEAD)).spans if is_partly and hours is not None else ()
    oncall.page(
        policy=policy, key=key, about=ticket.name, urgent=row.is_urgent if row else False, subject=subject, text=text, at=at,
        open_spans=spans,
    )  # fmt: skip


def write_to(person: User, ticket: Ticket, subject: str, text: str, *, key: str, urgent: bool, at: Instant) -> None:
    """A message to one person by each of their ways; asked for again, nothing is added."""
    for number, (kind, address) in enumerate(addresses_of(person, is_urgent=urgent)):
        body = text if kind == "mail" else f"{subject}\n{url_of(ticket)}"
        oncall.write_message(
            kind=kind, to=address, subject=subject, body=body, key=f"{ticket.name}-{key}:{person.pk}:{number}", at=at
        )


def word(ticket: Ticket, run: Run, when: When, hours: ServiceHours | None) -> tuple[str, str]:
    """Subject and text: what is due, by whose clock, and where to look."""
    assert run.due_us is not None
    due = say_instant(Instant(run.due_us), hours.zone if hours else UTC, exact=True).replace(NBSP, " ")
    customer = ticket.customer.name if ticket.customer else ""
    if when == When.BEFORE:
        said = f"{ticket.name}: {run.clock} is due {due}"
    else:
        said = f"{ticket.name}: {run.clock} was due {due} and is not done"
    priority = f", {ticket.priority}" if ticket.priority else ""
    return said, f"{said}.\n\n{ticket.subject} ({customer}{priority})\n{url_of(ticket)}\n"


def note_hold_end(*, ticket: Ticket, hold: Hold, at: Instant) -> None:
    """The agreed date of a hold has come: whoever works on the ticket is told."""
    if ticket.assignee is not None and is_staff(ticket.assignee):
        subject = f"{ticket.name} waits no more: the agreed date came"
        text = f"{subject}.\n\n{ticket.subject}\nIts clocks run on.\n{url_of(ticket)}\n"
        write_to(ticket.assignee, ticket, subject, text, key=f"h{hold.number}-ended", urgent=False, at=at)


def tell_of_assignment(*, ticket: Ticket, to: User, at: Instant) -> None:
    """Somebody else gave the ticket to them: they are told by their own ways, as of nothing urgent."""
    subject = f"{ticket.name} is yours: {ticket.subject}"
    text = f"{ticket.name} was given to you.\n\n{ticket.subject}\n{url_of(ticket)}\n"
    write_to(to, ticket, subject, text, key=f"given-{at.micros}", urgent=False, at=at)


def tell_of_message(*, ticket: Ticket, message: Message, at: Instant) -> None:
    """The customer wrote: whoever works on the ticket is told. The words stay here, where those who may read them are."""
    if ticket.assignee is not None and is_staff(ticket.assignee):
        subject = f"{ticket.name}: {ticket.customer.name if ticket.customer else 'the customer'} wrote"
        text = f"{subject}.\n\n{ticket.subject}\n{url_of(ticket)}\n"
        write_to(ticket.assignee, ticket, subject, text, key=f"m{message.number}-wrote", urgent=False, at=at)


def end_pages_of(at: Instant) -> int:
    """Nobody is woken further for a clock that was stopped, stands still, or is due at another instant; how many ended."""
    ended = 0
    for page in open_pages():
        clock, _, rest = page.key.rpartition("-")
        rest = rest.partition(".")[0]
        clock, _, due = clock.rpartition("-")
        clock, _, number = clock.rpartition("-")
        ticket = page.about.removeprefix("T-")
        if rest not in When.values or not all(map(NUMBER.fullmatch, (ticket, number, due))):
            continue
        runs = Run.objects.filter(ticket__number=int(ticket), clock=clock, number=int(number))
        if rest == When.BEFORE and int(due) < at.micros:
            ended += oncall.resolve(page=page, because=f"the time of {clock} is over, which is told by itself", at=at)
        elif not runs.filter(state="running", due_us=int(due)).exists():
            ended += oncall.resolve(page=page, because=f"{clock} is no longer due then", at=at)
    return ended


def calendars_of(ticket: Ticket, at: Instant) -> dict[str, ServiceHours]:
    assert ticket.agreement is not None
    try:
        return dict(terms_of(ticket.agreement, at).calendars)
    except CannotJudge:
        return {}
