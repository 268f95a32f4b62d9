"""The figures of a credit as they are shown: units, amounts in money or time, the named sums of its finding."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from upheld.core.credits.limits import Settled
from upheld.core.credits.lines import Line, Thing
from upheld.core.explain import Count, Level, Value, show
from upheld.core.money import Money
from upheld.core.service_hours import next_day, next_month
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import Service, Unit
from upheld.core.timeline import DAY, HOUR, ZERO, Duration


def number(units: Fraction) -> int | str:
    """A count as JSON holds it: a whole number, or a fraction in words."""
    return units.numerator if units.denominator == 1 else str(units)


def measured(credit: Credit, amount: Fraction | None) -> Value:
    """An amount in the credit's measure: money, or hours, days or months."""
    if amount is None:
        return "undefined"
    if not credit.gives_time:
        return Money(amount, credit.measure)
    return counted(amount, credit.measure)


def counted(amount: Fraction, words: str) -> Value:
    """`3 days`, or a part of one."""
    if amount.denominator != 1:
        return Level(amount, words)
    return Count(amount.numerator, words)


def unit_words(unit: Unit | None) -> str:
    """`full hours`, `started units of 30 min`, `cases`."""
    if unit is None:
        return "times"
    if unit.step is None:
        return "cases"
    if unit.step in (HOUR, DAY):
        return f"{unit.how} {'hours' if unit.step == HOUR else 'days'}"
    step = show(unit.step) if isinstance(unit.step, Duration) else str(unit.step)
    return f"{unit.how} units of {step}"


def words_of(credit: Credit) -> str:
    """The units of a credit, in words."""
    if credit.pays and credit.pays.value == "time lost":
        return "hours lost"
    return unit_words(credit.unit.value if credit.unit else None)


def tell_quantities(
    credit: Credit, lines: Sequence[Line], settled: Settled, price: Money | None, things: Sequence[Thing],
    beyond: Sequence[Duration | None], state: str,
) -> tuple[tuple[str, Value], ...]:  # fmt: skip
    """The named sums that made the credit."""
    units = sum((line.units for line in lines), Fraction(0))
    amount = measured(credit, settled.amount)
    found: list[tuple[str, Value]] = [("units", counted(units, words_of(credit)))]
    if (free := free_time(credit, units)) is not None:
        found.append(("free time", free))
    found.append(("credit", amount))
    if price is not None and not credit.gives_time:
        found.append(("over price", "yes" if settled.amount is not None and settled.amount > price.amount else "no"))
    found.append(("counted", sum((thing.counted for thing in things), ZERO)))
    taken = [length for length in beyond if length is not None]
    found += [("beyond", taken[0])] if taken else []
    bands = [line.band for line in lines if line.band]
    found += [("band", bands[0])] if bands else []
    if (days := days_of(credit, lines)) is not None:
        found.append(("days", counted(days, "days")))
    found += [("above", measured(credit, settled.above))] if settled.above else []
    if credit.extends and settled.amount is not None and settled.amount.denominator == 1:
        found.append(("ends", str(put_off(credit, credit.extends.value, settled.amount.numerator))))
    found += [("set off against", credit.offsets.value)] if credit.offsets else []
    return (*found, ("state", state))


def put_off(credit: Credit, day: date, given: int) -> date:
    """A date, later by the days or months that are given; hours move it by whole days."""
    if credit.measure == "months":
        return next_month(day, given)
    return next_day(day, given if credit.measure == "days" else given // 24)


def free_time(credit: Credit, units: Fraction) -> Value | None:
    """The hours of service that an hourly price stands for."""
    unit = credit.unit.value.step if credit.unit else None
    if credit.pays is None or credit.pays.value != "hourly price" or not isinstance(unit, Duration):
        return None
    free = Fraction(unit.micros, HOUR.micros) * credit.times.value * units
    return HOUR * free.numerator if free.denominator == 1 else "no whole hours"


def days_of(credit: Credit, lines: Sequence[Line]) -> Fraction | None:
    """The days of service that are given, as days or as their price."""
    pays = credit.pays.value if credit.pays else None
    if isinstance(pays, Service) and pays.measure == "days":
        return sum((line.units for line in lines), Fraction(0)) * pays.number * credit.times.value
    return None
