"""What is owed for a missed promise: units, price, amount, each step with its clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.interruptions import Interruption, find_interruptions
from upheld.core.explain import Count, Finding, Step, Verdict, show, show_span
from upheld.core.money import Money
from upheld.core.terms.conditions import Circumstances, Reason, answer
from upheld.core.terms.rules import Credit, Terms
from upheld.core.timeline import HOUR, Span


@dataclass(frozen=True, slots=True)
class Assessment:
    """A credit for one period: what could be claimed at most, and how each interruption takes part in it."""

    finding: Finding
    interruptions: tuple[Interruption, ...]
    unit_price: Money | None
    """What one unit pays, exact; None where no price is known."""
    units: int
    is_owed: bool | None

    def amount_for(self, credit: Credit, units: int) -> Money | None:
        """The amount of some of the units, rounded once."""
        return None if self.unit_price is None else capped(credit, credit.rounding.apply(self.unit_price * units))


def assess(terms: Terms, credit: Credit, account: Account, period: Span) -> Assessment:
    """The credit that a period's finding gives rise to, before any claim."""
    interruptions = find_interruptions(credit, account.outages, period, account.counted_ever)
    counted = [found for found in interruptions if found.counted]
    answers = sorted({who for found in counted for who in found.responsible})
    known = {credit.promise: account.finding.verdict.value, "responsible": tuple(answers) or ("nobody",)}
    owed = answer(credit.when, Circumstances(known, {}, terms.calendars))
    is_owed = None if account.finding.verdict in (Verdict.NOT_YET_KNOWN, Verdict.UNDECIDED) else owed.holds
    counts = count_units(credit, counted) if is_owed else 0
    price = unit_price(terms, credit, account, period)
    amount = None if price is None else capped(credit, credit.rounding.apply(price * counts))
    over = bool(amount and credit.price and amount.amount > credit.price.value.amount)
    free = credit.unit.value.micros * credit.times.value / HOUR.micros * counts
    finding = Finding(
        rule=f"credits/{credit.name}",
        period=period,
        value=amount if amount is not None else "no price is known",
        verdict=verdict_of(account.finding.verdict, is_owed, amount),
        why=tell(credit, counted, owed.reasons, counts, price, amount, over, is_owed),
        quantities=(
            ("units", Count(counts, unit_words(credit))),
            ("free time", HOUR * int(free) if free.denominator == 1 else "no whole hours"),
            *((("credit", amount),) if amount is not None else ()),
            ("over price", "yes" if over else "no"),
        ),
    )
    return Assessment(finding, interruptions, price, counts, is_owed)


def unit_words(credit: Credit) -> str:
    """`full hours`, or `full units of 30 min`."""
    return "full hours" if credit.unit.value == HOUR else f"full units of {show(credit.unit.value)}"


def verdict_of(promise: Verdict, is_owed: bool | None, amount: Money | None) -> Verdict:
    """A credit is not met or missed; its verdict says whether its figure stands."""
    if is_owed is None:
        return promise
    return Verdict.UNDEFINED if amount is None and is_owed else Verdict.NOT_APPLICABLE


def count_units(credit: Credit, counted: Sequence[Interruption]) -> int:
    unit = credit.unit.value
    if credit.counted.value == "per outage":
        return sum(found.full(unit) for found in counted)
    return sum(found.counted.total.micros for found in counted) // unit.micros


def unit_price(terms: Terms, credit: Credit, account: Account, period: Span) -> Money | None:
    """Exact: price / hours x multiple x hours of a unit. It is rounded once, when the units are known."""
    if credit.price is None:
        return None
    hours = credit.hours_of_period.value
    if hours is None:
        promise = terms.availability[credit.promise]
        hours = Fraction(promise.period.all_time(period).micros, HOUR.micros)
    return credit.price.value * (credit.times.value * Fraction(credit.unit.value.micros, HOUR.micros) / hours)


def capped(credit: Credit, amount: Money) -> Money:
    if credit.cap.value == "none" or credit.price is None:
        return amount
    share = Fraction(credit.cap.value.removesuffix(" %")) / 100
    most = credit.rounding.apply(credit.price.value * share)
    return min(amount, most, key=lambda money: money.amount)


def tell(
    credit: Credit, counted: Sequence[Interruption], conditions: Sequence[Reason], units: int,
    price: Money | None, amount: Money | None, over: bool, is_owed: bool | None,
) -> Step:  # fmt: skip
    """The reasons of a credit: its conditions, the price of a unit, the units of each interruption, the rounding."""
    held = {True: "holds", False: "does not hold", None: "is not known yet"}[is_owed]
    steps = [Step(held, words, cited, used) for words, cited, used in conditions]
    if price is not None and credit.price is not None:
        worth = credit.hours_of_period
        words = f"for each of the {unit_words(credit)}: {show(credit.price.value)} a period, shared over "
        words += "the hours of the period" if worth.value is None else f"{worth.value} hours"
        words += f", x {credit.times.value}"
        cited = tuple(dict.fromkeys((*credit.price.clauses, *worth.clauses, *credit.times.clauses)))
        steps.append(Step(price, words, cited, worth.readings))
    steps.append(tell_units(credit, counted, units, is_owed))
    if amount is not None:
        words = f"{units} x the price of a unit, rounded {credit.rounding.mode} to {credit.rounding.step} once"
        steps.append(Step(amount, words, credit.rounding_term.clauses, credit.rounding_term.readings))
        if over and credit.price is not None:
            words = "is the price of the period: the credit is above it; the rest is carried forward"
            steps.append(Step(credit.price.value, words, credit.cap.clauses, credit.cap.readings))
    words = "can be claimed" if credit.claim_needed else "is owed"
    if not is_owed:
        words = "nothing is owed" if is_owed is False else "not known yet"
    value = amount if amount is not None else "no price is known"
    return Step(value, f"{words} for {credit.name}; paid on the {credit.paid.value}", credit.clauses, because=tuple(steps))


def tell_units(credit: Credit, counted: Sequence[Interruption], units: int, is_owed: bool | None) -> Step:
    unit, across = credit.unit.value, credit.across_periods.readings
    per_outage = credit.counted.value == "per outage"
    children = tuple(
        Step(
            Count(found.full(unit) if is_owed else 0, unit_words(credit)) if per_outage else found.counted.total,
            f"{show_span(found.span)}, {found.id}: {show(found.counted.total)} counted",
            credit.unit.clauses,
            facts=found.facts,
            spans=found.counted.spans,
            state="down",
        )
        for found in counted
    )
    words = "counted per interruption" if per_outage else "counted over the period"
    clauses = tuple(dict.fromkeys((*credit.unit.clauses, *credit.counted.clauses, *credit.touching.clauses)))
    readings = tuple(dict.fromkeys((*credit.counted.readings, *credit.touching.readings, *across)))
    return Step(Count(units, unit_words(credit)), words, clauses, readings, because=children, adds=per_outage)
