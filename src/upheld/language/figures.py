"""The figures of a text: numbers, shares, lengths of time, amounts, clock times, dates, each in one form to be compared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from upheld.core.terms.quantities import MONTHS

NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "hundred": 100,
}  # fmt: skip
NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "week": 604_800}
UNITS = "second|minute|hour|day|week|month|quarter|year"
SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?|\d+(?:[.,]\d+)?"
SPELLED = "|".join(NUMBERS)
ORDINALS = "|".join(NTH)
MONTH = "|".join(MONTHS)
BETWEEN = r"(?:\s+(?:[a-z][a-z-]*\s+){0,2}?|-)"

FIGURE = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|(?P<day>\b\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\b(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<clock>\b\d{{1,2}}:\d\d\b)"
    rf"|(?P<half>\b\d{{1,2}})\s?(?P<ampm>am|pm)\b"
    rf"|(?P<code>\b(?-i:[A-Z]{{3}})|[€£$])\s?(?P<amount>{DIGITS})(?![\d.,]*\s?%)"
    rf"|(?P<share>{DIGITS})\s?(?:%|per\s?cent\b)"
    rf"|(?P<number>\b(?:{DIGITS}))(?:st|nd|rd|th)?(?:\s?(?P<times>[x×](?!\w)|times\b)|{BETWEEN}(?P<unit>{UNITS})s?\b)?"
    rf"|\b(?P<word>{SPELLED})\b(?:\s(?P<wordtimes>times\b)|{BETWEEN}(?P<wordunit>{UNITS})s?\b)"
    rf"|\b(?P<bare>{SPELLED}|{ORDINALS})\b"
    rf"|\b(?P<often>once|twice)\b"
    rf"|\b(?P<article>an?|each|every|full|started|exact|per)\s(?P<articleunit>{UNITS})\b",
    re.IGNORECASE,
)
NOT_FIGURES = re.compile(
    r"\*\*[^*]+\*\*"
    r"|\b(?:sections?|clauses?|annex|appendix|chapters?|articles?|schedules?|numbers?|RFC|ISO|HTTP|TLS|IPv)[ /]?\d[\d.]*"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|§\s?[\d.]+|\b[A-Z][A-Z0-9]*-\d[\w.]*|https?://\S+|\b[A-Za-z]+\d\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure in one form. `kind` is share, money, clock, date or number; `unit` is a unit of time, a currency or `x`.

    A number without a unit fits one with any unit of time. `must` does not hold for what a text only illustrates (in
    parentheses) or says in passing (an hour, once).
    """

    kind: str
    amount: Fraction | tuple[int, ...]
    unit: str
    written: str
    must: bool = True

    def fits(self, other: "Figure") -> bool:
        if self.kind != other.kind:
            return False
        if self.kind == "date":
            return same_date(self.amount, other.amount)
        if self.unit == other.unit or "" in (self.unit, other.unit):
            return self.amount == other.amount
        if self.unit in SECONDS and other.unit in SECONDS:
            return seconds(self) == seconds(other)
        return {self.unit, other.unit} == {"hour", "day"} and hours(self) == hours(other)


class Shelf:
    """Figures to be looked up by what they are, so that a long text costs no more than its length."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.kept: dict[tuple[Any, ...], dict[tuple[Any, ...], Figure]] = {}
        for figure in figures:
            for key in keys_of(figure):
                self.kept.setdefault(key, {})[(figure.kind, figure.amount, figure.unit)] = figure

    def holds(self, figure: Figure) -> bool:
        return any(figure.fits(other) for key in keys_of(figure) for other in self.kept.get(key, {}).values())

    def like(self, figure: Figure) -> Figure | None:
        """Another figure of the same kind and unit: what a reader may have meant."""
        same = (one for kept in self.kept.values() for one in kept.values() if one.kind == figure.kind)
        return next((one for one in same if one.unit == figure.unit or not figure.unit), None)


def keys_of(figure: Figure) -> Iterator[tuple[Any, ...]]:
    if isinstance(figure.amount, tuple):
        yield figure.kind, *figure.amount[1:]
        return
    yield figure.kind, figure.amount
    if figure.unit in SECONDS:
        yield "seconds", seconds(figure)
    if figure.unit in ("hour", "day"):
        yield "hours", hours(figure)


def seconds(figure: Figure) -> Fraction:
    assert isinstance(figure.amount, Fraction)
    return figure.amount * SECONDS[figure.unit]


def hours(figure: Figure) -> Fraction:
    assert isinstance(figure.amount, Fraction)
    return figure.amount * (24 if figure.unit == "day" else 1)


def same_date(one: Fraction | tuple[int, ...], other: Fraction | tuple[int, ...]) -> bool:
    """Dates as (year or 0, month, day): a date without a year fits any year."""
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return one[1:] == other[1:] and (0 in (one[0], other[0]) or one[0] == other[0])


def find_figures(text: str) -> list[Figure]:
    """All figures of a text; those in parentheses only illustrate."""
    text = NOT_FIGURES.sub(lambda found: " " * len(found[0]) if not found[0].startswith("(") else found[0], text)
    inside = [False] * (len(text) + 1)
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        inside[at] = depth > 0
    return [figure for found in FIGURE.finditer(text) for figure in read_match(found, not inside[found.start()])]


def read_match(found: re.Match[str], must: bool) -> Iterator[Figure]:
    part = {name: value for name, value in found.groupdict().items() if value is not None}
    written = " ".join(found[0].split())
    if "iso" in part:
        yield Figure("date", tuple(int(number) for number in part["iso"].split("-")), "", written, must)
    elif "month" in part:
        month = [name.lower() for name in MONTHS].index(part["month"].lower()) + 1
        yield Figure("date", (int(part.get("year", 0)), month, int(part["day"])), "", written, must)
    elif "clock" in part:
        hour, minute = part["clock"].split(":")
        yield Figure("clock", Fraction(int(hour) * 60 + int(minute)), "", written, must)
    elif "half" in part:
        hour = int(part["half"]) % 12 + (12 if part["ampm"].lower() == "pm" else 0)
        yield Figure("clock", Fraction(int(hour) * 60), "", written, must)
    elif "code" in part:
        yield Figure("money", read_number(part["amount"]), SIGNS.get(part["code"], part["code"].upper()), written, must)
    elif "share" in part:
        yield Figure("share", read_number(part["share"]), "", written, must)
    elif "number" in part:
        unit = part.get("unit", "").lower() or ("x" if "times" in part else "")
        yield Figure("number", read_number(part["number"]), unit, written, must)
    elif "word" in part:
        unit = part.get("wordunit", "").lower() or "x"
        yield Figure("number", Fraction(NUMBERS[part["word"].lower()]), unit, written, must)
    elif "bare" in part:
        yield Figure("number", Fraction((NUMBERS | NTH)[part["bare"].lower()]), "", written, False)
    elif "often" in part:
        yield Figure("number", Fraction(1 if part["often"].lower() == "once" else 2), "", written, False)
    else:
        yield Figure("number", Fraction(1), part["articleunit"].lower(), written, False)


def read_number(text: str) -> Fraction:
    """`1,440` is a thousand and more; `99,5` has a decimal comma."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return Fraction(text.replace(",", ""))
    return Fraction(text.replace(",", "."))
