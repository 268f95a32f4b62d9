"""Drafts: the invoice of a period as the judge reckons it now. They are there by themselves and change with the facts."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import document_of, list_agreements
from upheld.apps.billing.queries.credits import ToApply, credits_to_apply
from upheld.apps.billing.queries.invoices import of_period
from upheld.apps.billing.queries.invoices_standing import standing_of
from upheld.apps.findings.queries import CannotJudge, known_facts, periods_between, terms_of
from upheld.apps.parties.queries import UnknownParty, customer, provider, provider_name
from upheld.core.duties import decide_instruction
from upheld.core.explain import Step
from upheld.core.facts import CreditApplied, Fact, known_at, of_kind
from upheld.core.fees import Invoice, Line, reckon_invoice
from upheld.core.fees.lines import UNDECIDED
from upheld.core.money import Money
from upheld.core.proof import canonical_bytes
from upheld.core.terms import Terms
from upheld.core.timeline import MICRO, MINUTE, Instant, Span

log = logging.getLogger("upheld.billing")

GRACE = MINUTE * 10
"""How long after a period its draft waits for facts that are on their way, as its statement does."""


@dataclass(frozen=True)
class Draft:
    """What a period costs, as of an instant, with the granted credits that wait to be taken off."""

    agreement: Agreement
    period: Span
    terms: Terms
    invoice: Invoice
    credits: Sequence[CreditApplied]
    """Every credit that is taken off, those that wait among them."""
    waiting: Sequence[ToApply]
    """Credits that issuing takes off: nothing is recorded of them before."""
    as_of: Instant

    @property
    def amount(self) -> Money:
        """What would have to be paid: with tax, where the agreement says how much that is."""
        return self.invoice.gross or self.invoice.net

    @property
    def charged(self) -> list[Line]:
        return [line for line in self.invoice.lines if line.is_charged and line.amount is not None]

    @property
    def is_empty(self) -> bool:
        return not self.charged and not self.credits

    @property
    def undecided(self) -> list[Line]:
        """Lines of which it is not known whether they are charged: nothing is issued before it is."""
        return [line for line in self.invoice.lines if line.state == UNDECIDED]

    @cached_property
    def content(self) -> dict[str, Any]:
        """All of it as JSON: what an issued invoice keeps."""
        return write_content(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content: whoever issues says by it which draft was seen."""
        return sha256(canonical_bytes(self.content)).hexdigest()


def draft_of(agreement: Agreement, period: Span, as_of: Instant, *, takes_waiting: bool = True) -> Draft | None:
    """
    The invoice of a period as it would be issued now: credits that wait are taken off by whichever is issued first.

    None where the agreement charges nothing, or does not say how amounts are rounded. Without `takes_waiting`, only with the
    credits that are taken off already. Raises CannotJudge.
    """
    terms = terms_of(agreement, period.start)
    if not terms.fees.charges or terms.fees.invoicing is None:
        return None
    _, facts = known_facts(agreement.key)
    known = list(known_at(facts, as_of))
    first = reckon(agreement, terms, known, period)
    for_it = [one for one in credits_to_apply(agreement, as_of) if one.is_for(period)] if takes_waiting else []
    waiting = choose_credits(first, for_it, terms.fees.invoicing.prices.value == "with tax") if first else []
    supposed = [suppose(agreement, one, period, number, as_of) for number, one in enumerate(waiting)]
    reckoned = reckon(agreement, terms, [*known, *supposed], period)
    credits = [one for one in of_kind([*known, *supposed], CreditApplied) if period.contains(one.occurred_at)]
    taken = [one for one in credits if one.amount.currency == terms.fees.invoicing.currency]
    return Draft(agreement, period, terms, reckoned, taken, waiting, as_of) if reckoned else None


def choose_credits(invoice: Invoice, waiting: Sequence[ToApply], is_with_tax: bool) -> list[ToApply]:
    """
    What the invoice can bear of the credits, in their order: none makes it less than nothing.

    Credits are taken off before tax, or off prices that hold it. Of one that is too large the part that fits is taken off;
    the rest waits for the next invoice.
    """
    left = invoice.gross if is_with_tax and invoice.gross else invoice.net
    chosen = list[ToApply]()
    for one in waiting:
        taken = min(one.amount.amount, left.amount)
        if one.amount.currency == left.currency and taken:
            left = Money(left.amount - taken, left.currency)
            chosen.append(replace(one, amount=Money(taken, left.currency)))
    return chosen


def reckon(agreement: Agreement, terms: Terms, facts: Sequence[Fact], period: Span) -> Invoice | None:
    """The judge's own invoice, from the same question as a statement asks."""

    def refuse_word(by: str, at: Instant) -> Step | None:
        decided = decide_instruction(terms, facts, by, at)
        return None if decided is None or decided.is_accepted else decided.why

    return reckon_invoice(terms, facts, period, Instant.of(agreement.signed_at), refuse_word)[1]


def suppose(agreement: Agreement, credit: ToApply, period: Span, number: int, as_of: Instant) -> CreditApplied:
    """A credit as issuing would take it off: within the period, whose invoice the judge then takes it off."""
    return CreditApplied(
        id=f"if-issued-{number}", agreement=agreement.key, occurred_at=period.end.before(MICRO), recorded_at=as_of,
        source="a draft", credit=credit.credit, amount=credit.amount, claim=credit.claim,
    )  # fmt: skip


def list_drafts(as_of: Instant, agreement: Agreement | None = None) -> list[Draft]:
    """Every period that is over, costs something and has no invoice that stands; the oldest first."""
    found: list[Draft] = []
    for one in [agreement] if agreement else list_agreements():
        try:
            found += find_drafts(one, as_of)
        except CannotJudge:
            # An agreement that cannot be judged keeps the others' drafts from nobody.
            log.exception("what an agreement costs cannot be found", extra={"agreement": one.key})
    return sorted(found, key=lambda draft: (draft.period.start, draft.agreement.key))


def find_drafts(agreement: Agreement, as_of: Instant) -> Iterator[Draft]:
    signed_at = Instant.of(agreement.signed_at)
    _, facts = known_facts(agreement.key)
    if not facts or not terms_of(agreement, as_of).fees.charges:
        return
    # Earlier periods were invoiced before the agreement came into our books.
    known_since = max(min(fact.recorded_at for fact in facts), signed_at)
    for period in periods_between(agreement, known_since, as_of):
        if period.end + GRACE <= as_of and find_standing(agreement, period, as_of) is None:
            draft = draft_of(agreement, period, as_of)
            if draft is not None and not draft.is_empty:
                yield draft


def find_standing(agreement: Agreement, period: Span, as_of: Instant) -> Any:
    """The row of the invoice of a period that was not taken back whole, or None."""
    for row in of_period(agreement, period):
        standing = standing_of(row, as_of)
        if standing.amount.amount <= 0 or standing.taken_back.amount < standing.amount.amount:
            return row
    return None


def write_content(draft: Draft) -> dict[str, Any]:
    agreement, invoice, terms = draft.agreement, draft.invoice, draft.terms
    invoicing, document = terms.fees.invoicing, document_of(agreement, draft.period.start)
    assert invoicing is not None, "a draft is made where the agreement says how amounts are rounded"
    rate = None if invoicing.prices.value == "tax not stated" or invoicing.tax is None else invoicing.tax.value
    share = rate.exact if rate else Fraction(0)
    states_tax = invoicing.prices.value != "tax not stated" and invoicing.tax is not None
    zone = terms.statement_period.zone
    return {
        "agreement": agreement.key,
        "customer": agreement.customer.name,
        "provider": name_of_provider(),
        **write_sides(agreement, is_untaxed=states_tax and not share),
        "title": document.title,
        "edition": document.version,
        "period": [str(draft.period.start), str(draft.period.end)],
        "days": [zone.date_at(draft.period.start).isoformat(), zone.date_at(draft.period.end.before(MICRO)).isoformat()],
        "currency": invoicing.currency,
        "prices": invoicing.prices.value,
        "rounded_at": invoicing.rounded_at.value,
        "rounding": {"mode": invoicing.rounding.value.mode, "step": str(invoicing.rounding.value.step)},
        "tax_rate": str(share) if states_tax else None,
        "lines": [write_line(draft, line) for line in invoice.lines],
        "credits": [
            {"credit": one.credit, "claim": one.claim, "amount": str(one.amount)} for one in draft.credits
        ],
        "credited": str(invoice.credits),
        "net": str(invoice.net),
        "tax": str(invoice.tax) if invoice.tax is not None else None,
        "gross": str(invoice.gross) if invoice.gross is not None else None,
        "why": drop_facts(invoice.why.to_json()),
    }  # fmt: skip


def drop_facts(written: dict[str, Any]) -> dict[str, Any]:
    """Reasons without the names of facts that are only supposed: the credits that issuing records."""
    facts = [name for name in written.get("facts", ()) if not name.startswith("if-issued-")]
    because = [drop_facts(step) for step in written.get("because", ())]
    left = {name: value for name, value in written.items() if name not in ("facts", "because")}
    return {**left, **({"facts": facts} if facts else {}), **({"because": because} if because else {})}


def write_line(draft: Draft, line: Line) -> dict[str, Any]:
    invoicing = draft.terms.fees.invoicing
    assert invoicing is not None, "a draft is made where the agreement says how amounts are rounded"
    amount = line.amount if line.is_charged else None
    if amount is not None and invoicing.rounded_at.value == "each line":
        amount = invoicing.rounding.value.apply(amount)
    clauses = line.rule.clauses if line.rule else ()
    return {
        "charge": line.charge,
        "state": line.state,
        "words": line.why.words,
        "amount": str(amount) if amount is not None else None,
        "clauses": list(dict.fromkeys((*clauses, *line.why.clauses))),
        "why": line.why.to_json(),
    }


def name_of_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return ""


def write_sides(agreement: Agreement, *, is_untaxed: bool) -> dict[str, Any]:
    """
    What stands below the names, where to pay, and why there is no tax where there is none, each as lines; what nobody
    wrote is left out (Directive 2006/112/EC, article 226: addresses, tax numbers, the words of an exemption).
    """
    try:
        # As they are now, whatever the caller read of them before.
        own, theirs = provider(), customer(agreement.customer.slug)
    except UnknownParty:
        return {}
    told = {
        "from": own.address, "to": theirs.address, "pay_to": own.pay_to,
        "untaxed_because": theirs.untaxed_because if is_untaxed else "",
    }  # fmt: skip
    return {name: text.splitlines() for name, text in told.items() if text}
