"""Claims as rules: who may ask for which credit, with which details, and every ground of refusal."""

from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.conditions import Condition, read_condition, tests_of
from upheld.core.terms.place import Place, Term, Unreadable, flag, names, unless_none
from upheld.core.terms.quantities import Deadline, Length, parse_length

NOTHING: tuple[str, ...] = ()
CLAIM = "claim"


@frozen_class
class Claim(Frozen):
    """
    What a customer must do for a credit: every ground of refusal, in the order of the text.

    `consumes`: what an accepted claim was about can be claimed no second time. `decided_within`: how long the provider may
    take to answer (None: nothing is said).
    """

    name: str
    credits: tuple[str, ...]
    channels: Term[tuple[str, ...]]
    details: tuple[str, ...]
    refused_when: tuple[tuple[str, Condition, tuple[str, ...]], ...]
    deadlines: tuple[Term[Deadline], ...]
    consumes: Term[bool]
    decided_within: Term[Length | None]
    clauses: tuple[str, ...]


def bind_claim(name: str, place: Place) -> Claim | None:
    credits, channels = place.read("for", names), place.read("by", names)
    details = place.read("details", required_details, NOTHING)
    consumes, decided = place.read("consumes", flag, False), place.read("decided within", unless_none(parse_length))
    grounds = place.below("refused when").named()
    refused = tuple((code, read_condition(ground), ground.clauses) for code, ground in grounds)
    if not (credits and channels and details and consumes and decided):
        return None
    timed = [test for _, condition, _ in refused for test in tests_of(condition) if isinstance(test.wanted, Deadline)]
    # Where a ticket must come first, its time is a ground of its own; the claim's is that of the claim itself.
    own = [test for test in timed if test.fact == CLAIM] or timed
    deadlines = tuple(Term(test.wanted, test.clauses, test.readings) for test in own if isinstance(test.wanted, Deadline))
    return Claim(name, credits.value, channels, details.value, refused, deadlines, consumes, decided, place.clauses)


def required_details(value: Any) -> tuple[str, ...]:
    """The details that must be given, from a list of {ask, must}."""
    if not isinstance(value, list):
        raise Unreadable(f"{value!r} stands where a list of {{ask, must}} is expected")
    return tuple(str(entry["ask"]) for entry in value if isinstance(entry, dict) and entry.get("must") is True)
