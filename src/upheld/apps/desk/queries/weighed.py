"""What another priority would make of the clocks that run on a ticket, by the agreement's rule and by every other one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries.clocks import facts_of_desk, family_of
from upheld.core.clocks import look_at_desk
from upheld.core.facts import Fact, PrioritySet, known_at
from upheld.core.terms import Terms
from upheld.core.terms.clocks import CHANGES
from upheld.core.timeline import MICRO, Instant

RUNS = ("running", "paused", "not known")


@dataclass(frozen=True, slots=True)
class Moved:
    """
    One clock under another priority. `rule` is the agreement's own for a change, with its clauses; `otherwise` says when it
    would be due by each of the rules that agreements know. None is due while a pause hides it, or nothing is promised.
    """

    clock: str
    state: str
    before_at: Instant | None
    due_at: Instant | None
    rule: str
    clauses: tuple[str, ...]
    otherwise: tuple[tuple[str, Instant | None], ...]


def foresee_priority(ticket: Ticket, priority: str, at: Instant) -> tuple[Moved, ...]:
    """Every clock that would run on a ticket if its priority were set now. Nothing is recorded. Raises CannotJudge."""
    assert ticket.agreement is not None, "a held ticket has no priority"
    terms, family = terms_of(ticket.agreement, at), family_of([ticket.name])
    facts = facts_of_desk(ticket.agreement, family, at)
    # Without a side: by whoever the agreement lets decide.
    told = PrioritySet(
        id=f"{ticket.name}-foreseen", agreement=ticket.agreement.key, occurred_at=at, recorded_at=at, source="foreseen",
        ticket=ticket.name, priority=priority, by="foreseen",
    )  # fmt: skip
    before = {key: due for key, (_, due, _) in look_through(terms, facts, ticket, family, at).items()}
    then = known_at([*facts, told], at)
    ours = look_through(terms, then, ticket, family, at)
    others = {how: look_through(with_rule(terms, how), then, ticket, family, at) for how in CHANGES}
    moved = []
    for key, (state, due_at, case) in ours.items():
        rules = terms.desk.clocks[key[0]].each
        rule = next((one.rule for one in rules if one.name == case), rules[0].rule).after_change
        otherwise = tuple((how, found[key][1]) for how, found in others.items() if key in found)
        moved.append(Moved(key[0], state, before.get(key), due_at, rule.value, rule.clauses, otherwise))
    return tuple(moved)


Seen = dict[tuple[str, int], tuple[str, Instant | None, str]]


def look_through(terms: Terms, facts: Sequence[Fact], ticket: Ticket, family: frozenset[str], at: Instant) -> Seen:
    """The runs that go on, as seen a moment after the change: state, due instant and case of each."""
    desk = look_at_desk(terms, facts, at + MICRO, only=family, reasons=False)
    return {
        (run.clock, run.number): (run.state, run.due_at, run.case)
        for run in desk.of_ticket(ticket.name)
        if run.state in RUNS and not run.is_superseded
    }


def with_rule(terms: Terms, how: str) -> Terms:
    """The same terms, but for what a change does to a clock that runs."""
    clocks = {
        name: replace(cases, each=tuple(
            replace(case, rule=replace(case.rule, after_change=replace(case.rule.after_change, value=how)))
            for case in cases.each
        ))
        for name, cases in terms.desk.clocks.items()
    }  # fmt: skip
    return replace(terms, desk=replace(terms.desk, clocks=clocks))
