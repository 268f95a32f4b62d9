"""What is owed for a missed promise: units, price, amount, each step with its clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.interruptions import Interruption, find_interruptions
from upheld.core.explain import Count, Finding, Step, Verdict, show, show_span
from upheld.core.money import Money
from upheld.core.terms.conditions import Answer, Circumstances, Known, answer
from upheld.core.terms.rules import Credit, Terms
from upheld.core.timeline import HOUR, Span


@dataclass(frozen=True, slots=True)
class Assessment:
    """A credit for one period: what could be claimed at most, and how each interruption takes part in it."""

    finding: Finding
    interruptions: tuple[Interruption, ...]
    unit_price: Money
    """What one unit pays, exact."""
    units: int
    is_owed: bool | None
    """None while it is not known whether the promise was missed."""

    def amount_for(self, credit: Credit, units: int) -> Money:
        """The amount of some of the units, rounded once."""
        return capped(credit, credit.rounding.apply(self.unit_price * units))


def assess(terms: Terms, credit: Credit, account: Account, period: Span) -> Assessment:
    """The credit that a period's finding gives rise to, before any claim."""
    interruptions = find_interruptions(credit, account.outages, period, account.counted_ever)
    counted = [found for found in interruptions if found.counted]
    answers = sorted({who for found in counted for who in found.responsible})
    known: dict[str, Known] = {"responsible": tuple(answers) or ("nobody",)}
    is_open = account.finding.verdict in (Verdict.NOT_YET_KNOWN, Verdict.UNDECIDED)
    if not is_open:
        known[credit.promise] = account.finding.verdict.value
    conditions = [answer(part, Circumstances(known, {}, terms.calendars)) for part in credit.when.parts]
    is_owed = None if is_open else all(condition.holds for condition in conditions)
    counts = count_units(credit, counted) if is_owed else 0
    price = unit_price(terms, credit, period)
    amount = capped(credit, credit.rounding.apply(price * counts))
    over = amount.amount > credit.price.value.amount
    free = credit.unit.value.micros * credit.times.value / HOUR.micros * counts
    finding = Finding(
        rule=f"credits/{credit.name}",
        period=period,
        value=amount,
        # A credit is not met or missed; while the promise is open, so is its amount.
        verdict=account.finding.verdict if is_owed is None else Verdict.NOT_APPLICABLE,
        why=tell(credit, counted, conditions, counts, price, amount, over, is_owed),
        quantities=(
            ("units", Count(counts, unit_words(credit))),
            ("free time", HOUR * int(free) if free.denominator == 1 else "no whole hours"),
            ("credit", amount),
            ("over price", "yes" if over else "no"),
        ),
    )
    return Assessment(finding, interruptions, price, counts, is_owed)


def unit_words(credit: Credit) -> str:
    """`full hours`, or `full units of 30 min`."""
    return "full hours" if credit.unit.value == HOUR else f"full units of {show(credit.unit.value)}"


def count_units(credit: Credit, counted: Sequence[Interruption]) -> int:
    unit = credit.unit.value
    if credit.counted.value == "per outage":
        return sum(found.full(unit) for found in counted)
    return sum(found.counted.total.micros for found in counted) // unit.micros


def unit_price(terms: Terms, credit: Credit, period: Span) -> Money:
    """Exact: price / hours x multiple x hours of a unit. It is rounded once, when the units are known."""
    hours = credit.hours_of_period.value
    if hours is None:
        promise = terms.availability[credit.promise]
        hours = Fraction(promise.period.all_time(period).micros, HOUR.micros)
    return credit.price.value * (credit.times.value * Fraction(credit.unit.value.micros, HOUR.micros) / hours)


def capped(credit: Credit, amount: Money) -> Money:
    if credit.cap.value == "none":
        return amount
    share = Fraction(credit.cap.value.removesuffix(" %")) / 100
    most = credit.rounding.apply(credit.price.value * share)
    return min(amount, most, key=lambda money: money.amount)


def tell(
    credit: Credit, counted: Sequence[Interruption], conditions: Sequence[Answer], units: int,
    price: Money, amount: Money, over: bool, is_owed: bool | None,
) -> Step:  # fmt: skip
    """The reasons of a credit: its conditions, the price of a unit, the units of each interruption, the rounding."""
    held = {True: "holds", False: "does not hold", None: "is not known yet"}
    steps = [Step(held[part.holds], words, cited, used) for part in conditions for words, cited, used in part.reasons]
    worth = credit.hours_of_period
    words = f"for each of the {unit_words(credit)}: {show(credit.price.value)} a period, shared over "
    words += "the hours of the period" if worth.value is None else f"{worth.value} hours"
    words += f", x {credit.times.value}"
    cited = tuple(dict.fromkeys((*credit.price.clauses, *worth.clauses, *credit.times.clauses)))
    steps.append(Step(price, words, cited, worth.readings))
    steps.append(tell_units(credit, counted, units, is_owed))
    words = f"{units} x the price of a unit, rounded {credit.rounding.mode} to {credit.rounding.step} once"
    steps.append(Step(amount, words, credit.rounding_term.clauses, credit.rounding_term.readings))
    if over:
        words = "is the price of the period: the credit is above it; the rest is carried forward"
        steps.append(Step(credit.price.value, words, credit.cap.clauses, credit.cap.readings))
    words = "can be claimed" if credit.claim_needed else "is owed"
    if not is_owed:
        words = "nothing is owed" if is_owed is False else "not known yet"
    return Step(amount, f"{words} for {credit.name}; paid on the {credit.paid.value}", credit.clauses, because=tuple(steps))


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
