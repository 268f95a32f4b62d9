"""The closed grammars of what a credit pays: shares, prices, service, units, bands, caps, and what an hour is worth."""

import re
from fractions import Fraction
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.terms.place import Unreadable, text
from upheld.core.terms.quantities import (
    NUMBER,
    Comparison,
    Months,
    NotAQuantity,
    Percent,
    parse_comparison,
    parse_length,
    parse_percent,
)
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration

PRICES = ("hourly price", "daily price", "price", "time lost")
CASES = ("case", "incident", "ticket", "request")
THE_TARGET = "the target"
PERIOD, OUTAGE, INVOICE, OWN_PRICE = "period", "outage", "invoice", "monthly price"
PLACES = (
    "invoice of the period after confirmation", "next invoice", "a later invoice", "future payments", "end of the term",
    "the customer's account", "as the decision to give it says",
)  # fmt: skip


@frozen_class
class Service(Frozen):
    """So much of the service itself: `10 hours of service`, `1 elapsed day of service`, `1 month of service`."""

    length: Duration | Months
    measure: str
    """`hours`, `days` or `months`, as it is written."""

    @property
    def number(self) -> Fraction:
        """How many of its measure."""
        if isinstance(self.length, Months):
            return Fraction(self.length.number)
        return Fraction(self.length.micros, DAY.micros if self.measure == "days" else HOUR.micros)

    def __str__(self) -> str:
        one = self.number == 1
        word = self.measure.removesuffix("s") if one else self.measure
        return f"{self.number} {word} of service"


Pays = Percent | Money | Service | str
"""What one unit pays; a text is one of PRICES."""


@frozen_class
class Unit(Frozen):
    """What pays once: whole, started or exact steps of a length (or of a figure), or each case as one."""

    how: str
    step: Duration | Percent | Fraction | None

    def count(self, excess: Fraction) -> Fraction:
        """How many units an excess holds: microseconds where the step is a length, else the figure's own unit."""
        if self.step is None:
            return Fraction(1)
        size = Fraction(self.step.micros) if isinstance(self.step, Duration) else share_of(self.step)
        found = max(excess, Fraction(0)) / size
        if self.how == "exact":
            return found
        return Fraction(found // 1 if self.how == "full" else -(-found // 1))


@frozen_class
class Band(Frozen):
    """The figures that pay one amount. `figure` names the rule whose figure it is, or is `figure` or `length` itself."""

    figure: str
    wanted: Comparison
    pays: Pays


@frozen_class
class Cap(Frozen):
    """The most that is paid; `of` is None where it is a share of the credit's own price. `per`: for which span or thing."""

    most: Percent | Money | Service | int
    of: Money | None
    per: str


@frozen_class
class Worth(Frozen):
    """How the price of an hour or a day comes of a longer one's: shared over a number, or over those of the period."""

    over: Fraction | None
    """None: over the hours (or days) of the period."""

    def __str__(self) -> str:
        return "those of the period" if self.over is None else str(self.over)


def share_of(step: Percent | Fraction) -> Fraction:
    return step.exact if isinstance(step, Percent) else step


def parse_pays(value: Any) -> Pays:
    """`10 %`, `USD 50`, `10 hours of service`, `hourly price`, `time lost`."""
    written = text(value)
    if written in PRICES:
        return written
    if "%" in written:
        return parse_percent(written)
    if written.endswith(" of service"):
        return parse_service(written)
    if re.fullmatch(r"[A-Z]{3} .*", written):
        return Money.parse(written)
    raise Unreadable(
        f"{value!r} does not say what is paid; write 10 %, USD 50, 10 hours of service, 1 elapsed day of service, "
        f"1 month of service, or one of {', '.join(PRICES)}"
    )


def parse_service(written: str) -> Service:
    length = parse_length(written.removesuffix(" of service"))
    if isinstance(length, Months):
        return Service(length, "months")
    if not isinstance(length, Duration):
        raise Unreadable(f"{written!r} counts days of a calendar; write elapsed days of service")
    return Service(length, "days" if "elapsed day" in written else "hours")


def parse_unit(value: Any) -> Unit:
    """`full hour`, `started 30 minutes`, `exact hour`, `full 3 %`, `case`."""
    written = text(value)
    if written in CASES:
        return Unit("case", None)
    how, _, step = written.partition(" ")
    if how not in ("full", "started", "exact") or not step:
        raise Unreadable(f"{value!r} is no unit that pays; write full hour, started 30 minutes, exact hour or case")
    if re.fullmatch(NUMBER, step):
        size: Duration | Percent | Fraction = Fraction(step)
    elif "%" in step:
        size = parse_percent(step)
    else:
        length = {"hour": HOUR, "minute": MINUTE, "elapsed day": DAY}.get(step) or parse_length(step)
        if not isinstance(length, Duration):
            raise Unreadable(f"{value!r} counts days of a calendar; units that pay are elapsed time")
        size = length
    if size == Duration(0) or (not isinstance(size, Duration) and share_of(size) == 0):
        raise Unreadable(f"{value!r} is a unit of nothing")
    return Unit(how, size)


def parse_bands(value: Any) -> tuple[Band, ...]:
    """A list of {FIGURE: comparison, pays: …}; an edge is worded on both sides, so that order decides nothing."""
    if not isinstance(value, list) or not value:
        raise Unreadable(f"{value!r} are no bands; write a list: [{{uptime: under 99.5 %, pays: 10 %}}, …]")
    return tuple(parse_band(entry) for entry in value)


def parse_band(entry: Any) -> Band:
    figures = [key for key in entry if key not in ("pays", "cite")] if isinstance(entry, dict) else []
    if len(figures) != 1 or "pays" not in entry:
        raise Unreadable(f"{entry!r} is no band; write {{uptime: at least 99.0 % and under 99.5 %, pays: 10 %}}")
    wanted = parse_comparison(text(entry[figures[0]]))
    for _, edge in wanted.edges:
        if not isinstance(edge, Percent | Fraction | Duration):
            raise Unreadable(f"{wanted} is no band: {edge} depends on a calendar; write a share, a number or elapsed time")
    return Band(figures[0], wanted, parse_pays(entry["pays"]))


def parse_beyond(value: Any) -> Duration | str:
    """`6 hours`, `the target`, or the name of a clock whose time is allowed."""
    written = text(value)
    if written == THE_TARGET or re.fullmatch(r"[a-z][a-z0-9-]*", written):
        return written
    length = parse_length(written)
    if not isinstance(length, Duration):
        raise Unreadable(f"{value!r} depends on a calendar; write elapsed time, the target, or the name of a clock")
    return length


def parse_worth(value: Any) -> Worth:
    """`of` (the price is that of an hour or day already), `of / 730`, `of / hours of the period`."""
    written = text(value)
    over = written.removeprefix("of").removeprefix(" / ")
    if written == "of":
        return Worth(Fraction(1))
    if written.startswith("of / ") and over in ("hours of the period", "days of the period"):
        return Worth(None)
    if written.startswith("of / ") and re.fullmatch(NUMBER, over) and Fraction(over):
        return Worth(Fraction(over))
    raise Unreadable(f"{value!r} does not say what it is worth; write of / hours of the period, of / days of the period, "
                     "of / 730, or of where the price is that of an hour or a day already")  # fmt: skip


def parse_cap(value: Any) -> Cap | None:
    """`none`, or {at most: 100 %, of: monthly price, per: period}."""
    if value == "none":
        return None
    if not isinstance(value, dict) or set(value) - {"at most", "of", "per", "cite"} or "at most" not in value:
        raise Unreadable(f"{value!r} is no cap; write none, or {{at most: 100 %, of: monthly price, per: period}}")
    most, of, per = text(value["at most"]), value.get("of", OWN_PRICE), text(value.get("per", ""))
    if not per:
        raise Unreadable("a cap says for what it holds; write per: period, outage, invoice, or the name of a period")
    return Cap(parse_most(most), None if of == OWN_PRICE else Money.parse(text(of)), per)


def parse_most(written: str) -> Percent | Money | Service | int:
    if found := re.fullmatch(r"(\d+) credits?", written):
        return int(found[1])
    pays = parse_pays(written)
    if isinstance(pays, str):
        raise Unreadable(f"{written!r} is no upper limit; write 100 %, EUR 50, 90 elapsed days of service or 1 credit")
    return pays


def parse_paid(value: Any) -> str:
    """Where it is paid: one of PLACES, which may go on `, within 1 billing-month after confirmation`."""
    place, _, within = text(value).partition(", within ")
    if place not in PLACES:
        raise Unreadable(f"{value!r} does not say where it is paid; write one of: {'; '.join(PLACES)}")
    if within and not re.fullmatch(rf"{NUMBER} [a-z][a-z0-9 -]* after [a-z ]+", within):
        raise NotAQuantity(f"{within!r} is no deadline; write for instance within 30 calendar days after confirmation")
    return text(value)
