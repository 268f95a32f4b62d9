"""How the switches of an agreement stand, who turned them, and who came in for what."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.duties.queries.recorded import facts_of
from upheld.core.access import Decision, Request, decide_access, stand_at
from upheld.core.explain import Step
from upheld.core.facts import AccessAsked, AccessUsed, SwitchTurned, of_kind
from upheld.core.terms.access import Switch
from upheld.core.timeline import Instant

OPENED = "access-opened-"
"""How the ids of those facts begin by which somebody came in, and did not only ask to."""
USED = "-used"


@dataclass(frozen=True, slots=True)
class TurnedSwitch:
    """A switch as it stands, with every turn of it, the latest first."""

    switch: Switch
    is_on: bool
    opens: tuple[str, ...]
    """What its rules open while it is on."""
    why: Step
    turns: tuple[SwitchTurned, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody asked to come in, or was in; and what the agreement says of it."""

    fact: AccessAsked | AccessUsed
    decision: Decision


def list_switches(agreement: Agreement, as_of: Instant) -> list[TurnedSwitch]:
    """Every switch of the agreement. Raises CannotJudge."""
    doors, facts = terms_of(agreement, as_of).doors, facts_of(agreement.key, as_of)
    found = []
    for name, switch in doors.switches.items():
        standing = stand_at(switch, facts, as_of)
        rules = [rule for rule in doors.rules.values() if rule.switch and rule.switch.value == name]
        turns = [fact for fact in of_kind(facts, SwitchTurned) if fact.switch == name]
        opens = tuple(dict.fromkeys(what for rule in rules for what in rule.what.value))
        found.append(TurnedSwitch(switch, standing.is_on, opens, standing.why, tuple(turns[::-1])))
    return found


def switch_of(agreement: Agreement, name: str, as_of: Instant) -> TurnedSwitch | None:
    """One switch; None where the agreement has none of this name. Raises CannotJudge."""
    return next((one for one in list_switches(agreement, as_of) if one.switch.name == name), None)


def list_comings(agreement: Agreement, as_of: Instant) -> list[Came]:
    """Who asked to come in and who was in, the latest first, each with the agreement's answer. Raises CannotJudge."""
    terms, facts = terms_of(agreement, as_of), facts_of(agreement.key, as_of)
    comings = [fact for fact in facts if isinstance(fact, AccessAsked | AccessUsed)]
    return [Came(fact, decide_access(terms, facts, Request.of(fact))) for fact in comings[::-1]]


def list_running(agreement: Agreement, as_of: Instant) -> list[AccessAsked]:
    """Who is in now: came in, and is not on record as gone."""
    facts = facts_of(agreement.key, as_of)
    over = {fact.id for fact in of_kind(facts, AccessUsed)}
    opened = (fact for fact in of_kind(facts, AccessAsked) if fact.id.startswith(OPENED))
    return [fact for fact in opened if f"{fact.id}{USED}" not in over]
