"""One published incident: what it touched, and between which instants it began and ended."""

from dataclasses import dataclass

from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Incident:
    """
    An incident with the bounds of its edges.

    It began between `good_before_at` (None: nobody says) and `bad_at`, and ended between `bad_until_at` and `good_at`
    (None: not over, as far as is told). `impact` is the publisher's own word, `doubt` why an edge is not one instant.
    """

    id: str
    title: str
    components: tuple[str, ...]
    impact: str
    bad_at: Instant
    bad_until_at: Instant
    good_at: Instant | None
    good_before_at: Instant | None = None
    cause: str = ""
    doubt: str = ""
    told_at: Instant | None = None
    """When it was published last; a fact cannot have been known before."""


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that is no outage here, with the reason. It is told, never dropped."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


@dataclass(frozen=True, slots=True)
class Read:
    """All that a file holds."""

    incidents: tuple[Incident, ...]
    left: tuple[Left, ...]
