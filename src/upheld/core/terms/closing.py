"""Days that a customer's own values close: declared when they are known, so not frozen with the version."""

from datetime import date
from typing import Any

from upheld.core.terms.place import Desk, Place


def find_declared_days(place: Place) -> frozenset[date]:
    """The dates that a calendar's `closed` takes from parameters, at first hand or by way of a list with `plus`."""
    lists = place.desk.document.blocks.get("lists", {})
    written: list[Any] = [place.entries.get("closed")]
    days: set[date] = set()
    for _ in range(3):
        texts = [text for value in written for text in texts_of(place.desk, value)]
        days |= {date.fromisoformat(text) for text in texts if is_date(text)}
        written = [lists[text].get(key) for text in texts if text in lists for key in ("items", "plus")]
    return frozenset(days)


def texts_of(desk: Desk, value: Any) -> list[str]:
    """The single texts of a value; what cannot be resolved is a problem elsewhere."""
    try:
        found, _ = desk.resolve(value)
    except ValueError:
        return []
    listed = found if isinstance(found, list) else [found]
    return [part.strip() for one in listed if isinstance(one, str) for part in one.split(",")]


def is_date(text: str) -> bool:
    """Whether a text is written year-month-day and is a day."""
    try:
        return len(text) == len("2025-12-25") and bool(date.fromisoformat(text))
    except ValueError:
        return False
