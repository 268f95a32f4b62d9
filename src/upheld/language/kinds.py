"""The kinds of value: what may stand where a table says `<comparison>`, `<zone>`, `<name in services>`."""

import re
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from upheld.core.money import Money, NotMoney
from upheld.core.terms.formula import NotAFormula, parse_formula
from upheld.core.terms.hours import parse_hours
from upheld.core.terms.paying import (
    OWN_PRICE,
    PERIOD,
    parse_bands,
    parse_beyond,
    parse_cap,
    parse_most,
    parse_paid,
    parse_pays,
    parse_unit,
    parse_worth,
)
from upheld.core.terms.place import Unreadable
from upheld.core.terms.quantities import (
    SAYS,
    Comparison,
    Days,
    Deadline,
    NotAQuantity,
    OpenTime,
    Periods,
    parse_comparison,
    parse_date,
    parse_deadline,
    parse_frequency,
    parse_length,
    parse_percent,
    parse_times,
    parse_yearly,
)
from upheld.language.nodes import NAMED
from upheld.language.problem import Spot, near, nearest_or_list
from upheld.language.vocabulary import WORDS

FLAGS = {"yes": "true", "on": "true", "y": "true", "1": "true", "no": "false", "off": "false", "n": "false", "0": "false"}
LONGEST_FORMULA = 500
NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d+)?")
OFFSET_NAMES = re.compile(r"(EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|EET|EEST|WET|WEST|MSK|BST|GMT|(GMT|UTC)[+-]\d.*)")


class Wrong(ValueError):
    """A value that is not of a kind, with what to write instead."""

    def __init__(self, what: str, try_this: str = "", spot: Spot | None = None) -> None:
        super().__init__(what)
        self.what, self.try_this, self.spot = what, try_this, spot


def split_advice(problem: Exception) -> Wrong:
    """A sentence of core, `WHAT; WHAT TO DO`, in its two parts."""
    what, _, advice = str(problem).partition("; ")
    if not advice and isinstance(problem, NotAFormula):
        return Wrong(what, "a formula holds numbers, letters, + - * / and parentheses in pairs")
    if not advice:
        what, _, choices = what.partition(": ")
        advice = f"write {choices}" if choices else "see the kinds of value in the reference"
    return Wrong(what, advice)


def parsed(parse: Callable[[str], object]) -> Callable[[str], object]:
    def check(text: str) -> object:
        refuse_trapped_numbers(text)
        try:
            return parse(text)
        except (NotAQuantity, NotAFormula, NotMoney, Unreadable) as problem:
            raise split_advice(problem) from None

    return check


def refuse_trapped_numbers(text: str) -> None:
    """Numbers that one reader takes for another number: octal, hexadecimal, powers of ten, underscores."""
    for word in re.split(r"[\s,:-]+", text):
        if re.fullmatch(r"0\d+", word) and not re.search(r"\d[:-]\d", text):
            raise Wrong(f"{word} begins with a zero, which some readers take for octal", f"write {int(word)}")
        if re.fullmatch(r"\d[\d_]*_[\d_]*", word):
            raise Wrong(f"{word} has an underscore", f"write {word.replace('_', '')}")
        if re.fullmatch(r"\d+(\.\d+)?[eE][+-]?\d+", word):
            raise Wrong(f"{word} is a power of ten", "write all digits")
        if re.fullmatch(r"0[xob][0-9a-fA-F]+", word):
            raise Wrong(f"{word} is not a decimal number", "write it in decimal digits")


def check_flag(text: str) -> None:
    meant = FLAGS.get(text.lower()) or (text.lower() if text.lower() in ("true", "false") else "")
    raise Wrong(f"{text!r} is no flag: only true and false are", f"write {meant}" if meant else "write true or false")


def check_number(text: str) -> Fraction:
    if re.fullmatch(r"\d+,\d+", text):
        raise Wrong(f"{text!r} has a comma", f"write {text.replace(',', '.')}")
    refuse_trapped_numbers(text)
    if not NUMBER.fullmatch(text):
        raise Wrong(f"{text!r} is not a number", "write it in digits, for instance 3 or 0.01")
    return Fraction(text)


def check_zone(text: str) -> str:
    if OFFSET_NAMES.fullmatch(text):
        raise Wrong(
            f"{text!r} is the name of an offset, not of a place: it does not say whether its clocks change",
            "name a place (Europe/Berlin, America/New_York) or an offset that never changes (fixed UTC-05:00)",
        )
    if text == "UTC" or re.fullmatch(r"fixed UTC[+-](0\d|1[0-4]):[0-5]\d", text):
        return text
    if "/" not in text or text not in places():
        close = near(text, places()) or "for instance Europe/London"
        raise Wrong(f"no zone is called {text!r}", f"write UTC, a place ({close}) or an offset (fixed UTC-05:00)")
    return text


@cache
def places() -> frozenset[str]:
    """The zones of the pinned zone tables, never those of the machine."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def check_name(text: str) -> str:
    if not NAMED.fullmatch(text):
        raise Wrong(f"{text!r} is not a name", f"names hold no spaces: write {'-'.join(text.split())[:60]}")
    return text


def check_hours(text: str) -> None:
    parsed(parse_hours)(text)


def check_closed(text: str) -> None:
    try:
        parse_date(text)
    except NotAQuantity:
        if text[:1].isdigit() or text.startswith("every "):
            parsed(parse_yearly)(text)
        elif not NAMED.fullmatch(text):
            raise Wrong(f"{text!r} is no day", "write 2025-12-25, every 25 December, or the name of a list") from None


def check_per(text: str) -> None:
    if not re.fullmatch(r"\d+ minutes per (day|month)", text):
        raise Wrong(f"{text!r} is no denominator", "write elapsed time, or for instance 1440 minutes per day")


def check_rate(text: str) -> None:
    if not re.fullmatch(r"[A-Z]{3} \d+(\.\d+)? (once|per [a-z -]+)", text):
        raise Wrong(f"{text!r} is no price", "write the currency first, for instance GBP 100 per hour or GBP 200 once")


def check_text(text: str) -> None:
    if not text:
        raise Wrong("this text is empty", "write it, or none where nothing is meant")


def one_of(words: Collection[str], noun: str) -> Callable[[str], object]:
    def check(text: str) -> str:
        if text not in words:
            raise Wrong(f"{text!r} is no {noun}", nearest_or_list(text, words))
        return text

    return check


def check_paying(kind: str, value: Any) -> None:
    """A cap, or bands; what a reading or a parameter says in them is checked where it is said."""
    entries = [value] if kind == "cap" else value
    given = [{key: stand_in_reference(key, part) for key, part in entry.items()} for entry in entries]
    try:
        parse_cap(given[0]) if kind == "cap" else parse_bands(given)
    except (NotAQuantity, NotMoney, Unreadable) as problem:
        raise split_advice(problem) from None


def stand_in_reference(key: str, value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("parameter ", "reading ")):
        return {"of": OWN_PRICE, "per": PERIOD, "at most": "100 %", "pays": "1 %"}.get(key, "under 100 %")
    return value


def check_formula(text: str) -> None:
    if len(text) > LONGEST_FORMULA:
        raise Wrong(f"this formula has more than {LONGEST_FORMULA} characters", "write the one that the text prints")
    parsed(parse_formula)(text)


def check_deadline(text: str) -> Deadline | None:
    found = parsed(parse_deadline)(text)
    assert isinstance(found, Deadline)
    events = WORDS["events"]
    if found.anchor not in events:
        raise Wrong(f"{found.anchor!r} is no event that a deadline can hang on", nearest_or_list(found.anchor, events))
    return found


TEXTS: Mapping[str, Callable[[str], object]] = {
    "text": check_text,
    "name": check_name,
    "flag": check_flag,
    "number": check_number,
    "percent": parsed(parse_percent),
    "comparison": parsed(parse_comparison),
    "length": parsed(parse_length),
    "frequency": parsed(parse_frequency),
    "times": parsed(parse_times),
    "date": parsed(parse_date),
    "day of the year": parsed(parse_yearly),
    "deadline": check_deadline,
    "zone": check_zone,
    "hours": check_hours,
    "closed": check_closed,
    "formula": check_formula,
    "per": check_per,
    "worth": parsed(parse_worth),
    "unit": parsed(parse_unit),
    "pays": parsed(parse_pays),
    "beyond": parsed(parse_beyond),
    "price": parsed(Money.parse),
    "paid": parsed(parse_paid),
    "most": parsed(parse_most),
    "rate": check_rate,
    "event": one_of(WORDS["events"], "event"),
    "quantity": one_of(WORDS["quantities"], "quantity"),
    "strength": one_of(WORDS["strengths"], "strength"),
    "effect": one_of(WORDS["effects"], "way of counting"),
}
LISTED = frozenset({"names", "hours", "closed"})
"""Kinds whose value may be one text or a list of them."""


def is_comparison(text: str) -> bool:
    return text.split(" and ")[0].startswith(tuple(f"{word} " for word in SAYS))


def calendars_in(found: object) -> list[str]:
    """The calendars that a parsed quantity speaks of."""
    if isinstance(found, Comparison):
        return [name for _, edge in found.edges for name in calendars_in(edge)]
    if isinstance(found, Deadline):
        return calendars_in(found.length)
    if isinstance(found, Days | OpenTime):
        return [found.calendar] if found.calendar else []
    return []


def periods_in(found: object) -> list[str]:
    """The periods of the agreement at whose end a parsed deadline lies."""
    return [found.length.period] if isinstance(found, Deadline) and isinstance(found.length, Periods) else []


def is_money(text: str) -> bool:
    try:
        Money.parse(text)
    except NotMoney:
        return False
    return True
