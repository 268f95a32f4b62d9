"""Work and money at the desk: what work costs before it is saved, and what waits for a consent."""

from collections.abc import Sequence

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Quote, Ticket, Work
from upheld.apps.desk.queries.words import facts_known, refuser_of
from upheld.apps.parties.models import Customer
from upheld.core.facts import WorkLogged
from upheld.core.fees import Line, Offer, offer
from upheld.core.fees.lines import Billing, charge_of
from upheld.core.fees.working import charge_work
from upheld.core.terms import Terms
from upheld.core.terms.charges import QUOTE
from upheld.core.terms.circumstances import Known
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import Duration, Instant, Span

ERRONEOUS = "erroneous"


class UnknownWork(LookupError):
    """Work or a quote that is not on record."""


def work(name: str) -> Work:
    """The work `W-7`; raises UnknownWork."""
    rows = Work.objects.select_related("ticket__agreement__version", "quote")
    found = rows.filter(number=number_of("W-", name)).first()
    if found is None:
        raise UnknownWork(f"no work is called {name!r}; it is called W-1, W-2 and so on")
    return found


def quote(name: str) -> Quote:
    """The quote `Q-7`; raises UnknownWork."""
    rows = Quote.objects.select_related("ticket__agreement__version", "ticket__customer")
    found = rows.filter(number=number_of("Q-", name)).first()
    if found is None:
        raise UnknownWork(f"no quote is called {name!r}; they are called Q-1, Q-2 and so on")
    return found


def number_of(mark: str, name: str) -> int:
    number = name.removeprefix(mark)
    return int(number) if name.startswith(mark) and number.isascii() and number.isdigit() and len(number) < 10 else 0


def work_of(ticket: Ticket) -> list[Work]:
    """All work on a ticket, in the order in which it was logged."""
    return list(ticket.work.select_related("quote", "ticket").order_by("number"))


def quotes_of(ticket: Ticket) -> list[Quote]:
    return list(ticket.quotes.select_related("ticket").order_by("number"))


def open_quotes_of(customer: Customer) -> list[Quote]:
    """Prices that a customer was named and has not answered yet, the oldest first."""
    rows = Quote.objects.filter(ticket__customer=customer, accepted_at__isnull=True, declined_at__isnull=True)
    return list(rows.select_related("ticket__agreement__version", "ticket__agreement__customer").order_by("number"))


def chargeable(agreement: Agreement, at: Instant) -> list[Offer]:
    """Every charge and topic of an agreement that names a price, as one may offer it. Raises CannotJudge."""
    terms = terms_of(agreement, at)
    return [offer(terms, name, {}) for name in (*terms.fees.charges, *terms.fees.topics)]


def price_of(agreement: Agreement, name: str, told: dict[str, Known], at: Instant) -> Offer:
    """What a charge or topic costs in some circumstances; ValueError where the agreement knows neither."""
    return offer(terms_of(agreement, at), name, told)


def is_quoted(terms: Terms, name: str) -> bool:
    """Whether the agreement leaves the price of a charge or topic to a quote."""
    charge, _ = charge_of(terms, name)
    rule = terms.fees.charges.get(charge)
    return rule is not None and any(case.rule.price.value == QUOTE for case in rule.each)


def misuse_charges(agreement: Agreement, at: Instant) -> list[Offer]:
    """What the agreement charges where somebody reported falsely or used the service for what it is not for."""
    terms = terms_of(agreement, at)
    names = [
        name
        for name, rule in terms.fees.charges.items()
        if any(test.fact == ERRONEOUS for case in rule.each if case.rule.when for test in tests_of(case.rule.when))
    ]
    return [offer(terms, name, {ERRONEOUS: "true"}) for name in names]


def lines_of(ticket: Ticket, at: Instant, drafts: Sequence[WorkLogged] = ()) -> list[Line]:
    """
    What the work on a ticket costs in all, as the core reckons it; with `drafts`, as if that had been logged too.

    Raises CannotJudge.
    """
    agreement = ticket.agreement
    if agreement is None:
        return []
    facts = [fact for fact in facts_known(agreement, at) if not isinstance(fact, WorkLogged) or fact.request == ticket.name]
    ends = [at, *(fact.occurred_at for fact in drafts)]
    signed = Instant.of(agreement.signed_at)
    period = Span(min(signed, *ends), max(ends) + Duration(1))
    billing = Billing(terms_of(agreement, at), [*facts, *drafts], period, signed, refuser_of(agreement, at))
    return list(charge_work(billing))


def awaiting_approval(agreement: Agreement, at: Instant) -> list[Work]:
    """Work whose charge needs somebody's consent that it does not have yet. Raises CannotJudge."""
    terms = terms_of(agreement, at)
    rows = Work.objects.filter(ticket__agreement=agreement, approved_at__isnull=True).select_related("ticket")
    return [row for row in rows.order_by("number") if needs_approval(terms, row.charge)]


def needs_approval(terms: Terms, name: str) -> bool:
    charge, _ = charge_of(terms, name)
    rule = terms.fees.charges.get(charge)
    return rule is not None and any(case.rule.approval and case.rule.approval.value for case in rule.each)
