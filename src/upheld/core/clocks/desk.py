"""The desk as of an instant: every ticket with every clock on it, asked live or for a statement."""

from collections.abc import Mapping, Sequence

from upheld.core.availability import Outage, read_outages
from upheld.core.clocks.describing import describe_ticket
from upheld.core.clocks.holding import read_high_load
from upheld.core.clocks.incidents import Incident, find_incidents
from upheld.core.clocks.matter import Matter
from upheld.core.clocks.merging import merge_matters
from upheld.core.clocks.outages import describe_incident
from upheld.core.clocks.tickets import Ticket, read_tickets
from upheld.core.clocks.timed import Timed
from upheld.core.clocks.timing import time_clock
from upheld.core.facts import Fact, Frozen, HighLoadDeclared, frozen_class, of_kind
from upheld.core.terms import Terms
from upheld.core.timeline import Instant


@frozen_class
class DeskState(Frozen):
    """
    All tickets and their clocks as seen from an instant. `runs` holds for each clock every run, by its start.

    >>> [run.due_at for run in look_at_desk(terms, facts, as_of).of_ticket("T-1")]  # doctest: +SKIP
    """

    as_of: Instant
    tickets: Mapping[str, Ticket]
    matters: Mapping[str, Matter]
    incidents: tuple[Incident, ...]
    runs: Mapping[str, tuple[Timed, ...]]

    def of_ticket(self, ticket: str) -> tuple[Timed, ...]:
        """What runs on one ticket, clock by clock."""
        return tuple(run for runs in self.runs.values() for run in runs if run.matter == ticket)

    def last_run(self, clock: str, ticket: str) -> Timed | None:
        """The latest run of a clock on a ticket."""
        found = [run for run in self.runs.get(clock, ()) if run.matter == ticket]
        return found[-1] if found else None


def look_at_desk(
    terms: Terms, facts: Sequence[Fact], as_of: Instant, outages: Sequence[Outage] | None = None,
    only: frozenset[str] | None = None, reasons: bool = True,
) -> DeskState:  # fmt: skip
    """
    Every clock on every ticket, from facts as they were known (`known_at`), seen from an instant. `only` names the tickets
    that are asked for (those merged into them are looked at as well); `outages` may be given where they were read before.
    Without `reasons` each run has its figures and one sentence, which is enough for a list of all tickets.
    """
    read = read_outages(terms, facts, as_of) if outages is None else outages
    incidents = find_incidents(terms, read)
    by_outage = {outage.id: incident for incident in reversed(incidents) for outage in incident.outages}
    high_load = read_high_load(of_kind(facts, HighLoadDeclared))
    tickets = {name: ticket for name, ticket in read_tickets(facts, as_of).items() if is_asked(ticket, only)}
    matters = {name: describe_ticket(terms, ticket, by_outage, high_load, as_of) for name, ticket in tickets.items()}
    about_outages = {one.id: describe_incident(terms, one, facts, as_of) for one in incidents}
    runs: dict[str, tuple[Timed, ...]] = {}
    for name, rule in terms.desk.clocks.items():
        if rule.each[0].rule.is_about_outages:
            seen: Mapping[str, Matter] = about_outages
        else:
            seen = merge_matters(terms, rule, matters, tickets)
        timed = [run for matter in seen.values() for run in time_clock(terms, rule, matter, as_of, reasons)]
        runs[name] = tuple(sorted(timed, key=in_order))
    return DeskState(as_of, tickets, matters, incidents, runs)


def is_asked(ticket: Ticket, only: frozenset[str] | None) -> bool:
    return only is None or ticket.id in only or any(fact.into in only for fact in ticket.merged)


def in_order(run: Timed) -> tuple[int, str, int, bool]:
    start = run.start_at.micros if run.start_at else 0
    return start, run.matter, run.number, not run.is_superseded
