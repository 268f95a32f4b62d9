"""The telephone: whether a call is for it now, with the first reason against it, and when it would be."""

from collections.abc import Sequence

from upheld.core.clocks.desk import DeskState, look_at_desk
from upheld.core.clocks.timed import Timed
from upheld.core.explain import Finding, Step, Verdict, show_instant
from upheld.core.facts import CallReceived, Fact, Frozen, frozen_class, of_kind
from upheld.core.terms import Terms
from upheld.core.terms.desk import Telephone
from upheld.core.timeline import MICRO, Instant, Span

TICKET_FIRST, NOT_FOR_THIS, ANSWERED, TOO_EARLY, OK = (
    "ticket-first", "not-for-this-priority", "already-answered", "too-early", "ok",
)  # fmt: skip


@frozen_class
class Gate(Frozen):
    """
    Whether one may telephone at an instant. `code` is the first reason that holds, or `ok`; `opens_after_at` is the
    instant after which one may, where time alone is missing; at it a call is still too early.
    """

    at: Instant
    ticket: str
    code: str
    opens_after_at: Instant | None
    why: Step

    @property
    def is_allowed(self) -> bool:
        return self.code == OK

    @property
    def earliest_at(self) -> Instant | None:
        """The first instant at which a call is in order."""
        return None if self.opens_after_at is None else self.opens_after_at + MICRO


def check_call(terms: Terms, desk: DeskState, ticket: str, at: Instant, facts: tuple[str, ...] = ()) -> Gate | None:
    """May somebody telephone about a ticket (empty: about none) at an instant? None where there is no telephone."""
    phone = terms.desk.telephone
    return None if phone is None else look_at_gate(phone, desk, ticket, at, facts)


def look_at_gate(phone: Telephone, desk: DeskState, ticket: str, at: Instant, facts: tuple[str, ...]) -> Gate:
    """The tests in their order; the first that fails is the code."""
    known = desk.tickets.get(ticket)
    if known is None or known.opened.occurred_at > at:
        if phone.needs_ticket.value:
            return gate(phone, at, ticket, TICKET_FIRST, "there was no ticket; one comes first", phone.needs_ticket, facts)
        return gate(phone, at, ticket, OK, "no ticket is needed", phone.needs_ticket, facts)
    facts = (*facts, known.opened.id)
    priority = desk.matters[ticket].known_at(at).get("priority")
    if priority not in phone.priorities.value:
        named = f"priority {priority}" if priority else "a ticket without a priority"
        words = f"{named}; the telephone is for {', '.join(phone.priorities.value)}"
        return gate(phone, at, ticket, NOT_FOR_THIS, words, phone.priorities, facts)
    if phone.opens_after.value is None:
        return gate(phone, at, ticket, OK, "no time must have run out", phone.opens_after, facts)
    runs = [run for run in desk.runs.get(phone.opens_after.value, ()) if run.matter == ticket]
    return check_run(phone, at, ticket, runs[0] if runs else None, facts)


def check_run(phone: Telephone, at: Instant, ticket: str, run: Timed | None, facts: tuple[str, ...]) -> Gate:
    """The gate by the clock that must have run out with nobody having answered."""
    if run is not None and run.stop_at is not None and run.stop_at <= at:
        words = f"it was answered {show_instant(run.stop_at)}"
        return gate(phone, at, ticket, ANSWERED, words, phone.opens_after, facts, run=run)
    if run is None or run.due_at is None:
        words = "no time runs on it that could run out"
        return gate(phone, at, ticket, TOO_EARLY, words, phone.opens_after, facts, run=run)
    if at <= run.due_at:
        words = f"nobody has answered; one may call after {show_instant(run.due_at)}, and not at it"
        return gate(phone, at, ticket, TOO_EARLY, words, phone.opens_after, facts, run.due_at, run)
    words = f"nobody has answered, and the time ran out {show_instant(run.due_at)}"
    return gate(phone, at, ticket, OK, words, phone.opens_after, facts, run.due_at, run)


def gate(
    phone: Telephone, at: Instant, ticket: str, code: str, words: str, term: object, facts: tuple[str, ...],
    opens_after: Instant | None = None, run: Timed | None = None,
) -> Gate:  # fmt: skip
    clauses = tuple(dict.fromkeys((*getattr(term, "clauses", ()), *phone.clauses)))
    readings = getattr(term, "readings", ())
    told = f"{words}: {phone.warning}" if phone.warning and code == TOO_EARLY else words
    because = (run.why,) if run else ()
    return Gate(at, ticket, code, opens_after, Step(code, told, clauses, readings, facts, because=because))


def judge_calls(terms: Terms, facts: Sequence[Fact], as_of: Instant) -> tuple[tuple[CallReceived, Gate], ...]:
    """Every call that came, held against the gate as it stood at its instant: what happened later changes nothing."""
    phone = terms.desk.telephone
    if phone is None:
        return ()
    judged = []
    for call in of_kind(facts, CallReceived):
        if call.occurred_at <= as_of:
            desk = look_at_desk(terms, facts, call.occurred_at, only=frozenset({call.ticket}))
            judged.append((call, look_at_gate(phone, desk, call.ticket, call.occurred_at, (call.id,))))
    return tuple(judged)


def find_call(call: CallReceived, found: Gate, period: Span) -> Finding:
    """The finding of one call. The customer's call is no promise of the provider: it is neither met nor missed."""
    quantities = (
        ("allowed", "yes" if found.is_allowed else "no"),
        ("opens after", found.opens_after_at or "none"),
    )
    return Finding(f"telephone/{call.call}", period, found.code, Verdict.NOT_APPLICABLE, found.why, quantities=quantities)
