"""Access as rules: who may see or do what, on which condition, and the switches that one side turns."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.place import Place, Term, TermProblem, Unreadable, flag, names, nearest, one_of, text
from upheld.core.terms.quantities import parse_length
from upheld.core.timeline import ZERO, Duration

ALWAYS, NEVER, WHILE_ON, FOR_A_PURPOSE = "always", "never", "while on", "for a purpose"
NOTHING: tuple[str, ...] = ()


@frozen_class
class AccessRule(Frozen):
    """Who may do what. `switch` stands with `while on`, `purposes` with `for a purpose`; `needs` must be there besides."""

    name: str
    who: Term[tuple[str, ...]]
    what: Term[tuple[str, ...]]
    rule: Term[str]
    switch: Term[str] | None
    purposes: Term[tuple[str, ...]]
    needs: Term[tuple[str, ...]]
    clauses: tuple[str, ...]


@frozen_class
class Switch(Frozen):
    """What one side turns on and off. `delay` is how long after a turn it works."""

    name: str
    held_by: Term[str]
    at_first: Term[bool]
    delay: Term[Duration]
    clauses: tuple[str, ...]


@frozen_class
class Doors(Frozen):
    """All that an agreement says of access."""

    rules: Mapping[str, AccessRule] = field(default_factory=lambda: MappingProxyType({}))
    switches: Mapping[str, Switch] = field(default_factory=lambda: MappingProxyType({}))


def bind_doors(root: Place) -> Doors:
    switches = {name: bind_switch(name, place) for name, place in root.below("switches").named()}
    rules = {name: bind_access(name, place) for name, place in root.below("access").named()}
    return Doors(
        {name: rule for name, rule in rules.items() if rule}, {name: switch for name, switch in switches.items() if switch}
    )


def bind_access(name: str, place: Place) -> AccessRule | None:
    who, what = place.read("who", names), place.read("what", names)
    rule = place.read("rule", one_of(ALWAYS, NEVER, WHILE_ON, FOR_A_PURPOSE))
    purposes, needs = place.read("purposes", names, NOTHING), place.read("needs", names, NOTHING)
    if not (who and what and rule and purposes and needs):
        return None
    if rule.value == WHILE_ON and not place.has("switch"):
        place.problem("`while on` needs the switch that opens it; write switch: NAME", "switch")
    if rule.value == FOR_A_PURPOSE and not purposes.value:
        place.problem("`for a purpose` names the purposes; write purposes: [NAME]", "purposes")
    return AccessRule(name, who, what, rule, place.maybe("switch", text), purposes, needs, place.clauses)


def bind_switch(name: str, place: Place) -> Switch | None:
    held, first = place.read("held by", one_of("provider", "customer")), place.read("at first", flag)
    delay = place.read("takes effect", read_delay)
    if not (held and first and delay):
        return None
    return Switch(name, held, first, delay, place.clauses)


def read_delay(value: Any) -> Duration:
    if value == "at once":
        return ZERO
    length = parse_length(text(value))
    if not isinstance(length, Duration):
        raise Unreadable(f"{length} is not how long a switch takes; write at once, or elapsed time")
    return length


def find_lost_switches(doors: Doors) -> list[TermProblem]:
    """Rules that name a switch which nobody has."""
    return [
        TermProblem(
            ("access", rule.name, "switch"),
            f"no switch is called {rule.switch.value!r}{nearest(rule.switch.value, doors.switches)}",
        )
        for rule in doors.rules.values()
        if rule.switch and rule.switch.value not in doors.switches
    ]
