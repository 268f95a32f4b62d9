"""Work logged on tickets, consent to its charge, and time bought ahead. What it costs is asked of the core."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.facts import approved_fact, worked_fact
from upheld.apps.desk.models import Purchase, Quote, Ticket, Work
from upheld.apps.desk.queries.work import is_quoted, lines_of, misuse_charges, needs_approval
from upheld.apps.desk.services.deeds import CannotDo, change, refuse_held, touch
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.fees import Line
from upheld.core.fees.lines import charge_of
from upheld.core.terms import Terms
from upheld.core.timeline import ZERO, Duration, Instant


@dataclass(frozen=True, slots=True)
class Done:
    """
    What was done. `charge` is a charge of the agreement or a topic that names one; `responsible` and `deleted_by` are
    `provider` or `customer`, where the charge asks who was at fault.
    """

    charge: str
    from_at: Instant
    lasted: Duration = ZERO
    count: int = 1
    words: str = ""
    topic: str = ""
    deleted_by: str = ""
    restore: str = ""
    responsible: str = ""
    is_erroneous: bool = False
    quote: Quote | None = None


def log_work(*, ticket: Ticket, done: Done, by: str, at: Instant) -> Work:
    """
    Work that was done is on record. Raises CannotDo: a charge that the agreement does not know, work that lies ahead, and
    work priced by a quote that begun before its quote was accepted.
    """
    with change(ticket, at) as locked:
        refuse_held(locked, "log work on it")
        assert locked.agreement is not None
        refuse_work(terms_of(locked.agreement, at), locked, done, at)
        take_turn()
        work = draft(locked, done, by, at, (Work.objects.aggregate(last=Max("number"))["last"] or 0) + 1)
        work.save()
        record(facts=[worked_fact(work, at=at)])
    return work


def draft(ticket: Ticket, done: Done, by: str, at: Instant, number: int = 0) -> Work:
    """The row as it would be saved."""
    return Work(
        number=number, ticket=ticket, charge=done.charge, from_at=done.from_at.utc(), lasted_us=done.lasted.micros,
        count=done.count, words=done.words.strip(), topic=done.topic, deleted_by=done.deleted_by, restore=done.restore,
        responsible=done.responsible, is_erroneous=done.is_erroneous, quote=done.quote, by=by, logged_at=at.utc(),
    )  # fmt: skip


def preview_work(*, ticket: Ticket, done: Done, by: str, at: Instant) -> list[Line]:
    """
    What the ticket's work would cost with this, before it is saved: with the least and the step, line by line, as the core
    reckons it. Raises CannotDo as `log_work` does, and CannotJudge.
    """
    if ticket.agreement is None:
        return []
    refuse_work(terms_of(ticket.agreement, at), ticket, done, at)
    return lines_of(ticket, at, [worked_fact(draft(ticket, done, by, at), at=at)])


def refuse_work(terms: Terms, ticket: Ticket, done: Done, at: Instant) -> None:
    if not charge_of(terms, done.charge)[0]:
        known = ", ".join((*terms.fees.charges, *terms.fees.topics))
        raise CannotDo(f"the agreement has no charge and no topic {done.charge!r}; it knows {known or 'none'}")
    if done.lasted < ZERO or done.from_at + done.lasted > at:
        raise CannotDo(f"the work would end at {done.from_at + done.lasted}, which lies ahead of {at}; log what was done")
    if done.quote is not None and done.quote.ticket_id != ticket.pk:
        raise CannotDo(f"{done.quote.name} was given on another ticket")
    if is_quoted(terms, done.charge):
        refuse_early_work(done)


def refuse_early_work(done: Done) -> None:
    if done.quote is None:
        first = "give one, and begin once it is accepted; work names the one that is"
        raise CannotDo(f"{done.charge} is priced by a quote; {first}")
    if done.quote.accepted_at is None:
        raise CannotDo(f"{done.quote.name} is not accepted; nothing is worked for it before")
    accepted = Instant.of(done.quote.accepted_at)
    if done.from_at < accepted:
        raise CannotDo(f"{done.quote.name} was accepted {accepted}; work that began before, {done.from_at}, is not charged")


def propose_misuse(
    *, ticket: Ticket, from_at: Instant, lasted: Duration, because: str, by: str, at: Instant, charge: str = ""
) -> Work:
    """
    Propose to charge for a false report, or for a use that the agreement does not cover. It is charged once whoever has to
    consent did. Raises CannotDo without a reason, and where the agreement charges for nothing of the kind.
    """
    if not because.strip():
        raise CannotDo("say what was false, or not covered: the customer reads it beside the clause")
    if ticket.agreement is None:
        raise CannotDo(f"{ticket.name} is held; nobody can be charged for it")
    known = [found.name for found in misuse_charges(ticket.agreement, at)]
    chosen = charge or (known[0] if len(known) == 1 else "")
    if chosen not in known:
        raise CannotDo(f"{ticket.agreement.key} charges misuse by {', '.join(known) or 'nothing'}; came {charge!r}")
    done = Done(chosen, from_at, lasted, words=because, is_erroneous=True)
    return log_work(ticket=ticket, done=done, by=by, at=at)


def approve_charge(*, work: Work, by: str, at: Instant) -> Work:
    """
    Consent to a charge. Raises CannotDo where the agreement asks for none, and for whoever did the work: it needs another
    person. The first consent stays.
    """
    with touch(work.ticket, at):
        rows = Work.objects.select_for_update(of=("self",)).select_related("ticket__agreement__version")
        fresh = rows.get(pk=work.pk)
        assert fresh.ticket.agreement is not None, "work stands under an agreement"
        if not needs_approval(terms_of(fresh.ticket.agreement, at), fresh.charge):
            raise CannotDo(f"{fresh.charge} needs nobody's consent")
        if fresh.by == by:
            raise CannotDo(f"{fresh.name} is your own work; another person consents to its charge")
        if fresh.approved_at is None:
            fresh.approved_by, fresh.approved_at = by, at.utc()
            fresh.save(update_fields=["approved_by", "approved_at"])
            record(facts=[approved_fact(fresh, at=at)])
    return fresh


def buy_time(
    *, agreement: Agreement, charge: str, lasted: Duration, reference: str, by: str, at: Instant,
    until_at: Instant | None = None,
) -> Purchase:  # fmt: skip
    """The customer bought time ahead for a charge; `queries.balance_of` says what is left. Raises CannotDo."""
    terms = terms_of(agreement, at)
    if charge not in terms.fees.charges:
        raise CannotDo(f"{agreement.key} has no charge {charge!r}; it has {', '.join(terms.fees.charges) or 'none'}")
    if lasted <= ZERO or not reference.strip() or (until_at is not None and until_at <= at):
        raise CannotDo("a purchase buys some time, says by which invoice or order, and ends, if at all, later than now")
    with transaction.atomic():
        take_turn()
        return Purchase.objects.create(
            agreement=agreement,
            number=(Purchase.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            charge=charge,
            lasted_us=lasted.micros,
            bought_at=at.utc(),
            until_at=until_at.utc() if until_at else None,
            reference=reference.strip(),
            by=by,
        )
