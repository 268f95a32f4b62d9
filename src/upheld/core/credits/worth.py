"""What one unit is worth: a share of a price, an hour or a day of it, money, time; exact, with the words that say how."""

from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.setting import Setting
from upheld.core.explain import Share, show
from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import Pays, Service, Unit, Worth
from upheld.core.terms.quantities import Percent
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration, Instant


@frozen_class
class Value(Frozen):
    """An exact amount in a credit's measure, and how it came about."""

    amount: Fraction
    words: str
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


def price_at(setting: Setting, credit: Credit, at: Instant) -> Money | None:
    """The price of which a part is paid: of the period, or as it stood at another time."""
    if credit.price is None or setting.price_at is None or credit.of_period.value == "this period":
        return credit.price.value if credit.price else None
    when = {
        "period before": setting.period.start.before(Duration(1)),
        "outage start": at,
        "next invoice": setting.period.end,
        "30 days before claim": at.before(DAY * 30),
    }[credit.of_period.value]
    return setting.price_at(credit.name, credit.promise, when)


def value_of(
    setting: Setting, credit: Credit, account: Account | None, pays: Pays, unit: Unit | None, at: Instant
) -> Value:
    """What one unit brings, before `times`."""
    if isinstance(pays, Money):
        return Value(pays.amount, show(pays), credit.pays.clauses if credit.pays else ())
    if credit.gives_time:
        assert isinstance(pays, Service)
        return Value(pays.number, str(pays), credit.pays.clauses if credit.pays else ())
    price = price_at(setting, credit, at)
    # Whoever pays a part of a price says of which: the terms do not bind without it.
    assert price is not None
    assert credit.price is not None
    cited, told = credit.price.clauses, f"{show(price)} a period"
    if isinstance(pays, Percent):
        return Value(price.amount * pays.exact, f"{pays} of {show(price)}", cited, credit.price.readings)
    if pays == "price":
        return Value(price.amount, show(price), cited, credit.price.readings)
    if isinstance(pays, Service) and pays.measure == "months":
        return Value(price.amount * pays.number, f"{pays}, {show(price)} each", cited, credit.price.readings)
    by_day = pays == "daily price" or (isinstance(pays, Service) and pays.measure == "days")
    worth = credit.day if by_day else credit.hour
    assert worth is not None
    over = worth.value.over if worth.value.over is not None else shared_over(setting, account, DAY if by_day else HOUR)
    number = number_of(pays, unit)
    words = f"{told}, shared over {tell_worth(worth.value, by_day)}"
    clauses = tuple(dict.fromkeys((*cited, *worth.clauses)))
    return Value(price.amount * number / over, words, clauses, worth.readings)


def number_of(pays: Pays, unit: Unit | None) -> Fraction:
    """How many hours (or days) one unit pays: of service as many as are said; an hourly price for the hours of the unit."""
    if isinstance(pays, Service):
        return pays.number
    if pays == "daily price" or unit is None or not isinstance(unit.step, Duration):
        return Fraction(1)
    return Fraction(unit.step.micros, HOUR.micros)


def tell_worth(worth: Worth, by_day: bool) -> str:
    noun = "days" if by_day else "hours"
    return f"the {noun} of the period" if worth.over is None else f"{worth.over} {noun}"


def shared_over(setting: Setting, account: Account | None, unit: Duration) -> Fraction:
    """The hours (or days) of the period, as the promise's own period counts them; a day more or less of an hour is none."""
    if unit == DAY:
        zone = setting.terms.statement_period.zone
        return Fraction((zone.date_at(setting.period.end) - zone.date_at(setting.period.start)).days)
    return Fraction(all_time(setting, account).micros, HOUR.micros)


def all_time(setting: Setting, account: Account | None) -> Duration:
    if account is None:
        return setting.period.length
    return setting.terms.availability[name_of(account)].period.all_time(setting.period)


def name_of(account: Account) -> str:
    return account.finding.rule.removeprefix("availability/")


def value_formula(
    setting: Setting, credit: Credit, account: Account | None, counted: Duration, at: Instant
) -> Value | None:
    """The printed formula, with times in minutes and the price in money; None where it cannot be evaluated."""
    assert credit.formula is not None
    price, sums = price_at(setting, credit, at), dict(account.finding.quantities) if account else {}
    known: dict[str, Fraction | None] = {"price": price.amount if price else None, "affected share": Fraction(1)}
    known |= {name: Fraction(value.micros, MINUTE.micros) for name, value in sums.items() if isinstance(value, Duration)}
    known |= {name: value.exact for name, value in sums.items() if isinstance(value, Share)}
    known["down"] = Fraction(counted.micros, MINUTE.micros)
    values = {letter: known.get(what) for letter, what in credit.where.items()}
    given = {letter: value for letter, value in values.items() if value is not None}
    if len(given) < len(values):
        return None
    amount = credit.formula.value.evaluate(given)
    if amount is None:
        return None
    filled = credit.formula.value.filled({letter: show_number(value) for letter, value in given.items()})
    return Value(amount, f"{credit.formula.value.written}: {filled}", credit.formula.clauses, credit.formula.readings)


def show_number(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{value.numerator:,}/{value.denominator:,}"
