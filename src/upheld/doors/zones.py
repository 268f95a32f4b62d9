"""A zone by the name that a browser gives it."""

from functools import lru_cache

from upheld.core.service_hours import Zone
from upheld.language.calendars import transitions, zone_called

AROUND = 10
"""Years before and after in which its clock changes are known here."""
LONGEST = 40


@lru_cache(maxsize=64)
def find_zone(name: str, year: int) -> Zone | None:
    """None where no zone of the tables is called so: whatever a browser sends is only looked up."""
    if not name or len(name) > LONGEST or name.startswith("fixed") or zone_called(name) is None:
        return None
    rows = transitions(name, max(year - AROUND, 1900), year + AROUND)
    return Zone.from_json(name, [list(row) for row in rows])
