"""Conditions of a claim as sentences that must be true: agreements name grounds of a refusal, a person reads these."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from upheld.core.explain import show
from upheld.core.terms.claiming import Claim
from upheld.core.terms.conditions import Again, Condition, Hours, Test
from upheld.core.terms.quantities import Comparison, Deadline, Periods
from upheld.core.timeline import Duration
from upheld.pages.words.lengths import say_length
from upheld.pages.words.spaces import NBSP, capitalise, join_words

NOT_SO = MappingProxyType({">": "at most", ">=": "less than", "<": "at least", "<=": "more than", "=": "other than"})
NOTHING_MORE = ((">", Fraction(0)),)
THERE = MappingProxyType(
    {
        "ticket": ("a ticket was opened", "no ticket was opened"),
        "details": ("all details that are asked for are given", "details are missing"),
        "priority": ("a priority was set", "no priority was set"),
    }
)
SAID_OF = MappingProxyType(
    {
        "responsible": ("the {} answers for it", "the {} does not answer for it"),
        "cause": ("the cause is {}", "the cause is not {}"),
        "component": ("it is about {}", "it is not about {}"),
        "software": ("the software is {}", "the software is not {}"),
    }
)
EVENTS = MappingProxyType(
    {
        "outage start": "the start of the outage", "outage end": "the end of the outage", "signed": "the signing",
        "ticket opened": "the ticket was opened", "claim received": "the claim came", "period end": "the end of the period",
    }
)  # fmt: skip
COMES = MappingProxyType({"ticket": "the ticket came", "claim": "the claim came"})
VERDICTS = frozenset({"met", "missed", "reached", "not reached", "undecided", "undefined"})


def say_conditions(claim: Claim) -> Mapping[str, str]:
    """For each ground of refusal of the agreement, by its name, the sentence that must be true instead."""
    return {code: say_condition(condition, wanted=False) for code, condition, _ in claim.refused_when}


def say_condition(condition: Condition | Test, *, wanted: bool = True) -> str:
    """The sentence that is true when the condition holds, or (`wanted` false) when it does not; without a full stop."""
    told = tell(condition, wanted)
    return capitalise(told)


def tell(condition: Condition | Test, wanted: bool) -> str:
    if isinstance(condition, Test):
        return tell_test(condition, wanted)
    if condition.again:
        often = tell_often(condition.again)
        told = tell(Condition(condition.how, condition.parts), True)
        return f"{often if wanted else f'not {often}'}: {told}"
    is_none = condition.how == "not"
    parts = [tell(part, wanted != is_none) for part in condition.parts]
    needs_one = (condition.how == "any") if wanted else (condition.how == "all" or is_none)
    return f" {'or' if needs_one else 'and'} ".join(dict.fromkeys(parts))


def tell_often(again: Again) -> str:
    times = "time" if str(again.number).endswith(" 1") else "times"
    return f"{again.number} {times} {'in a row' if again.within is None else f'within {again.within}'}"


def tell_test(test: Test, wanted: bool) -> str:
    name = test.fact.replace("-", " ")
    if test.wanted is None:  # it must be missing
        there, missing = THERE.get(test.fact, (f"{name} is given", f"{name} is not given"))
        return missing if wanted else there
    if isinstance(test.wanted, Deadline):
        return tell_deadline(COMES.get(test.fact, f"{name} came"), test.wanted, wanted)
    if isinstance(test.wanted, Comparison):
        return tell_comparison(test.fact, name, test.wanted, wanted)
    if isinstance(test.wanted, Hours):
        return f"it was {'in' if test.wanted.inside == wanted else 'outside'} {join_words(test.wanted.calendars, 'or')}"
    return tell_values(test.fact, name, tuple(value.replace("-", " ") for value in test.wanted), wanted)


def tell_values(fact: str, name: str, values: tuple[str, ...], wanted: bool) -> str:
    said = join_words(values, "or")
    if fact == "channel":
        ways = join_words([f"{article(value)} {value}" for value in values], "or")
        return f"{'claimed' if wanted else 'not claimed'} by {ways}"
    if fact == "claimed before":
        return "it was claimed before" if wanted == (said == "true") else "it was not claimed before"
    if fact in SAID_OF:
        return SAID_OF[fact][0 if wanted else 1].format(said)
    if set(values) <= VERDICTS:
        return f"{name} was {'' if wanted else 'not '}{said}"
    return f"{name} is {'' if wanted else 'not '}{said}"


def tell_comparison(fact: str, name: str, asked: Comparison, wanted: bool) -> str:
    if fact == "overdue" and not wanted and asked.edges == NOTHING_MORE:
        return "no invoice is overdue"
    if wanted:
        return f"{name} is {asked}"
    if len(asked.edges) > 1:
        return f"{name} is not {asked}"
    [(sign, edge)] = asked.edges
    return f"{name} is {NOT_SO[sign]} {show(edge) if isinstance(edge, Duration) else edge}"


def tell_deadline(came: str, deadline: Deadline, wanted: bool) -> str:
    """`wanted` asks for what came too late."""
    length, event = deadline.length, EVENTS.get(deadline.anchor, deadline.anchor)
    if isinstance(length, Periods):
        return f"{came} {'after' if wanted else 'before'} the end of {length.period} {length.number} after {event}"
    told = say_length(length).replace(NBSP, " ") if isinstance(length, Duration) else str(length)
    return f"{came} {'later than' if wanted else 'within'} {told} after {event}"


def article(noun: str) -> str:
    return "an" if noun[:1] in "aeiou" else "a"
