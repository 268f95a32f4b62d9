"""Days without hours: as they were frozen, those that a customer's values declare, and those of another reading."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from upheld.core.terms.place import Desk, Place
from upheld.core.terms.quantities import parse_yearly


def find_closed_days(name: str, place: Place, frozen: Mapping[str, Any]) -> frozenset[date]:
    """
    The closed dates of a calendar. They were frozen as the agreement reads; where another sense is chosen for what closes
    it, and for days that a parameter declares, they are read from the terms, for the years of the freeze.
    """
    chosen = is_read_otherwise(place.desk, place.entries.get("closed"))
    kept = () if chosen else (date.fromisoformat(day) for day in frozen["closed"].get(name, ()))
    years = range(int(frozen["from"][:4]), int(frozen["to"][:4])) if chosen else range(0)
    return frozenset((*kept, *list_days(place, years)))


def is_read_otherwise(desk: Desk, written: Any) -> bool:
    """Whether a reading that closes days was given another sense."""
    listed = written if isinstance(written, list) else [written]
    return any(isinstance(one, str) and one.removeprefix("reading ") in desk.readings for one in listed)


def list_days(place: Place, years: range) -> Iterator[date]:
    """The days that `closed` names at first hand or by way of lists with what is added to them."""
    lists = place.desk.document.blocks.get("lists", {})
    written: list[Any] = [place.entries.get("closed")]
    for _ in range(3):
        texts = [text for value in written for text in texts_of(place.desk, value)]
        for text in texts:
            yield from days_called(text, years)
        written = [lists[text].get(key) for text in texts if text in lists for key in ("items", "plus")]


def texts_of(desk: Desk, value: Any) -> list[str]:
    """The single texts of a value; what cannot be resolved is a problem elsewhere."""
    try:
        found, _ = desk.resolve(value)
    except ValueError:
        return []
    listed = found if isinstance(found, list) else [found]
    return [part.strip() for one in listed if isinstance(one, str) for part in one.split(",")]


def days_called(text: str, years: range) -> Iterator[date]:
    """A date written year-month-day, or `every D Month` in each of the years that have that day."""
    try:
        if text.startswith("every "):
            month, day = parse_yearly(text)
            yield from (date(year, month, day) for year in years if (month, day) != (2, 29) or is_leap(year))
        elif len(text) == len("2025-12-25") and text[:4].isdecimal():
            yield date.fromisoformat(text)
    except ValueError:
        return


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
