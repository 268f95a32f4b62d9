"""Short ways to judge one credit of the sample agreement in another shape."""

from typing import Any

from tests.core.sample import CALENDARS, covered, outage, price
from tests.core.spans import at
from tests.core.terms.changed import GONE, changed
from upheld.core.credits import Assessment
from upheld.core.facts import Fact
from upheld.core.statement import Statement, build
from upheld.core.terms import Document

BASE: dict[str, Any] = {
    "when": {"uptime": "missed"}, "per": "period", "of": "parameter monthly-price", "as": "credit", "least": "none",
    "cap": "none", "stacking": "adds", "across periods": "each period's part", "granted": "by right",
    "claim": "not needed", "paid": "next invoice",
}  # fmt: skip


def down(minutes: int, day: int = 11, month: str = "2025-06", cause: str = "own", hour: int = 0) -> list[Fact]:
    """So many minutes without service from an hour of a day on."""
    begin = at(f"{month}-{day:02d}T{hour:02d}:00Z")
    end = type(begin)(begin.micros + minutes * 60_000_000)
    return outage(f"o-{month}-{day}", str(begin), str(end), cause)


def state_credits(
    credits: dict[str, dict[str, Any]], *facts: Fact, month: str = "2025-06", as_of: str = "2030-01-01T00:00Z", **places: Any
) -> Statement:
    """The statement of a month under an agreement with these credits; other places of it may be changed as well."""
    rules = {name: {**BASE, **credit} for name, credit in credits.items()}
    given = {"claims": GONE, **places}
    blocks = changed(**{**given, "credits": rules})
    seen = [covered("2024-01-01T00:00Z", "2027-01-01T00:00Z")]
    return build(Document(blocks), CALENDARS, [price("EUR 720.00"), *seen, *facts], month, at(as_of), others=False)


def owed(credit: dict[str, Any], *facts: Fact, **rest: Any) -> Assessment:
    """One credit of a month."""
    return state_credits({"one": credit}, *facts, **rest).judged.credits[0]
