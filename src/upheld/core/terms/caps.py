"""Caps over several credits as rules: the most that they come to together."""

from fractions import Fraction

from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money, Rounding
from upheld.core.terms.credits import price_of
from upheld.core.terms.paying import Service, parse_most
from upheld.core.terms.place import Place, Term, Unreadable, names, one_of, text
from upheld.core.terms.quantities import Percent


@frozen_class
class SharedCap(Frozen):
    """
    The most that `credits` come to together; where they come to more, each is paid in their order until it is reached.

    `most` is in `measure`: a currency, or hours, days or months of service. `per`: the statement's period, or one by its
    name.
    """

    name: str
    credits: tuple[str, ...]
    most: Term[Fraction]
    measure: str
    per: Term[str]
    above: Term[str]
    clauses: tuple[str, ...]
    readings: tuple[str, ...]


def bind_shared_cap(name: str, place: Place, money: Term[Rounding] | None, currency: str) -> SharedCap | None:
    """One cap; a share is one of a price, rounded as money is."""
    credits, said = place.read("for", names), place.read("at most", lambda value: parse_most(text(value)))
    per, above = place.read("per", text), place.read("above cap", one_of("lost"))
    price = place.maybe("of", lambda value: price_of(text(value), currency))
    if not (credits and said and per and above) or (place.has("of") and not price):
        return None
    try:
        most, measure = measure_most(said.value, price.value if price else None, money.value if money else None)
    except Unreadable as problem:
        place.problem(str(problem), "at most")
        return None
    terms = (credits, said, per, above, *((price,) if price else ()))
    clauses = tuple(dict.fromkeys((*place.clauses, *(clause for term in terms for clause in term.clauses))))
    readings = tuple(dict.fromkeys(reading for term in terms for reading in term.readings))
    return SharedCap(
        name, credits.value, Term(most, said.clauses, said.readings), measure or currency, per, above, clauses, readings
    )


def measure_most(
    most: Percent | Money | Service | int, price: Money | None, rounding: Rounding | None
) -> tuple[Fraction, str]:
    """The amount, and in what it is counted; an empty measure stands for the agreement's money."""
    if isinstance(most, int):
        raise Unreadable(
            f"{most} credits are no amount that several come to together; write only one of: [NAME, …] in the credits"
        )
    if isinstance(most, Service):
        return most.number, most.measure
    if isinstance(most, Money):
        return most.amount, most.currency
    if price is None:
        raise Unreadable(f"{most} is a part of a price; say of which: write of: parameter NAME")
    part = Money(price.amount * most.exact, price.currency)
    return (rounding.apply(part) if rounding else part).amount, ""
