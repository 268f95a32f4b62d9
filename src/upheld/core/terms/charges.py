"""Charges as rules: what costs money, and how invoices are reckoned."""

import re
from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import MODES, Money, Rounding
from upheld.core.terms.cases import Cases, read_cases
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.contract import ContractTerm, bind_term
from upheld.core.terms.place import Place, Term, Unreadable, names, one_of, text, unless_none
from upheld.core.terms.quantities import Percent, parse_length, parse_percent
from upheld.core.timeline import HOUR, MINUTE, Duration

TIMES: Mapping[str, Duration] = {"hour": HOUR, "minute": MINUTE}
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
ONCE = "once"
QUOTE, FREE = "by quote", "none"
CONTRACT = "contract"
"""The unit of which there is always one."""


@frozen_class
class Rate(Frozen):
    """So much money once, or for each hour, minute, month, quarter, year, or for each of something that is counted."""

    amount: Money
    per: str

    @property
    def time(self) -> Duration | None:
        """The length of time that costs the amount; None for what is not charged by time worked."""
        return TIMES.get(self.per)

    @property
    def months(self) -> int:
        """The months that the amount is for; none for what does not recur."""
        return MONTHS.get(self.per, 0)

    def __str__(self) -> str:
        return f"{self.amount} {self.per}" if self.per == ONCE else f"{self.amount} per {self.per}"


@frozen_class
class Charge(Frozen):
    """
    What costs money. `price` is a rate, `by quote` or `none`; `for_each` what it is the price of.

    `step` and `least` stand where time is charged, `part_period` where the charge recurs. `how_many` is the number of
    units; None: as many as are recorded.
    """

    name: str
    means: str
    price: Term[Rate | str]
    for_each: Term[str]
    least: Term[Duration | None]
    step: Term[Duration | None] | None
    part_period: Term[str] | None
    how_many: Term[Fraction] | None
    when: Condition | None
    approval: Term[tuple[str, ...]] | None
    clauses: tuple[str, ...]


@frozen_class
class Invoicing(Frozen):
    """How amounts become an invoice: rounding and where, what prices hold, the rate of tax (a value of None: no tax)."""

    currency: str
    rounding: Term[Rounding]
    rounded_at: Term[str]
    prices: Term[str]
    tax: Term[Percent | None] | None


@frozen_class
class Fees(Frozen):
    """All that an agreement says of money that the customer pays."""

    charges: Mapping[str, Cases[Charge]] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, Term[str]] = field(default_factory=lambda: MappingProxyType({}))
    """What each topic costs: a charge by its name, or `none`."""
    invoicing: Invoicing | None = None
    term: ContractTerm | None = None


def bind_fees(root: Place, currency: str) -> Fees:
    cases = {
        name: read_cases(name, place, lambda case, inner: bind_charge(case, inner, currency))
        for name, place in root.below("charges").named()
    }
    charges = {name: charge for name, charge in cases.items() if charge}
    invoicing = bind_invoicing(root) if charges and root.has("money") else None
    return Fees(charges, read_topic_charges(root), invoicing, bind_term(root))


def parse_rate(written: str) -> Rate:
    """`GBP 100 per hour`, `GBP 200 once`."""
    found = re.fullmatch(r"([A-Z]{3} \d+(?:\.\d+)?) (?:(once)|per ([a-z][a-z -]*))", written)
    if not found:
        raise Unreadable(f"{written!r} is no price; write for instance GBP 100 per hour or GBP 200 once")
    return Rate(Money.parse(found[1]), found[2] or found[3])


def read_price(currency: str) -> Any:
    def parse(value: Any) -> Rate | str:
        if value in (QUOTE, FREE):
            return str(value)
        rate = parse_rate(text(value))
        if rate.amount.currency != currency:
            raise Unreadable(f"the price is in {rate.amount.currency}, the agreement's money in {currency}")
        return rate

    return parse


def read_elapsed(value: Any) -> Duration:
    length = parse_length(text(value))
    if not isinstance(length, Duration):
        raise Unreadable(f"{length} is no time that can be charged; write elapsed time, for instance 15 minutes")
    return length


def bind_charge(name: str, place: Place, currency: str) -> Charge | None:
    means, price = place.read("is", text, ""), place.read("price", read_price(currency))
    for_each, least = place.read("for each", text), place.read("least", unless_none(read_elapsed))
    when = read_condition(place.below("when")) if place.has("when") else None
    if not (means and price and for_each and least):
        return None
    rate = price.value
    takes_time = isinstance(rate, Rate) and rate.time is not None
    recurs = isinstance(rate, Rate) and rate.months > 0
    step = place.read("step", unless_none(read_elapsed)) if takes_time else place.maybe("step", unless_none(read_elapsed))
    words = one_of("full", "in proportion")
    part = place.read("part period", words) if recurs else place.maybe("part period", words)
    return Charge(
        name, means.value, price, for_each, least, step, part, place.maybe("how many", read_number), when,
        place.maybe("approval", names), place.clauses,
    )  # fmt: skip


def read_number(value: Any) -> Fraction:
    if not re.fullmatch(r"\d+(\.\d+)?", str(value)):
        raise Unreadable(f"{value!r} is not a number; write it in digits, for instance 3")
    return Fraction(str(value))


def bind_invoicing(root: Place) -> Invoicing | None:
    """How invoices are reckoned; None where the `money` block does not say it all."""
    place = root.below("money")
    currency, mode, step = (place.read(key, text) for key in ("currency", "rounding", "step"))
    at, prices = place.read("rounded at", one_of("each line", "total")), place.read("prices", read_prices)
    if not (currency and mode and step and at and prices) or mode.value not in MODES:
        return None
    rounding = Term(Rounding(mode.value, Fraction(step.value)), mode.clauses, mode.readings)
    return Invoicing(currency.value, rounding, at, prices, place.maybe("tax", unless_none(parse_percent)))


def read_prices(value: Any) -> str:
    return one_of("before tax", "with tax", "tax not stated")(value)


def read_topic_charges(root: Place) -> dict[str, Term[str]]:
    """What each topic costs: a charge by its name, or `none`."""
    read = {name: place.maybe("charge", text) for name, place in root.below("topics").named()}
    return {name: charge for name, charge in read.items() if charge}
