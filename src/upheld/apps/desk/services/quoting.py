"""Prices named for what the agreement leaves to a quote, and the customer's word on them."""

from django.conf import settings
from django.db.models import Max

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.facts import accepted_fact, quoted_fact
from upheld.apps.desk.models import Author, Quote, Ticket
from upheld.apps.desk.queries.words import judge_word
from upheld.apps.desk.queries.work import is_quoted
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, change, refuse_held, touch
from upheld.apps.desk.services.talking import Said, write
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.money import Money
from upheld.core.timeline import Instant


def give_quote(*, ticket: Ticket, charge: str, amount: Money, words: str, by: str, at: Instant) -> Quote:
    """Name a price. Raises CannotDo for a charge whose price the agreement names itself, and for another currency."""
    if not words.strip():
        raise CannotDo("say what is done for the price; the customer accepts that")
    with change(ticket, at) as locked:
        refuse_held(locked, "name a price")
        assert locked.agreement is not None
        terms = terms_of(locked.agreement, at)
        if not is_quoted(terms, charge):
            quoted = [name for name in terms.fees.charges if is_quoted(terms, name)]
            raise CannotDo(
                f"{locked.agreement.key} leaves no price of {charge!r} to a quote; it does for {', '.join(quoted) or 'none'}"
            )
        currency = terms.fees.invoicing.currency if terms.fees.invoicing else terms.currency
        if currency and amount.currency != currency:
            raise CannotDo(f"the agreement's money is {currency}; the quote is in {amount.currency}")
        if amount.amount <= 0:
            raise CannotDo(f"{amount} is no price")
        take_turn()
        quote = Quote.objects.create(
            number=(Quote.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            ticket=locked,
            charge=charge,
            amount=str(amount),
            words=words.strip(),
            given_by=by,
            given_at=at.utc(),
        )
        record(facts=[quoted_fact(quote, at=at)])
        write(locked, Author.MACHINE, Said(tell_quote(quote)), "machine", "", at, at, locked.channel)
        announce("quote.given", locked, key=f"{quote.name}-given", at=at, words=f"a price was named, {amount}",
                 quote=quote.name, amount=quote.amount, charge=charge)  # fmt: skip
    return quote


def tell_quote(quote: Quote) -> str:
    """What the customer reads on the ticket, and by mail where answers go by mail. It stops no clock."""
    where = f"{settings.UPHELD_URL}/portal/tickets/{quote.ticket.name}/agreed"
    return f"{quote.name}: {quote.words} Price: {quote.amount}. Nothing is done for it before you accept it: {where}"


def accept_quote(*, quote: Quote, by: str, at: Instant) -> Quote:
    """
    The customer's side accepts a price. `by` is as the agreement names people (`queries.name_in_agreement`).

    Raises CannotDo for somebody whose word does not count, with the clause, and for a quote that was declined. Accepted
    twice it is accepted once.
    """
    with touch(quote.ticket, at):
        fresh = lock_quote(quote)
        assert fresh.ticket.agreement is not None, "a quote stands under an agreement"
        decided = judge_word(fresh.ticket.agreement, by, at, at)
        if decided is not None and not decided.is_accepted:
            cited = ", ".join(decided.why.clauses)
            raise CannotDo(f"{cited}: {decided.why.words} is {decided.outcome}; somebody whose word counts accepts it")
        if fresh.declined_at is not None:
            raise CannotDo(f"{fresh.name} was declined; ask for another")
        if fresh.accepted_at is None:
            fresh.accepted_by, fresh.accepted_at = by, at.utc()
            fresh.save(update_fields=["accepted_by", "accepted_at"])
            record(facts=[accepted_fact(fresh, at=at)])
            tell_answer(fresh, "accepted", at)
    return fresh


def decline_quote(*, quote: Quote, by: str, at: Instant) -> Quote:
    """The customer's side does not want it at that price. Raises CannotDo for one that was accepted."""
    with touch(quote.ticket, at):
        fresh = lock_quote(quote)
        if fresh.accepted_at is not None:
            raise CannotDo(f"{fresh.name} was accepted by {fresh.accepted_by}; what was accepted holds")
        if fresh.declined_at is None:
            fresh.declined_by, fresh.declined_at = by, at.utc()
            fresh.save(update_fields=["declined_by", "declined_at"])
            tell_answer(fresh, "declined", at)
    return fresh


def tell_answer(quote: Quote, answer: str, at: Instant) -> None:
    """Tell recipients, in the transaction of the answer: what was accepted may be worked on."""
    words = f"the price {quote.name}, {quote.amount}, was {answer}"
    announce("quote.answered", quote.ticket, key=f"{quote.name}-{answer}", at=at, words=words, quote=quote.name,
             amount=quote.amount, answer=answer)  # fmt: skip


def lock_quote(quote: Quote) -> Quote:
    rows = Quote.objects.select_for_update(of=("self",)).select_related("ticket__agreement__version", "ticket__customer")
    return rows.get(pk=quote.pk)
