"""What a figure may be: a length of time, a share, an amount, a count, an instant or words; each with one writing."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from upheld.core.explain.counts import show_count
from upheld.core.money import Money
from upheld.core.timeline import Duration, Instant, Span

SHARE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Share:
    """An exact share of a whole; 1 is 100 %. Shown floored, never rounded up to a target."""

    exact: Fraction
    decimals: int = SHARE_DECIMALS


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of things; `of` names them in the plural."""

    number: int
    of: str


@dataclass(frozen=True, slots=True)
class Level:
    """A measured number and what it is of, unit and all: `latency in ms`."""

    exact: Fraction
    of: str


LEVEL_DECIMALS = 4

Value = Duration | Share | Money | Count | Level | Instant | str


def show(value: Value) -> str:
    """
    The figure as a person reads it.

    >>> show(Duration(13_393_000_000))
    '223 min 13 s'
    >>> show(Share(Fraction(41552, 41760)))
    '99.5019 %'
    """
    if isinstance(value, Duration):
        return show_duration(value)
    if isinstance(value, Share):
        return show_share(value)
    if isinstance(value, Money):
        return show_money(value)
    if isinstance(value, Count):
        return show_count(value.number, value.of)
    if isinstance(value, Level):
        return show_level(value)
    if isinstance(value, Instant):
        return show_instant(value)
    return value


def show_duration(length: Duration) -> str:
    """
    Minutes, with seconds where there are any: minutes are what agreements speak of. Cut to the second; what is shorter
    than one keeps its fraction.
    """
    sign, micros = ("−" if length.micros < 0 else ""), abs(length.micros)
    minutes, rest = divmod(micros, 60_000_000)
    seconds, fraction = divmod(rest, 1_000_000)
    if fraction and micros < 1_000_000:
        return f"{sign}0.{fraction:06d}".rstrip("0") + " s"
    if not seconds:
        return f"{sign}{minutes:,} min"
    return f"{sign}{minutes:,} min {seconds} s" if minutes else f"{sign}{seconds} s"


def show_share(share: Share) -> str:
    """In per cent, floored at its decimals."""
    scale: int = 10**share.decimals
    floored = share.exact * 100 * scale // 1
    sign, digits = ("−" if floored < 0 else ""), abs(floored)
    whole, part = divmod(digits, scale)
    return f"{sign}{whole}.{part:0{share.decimals}d} %" if share.decimals else f"{sign}{whole} %"


def show_level(level: Level) -> str:
    """The number cut at four decimals, without zeros at its end, and what it is of."""
    scaled = abs(level.exact) * 10**LEVEL_DECIMALS // 1
    whole, part = divmod(scaled, 10**LEVEL_DECIMALS)
    digits = f"{whole:,}.{part:0{LEVEL_DECIMALS}d}".rstrip("0").rstrip(".")
    return f"{'−' if level.exact < 0 else ''}{digits} {level.of}"


def show_money(money: Money) -> str:
    """ISO code, thousands, a true minus; an amount that hundredths cannot write is cut and says so by three dots."""
    if (money.amount * 100).denominator != 1:
        cut = abs(money.amount) * 10**4 // 1
        sign = "−" if money.amount < 0 else ""
        return f"{money.currency} {sign}{cut // 10**4:,}.{cut % 10**4:04d}…"
    code, figure = str(money).split(" ", 1)
    sign, digits = ("−" if figure.startswith("-") else ""), figure.lstrip("-")
    whole, _, part = digits.partition(".")
    return f"{code} {sign}{int(whole):,}.{part}"


def show_instant(instant: Instant) -> str:
    """`Wed 14 Feb 2024 10:00 UTC`, with seconds only where there are any."""
    moment = instant.utc()
    return f"{moment:%a} {moment.day} {moment:%b %Y} {show_clock(moment)} UTC"


def show_span(span: Span) -> str:
    """`Sat 15 Mar 2025 20:00–23:00 UTC`; across days both dates in full."""
    start, end = span.start.utc(), span.end.utc()
    if start.date() == end.date():
        return f"{start:%a} {start.day} {start:%b %Y} {show_clock(start)}–{show_clock(end)} UTC"
    return f"{show_instant(span.start).removesuffix(' UTC')} – {show_instant(span.end)}"


def show_clock(moment: datetime) -> str:
    """Hours and minutes, with seconds where there are any; cut to the second."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def to_json(value: Value) -> Any:
    """The exact value, without a float: fractions are written `n/d`."""
    if isinstance(value, Duration):
        return {"micros": value.micros}
    if isinstance(value, Share):
        return {"share": f"{value.exact.numerator}/{value.exact.denominator}"}
    if isinstance(value, Money):
        return {"money": str(value)}
    if isinstance(value, Count):
        return {"count": value.number, "of": value.of}
    if isinstance(value, Level):
        return {"level": f"{value.exact.numerator}/{value.exact.denominator}", "of": value.of}
    if isinstance(value, Instant):
        return {"instant": str(value)}
    return {"words": value}
