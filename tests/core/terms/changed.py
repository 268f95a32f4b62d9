"""The sample agreement with something changed, bound or refused."""

import copy
from typing import Any

from tests.core.sample import BLOCKS, CALENDARS
from upheld.core.terms import Document, TermProblem, Terms, bind

PRICE = {"monthly-price": "EUR 720.00"}
GONE = object()


def changed(**places: Any) -> dict[str, Any]:
    """The blocks with values at paths such as `credits/tenfold/times`, written with `__` for `/` and `_` for a space."""
    blocks = copy.deepcopy(BLOCKS)
    for path, value in places.items():
        *way, last = [step.replace("_", " ") for step in path.split("__")]
        place: Any = blocks
        for step in way:
            place = place.setdefault(step, {})
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return blocks


def bind_blocks(
    blocks: dict[str, Any], parameters: dict[str, str] = PRICE, cites: Any = None, **readings: str
) -> Terms | list[TermProblem]:
    chosen = {name.replace("_", "-"): sense for name, sense in readings.items()}
    return bind(Document(blocks, cites or {}), CALENDARS, parameters, chosen)


def terms(**places: Any) -> Terms:
    bound = bind_blocks(changed(**places))
    assert isinstance(bound, Terms), [str(problem) for problem in bound]
    return bound


def problems(**places: Any) -> list[str]:
    found = bind_blocks(changed(**places))
    return [str(problem) for problem in found] if isinstance(found, list) else []
