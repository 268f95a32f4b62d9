"""What is promised and why it can be down: services with their components, causes, and the evidence of both."""

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.conditions import Condition, Test, read_condition
from upheld.core.terms.place import Place, Term, flag, names, one_of, text, unless_none
from upheld.core.terms.quantities import parse_length
from upheld.core.timeline import Duration

EFFECTS = ("down", "up", "out of base")
TOGETHER = "components down"
"""How many components are down at once, whichever they are."""
NOBODY: tuple[str, ...] = ()


@frozen_class
class Evidence(Frozen):
    name: str
    kind: str
    source: str
    every: Duration | None
    decisive: bool
    clauses: tuple[str, ...]


@frozen_class
class Service(Frozen):
    """
    What a promise is about. `components` are its covered parts and the checks that are looked at besides; `uncovered`
    those parts for which nothing is promised. `when` says for which customers there is such a service.
    """

    name: str
    means: str
    each: str
    components: tuple[str, ...]
    down_when: Condition
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    uncovered: tuple[str, ...] = ()
    when: Condition | None = None
    checks: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The parts on which it hangs whether the service is down. Checks only add to what is seen of them."""
        facts = facts_of(self.down_when)
        parts = (part for part in self.components if part not in self.checks)
        return tuple(part for part in parts if part in facts or "components down" in facts)


@frozen_class
class Cause(Frozen):
    """
    Who answers for a cause, and how time with it counts. `otherwise`: the cause of an outage that was given none.
    `approval`: whose approval an assignment needs before it holds. `when`: on which condition it is this cause at all.
    """

    name: str
    responsible: Term[str]
    counts_as: Term[str]
    evidence: tuple[str, ...]
    approval: Term[tuple[str, ...]]
    otherwise: bool
    clauses: tuple[str, ...]
    when: Condition | None = None


def facts_of(condition: "Condition | Test") -> set[str]:
    """The names of all facts that a condition asks of."""
    if isinstance(condition, Test):
        return {condition.fact}
    return {fact for part in condition.parts for fact in facts_of(part)}


def bind_evidence(name: str, place: Place) -> Evidence | None:
    kind = place.read("kind", one_of("probe", "import", "record", "notice", "customer"))
    source, every = place.read("from", text), place.read("every", unless_none(parse_length))
    decisive = place.read("decisive", flag, False)
    if not (kind and source and every and decisive):
        return None
    length = every.value if isinstance(every.value, Duration) else None
    return Evidence(name, kind.value, source.value, length, decisive.value, place.clauses)


def bind_service(name: str, place: Place) -> Service | None:
    each_is = place.read("each", text)
    down_when = place.read("down when", lambda value: value)
    parts = {part: below.read("covered", flag, True) for part, below in place.below("components").named()}
    if not (each_is and down_when and all(parts.values())):
        return None
    condition = read_condition(Place(place.desk, (*place.path, "down when"), down_when.value))
    when = read_condition(place.below("when")) if place.has("when") else None
    covered = tuple(part for part, is_covered in parts.items() if is_covered and is_covered.value)
    means, checks = place.read("is", text, ""), tuple(place.below("checks").entries)
    return Service(
        name, means.value if means else "", each_is.value, (*covered, *checks), condition,
        down_when.clauses, down_when.readings, tuple(part for part in parts if part not in covered), when, checks,
    )  # fmt: skip


def bind_cause(name: str, place: Place) -> Cause | None:
    responsible = place.read("responsible", one_of("provider", "customer", "outside"))
    counts_as = place.read("counts as", one_of(*EFFECTS))
    evidence, otherwise = place.read("evidence", names), place.read("otherwise", flag, False)
    approval = place.read("approval", names, NOBODY)
    when = read_condition(place.below("when")) if place.has("when") else None
    if not (responsible and counts_as and evidence and approval and otherwise):
        return None
    return Cause(name, responsible, counts_as, evidence.value, approval, otherwise.value, place.clauses, when)
