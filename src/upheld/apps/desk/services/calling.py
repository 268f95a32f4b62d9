"""The telephone's log: each call with what the agreement says of it."""

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.facts import called_fact
from upheld.apps.desk.models import Call, Ticket
from upheld.apps.desk.queries.clocks import desk_of
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.clocks import check_call
from upheld.core.timeline import Instant


def record_call(
    *, agreement: Agreement, ticket: Ticket | None, by: str, called_at: Instant, taken_by: str, at: Instant, words: str = ""
) -> Call:
    """
    Somebody telephoned, about a ticket or about none. The call is kept with the core's answer for its instant: `ok`,
    `too-early`, `ticket-first`, `not-for-this-priority`, `already-answered`; empty where the agreement has no telephone.
    """
    if ticket is not None and ticket.agreement_id != agreement.pk:
        raise CannotDo(f"{ticket.name} is no ticket under {agreement.key}")
    if called_at > at:
        raise CannotDo(f"the call lies ahead, at {called_at}; write when it came")
    with transaction.atomic():
        take_turn()
        name = ticket.name if ticket else ""
        terms, desk = desk_of(agreement, [name], called_at, known_by=at)
        gate = check_call(terms, desk, name, called_at)
        call = Call.objects.create(
            number=(Call.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            agreement=agreement,
            ticket=ticket,
            by=by,
            called_at=called_at.utc(),
            taken_by=taken_by,
            words=words,
            code=gate.code if gate else "",
        )
        record(facts=[called_fact(call, at=at)])
    return call


def mark_misuse(*, call: Call, because: str, by: str, at: Instant) -> Call:
    """
    The call was none of those for which the telephone is there. What follows, if anything, is proposed by `propose_misuse`.

    Raises CannotDo without a reason.
    """
    if not because.strip():
        raise CannotDo("say why the call was misuse: whoever decides what follows reads it")
    with transaction.atomic():
        fresh = Call.objects.select_for_update(of=("self",)).select_related("ticket", "agreement").get(pk=call.pk)
        if not fresh.is_misuse:
            fresh.is_misuse = True
            fresh.words = f"{fresh.words}\n{by}, {at}: {because.strip()}".strip()
            fresh.save(update_fields=["is_misuse", "words"])
    return fresh
