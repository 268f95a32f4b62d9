"""Charges that the agreement leaves to a quote: named, accepted by whoever may, and accepted before the work begins."""

from collections.abc import Iterator, Sequence

from upheld.core.explain import Step, show, show_instant
from upheld.core.facts import Frozen, QuoteAccepted, QuoteGiven, WorkLogged, frozen_class, of_kind
from upheld.core.fees.lines import CHARGED, FREE_OF_CHARGE, WAITS, Billing, Line
from upheld.core.terms.charges import Charge


@frozen_class
class Acceptance(Frozen):
    """Whether a quote holds for work: accepted, by somebody whose word counts, and in time."""

    quote: QuoteGiven | None
    accepted: QuoteAccepted | None
    why_not: tuple[Step, ...]


def charge_quoted(billing: Billing, name: str, charge: Charge, works: Sequence[WorkLogged]) -> Iterator[Line]:
    """One line for the work of a quote; work without one that holds waits, and costs nothing."""
    within = [work for work in works if billing.period.contains(work.occurred_at)]
    if within:
        yield charge_one(billing, name, charge, find_acceptance(billing, name, works[0].quote, works), works, within)


def charge_one(
    billing: Billing, name: str, charge: Charge, found: Acceptance, group: Sequence[WorkLogged], within: Sequence[WorkLogged]
) -> Line:
    price, facts = charge.price, tuple(work.id for work in within)
    if found.quote is None or found.accepted is None or found.why_not:
        words = f"{charge.means or name}: priced by a quote; none holds, so nothing is charged"
        step = Step(WAITS, words, price.clauses, price.readings, facts, because=found.why_not)
        return Line(name, WAITS, None, step, charge)
    facts = (*facts, found.quote.id, found.accepted.id)
    if any(work.occurred_at < billing.period.start for work in group):
        words = f"{charge.means or name}: quote {found.quote.quote} was charged when its work began to be logged"
        return Line(name, FREE_OF_CHARGE, None, Step("free", words, price.clauses, price.readings, facts), charge)
    accepted = f"accepted by {found.accepted.by} on {show_instant(found.accepted.occurred_at)}"
    words = f"{charge.means or name}: quote {found.quote.quote}, {accepted}"
    step = Step(found.quote.amount, words, price.clauses, price.readings, facts)
    return Line(name, CHARGED, found.quote.amount, step, charge)


def find_acceptance(billing: Billing, name: str, quote: str, works: Sequence[WorkLogged]) -> Acceptance:
    given = [fact for fact in of_kind(billing.facts, QuoteGiven) if fact.quote == quote and fact.charge == name]
    if not given:
        words = f"no quote {quote} was given for {name}" if quote else f"the work for {name} names no quote"
        return Acceptance(None, None, (Step("no quote", words),))
    last = given[-1]
    accepted = [fact for fact in of_kind(billing.facts, QuoteAccepted) if fact.quote == quote]
    if not accepted:
        words = f"quote {quote} over {show(last.amount)} was given and not accepted"
        return Acceptance(last, None, (Step(WAITS, words, facts=(last.id,)),))
    first = accepted[0]
    why_not = [*find_stranger(billing, first), *find_early_work(first, works)]
    if last.amount.currency != billing.currency and billing.currency:
        words = f"the quote is in {last.amount.currency}, the agreement's money in {billing.currency}"
        why_not.append(Step("another currency", words, facts=(last.id,)))
    return Acceptance(last, first, tuple(why_not))


def find_stranger(billing: Billing, accepted: QuoteAccepted) -> Iterator[Step]:
    """Where the agreement says whose word counts, nobody else accepts a quote."""
    refusal = billing.refuse_word(accepted.by, accepted.occurred_at)
    if refusal is not None:
        yield refusal


def find_early_work(accepted: QuoteAccepted, works: Sequence[WorkLogged]) -> Iterator[Step]:
    for work in works:
        if work.from_at < accepted.occurred_at:
            words = f"{work.work} began on {show_instant(work.from_at)}, before the quote was accepted"
            words += f" on {show_instant(accepted.occurred_at)}"
            yield Step("too early", words, facts=(work.id, accepted.id))
