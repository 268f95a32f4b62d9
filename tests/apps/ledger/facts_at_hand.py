"""Facts for tests of the ledger: as many as wanted, each different."""

from upheld.core.facts import WindowStarted
from upheld.core.timeline import SECOND, Instant

NOON = Instant.parse("2026-02-14T12:00Z")
ACORN = "acorn-legal"
BIRCH = "birch-print"


def started(number: int, *, agreement: str = ACORN, window: str = "") -> WindowStarted:
    """The fact `fact-<number>`, recorded `number` seconds after noon."""
    at = NOON + SECOND * number
    return WindowStarted(
        id=f"fact-{number}",
        agreement=agreement,
        occurred_at=at,
        recorded_at=at,
        source="test",
        window=window or f"window-{number}",
    )
