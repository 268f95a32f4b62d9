"""Credits as rules: what is owed when a promise is missed, each part with its clauses and readings."""

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import MODES, Money, Rounding
from upheld.core.terms.cases import read_cases
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.conditions import Condition, read_condition, tests_of
from upheld.core.terms.formula import Formula, parse_formula
from upheld.core.terms.paying import (
    Band,
    Cap,
    Pays,
    Service,
    Unit,
    Worth,
    parse_bands,
    parse_beyond,
    parse_cap,
    parse_paid,
    parse_pays,
    parse_unit,
    parse_worth,
)
from upheld.core.terms.place import Place, Term, Unreadable, names, one_of, text, unless_none
from upheld.core.terms.quantities import Comparison, parse_comparison, parse_date, parse_times
from upheld.core.timeline import Duration

QUANTITIES = ("all time", "out of base", "down", "up by exclusion", "down and excluded", "affected share", "price")
GIVEN = ("credit", "term extension", "free period", "refund", "discount", "waiver")
PRICED_AT = ("this period", "period before", "30 days before claim", "outage start", "next invoice")
STACKED = ("adds", "highest only", "one of the customer's choice", "alone")
CROSSING = ("each period's part", "period of start", "does not arise")

NOBODY: tuple[str, ...] = ()


@frozen_class
class Credit(Frozen):
    """
    What is owed for what went wrong. Exactly one of `pays`, `bands` and `formula` says how much.

    `time_of` is the promise whose counted time pays (empty: none is needed); `measure` is a currency, or `hours`, `days` or
    `months` of service where time is given and not money. `each_of` are promises of which each brings a credit of its own.
    """

    name: str
    each_of: tuple[str, ...]
    when: Condition
    time_of: str
    per: Term[str]
    pays: Term[Pays] | None
    bands: Term[tuple[Band, ...]] | None
    gap: Term[str] | None
    formula: Term[Formula] | None
    where: Mapping[str, str]
    unit: Term[Unit] | None
    counted: Term[str]
    touching: Term[str]
    beyond: Term[Duration | str | None] | None
    times: Term[Fraction]
    price: Term[Money] | None
    of_period: Term[str]
    hour: Term[Worth] | None
    day: Term[Worth] | None
    gives: Term[str]
    least: Term[Comparison | None]
    cap: Term[Cap | None]
    above_cap: Term[str] | None
    stacking: Term[str]
    only_one_of: Term[tuple[str, ...]]
    across_periods: Term[str]
    granted: Term[str]
    claim_needed: bool
    paid: Term[str]
    offsets: Term[str] | None
    extends: Term[date] | None
    """The date that given time puts off, such as the end of the term."""
    rounding: Rounding | None
    rounding_term: Term[str]
    measure: str
    clauses: tuple[str, ...]
    applies: bool = True
    """False where no case of the rule holds for this customer."""
    between: tuple[str, ...] = ()
    """The cases of which more than one holds: what is owed is then not decided."""
    case: str = ""
    """Of a rule with cases the one that holds for this customer."""
    prices: Mapping[str, Term[Money]] = field(default_factory=dict)
    """Where each promise of `each_of` has a price of its own: the prices by the names of the promises."""
    promise: str = ""
    """The promise of `each_of` that it is looked at for."""

    @property
    def is_discretionary(self) -> bool:
        """Whether the provider may give it and need not."""
        return self.granted.value == "at discretion"

    @property
    def gives_time(self) -> bool:
        """Whether it gives time and not money."""
        return self.measure in ("hours", "days", "months")

    def of_promise(self, promise: str) -> "Credit":
        """This credit for one promise of `each_of`, with the price that is its own."""
        return replace(self, price=self.prices.get(promise, self.price), promise=promise)


def bind_money(root: Place) -> tuple[Term[Rounding] | None, str]:
    """How amounts are rounded, and in which currency; nothing where the agreement speaks of no money."""
    if not root.has("money"):
        return None, ""
    place = root.below("money")
    currency, mode = place.read("currency", text), place.read("rounding", one_of(*MODES))
    step = place.read("step", lambda value: Fraction(text(value)))
    if not (currency and mode and step):
        return None, ""
    return Term(Rounding(mode.value, step.value), mode.clauses, mode.readings), currency.value


def bind_credit(
    name: str, place: Place, money: Term[Rounding] | None, currency: str, promises: Collection[str], at: Circumstances
) -> Credit | None:
    """
    One credit as it stands for this customer: of a rule with cases the one that holds. `promises` are the names of the
    availability rules, whose down time it may pay.
    """
    cases = read_cases(name, place, lambda _, below: bind_one(name, below, money, currency, promises))
    if cases is None:
        return None
    chosen = cases.choose(at)
    if chosen.case is not None:
        return replace(chosen.case.rule, case=cases.name_of(chosen.case))
    first = min(cases.each, key=lambda case: case.name).rule
    return replace(first, applies=bool(chosen.between), between=chosen.between)


def bind_one(
    name: str, place: Place, money: Term[Rounding] | None, currency: str, promises: Collection[str]
) -> Credit | None:
    when = read_condition(place.below("when"))
    each_of = place.read("each of", names, NOBODY)
    per = place.read("per", one_of("outage", "period", "ticket", "claim", "resource"))
    pays, bands = place.maybe("pays", parse_pays), place.maybe("bands", parse_bands)
    formula = place.maybe("formula", lambda value: parse_formula(text(value)))
    where = {letter: place.below("where").read(letter, one_of(*QUANTITIES)) for letter in place.below("where").entries}
    by_outage = "per outage" if per and per.value in ("outage", "claim") else "over the period"
    counted = place.read("counted", one_of("per outage", "over the period"), by_outage)
    touching = place.read("touching", one_of("as one", "apart"), "as one")
    times = place.read("times", lambda value: parse_times(text(value)), Fraction(1))
    gives, least = place.read("as", one_of(*GIVEN)), place.read("least", unless_none(parse_comparison))
    cap = place.read("cap", lambda value: parse_cap(filled(place, value)))
    stacking, across = place.read("stacking", one_of(*STACKED)), place.read("across periods", one_of(*CROSSING))
    granted = place.read("granted", one_of("by right", "at discretion"))
    claim, paid = place.read("claim", one_of("needed", "not needed")), place.read("paid", parse_paid)
    of_period = place.read("of period", one_of(*PRICED_AT), "this period")
    only_one_of = place.read("only one of", names, NOBODY)
    ways = [way for way, said in (("pays", pays), ("bands", bands), ("formula", formula)) if said]
    if len(ways) != 1:
        place.problem(f"pays in {len(ways)} ways ({', '.join(ways) or 'none'}); give exactly one of pays, bands, formula")
        return None
    for letter in formula.value.letters if formula else ():
        if letter not in where:
            place.problem(f"the formula speaks of {letter}; say under `where` what it is", "formula")
    if not (each_of is not None and per and counted and touching and times and gives and least and cap and stacking):
        return None
    if not (across and granted and claim and paid and of_period and only_one_of and all(where.values())):
        return None
    prices = read_prices(place, currency)
    found = Credit(
        name=name, each_of=each_of.value, when=when, time_of=find_promise(place, when, bands, promises), per=per, pays=pays,
        bands=bands, gap=place.maybe("gap", one_of("undefined", "lower", "higher")), formula=formula,
        where={letter: term.value for letter, term in where.items() if term}, unit=place.maybe("for each", parse_unit),
        counted=counted, touching=touching, beyond=place.maybe("beyond", unless_none(parse_beyond)), times=times,
        price=None if prices else place.maybe("of", lambda value: price_of(text(value), currency)), of_period=of_period,
        prices=prices,
        hour=place.maybe("hour is worth", parse_worth), day=place.maybe("day is worth", parse_worth), gives=gives,
        least=least, cap=cap, above_cap=place.maybe("above cap", one_of("lost", "carried forward")), stacking=stacking,
        only_one_of=only_one_of, across_periods=across, granted=granted, claim_needed=claim.value == "needed", paid=paid,
        offsets=place.maybe("offsets", text),
        extends=place.maybe("extends", lambda value: parse_date(text(value))), rounding=money.value if money else None,
        rounding_term=Term(money.value.mode, money.clauses, money.readings) if money else Term(""),
        measure=measure_of(gives.value, pays, bands, currency), clauses=place.clauses,
    )  # fmt: skip
    return found if is_whole(place, found) else None


def filled(place: Place, value: Any) -> Any:
    """A map with the references inside it resolved."""
    if isinstance(value, dict):
        return {key: place.desk.resolve(part)[0] for key, part in value.items()}
    return value


def read_prices(place: Place, currency: str) -> dict[str, Term[Money]]:
    """A price for each promise, where `of` is a map of them; nothing where it is one price for all."""
    if not isinstance(place.teller("of").entries.get("of"), dict):
        return {}
    below = place.below("of")
    found = {name: below.read(name, lambda value: price_of(text(value), currency)) for name in below.entries}
    return {name: term for name, term in found.items() if term}


def find_promise(
    place: Place, when: Condition, bands: Term[tuple[Band, ...]] | None, promises: Collection[str]
) -> str:
    """The promise whose counted time pays: the one that is named, else the one of the condition or the bands."""
    if said := place.maybe("time of", one_of(*promises)):
        return said.value
    asked = [test.fact for test in tests_of(when)] + [band.figure for band in (bands.value if bands else ())]
    known = [name for name in asked if name in promises]
    return known[0] if known else next(iter(promises)) if len(promises) == 1 else ""


def measure_of(gives: str, pays: Term[Pays] | None, bands: Term[tuple[Band, ...]] | None, currency: str) -> str:
    """In what a credit is counted: money, or hours, days or months of service that nobody turns into money."""
    paid = [pays.value] if pays else [band.pays for band in (bands.value if bands else ())]
    times = [one.measure for one in paid if isinstance(one, Service)]
    return times[0] if times and gives in ("term extension", "free period") else currency


def is_whole(place: Place, credit: Credit) -> bool:
    """Whether all that its way of paying needs was said; what is missing becomes a problem."""
    before = len(place.desk.problems)
    paid = [credit.pays.value] if credit.pays else [band.pays for band in (credit.bands.value if credit.bands else ())]
    if not credit.gives_time and "money" not in place.desk.document.blocks:
        place.problem("a credit is money, and the file has no `money` block that says how it is rounded", "as")
    for one in paid:
        if not credit.gives_time and not isinstance(one, Money) and not place.has("of"):
            place.problem(f"{one} is a part of a price; say of which: write of: parameter NAME", "of")
        elif credit.gives_time and not (isinstance(one, Service) and one.measure == credit.measure):
            place.problem(f"{one} is no time in {credit.measure}; a credit that gives time gives it in one measure", "pays")
        if needs := worth_needed(one, credit):
            place.problem(f"{one} is paid, and {needs!r} is not said; write for instance {needs}: of / 730", needs)
    most = credit.cap.value.most if credit.cap.value else None
    if isinstance(most, Service) and (needs := worth_needed(most, credit)):
        place.problem(f"at most {most} is paid, and {needs!r} is not said; write for instance {needs}: of / 730", needs)
    for name in sorted({*credit.prices} ^ {*credit.each_of} if credit.prices else ()):
        what = f"has no price for {name}" if name in credit.each_of else f"{name} is not under each of, and has a price"
        place.problem(f"{what}; write of: {{NAME: parameter NAME}} for each promise under each of, and for no other", "of")
    if credit.unit and credit.unit.value.how != "case" and credit.per.value in ("outage", "claim") and not credit.time_of:
        place.problem("time pays, and no promise says which time counts; write time of: NAME of an availability", "time of")
    return len(place.desk.problems) == before


def worth_needed(paid: Pays, credit: Credit) -> str:
    """The key that must say what an hour or a day is worth, where it is missing."""
    if credit.gives_time:
        return ""
    if paid in ("hourly price", "time lost"):
        return "" if credit.hour else "hour is worth"
    if paid == "daily price":
        return "" if credit.day else "day is worth"
    if isinstance(paid, Service) and paid.measure != "months":
        key, said = ("day is worth", credit.day) if paid.measure == "days" else ("hour is worth", credit.hour)
        return "" if said else key
    return ""


def price_of(written: str, currency: str) -> Money:
    amount = Money.parse(written)
    if amount.currency != currency:
        raise Unreadable(f"the price is in {amount.currency}, the agreement's money in {currency}")
    return amount
