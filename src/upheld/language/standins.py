"""Values that stand in for a customer's parameters while the terms themselves are checked, or where they cannot matter."""

from collections.abc import Mapping
from typing import Any

from upheld.core.terms.document import Document

VALUES = {
    "number": "1",
    "percent": "1 %",
    "date": "2024-01-01",
    "dates": "2024-01-01",
    "duration": "1 minute",
    "zone": "UTC",
    "hours": "mon-fri 09:00-17:00",
    "email": "somebody@example.org",
    "person": "somebody@example.org",
    "flag": "true",
    "names": "somebody",
    "text": "something",
}


def stand_in_parameters(document: Document, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """
    A value of its kind for every parameter: the given one, else the usual one, else one made up. A given value that is none
    of the choices chose nothing, and `none` leaves an optional one open.

    Never for a statement: there a parameter without a value is refused.
    """
    written = document.blocks.get("parameters", {})
    known: dict[str, Any] = written if isinstance(written, dict) else {}
    values = {name: stand_in(entry) for name, entry in known.items() if isinstance(entry, dict)} | dict(given or {})
    currency = currency_of(document, values)
    for name, entry in known.items():
        if isinstance(entry, dict) and entry.get("kind") == "money" and name not in (given or {}) and "usual" not in entry:
            values[name] = f"{currency} 1000"
    return {name: value for name, value in values.items() if fills(known.get(name), value)}


def fills(entry: Any, value: str) -> bool:
    """Whether a value fills a parameter: one of its choices, where there are any, and not `none` where it may stay open."""
    if not isinstance(entry, dict):
        return True
    choices = entry.get("choices") if entry.get("kind") == "choice" else None
    return (not isinstance(choices, list) or value in map(str, choices)) and not (entry.get("optional") and value == "none")


def stand_in(entry: Mapping[str, Any]) -> str:
    usual = entry.get("usual")
    if isinstance(usual, bool):
        return str(usual).lower()
    if isinstance(usual, str):
        return usual
    choices = entry.get("choices")
    if entry.get("kind") in ("choice", "names") and isinstance(choices, list) and choices:
        return str(choices[0])
    return VALUES.get(str(entry.get("kind")), "something")


def currency_of(document: Document, values: Mapping[str, str]) -> str:
    money = document.blocks.get("money", {})
    written = str(money.get("currency", "EUR")) if isinstance(money, dict) else "EUR"
    return values.get(written.removeprefix("parameter "), "EUR") if written.startswith("parameter ") else written
