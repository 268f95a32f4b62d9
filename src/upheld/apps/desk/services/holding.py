"""Waiting: holds with what proves them, and times of high load."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.facts import held_fact, let_go_fact, load_fact
from upheld.apps.desk.models import Author, HighLoad, Hold, Message, Ticket
from upheld.apps.desk.services.deeds import CannotDo, change, refuse_held
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant
from upheld.pages.words import say_instant
from upheld.pages.words.facts_of_desk import say_wait

CUSTOMER = "customer"
THIRD_PARTY = "third-party"
"""As agreements write it in `pauses`: a hold under another word stops no clock."""


def open_hold(
    *, ticket: Ticket, by: str, at: Instant, waiting_for: str = "", cause: str = "", evidence: str = "",
    asked_in: Message | None = None, until_at: Instant | None = None,
) -> Hold:  # fmt: skip
    """
    Work waits from now on. For the customer: `asked_in` is the public message that asked something, or a date is agreed
    (`until_at`). For anybody else: `evidence` is the reference of their ticket. Raises CannotDo without what proves it.
    """
    if asked_in is not None:
        evidence = asked_in.name
    if waiting_for == CUSTOMER and asked_in is None and until_at is None:
        raise CannotDo("waiting for the customer needs the public message that asked something, or an agreed date")
    if asked_in is not None and (not asked_in.is_public or asked_in.ticket_id != ticket.pk):
        raise CannotDo("what the customer cannot read asked nothing; name a public message of this ticket")
    if asked_in is not None:
        refuse_answered(asked_in)
    if waiting_for != CUSTOMER and not evidence.strip():
        does = say_wait(waiting_for, cause)
        raise CannotDo(f"a ticket that {does} needs a reference that proves it: the number of their ticket")
    if until_at is not None and until_at <= at:
        raise CannotDo(f"the agreed date {say_instant(until_at)} is over; write a later one")
    with change(ticket, at) as locked:
        refuse_held(locked, "let it wait")
        assert locked.agreement is not None
        if cause and cause not in (known := terms_of(locked.agreement, at).causes):
            raise CannotDo(f"{locked.agreement.key} knows no cause {cause!r}; it knows {', '.join(known) or 'none'}")
        hold = Hold.objects.create(
            ticket=locked,
            number=(locked.holds.aggregate(last=Max("number"))["last"] or 0) + 1,
            waiting_for=waiting_for,
            cause=cause,
            evidence=(evidence or f"agreed until {until_at}").strip()[:300],
            by=by,
            opened_at=at.utc(),
            until_at=until_at.utc() if until_at else None,
        )
        record(facts=[held_fact(hold, at=at)])
    return hold


def refuse_answered(asked_in: Message) -> None:
    """Raise CannotDo for a message that asked nothing of the customer, or that they have answered."""
    if asked_in.author == Author.CUSTOMER:
        raise CannotDo(f"{asked_in.name} is the customer's own message; name the one by which we asked")
    answers = asked_in.ticket.messages.filter(
        author=Author.CUSTOMER, number__gt=asked_in.number, sent_at__gt=asked_in.sent_at
    )
    if (answered := answers.order_by("number").first()) is not None:
        raise CannotDo(f"the customer answered {asked_in.name} with {answered.name}; ask again what is still needed")


def close_hold(*, hold: Hold, because: str, by: str, at: Instant) -> Hold:
    """What was waited for is there. One that is over already stays as it is."""
    with change(hold.ticket, at):
        fresh = Hold.objects.select_for_update(of=("self",)).select_related("ticket__agreement").get(pk=hold.pk)
        if fresh.closed_at is None:
            fresh.closed_at, fresh.closed_because = at.utc(), because.strip()[:500]
            fresh.save(update_fields=["closed_at", "closed_because"])
            record(facts=[let_go_fact(fresh, by=by, at=at)])
    return fresh


def declare_high_load(
    *, agreement: Agreement, from_at: Instant, to_at: Instant, queue: int, by: str, at: Instant
) -> HighLoad:
    """From `from_at` on, much comes at once. It counts from when it is declared, never for what came before."""
    if from_at < at:
        raise CannotDo(f"a high load counts from when it is declared, {at}; it cannot begin before, at {from_at}")
    if to_at <= from_at:
        raise CannotDo(f"the high load would end before it begins; write an end after {from_at}")
    if terms_of(agreement, at).desk.high_load.value == "none":
        raise CannotDo(f"{agreement.key} knows no high load: nothing would follow from declaring one")
    with transaction.atomic():
        take_turn()
        numbers: Sequence[int] = list(agreement.high_loads.values_list("number", flat=True))
        declared = HighLoad.objects.create(
            agreement=agreement, number=max(numbers, default=0) + 1, from_at=from_at.utc(), to_at=to_at.utc(), queue=queue,
            by=by, declared_at=at.utc(),
        )  # fmt: skip
        record(facts=[load_fact(declared)])
    return declared
