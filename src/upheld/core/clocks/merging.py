"""Tickets that became part of another: which of the two carries the time, so that no promise is lost or told twice."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from upheld.core.clocks.choosing import NOT_FOR_THIS
from upheld.core.clocks.matter import Happening, Matter
from upheld.core.clocks.tickets import Ticket
from upheld.core.clocks.timed import Timed
from upheld.core.clocks.timing import time_clock
from upheld.core.facts import TicketMerged
from upheld.core.terms import Terms
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import Instant


def merge_matters(
    terms: Terms, rule: Cases[Clock], matters: Mapping[str, Matter], tickets: Mapping[str, Ticket]
) -> dict[str, Matter]:
    """
    The matters as one clock sees them after all merges. While both still wait, the one that goes on takes the earlier
    start, and the other has no clock any more; where only the merged one waits, what happens to the other stops it. What
    was settled before the merge stays as it was.
    """
    merged = dict(matters)
    for fact in merges_of(tickets):
        one, other = merged.get(fact.ticket), merged.get(fact.into)
        if one is None or other is None or one.id == other.id:
            continue
        started_at = find_waiting(terms, rule, one, fact.occurred_at)
        if started_at is None:
            continue
        if is_open_for_more(terms, rule, other, fact.occurred_at):
            merged[other.id] = begin_earlier(rule, other, started_at, fact)
            words = f"merged into {other.id}, which carries its time"
            merged[one.id] = replace(one, without_clock={**one.without_clock, rule.name: (words, ())})
        else:
            merged[one.id] = go_on_with(one, other, fact)
    return merged


def merges_of(tickets: Mapping[str, Ticket]) -> list[TicketMerged]:
    """The first merge of each ticket, in the order in which they happened."""
    found: Iterable[TicketMerged] = (ticket.merged[0] for ticket in tickets.values() if ticket.merged)
    return sorted(found, key=lambda fact: (fact.occurred_at.micros, fact.id))


def find_waiting(terms: Terms, rule: Cases[Clock], matter: Matter, at: Instant) -> Instant | None:
    """Since when a run was open at an instant, and not yet missed; None where none was."""
    begun = runs_begun(terms, rule, matter, at)
    return begun[-1].start_at if begun and is_waiting(begun[-1], at) else None


def is_open_for_more(terms: Terms, rule: Cases[Clock], matter: Matter, at: Instant) -> bool:
    """Whether a matter can take over what waits elsewhere: its own run waits too, or has not begun."""
    begun = runs_begun(terms, rule, matter, at)
    return not begun or is_waiting(begun[-1], at)


def runs_begun(terms: Terms, rule: Cases[Clock], matter: Matter, at: Instant) -> list[Timed]:
    return [run for run in time_clock(terms, rule, matter, at) if run.start_at is not None and run.start_at <= at]


def is_waiting(run: Timed, at: Instant) -> bool:
    """Whether a run that has begun was open at an instant: neither stopped nor over by then, and with a time at all."""
    is_stopped = run.stop_at is not None and run.stop_at <= at
    is_over = run.due_at is not None and run.due_at < at
    return run.state not in ("no time", NOT_FOR_THIS) and not is_stopped and not is_over


def begin_earlier(rule: Cases[Clock], matter: Matter, at: Instant, fact: TicketMerged) -> Matter:
    """A matter on which the clock's start events happened at an earlier instant as well."""
    events = dict(matter.events)
    for name in rule.each[0].rule.starts.value.events:
        told = (*events.get(name, ()), Happening(at, (fact.id,)))
        events[name] = tuple(sorted(told, key=lambda one: one.at.micros))
    return replace(matter, events=events)


def go_on_with(matter: Matter, other: Matter, fact: TicketMerged) -> Matter:
    """A matter to which everything happens that happens to another from a merge on."""
    events = {
        name: tuple(sorted(
            (*matter.events.get(name, ()), *(one for one in told if one.at >= fact.occurred_at)),
            key=lambda one: one.at.micros,
        ))
        for name, told in other.events.items()
    }  # fmt: skip
    return replace(matter, events={**matter.events, **events})
