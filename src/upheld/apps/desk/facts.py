"""Rows of the desk and their facts."""

from collections.abc import Sequence
from typing import Any

from upheld.apps.desk.models import (
    Action,
    Call,
    HighLoad,
    Hold,
    Instruction,
    Message,
    Quote,
    Ticket,
    Work,
)
from upheld.core.facts import (
    AnswerWaived,
    CallReceived,
    ChargeApproved,
    DutyAsked,
    DutyDone,
    Fact,
    HighLoadDeclared,
    HoldClosed,
    HoldOpened,
    InstructionReceived,
    MessageSent,
    QuoteAccepted,
    QuoteGiven,
    TicketOpened,
    TicketResolved,
    WorkLogged,
)
from upheld.core.money import Money
from upheld.core.timeline import Duration, Instant


def envelope(ticket: Ticket, kind: str, *, occurred_at: Instant, at: Instant, by: str) -> dict[str, Any]:
    """What every fact about a ticket has: ids of a ticket's facts begin with its name."""
    assert ticket.agreement is not None
    return {
        "id": f"{ticket.name}-{kind}",
        "agreement": ticket.agreement.key,
        "occurred_at": occurred_at,
        "recorded_at": at,
        "source": by,
    }


def opened_fact(ticket: Ticket, *, by: str, at: Instant) -> TicketOpened:
    """A ticket split off came in with its message, before it was opened."""
    received = Instant.of(ticket.received_at)
    is_split = ticket.split_from is not None
    occurred = Instant.of(ticket.opened_at) if is_split else received
    return TicketOpened(
        **envelope(ticket, "opened", occurred_at=occurred, at=at, by=by),
        ticket=ticket.name,
        channel=ticket.channel,
        outage=ticket.outage,
        topic=ticket.topic,
        priority=ticket.wish,
        urgent=ticket.is_urgent,
        impact=ticket.impact,
        urgency=ticket.urgency,
        opened_by=ticket.opened_by,
        received_at=received if is_split else None,
        split_from=ticket.split_from.name if ticket.split_from else "",
        told=tuple(ticket.told),
    )


def message_fact(message: Message, *, at: Instant) -> MessageSent:
    return MessageSent(
        **envelope(message.ticket, f"m{message.number}", occurred_at=Instant.of(message.sent_at), at=at, by=message.by),
        ticket=message.ticket.name,
        message=message.name,
        author=str(message.author),
        is_public=message.is_public,
        says=tuple(message.says),
        by=message.by,
    )


def waived_fact(message: Message, *, by: str, at: Instant) -> AnswerWaived:
    return AnswerWaived(
        **envelope(message.ticket, f"m{message.number}-waived", occurred_at=at, at=at, by=by),
        ticket=message.ticket.name,
        message=message.name,
        because=message.waived_because,
        by=by,
    )


def held_fact(hold: Hold, *, at: Instant) -> HoldOpened:
    until = Instant.of(hold.until_at) if hold.until_at else None
    return HoldOpened(
        **envelope(hold.ticket, f"h{hold.number}", occurred_at=Instant.of(hold.opened_at), at=at, by=hold.by),
        ticket=hold.ticket.name,
        hold=hold.name,
        waiting_for=hold.waiting_for,
        cause=hold.cause,
        evidence=hold.evidence,
        until_at=until,
        by=hold.by,
    )


def let_go_fact(hold: Hold, *, by: str, at: Instant) -> HoldClosed:
    assert hold.closed_at is not None
    return HoldClosed(
        **envelope(hold.ticket, f"h{hold.number}-closed", occurred_at=Instant.of(hold.closed_at), at=at, by=by),
        ticket=hold.ticket.name,
        hold=hold.name,
        because=hold.closed_because,
    )


def called_fact(call: Call, *, at: Instant) -> CallReceived:
    return CallReceived(
        id=f"{call.name}-received", agreement=call.agreement.key, occurred_at=Instant.of(call.called_at), recorded_at=at,
        source=call.taken_by, call=call.name, ticket=call.ticket.name if call.ticket else "", by=call.by,
    )  # fmt: skip


def load_fact(load: HighLoad) -> HighLoadDeclared:
    declared = Instant.of(load.declared_at)
    return HighLoadDeclared(
        id=f"high-load-{load.number}", agreement=load.agreement.key, occurred_at=declared, recorded_at=declared,
        source=load.by, from_at=Instant.of(load.from_at), to_at=Instant.of(load.to_at), by=load.by, queue=load.queue,
    )  # fmt: skip


def facts_at_adoption(ticket: Ticket, *, by: str, at: Instant) -> Sequence[Fact]:
    """All that happened to a held ticket, as of when it happened, now that its agreement is known."""
    messages = list(ticket.messages.order_by("number").select_related("ticket__agreement"))
    told = [message_fact(message, at=at) for message in messages]
    waived = [waived_fact(message, by=by, at=at) for message in messages if message.waived_because]
    return [opened_fact(ticket, by=by, at=at), *told, *waived, *resolved_facts(ticket, by=by, at=at)]


def resolved_facts(ticket: Ticket, *, by: str, at: Instant) -> list[TicketResolved]:
    """That a ticket was settled while nobody knew whose it was; none where it is open."""
    if ticket.resolved_at is None:
        return []
    told = envelope(ticket, "ticket-resolved-held", occurred_at=Instant.of(ticket.resolved_at), at=at, by=by)
    return [TicketResolved(**told, ticket=ticket.name, by=by, because="before it was known whose it is")]


# --- work, money, instructions, access, reviews ---------------------------------------------------------------------------


def worked_fact(work: Work, *, at: Instant) -> WorkLogged:
    """It happened when it was finished."""
    from_at, lasted = Instant.of(work.from_at), Duration(work.lasted_us)
    agreement = work.ticket.agreement
    assert agreement is not None
    return WorkLogged(
        id=f"{work.name}-logged", agreement=agreement.key, occurred_at=from_at + lasted, recorded_at=at, source=work.by,
        work=work.name, charge=work.charge, from_at=from_at, lasted=lasted.micros, count=work.count,
        request=work.ticket.name, topic=work.topic, deleted_by=work.deleted_by, restore=work.restore,
        responsible=work.responsible, erroneous=work.is_erroneous, quote=work.quote.name if work.quote else "", by=work.by,
    )  # fmt: skip


def approved_fact(work: Work, *, at: Instant) -> ChargeApproved:
    assert work.ticket.agreement is not None
    return ChargeApproved(
        id=f"{work.name}-approved", agreement=work.ticket.agreement.key, occurred_at=at, recorded_at=at,
        source=work.approved_by, work=work.name, by=work.approved_by,
    )  # fmt: skip


def quoted_fact(quote: Quote, *, at: Instant) -> QuoteGiven:
    assert quote.ticket.agreement is not None
    return QuoteGiven(
        id=f"{quote.name}-given", agreement=quote.ticket.agreement.key, occurred_at=Instant.of(quote.given_at),
        recorded_at=at, source=quote.given_by, quote=quote.name, charge=quote.charge, amount=Money.parse(quote.amount),
        by=quote.given_by,
    )  # fmt: skip


def accepted_fact(quote: Quote, *, at: Instant) -> QuoteAccepted:
    assert quote.ticket.agreement is not None
    return QuoteAccepted(
        id=f"{quote.name}-accepted", agreement=quote.ticket.agreement.key, occurred_at=at, recorded_at=at,
        source=quote.accepted_by, quote=quote.name, by=quote.accepted_by,
    )  # fmt: skip


def instructed_fact(instruction: Instruction, *, at: Instant) -> InstructionReceived:
    agreement = instruction.ticket.agreement
    assert agreement is not None
    return InstructionReceived(
        id=f"{instruction.name}-received", agreement=agreement.key, occurred_at=Instant.of(instruction.received_at),
        recorded_at=at, source=instruction.by, instruction=instruction.name, by=instruction.by, what=instruction.what,
    )  # fmt: skip


def action_fact(action: Action, *, by: str, at: Instant) -> DutyAsked:
    """What a review asks is what a duty of the agreement asks, with the day on which it is due."""
    review = action.review
    return DutyAsked(
        id=f"{action.name}-asked", agreement=review.agreement.key, occurred_at=at, recorded_at=at, source=by,
        request=action.name, duty=action.duty, because=action.what, ticket=review.ticket.name if review.ticket else "",
        due_at=Instant.of(action.due_at) if action.due_at else None,
    )  # fmt: skip


def action_done_fact(action: Action, *, at: Instant) -> DutyDone:
    return DutyDone(
        id=f"{action.name}-done", agreement=action.review.agreement.key, occurred_at=at, recorded_at=at,
        source=action.done_by, duty=action.duty, request=action.name, by=action.done_by, evidence=action.evidence,
    )  # fmt: skip
