"""Charges for work: time by its steps and its least, things by their number, what needs a quote or an approval."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from upheld.core.explain import Count, Step, show, show_instant
from upheld.core.facts import ChargeApproved, WorkLogged, of_kind
from upheld.core.fees.lines import (
    CHARGED,
    FREE_OF_CHARGE,
    NOT_CHARGED,
    UNDECIDED,
    UNKNOWN,
    WAITS,
    Billing,
    Line,
    Ruled,
    charge_of,
    describe_work,
    rule_of,
)
from upheld.core.fees.quoting import charge_quoted
from upheld.core.money import Money
from upheld.core.terms.charges import FREE, ONCE, Charge, Rate
from upheld.core.timeline import ZERO, Duration

SECOND_PERSON = "second person"


def charge_work(billing: Billing) -> Iterator[Line]:
    """A line for each request of the period; work for one request is charged together, whenever it was done."""
    done = sorted(of_kind(billing.facts, WorkLogged), key=lambda work: (work.occurred_at, work.recorded_at, work.id))
    requests: dict[tuple[str, str, str], list[WorkLogged]] = {}
    for work in done:
        # What was quoted is one thing, however many requests it serves.
        named = ("quote", work.quote) if work.quote else ("request", work.request or work.work)
        requests.setdefault((work.charge, *named), []).append(work)
    for (name, *_), works in requests.items():
        if any(billing.period.contains(work.occurred_at) for work in works):
            yield from charge_request(billing, name, works)


def charge_request(billing: Billing, name: str, works: Sequence[WorkLogged]) -> Iterator[Line]:
    charge, topic = charge_of(billing.terms, name)
    facts = tuple(work.id for work in works)
    if not charge:
        yield Line(name, UNKNOWN, None, Step(NOT_CHARGED, f"no charge and no topic is called {name!r}", facts=facts))
        return
    if charge == FREE:
        assert topic is not None, "only a topic costs nothing by its name"
        words = f"{name}: the text charges nothing for it"
        yield Line(name, FREE_OF_CHARGE, None, Step("free", words, topic.clauses, topic.readings, facts))
        return
    ruled = [(work, rule_of(billing.terms, charge, describe_work(work))) for work in works]
    for work, rule in ruled:
        if not rule.may and billing.period.contains(work.occurred_at):
            yield refuse(charge, work, rule)
    groups: dict[str, list[WorkLogged]] = {}
    rules: dict[str, Ruled] = {}
    for work, rule in ruled:
        if rule.may and rule.charge:
            groups.setdefault(rule.case, []).append(work)
            rules.setdefault(rule.case, rule)
    for case, group in groups.items():
        held = rules[case]
        assert held.charge is not None, "only what holds was grouped"
        yield from charge_by_price(billing, charge, held.charge, held, group)


def refuse(name: str, work: WorkLogged, ruled: Ruled) -> Line:
    state = UNDECIDED if ruled.may is None else NOT_CHARGED
    words = f"{name}: {'it is not known whether this is charged' if ruled.may is None else 'this is not charged'}"
    clauses = ruled.charge.clauses if ruled.charge else ()
    return Line(name, state, None, Step(state, words, clauses, facts=(work.id,), because=ruled.because), ruled.charge)


def charge_by_price(
    billing: Billing, name: str, charge: Charge, ruled: Ruled, works: Sequence[WorkLogged]
) -> Iterator[Line]:
    price, topic_words = charge.price, works[0].charge
    facts = tuple(work.id for work in works)
    if price.value == FREE:
        step = Step("free", f"{topic_words}: the text charges nothing for it", price.clauses, price.readings, facts)
        yield Line(name, FREE_OF_CHARGE, None, step, charge)
        return
    if not isinstance(price.value, Rate):
        yield from charge_quoted(billing, name, charge, works)
        return
    rate = price.value
    if rate.per == ONCE or rate.months:
        return
    agreed, waiting = split_by_approval(billing, charge, works)
    if waiting and any(billing.period.contains(work.occurred_at) for work in waiting):
        yield wait(name, charge, rate, waiting)
    due = reckon(billing, charge, rate, agreed, ruled)
    if due is not None:
        assert isinstance(due.value, Money), "a charge by rate is an amount"
        yield Line(name, CHARGED, due.value, due, charge)


def split_by_approval(
    billing: Billing, charge: Charge, works: Sequence[WorkLogged]
) -> tuple[list[WorkLogged], list[WorkLogged]]:
    """The work that may be charged, and the work that waits for somebody's consent."""
    if not charge.approval or not charge.approval.value:
        return list(works), []
    agreed: list[WorkLogged] = []
    waiting: list[WorkLogged] = []
    for work in works:
        approved = (fact for fact in of_kind(billing.facts, ChargeApproved) if fact.work == work.work)
        needs_another = SECOND_PERSON in charge.approval.value
        is_agreed = any(fact.by != work.by or not needs_another for fact in approved)
        (agreed if is_agreed else waiting).append(work)
    return agreed, waiting


def wait(name: str, charge: Charge, rate: Rate, works: Sequence[WorkLogged]) -> Line:
    assert charge.approval is not None, "only a charge with an approval waits for one"
    would = amount_of(charge, rate, works)
    who = " and ".join(charge.approval.value)
    words = f"{name}: {show(would)} would be charged once approved by {who}"
    step = Step(WAITS, words, charge.approval.clauses, charge.approval.readings, tuple(work.id for work in works))
    return Line(name, WAITS, None, step, charge)


def reckon(billing: Billing, charge: Charge, rate: Rate, works: Sequence[WorkLogged], ruled: Ruled) -> Step | None:
    """What the request costs up to the end of the period, less what it cost before."""
    known = [work for work in works if work.occurred_at < billing.period.end]
    earlier = [work for work in known if work.occurred_at < billing.period.start]
    if len(known) == len(earlier):
        return None
    amount, before = amount_of(charge, rate, known), amount_of(charge, rate, earlier)
    children = list(ruled.because)
    children += tell_time(charge, rate, known) if rate.time else tell_number(rate, known)
    if before.amount:
        children.append(Step(before, "was charged for this request before", charge.clauses, sign="−"))
    due = Money(amount.amount - before.amount, amount.currency)
    words = f"{charge.means or charge.name}, {works[0].request or works[0].work}"
    facts = tuple(work.id for work in known)
    return Step(due, words, charge.price.clauses, charge.price.readings, facts, because=tuple(children))


def amount_of(charge: Charge, rate: Rate, works: Sequence[WorkLogged]) -> Money:
    """Exact: the time that counts at its price, or the number at its price; nothing for no work."""
    if not works:
        return Money(Fraction(0), rate.amount.currency)
    if rate.time is None:
        return rate.amount * sum(work.count for work in works)
    return rate.amount * Fraction(counted_time(charge, works).micros, rate.time.micros)


def time_of(works: Sequence[WorkLogged]) -> Duration:
    return sum((Duration(work.lasted) for work in works), ZERO)


def counted_time(charge: Charge, works: Sequence[WorkLogged]) -> Duration:
    """The time in whole steps, and the least where that is more."""
    return max(stepped_time(charge, works), charge.least.value or ZERO)


def stepped_time(charge: Charge, works: Sequence[WorkLogged]) -> Duration:
    assert charge.step is not None, "a charge by time says its steps"
    step = charge.step.value.micros if charge.step.value else 1
    return Duration(-(-time_of(works).micros // step) * step)


def tell_time(charge: Charge, rate: Rate, works: Sequence[WorkLogged]) -> Iterator[Step]:
    spent = tuple(
        Step(Duration(work.lasted), f"{work.work}, {show_instant(work.from_at)}", facts=(work.id,)) for work in works
    )
    yield Step(time_of(works), "time spent", because=spent, adds=True)
    assert charge.step is not None, "a charge by time says its steps"
    each = f"in steps of {show(charge.step.value)}" if charge.step.value else "as it was spent"
    yield Step(stepped_time(charge, works), f"charged {each}", charge.step.clauses, charge.step.readings)
    if charge.least.value:
        words = f"at least {show(charge.least.value)} for each {charge.for_each.value}"
        yield Step(counted_time(charge, works), words, charge.least.clauses, charge.least.readings)
    yield Step(rate.amount, f"the price of one {rate.per}", charge.price.clauses, charge.price.readings)


def tell_number(rate: Rate, works: Sequence[WorkLogged]) -> Iterator[Step]:
    number = sum(work.count for work in works)
    yield Step(Count(number, rate.per), f"{show(rate.amount)} for each", facts=tuple(work.id for work in works))
