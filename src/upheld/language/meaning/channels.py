"""Channels and the telephone: a customer whom no channel takes, and priorities of which two clauses say different things."""

from itertools import product
from typing import Any

from upheld.language.meaning.cases import names_of
from upheld.language.meaning.conditions import facts_of
from upheld.language.meaning.subject import Subject

MOST_CUSTOMERS = 256
"""Combinations of choices that are tried; a file with more has its channels looked at by people."""


def check_channels(subject: Subject) -> None:
    check_reach(subject)
    check_telephone(subject)


def check_reach(subject: Subject) -> None:
    """Every customer has a channel that opens a ticket, whatever he chose."""
    opening = [rule for rule in subject.rules("channels") if subject.value(*rule.path, "opens ticket") is True]
    asked = [subject.value(*rule.path, "when") for rule in opening]
    if not opening or any(when is None for when in asked):
        return
    facts = sorted({fact for when in asked for fact, _ in facts_of(when) if subject.has("parameters", fact)})
    choices = {fact: choices_of(subject, fact) for fact in facts}
    customers = 1
    for found in choices.values():
        customers *= len(found)
    for combination in product(*choices.values()) if 0 < customers <= MOST_CUSTOMERS else ():
        customer = dict(zip(facts, combination, strict=True))
        if not any(may_hold(when, customer) for when in asked):
            told = ", ".join(f"{fact} {' and '.join(sorted(value)) or 'none'}" for fact, value in customer.items())
            subject.error(
                (*opening[0].path, "when"), f"no channel is left for a customer with {told}",
                "take the condition from one channel, or add one that anybody may use",
            )  # fmt: skip
            return


def choices_of(subject: Subject, fact: str) -> list[frozenset[str]]:
    """What a customer may have there: one value, of `names` one or none of them."""
    kind = subject.value("parameters", fact, "kind")
    if kind == "flag":
        return [frozenset({"True"}), frozenset({"False"})]
    one = [frozenset({choice}) for choice in subject.names_at("parameters", fact, "choices")]
    return [*one, frozenset()] if kind == "names" else one


def may_hold(condition: Any, customer: dict[str, frozenset[str]]) -> bool:
    """Whether a condition can hold for a customer: what is asked besides his choices may always be so."""
    if not isinstance(condition, dict):
        return True
    for fact, wanted in condition.items():
        if fact == "any" and not any(may_hold(part, customer) for part in wanted):
            return False
        if fact == "all" and not all(may_hold(part, customer) for part in wanted):
            return False
        if fact == "not" and set(dict(facts_of(wanted))) <= set(customer) and may_hold(wanted, customer):
            return False
        if fact in customer and not customer[fact] & {name.removeprefix("parameter ") for name in names_of(wanted)}:
            return False
    return True


def check_telephone(subject: Subject) -> None:
    """A priority that says it may be phoned in is one for which the telephone is open, and the other way round."""
    path = ("telephone", "priorities")
    if not subject.has(*path):
        return
    open_for = {name for sense in subject.senses(*path) for name in names_of(sense)}
    if open_for - set(subject.merged.names("priorities")):
        return
    phoned = {rule.path[1]: rule for rule in subject.rules("priorities") if subject.has(*rule.path, "by phone")}
    for name, rule in phoned.items():
        if name not in open_for:
            subject.error(
                (*rule.path, "by phone"),
                f"two clauses differ on the telephone: {name} may be phoned in, and it is open for "
                f"{', '.join(sorted(open_for))} alone",
                "correct one of them, or let a reading hold both: telephone: {priorities: reading NAME}",
            )  # fmt: skip
    for name in sorted(open_for - set(phoned)) if phoned else ():
        subject.error(
            path,
            f"two clauses differ on the telephone: it is open for {name}, which does not say that it may be phoned in",
            f"write by phone: may with {name}, or take it out here",
        )  # fmt: skip
