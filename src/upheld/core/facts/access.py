"""Who asked for what, who used what, and how the switches stood."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("switch-turned", 1)
class SwitchTurned(Fact):
    """A switch of the agreement was turned. `side` is the side that turned it: provider or customer."""

    switch: str
    on: bool
    side: str
    by: str = ""


@fact("access-asked", 1)
class AccessAsked(Fact):
    """Somebody asked to see or do something; whether he may is the agreement's answer, not part of the fact."""

    who: str
    what: str
    person: str = ""
    purpose: str = ""
    ticket: str = ""
    until_at: Instant | None = None
    given: tuple[str, ...] = ()


@fact("access-used", 1)
class AccessUsed(Fact):
    """Somebody was in, from `occurred_at` on; until `ended_at`, where that is known."""

    who: str
    what: str
    person: str = ""
    purpose: str = ""
    ticket: str = ""
    until_at: Instant | None = None
    given: tuple[str, ...] = ()
    ended_at: Instant | None = None
