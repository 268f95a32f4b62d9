"""The facts of an agreement that hold, as they were known at an instant."""

from upheld.apps.ledger.queries import known_facts
from upheld.core.facts import (
    AccessAsked,
    AccessUsed,
    DutyAsked,
    DutyDone,
    Fact,
    FactCorrected,
    ParameterSet,
    PersonNamed,
    SwitchTurned,
    TicketOpened,
    known_at,
)
from upheld.core.timeline import Instant

KINDS = (
    AccessAsked, AccessUsed, DutyAsked, DutyDone, FactCorrected, ParameterSet, PersonNamed, SwitchTurned, TicketOpened,
)  # fmt: skip


def facts_of(key: str, as_of: Instant) -> tuple[Fact, ...]:
    """What of the ledger speaks of persons, switches, access and duties, by when it happened; without what was corrected."""
    _, facts = known_facts(key)
    return tuple(known_at((fact for fact in facts if isinstance(fact, KINDS)), as_of))
