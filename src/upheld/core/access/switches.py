"""How a switch stands at an instant: as its holder turned it last, and nobody else."""

from collections.abc import Sequence

from upheld.core.explain import Step, show_instant
from upheld.core.facts import Fact, Frozen, SwitchTurned, frozen_class, of_kind
from upheld.core.terms.access import Switch
from upheld.core.timeline import Instant, Span


@frozen_class
class Standing(Frozen):
    """Whether a switch is on, and why."""

    is_on: bool
    why: Step


def stand_at(switch: Switch, facts: Sequence[Fact], at: Instant) -> Standing:
    """A turn works from the instant that the agreement says; the side that does not hold the switch turns nothing."""
    turned = sort_turns(switch, facts)
    working = [fact for fact in turned if fact.occurred_at + switch.delay.value <= at]
    strangers = [fact for fact in turns_of(switch, facts) if fact.side != switch.held_by.value and fact.occurred_at <= at]
    ignored = tuple(
        Step("no turn", f"the {fact.side} does not hold this switch", switch.held_by.clauses, facts=(fact.id,))
        for fact in strangers
    )
    if not working:
        is_on, words = switch.at_first.value, f"{switch.name} stands as at first"
        return Standing(
            is_on, Step(on_off(is_on), words, switch.at_first.clauses, switch.at_first.readings, because=ignored)
        )
    last = working[-1]
    words = f"{switch.name}, turned by the {last.side} on {show_instant(last.occurred_at)}"
    clauses = tuple(dict.fromkeys((*switch.clauses, *switch.delay.clauses)))
    return Standing(last.on, Step(on_off(last.on), words, clauses, switch.delay.readings, (last.id,), because=ignored))


def goes_off_within(switch: Switch, facts: Sequence[Fact], span: Span) -> SwitchTurned | None:
    """The first turn that closes the switch while somebody is in."""
    closing = (
        fact for fact in sort_turns(switch, facts)
        if not fact.on and span.start < fact.occurred_at + switch.delay.value < span.end
    )  # fmt: skip
    return next(closing, None)


def sort_turns(switch: Switch, facts: Sequence[Fact]) -> list[SwitchTurned]:
    held = [fact for fact in turns_of(switch, facts) if fact.side == switch.held_by.value]
    return sorted(held, key=lambda fact: (fact.occurred_at, fact.recorded_at, fact.id))


def turns_of(switch: Switch, facts: Sequence[Fact]) -> list[SwitchTurned]:
    return [fact for fact in of_kind(facts, SwitchTurned) if fact.switch == switch.name]


def on_off(is_on: bool) -> str:
    return "on" if is_on else "off"
