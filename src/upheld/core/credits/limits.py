"""The most and the least that a credit pays: rounding once, caps by period, outage or longer span, what lies above a cap."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.lines import Line
from upheld.core.credits.setting import Before, Setting
from upheld.core.credits.worth import price_at, value_of
from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import OUTAGE, Cap, Service
from upheld.core.terms.quantities import Percent

NOTHING = Before()


@frozen_class
class Limit(Frozen):
    """
    The most that is paid, in the credit's measure: of a whole period (`most`), of one line (`each`), so many lines
    (`number`). None: no such limit. `before` is what earlier periods used of it, and carried on.
    """

    most: Fraction | None = None
    each: Fraction | None = None
    number: int | None = None
    before: Before = NOTHING


@frozen_class
class Settled(Frozen):
    """What lines come to: `exact` is their sum, `amount` what is paid of it (None: undefined), `above` a cap took."""

    exact: Fraction
    rounded: Fraction
    amount: Fraction | None
    above: Fraction = Fraction(0)
    is_too_little: bool = False


def settle(credit: Credit, limit: Limit, lines: Sequence[Line]) -> Settled:
    """The sum of lines, rounded once; nothing where it is below the least; never above the most."""
    if any(line.amount is None for line in lines):
        return Settled(Fraction(0), Fraction(0), None)
    paying = lines if limit.number is None else lines[: max(limit.number - limit.before.number, 0)]
    amounts = [line.amount for line in paying if line.amount is not None]
    exact = sum(amounts, Fraction(0))
    kept = exact if limit.each is None else sum((min(amount, limit.each) for amount in amounts), Fraction(0))
    rounded = rounded_once(credit, kept + limit.before.carried)
    if credit.least.value is not None and rounded and not is_enough(credit, rounded):
        return Settled(exact, rounded, Fraction(0), is_too_little=True)
    left = None if limit.most is None else max(limit.most - limit.before.given, Fraction(0))
    paid = rounded if left is None else min(rounded, left)
    # What each line lost to its own limit is above as well.
    return Settled(exact, rounded, paid, rounded - paid + exact - kept)


def rounded_once(credit: Credit, amount: Fraction) -> Fraction:
    if credit.gives_time or credit.rounding is None:
        return amount
    return credit.rounding.apply(Money(amount, credit.measure)).amount


def is_enough(credit: Credit, amount: Fraction) -> bool:
    assert credit.least.value is not None
    return credit.least.value.holds(amount)


def find_limit(setting: Setting, credit: Credit, account: Account | None) -> Limit:
    """The limit of a period, with what earlier ones left of it."""
    cap = credit.cap.value
    if cap is None:
        return Limit()
    before = setting.before(credit.name, cap.per) if setting.before else Before()
    if isinstance(cap.most, int):
        return Limit(number=cap.most, before=before)
    most = rounded_once(credit, cap_amount(setting, credit, account, cap))
    return Limit(each=most) if cap.per == OUTAGE else Limit(most=most, before=before)


def cap_amount(setting: Setting, credit: Credit, account: Account | None, cap: Cap) -> Fraction:
    """A cap in the credit's own measure."""
    if isinstance(cap.most, Percent):
        price = cap.of or price_at(setting, credit, setting.period.start)
        assert price is not None
        return price.amount * cap.most.exact
    if isinstance(cap.most, Service):
        if credit.gives_time:
            return cap.most.number
        return value_of(setting, credit, account, cap.most, None, setting.period.start).amount
    assert isinstance(cap.most, Money)
    return cap.most.amount
