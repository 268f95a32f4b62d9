"""Whether somebody may see or do something at an instant: the agreement's answer, with clause and reason."""

from collections.abc import Sequence

from upheld.core.access.switches import stand_at
from upheld.core.explain import Step
from upheld.core.facts import AccessAsked, AccessUsed, Fact, Frozen, frozen_class
from upheld.core.terms.access import FOR_A_PURPOSE, NEVER, WHILE_ON, AccessRule
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant

UNKNOWN = "unknown"
MAY, MAY_NOT = "allowed", "refused"


@frozen_class
class Request(Frozen):
    """Who asks to see or do what, at an instant, and what he brings with him."""

    who: str
    what: str
    at: Instant
    purpose: str = ""
    given: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @classmethod
    def of(cls, fact: AccessAsked | AccessUsed) -> "Request":
        """What a fact brings: what it lists, and its own ticket, person and end."""
        told = {"ticket": fact.ticket, "named person": fact.person, "end time": fact.until_at}
        given = tuple(name for name, value in told.items() if value)
        return cls(fact.who, fact.what, fact.occurred_at, fact.purpose, (*fact.given, *given), (fact.id,))


@frozen_class
class Decision(Frozen):
    """The answer. `code` is the short reason: the rule that decided (`always`, `never`, …), or `unknown`."""

    is_allowed: bool
    code: str
    rules: tuple[AccessRule, ...]
    why: Step


def decide_access(terms: Terms, facts: Sequence[Fact], request: Request) -> Decision:
    """
    A rule that says never is stronger than any other; else one rule that opens is enough.

    What no rule speaks of is refused, with what the agreement knows.
    """
    rules = [
        rule for rule in terms.doors.rules.values() if request.who in rule.who.value and request.what in rule.what.value
    ]
    if not rules:
        return refuse_unknown(terms, request)
    steps = [(rule, ask_rule(terms, facts, rule, request)) for rule in rules]
    forbidden = [(rule, step) for rule, step in steps if rule.rule.value == NEVER]
    opened = [(rule, step) for rule, step in steps if step.value == MAY]
    decisive = forbidden or opened or steps
    is_allowed = bool(opened) and not forbidden
    words = f"{request.who} {'may' if is_allowed else 'may not'} use {request.what}"
    why = Step(MAY if is_allowed else MAY_NOT, words, facts=request.facts, because=tuple(step for _, step in decisive))
    return Decision(is_allowed, decisive[0][0].rule.value, tuple(rule for rule, _ in decisive), why)


def ask_rule(terms: Terms, facts: Sequence[Fact], rule: AccessRule, request: Request) -> Step:
    """What one rule answers."""
    needs = [need for need in rule.needs.value if need not in request.given]
    because: tuple[Step, ...] = ()
    cited, readings = gather_clauses(rule)
    is_open, words = rule.rule.value != NEVER, f"{rule.name}: {rule.rule.value}"
    if rule.rule.value == WHILE_ON and rule.switch:
        standing = stand_at(terms.doors.switches[rule.switch.value], facts, request.at)
        is_open, because = standing.is_on, (standing.why,)
        words = f"{rule.name}: while {rule.switch.value} is on"
    elif rule.rule.value == FOR_A_PURPOSE:
        is_open = request.purpose in rule.purposes.value
        words = f"{rule.name}: for {' or '.join(rule.purposes.value)}; told is {request.purpose or 'no purpose'}"
    if is_open and needs:
        is_open, words = False, f"{words}; what is missing: {', '.join(needs)}"
    return Step(MAY if is_open else MAY_NOT, words, cited, readings, because=because)


def gather_clauses(rule: AccessRule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clauses and readings of all that a rule says."""
    said = (rule.rule, rule.who, rule.what, rule.purposes, rule.needs)
    clauses = dict.fromkeys(clause for term in said for clause in term.clauses)
    return tuple(clauses), tuple(dict.fromkeys(name for term in said for name in term.readings))


def refuse_unknown(terms: Terms, request: Request) -> Decision:
    rules = terms.doors.rules.values()
    known = sorted({who for rule in rules for who in rule.who.value})
    things = sorted({what for rule in rules if request.who in rule.who.value for what in rule.what.value})
    words = f"the agreement does not speak of {request.who}; it knows {', '.join(known) or 'nobody'}"
    if things:
        words = f"the agreement does not speak of {request.what} for {request.who}; it knows {', '.join(things)}"
    return Decision(False, UNKNOWN, (), Step(MAY_NOT, words, facts=request.facts))
