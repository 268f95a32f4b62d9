"""What the core says of tickets: which clocks run, what is due, whether one may telephone."""

from collections.abc import Iterable, Sequence

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Run, Ticket
from upheld.apps.ledger.queries import live_facts
from upheld.core.clocks import DeskState, Gate, Timed, check_call, look_at_desk
from upheld.core.facts import Fact, known_at
from upheld.core.terms import Terms
from upheld.core.timeline import Instant


def facts_of_desk(agreement: Agreement, names: Iterable[str], as_of: Instant) -> Sequence[Fact]:
    """
    The facts that matter to these tickets and to those merged into them: theirs, and all that are about no ticket.

    One agreement may have a hundred thousand tickets; whoever looks at one of them does not read them all.
    """
    facts = known_at(live_facts(agreement.key, as_of)[1], as_of)
    wanted = family_of(names)
    return [fact for fact in facts if (about := getattr(fact, "ticket", "")) == "" or about in wanted]


def family_of(names: Iterable[str]) -> set[str]:
    """These tickets and all that were merged into one of them, however many times."""
    known = set(names)
    fresh = known
    while fresh:
        numbers = [int(name.removeprefix("T-")) for name in fresh]
        merged = Ticket.objects.filter(merged_into__number__in=numbers).values_list("number", flat=True)
        fresh = {f"T-{number}" for number in merged} - known
        known = known | fresh
    return known


def desk_of(agreement: Agreement, names: Sequence[str], as_of: Instant, *, reasons: bool = True) -> tuple[Terms, DeskState]:
    """The clocks of these tickets as seen from an instant. Raises CannotJudge."""
    terms = terms_of(agreement, as_of)
    facts = facts_of_desk(agreement, names, as_of)
    return terms, look_at_desk(terms, facts, as_of, only=frozenset(names), reasons=reasons)


def running_of(ticket: Ticket, as_of: Instant) -> tuple[Timed, ...]:
    """Every run of every clock on a ticket, with its reasons; none on a held one. Raises CannotJudge."""
    if ticket.agreement is None:
        return ()
    _, desk = desk_of(ticket.agreement, [ticket.name], as_of)
    return desk.of_ticket(ticket.name)


def may_call(ticket: Ticket, at: Instant) -> Gate | None:
    """Whether the customer may telephone about a ticket now, why, and from when; None where there is no telephone."""
    if ticket.agreement is None:
        return None
    terms, desk = desk_of(ticket.agreement, [ticket.name], at)
    return check_call(terms, desk, ticket.name, at)


def next_run(ticket: Ticket) -> Run | None:
    """The clock that is due next on a ticket, as last reckoned."""
    return ticket.runs.filter(state="running", due_us__isnull=False).order_by("due_us").first()


def tell_course(desk: DeskState, ticket: str, name: str, at: Instant) -> str:
    """What was known of a ticket at an instant: its `priority`, `state`, whom it is `waiting for`."""
    matter = desk.matters.get(ticket)
    value = matter.known_at(at).get(name) if matter else None
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
