"""Appointments: one side proposes a time, the other accepts it, and until then the ticket waits."""

from django.db.models import Max

from upheld.apps.desk.models import Appointment, Consent, Ticket
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, change, refuse_held
from upheld.apps.desk.services.holding import CUSTOMER, open_hold
from upheld.core.timeline import Instant
from upheld.pages.words import say_instant

SIDES = ("provider", "customer")


def propose_appointment(
    *, ticket: Ticket, from_at: Instant, to_at: Instant, side: str, by: str, at: Instant, words: str = ""
) -> Appointment:
    """A side (`provider` or `customer`) proposes when something is done. Raises CannotDo for a time that is no time."""
    if side not in SIDES:
        raise CannotDo(f"an appointment is proposed by {' or '.join(SIDES)}; came {side!r}")
    if from_at <= at:
        raise CannotDo(f"the appointment would begin at {say_instant(from_at)}, which is over; propose a later time")
    if to_at <= from_at:
        raise CannotDo(f"the appointment would end before it begins; write an end after {say_instant(from_at)}")
    with change(ticket, at) as locked:
        refuse_held(locked, "make an appointment")
        made = Appointment.objects.create(
            ticket=locked,
            number=(locked.appointments.aggregate(last=Max("number"))["last"] or 0) + 1,
            from_at=from_at.utc(),
            to_at=to_at.utc(),
            words=words.strip(),
            side=side,
            proposed_by=by,
            proposed_at=at.utc(),
        )
        tell_step("appointment.proposed", made, "proposed", f"the {side} proposes a time", at, side=side)
        return made


def accept_appointment(*, appointment: Appointment, side: str, by: str, at: Instant) -> Appointment:
    """
    The other side agrees: the ticket waits until the appointment begins. Accepted twice it is accepted once.

    Raises CannotDo for the side that proposed it, for one that was declined, and for one whose time has come.
    """
    with change(appointment.ticket, at) as locked:
        fresh = lock_appointment(appointment)
        if fresh.state == Consent.ACCEPTED:
            return fresh
        refuse_decided(fresh, side, at)
        fresh.state, fresh.decided_by, fresh.decided_at = Consent.ACCEPTED, by, at.utc()
        fresh.hold = open_hold(ticket=locked, waiting_for=CUSTOMER, until_at=Instant.of(fresh.from_at), by=by, at=at)
        fresh.save()
        tell_answer(fresh, "accepted", at)
        locked.refresh_from_db()
    return fresh


def decline_appointment(*, appointment: Appointment, side: str, by: str, at: Instant) -> Appointment:
    """The other side does not agree. Raises CannotDo for the side that proposed it, and for one that was accepted."""
    with change(appointment.ticket, at):
        fresh = lock_appointment(appointment)
        if fresh.state == Consent.ACCEPTED:
            raise CannotDo(f"{fresh.name} was accepted by {fresh.decided_by}; propose another time instead")
        if fresh.state == Consent.PROPOSED:
            refuse_decided(fresh, side, at)
            fresh.state, fresh.decided_by, fresh.decided_at = Consent.DECLINED, by, at.utc()
            fresh.save()
            tell_answer(fresh, "declined", at)
    return fresh


def tell_answer(appointment: Appointment, answer: str, at: Instant) -> None:
    words = f"a time that the {appointment.side} proposed was {answer}"
    tell_step("appointment.answered", appointment, answer, words, at, answer=answer)


def tell_step(event: str, appointment: Appointment, step: str, words: str, at: Instant, **more: str) -> None:
    """Tell recipients, in the transaction of the step."""
    announce(
        event, appointment.ticket, key=f"{appointment.name}-{step}", at=at, words=words, appointment=appointment.name,
        from_at=str(Instant.of(appointment.from_at)), to_at=str(Instant.of(appointment.to_at)), **more,
    )  # fmt: skip


def refuse_decided(appointment: Appointment, side: str, at: Instant) -> None:
    if side not in SIDES or side == appointment.side:
        raise CannotDo(f"{appointment.name} was proposed by the {appointment.side}; the other side decides")
    if appointment.state == Consent.DECLINED:
        raise CannotDo(f"{appointment.name} was declined by {appointment.decided_by}; propose another time")
    if Instant.of(appointment.from_at) <= at:
        raise CannotDo(f"{appointment.name} would have begun at {Instant.of(appointment.from_at)}; propose another time")


def lock_appointment(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("ticket__agreement", "ticket__customer", "hold").get(pk=appointment.pk)
