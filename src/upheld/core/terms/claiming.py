"""Claims as rules: who may ask for which credit, with which details, and every ground of refusal."""

from typing import Any

from upheld.core.terms import rules
from upheld.core.terms.conditions import Condition, Test, read_condition
from upheld.core.terms.place import Place, Term, Unreadable, names
from upheld.core.terms.quantities import Deadline


def bind_claim(name: str, place: Place) -> rules.Claim | None:
    credits, channels = place.read("for", names), place.read("by", names)
    details = place.read("details", required_details)
    grounds = place.below("refused when").named()
    refused = tuple((code, read_condition(ground), ground.clauses) for code, ground in grounds)
    if not (credits and channels and details):
        return None
    deadlines = tuple(deadline for _, condition, _ in refused for deadline in deadlines_of(condition))
    return rules.Claim(name, credits.value, channels, details.value, refused, deadlines, place.clauses)


def required_details(value: Any) -> tuple[str, ...]:
    """The details that must be given, from a list of {ask, must}."""
    if not isinstance(value, list):
        raise Unreadable(f"{value!r} stands where a list of {{ask, must}} is expected")
    return tuple(str(entry["ask"]) for entry in value if isinstance(entry, dict) and entry.get("must") is True)


def deadlines_of(condition: "Condition | Test") -> list[Term[Deadline]]:
    """Every deadline that a condition tests, with its clauses."""
    if isinstance(condition, Test):
        if isinstance(condition.wanted, Deadline):
            return [Term(condition.wanted, condition.clauses, condition.readings)]
        return []
    return [deadline for part in condition.parts for deadline in deadlines_of(part)]
