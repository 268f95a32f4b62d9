"""Whose word counts at an instant, and what becomes of the word of others."""

from collections.abc import Mapping, Sequence

from upheld.core.explain import Finding, Step, Verdict, show_instant
from upheld.core.facts import Fact, Frozen, InstructionReceived, ParameterSet, PersonNamed, frozen_class, of_kind
from upheld.core.terms.persons import CONFIRMED, Instructions
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span

ACCEPTED, REFUSED, NOTED = "accepted", "refused", "noted"


@frozen_class
class InstructionDecision(Frozen):
    """What becomes of somebody's word: accepted, refused, or noted."""

    outcome: str
    why: Step

    @property
    def is_accepted(self) -> bool:
        return self.outcome == ACCEPTED


@frozen_class
class Naming(Frozen):
    """A person named for a role, from an instant."""

    role: str
    person: str
    from_at: Instant
    fact: str


def decide_instruction(
    terms: Terms, facts: Sequence[Fact], by: str, at: Instant, told: tuple[str, ...] = ()
) -> InstructionDecision | None:
    """
    Whether the word of a person counts at an instant; a change holds from the very instant at which it takes effect.

    None where the agreement does not say whose word counts. `told` are the facts that tell the instruction.
    """
    rule = terms.besides.instructions
    if rule is None:
        return None
    standing = persons_at(rule, facts, at)
    steps = tuple(tell_role(rule, role, naming, at) for role, naming in standing.items())
    steps += tuple(Step(person, "named by the agreement", rule.source.clauses) for person in rule.persons)
    holds = by in rule.persons or any(naming.person == by for naming in standing.values() if naming.person)
    outcome = ACCEPTED if holds else REFUSED if rule.others.value == "refused" else NOTED
    words = f"the word of {by or 'nobody'} on {show_instant(at)}"
    clauses = rule.source.clauses if holds else tuple(dict.fromkeys((*rule.source.clauses, *rule.others.clauses)))
    readings = rule.source.readings if holds else (*rule.source.readings, *rule.others.readings)
    return InstructionDecision(outcome, Step(outcome, words, clauses, readings, told, because=steps))


def persons_at(rule: Instructions, facts: Sequence[Fact], at: Instant) -> Mapping[str, Naming]:
    """Who has each role: the change that took effect last, else the person of the agreement's parameters."""
    changes = sorted(list_changes(rule, facts), key=lambda naming: (naming.from_at, naming.fact))
    found: dict[str, Naming] = {}
    for role, person in rule.roles.items():
        held = [naming for naming in changes if naming.role == role and naming.from_at <= at]
        found[role] = held[-1] if held else Naming(role, person, Instant(0), "")
    return found


def list_changes(rule: Instructions, facts: Sequence[Fact]) -> list[Naming]:
    """
    Every change that takes effect: of a parameter from its own instant; told by a message when that was received, or
    confirmed, as the agreement says. A message on a way that the agreement does not name changes nothing.
    """
    changes = [Naming(fact.name, fact.value, fact.from_at, fact.id) for fact in of_kind(facts, ParameterSet)]
    for fact in of_kind(facts, PersonNamed):
        if rule.change_by.value and fact.channel and fact.channel not in rule.change_by.value:
            continue
        from_at = fact.confirmed_at if rule.takes_effect.value == CONFIRMED else fact.occurred_at
        if from_at is not None:
            changes.append(Naming(fact.role, fact.person, from_at, fact.id))
    return [naming for naming in changes if naming.role in rule.roles]


def tell_role(rule: Instructions, role: str, naming: Naming, at: Instant) -> Step:
    takes = rule.takes_effect
    if not naming.fact:
        return Step(naming.person or "nobody", f"{role}, as agreed", rule.source.clauses, rule.source.readings)
    words = f"{role} since {show_instant(naming.from_at)}"
    return Step(naming.person or "nobody", words, takes.clauses, takes.readings, (naming.fact,))


def judge_instructions(terms: Terms, facts: Sequence[Fact], period: Span) -> list[Finding]:
    """One finding for each instruction of the period; none where the agreement does not say whose word counts."""
    findings = list[Finding]()
    if terms.besides.instructions is None:
        return findings
    for fact in of_kind(facts, InstructionReceived):
        if period.contains(fact.occurred_at):
            decided = decide_instruction(terms, facts, fact.by, fact.occurred_at, (fact.id,))
            assert decided is not None, "the agreement says whose word counts"
            rule = f"instructions/{fact.instruction}"
            quantities = (("accepted", "yes" if decided.is_accepted else "no"), ("by", fact.by))
            findings.append(
                Finding(rule, period, decided.outcome, Verdict.NOT_APPLICABLE, decided.why, quantities=quantities)
            )
    return findings
