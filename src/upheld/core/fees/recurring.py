"""Charges that come once or again and again: set-up fees, monthly and yearly prices of what is looked after."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from upheld.core.explain import Count, Share, Step, show, show_instant
from upheld.core.facts import Fact, Frozen, ResourceEnded, ResourceStarted, WorkLogged, frozen_class, of_kind
from upheld.core.fees.lines import CHARGED, NOT_CHARGED, UNDECIDED, Billing, Line, rule_of
from upheld.core.terms.charges import CONTRACT, ONCE, Charge, Rate
from upheld.core.terms.lengths import later_date
from upheld.core.terms.quantities import Months
from upheld.core.timeline import Instant, Span

ALWAYS = Instant.parse("1900-01-01T00:00Z")
FOR_EVER = Instant.parse("9000-01-01T00:00Z")


@frozen_class
class Unit(Frozen):
    """What is charged for, how many of it, and while it was looked after."""

    name: str
    span: Span
    facts: tuple[str, ...]
    count: int = 1


def charge_standing(billing: Billing) -> Iterator[Line]:
    """The lines of every charge that comes once or recurs."""
    for name in billing.terms.fees.charges:
        ruled = rule_of(billing.terms, name, {"at": billing.period.start})
        rates = [case.rule.price.value for case in billing.terms.fees.charges[name].each]
        if not any(isinstance(rate, Rate) and (rate.per == ONCE or rate.months) for rate in rates):
            continue
        if not ruled.may or ruled.charge is None:
            if ruled.may is None:
                words = f"{name}: it is not known whether this is charged"
                yield Line(name, UNDECIDED, None, Step(UNDECIDED, words, because=ruled.because), ruled.charge)
            continue
        rate = ruled.charge.price.value
        if isinstance(rate, Rate) and rate.per == ONCE:
            yield from charge_once(billing, name, ruled.charge, rate, ruled.because)
        elif isinstance(rate, Rate) and rate.months:
            yield from charge_again(billing, name, ruled.charge, rate, ruled.because)


def charge_once(billing: Billing, name: str, charge: Charge, rate: Rate, because: tuple[Step, ...]) -> Iterator[Line]:
    """
    Charged in the period in which it is due: for the contract, when the work is logged or the agreement was signed,
    whichever was first; for anything else, for each that came to be looked after in the period.
    """
    works = [work for work in of_kind(billing.facts, WorkLogged) if work.charge == name]
    if charge.for_each.value != CONTRACT:
        units = [unit for unit in list_units(billing, charge) if billing.period.contains(unit.span.start)]
        if units:
            yield charged(charge, name, rate, units, Fraction(1), because)
        return
    due: list[tuple[Instant, tuple[str, ...]]] = [(work.occurred_at, (work.id,)) for work in works]
    due += [(billing.signed_at, ())] if billing.signed_at else []
    if not due:
        return
    at, facts = min(due)
    if billing.period.contains(at):
        yield charged(charge, name, rate, [Unit(CONTRACT, Span(at, FOR_EVER), facts)], Fraction(1), because)
    for work in works:
        if work.occurred_at > at and billing.period.contains(work.occurred_at):
            words = f"{name} is charged once, and was due on {show_instant(at)}"
            yield Line(name, NOT_CHARGED, None, Step(NOT_CHARGED, words, charge.price.clauses, facts=(work.id,)), charge)


def charge_again(billing: Billing, name: str, charge: Charge, rate: Rate, because: tuple[Step, ...]) -> Iterator[Line]:
    units = list_units(billing, charge)
    spans = slice_period(billing, rate.months)
    if not spans:
        # The price is for more than a period: it is charged in the one in which its time begins.
        begun = [unit for unit in units if begins_within(billing, unit, rate.months)]
        if begun:
            yield charged(charge, name, rate, begun, Fraction(1), because)
        return
    in_full = charge.part_period is None or charge.part_period.value == "full"
    for span in spans:
        shares: dict[Fraction, list[Unit]] = {}
        for unit in units:
            if both := unit.span.overlap(span):
                share = Fraction(1) if in_full else Fraction(both.length.micros, span.length.micros)
                shares.setdefault(share, []).append(unit)
        for share in sorted(shares, reverse=True):
            yield charged(charge, name, rate, shares[share], share, because)


def slice_period(billing: Billing, months: int) -> list[Span]:
    """The period in parts of so many months; none where it does not hold whole ones."""
    zone, spans = billing.terms.statement_period.zone, list[Span]()
    start, day = billing.period.start, zone.date_at(billing.period.start)
    while start < billing.period.end:
        day = later_date(day, Months(months))
        spans.append(Span(start, zone.midnight(day)))
        start = zone.midnight(day)
    return spans if start == billing.period.end else []


def begins_within(billing: Billing, unit: Unit, months: int) -> bool:
    """Whether a time of so many months, counted from the unit's start, begins in the period."""
    zone, times = billing.terms.statement_period.zone, 0
    first = zone.date_at(unit.span.start)
    start = unit.span.start
    while start < billing.period.start:
        times += 1
        start = zone.midnight(later_date(first, Months(months * times)))
    return start < billing.period.end and start < unit.span.end


def list_units(billing: Billing, charge: Charge) -> list[Unit]:
    """What the charge is for: the one contract, so many as the agreement says, or as many as are recorded."""
    if charge.for_each.value == CONTRACT:
        return [Unit(CONTRACT, Span(billing.signed_at or ALWAYS, FOR_EVER), ())]
    if charge.how_many is not None:
        whole = Span(billing.signed_at or ALWAYS, FOR_EVER)
        return [Unit(charge.for_each.value, whole, (), int(charge.how_many.value))]
    return list(read_resources(billing.facts, charge.for_each.value))


def read_resources(facts: Sequence[Fact], kind: str) -> Iterator[Unit]:
    """Everything of a kind that is recorded, with the time in which it was looked after."""
    ends = {fact.resource: fact for fact in reversed(of_kind(facts, ResourceEnded))}
    for started in of_kind(facts, ResourceStarted):
        if started.kind == kind:
            ended = ends.get(started.resource)
            span = Span.forward(started.occurred_at, ended.occurred_at if ended else FOR_EVER)
            yield Unit(started.resource, span, (started.id, *((ended.id,) if ended else ())))


def charged(
    charge: Charge, name: str, rate: Rate, units: Sequence[Unit], share: Fraction, because: tuple[Step, ...]
) -> Line:
    many, what = sum(unit.count for unit in units), charge.for_each.value
    amount = rate.amount * (share * many)
    facts = tuple(fact for unit in units for fact in unit.facts)
    number_clauses = charge.how_many.clauses if charge.how_many else charge.for_each.clauses
    number = Step(Count(many, what), "charged for", number_clauses, charge.for_each.readings, facts)
    steps = [*because, number, Step(rate.amount, f"the price: {rate}", charge.price.clauses, charge.price.readings)]
    if charge.part_period:
        words = f"the part of its time that is charged, where only a part was used: {charge.part_period.value}"
        steps.append(Step(Share(share), words, charge.part_period.clauses, charge.part_period.readings))
    words = f"{charge.means or name}: {many} x {show(rate.amount)}"
    step = Step(amount, words, charge.clauses, facts=facts, because=tuple(steps))
    return Line(name, CHARGED, amount, step, charge)
