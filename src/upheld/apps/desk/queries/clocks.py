"""What the core says of tickets: which clocks run, what is due, whether one may telephone."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from django.db.models import Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import parameters_at, terms_of, version_at, zones_at
from upheld.apps.desk.models import Run, Ticket
from upheld.apps.ledger.queries import live_facts
from upheld.core.clocks import DeskState, Gate, Timed, check_call, look_at_desk
from upheld.core.facts import Fact, known_at
from upheld.core.terms import Terms
from upheld.core.timeline import Instant


def facts_of_desk(agreement: Agreement, family: Collection[str], known_by: Instant) -> Sequence[Fact]:
    """
    The facts that matter to these tickets, as they were known: theirs, and all that are about no ticket.

    One agreement may have a hundred thousand tickets; whoever looks at one of them does not read them all.
    """
    facts = known_at(live_facts(agreement.key, known_by)[1], known_by)
    return [fact for fact in facts if (about := getattr(fact, "ticket", "")) == "" or about in family]


def family_of(names: Iterable[str]) -> frozenset[str]:
    """These tickets, those that go on for them, and all that were merged into any of them: one is told with the others."""
    known = {name for name in names if name}
    fresh = known
    while fresh:
        numbers = [int(name.removeprefix("T-")) for name in fresh]
        beside = Ticket.objects.filter(Q(merged_into__number__in=numbers) | Q(merged__number__in=numbers))
        fresh = {f"T-{number}" for number in beside.values_list("number", flat=True)} - known
        known = known | fresh
    return frozenset(known)


def digest_of_terms(agreement: Agreement, at: Instant) -> str:
    """One digest for all that decides when something is due under an agreement: its text, its calendars, its values."""
    version = version_at(agreement, at)
    values, zones = parameters_at(agreement, at), zones_at(agreement, at)
    known = [*map(repr, sorted(values.items())), *map(repr, sorted(zones.items()))]
    parts = [version.terms_digest, version.calendars_digest, *known]
    return sha256("\n".join(parts).encode()).hexdigest()


def desk_of(
    agreement: Agreement, names: Iterable[str], as_of: Instant, *, known_by: Instant | None = None, reasons: bool = True
) -> tuple[Terms, DeskState]:
    """
    The clocks of these tickets and of those merged with them, as seen from an instant. Raises CannotJudge.

    `known_by` is the later instant by which the facts were recorded, where one looks back.
    """
    terms, family = terms_of(agreement, as_of), family_of(names)
    facts = facts_of_desk(agreement, family, known_by or as_of)
    return terms, look_at_desk(terms, facts, as_of, only=family, reasons=reasons)


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
