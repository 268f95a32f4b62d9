"""Tickets that became part of another: which of the two carries the time, so that no promise is lost or told twice."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from upheld.core.clocks.matter import Happening, Matter
from upheld.core.clocks.tickets import Ticket
from upheld.core.clocks.timed import Timed
from upheld.core.clocks.timing import time_clock
from upheld.core.explain import Verdict
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
        run = time_clock(terms, rule, one, fact.occurred_at)[-1]
        if not is_waiting(run):
            continue
        heir = time_clock(terms, rule, other, fact.occurred_at)[-1]
        if (is_waiting(heir) or heir.state == "not begun") and run.start_at is not None:
            merged[other.id] = begin_earlier(rule, other, run.start_at, fact)
            words = f"merged into {other.id}, which carries its time"
            merged[one.id] = replace(one, without_clock={**one.without_clock, rule.name: (words, ())})
        else:
            merged[one.id] = go_on_with(one, other, fact)
    return merged


def merges_of(tickets: Mapping[str, Ticket]) -> list[TicketMerged]:
    """The first merge of each ticket, in the order in which they happened."""
    found: Iterable[TicketMerged] = (ticket.merged[0] for ticket in tickets.values() if ticket.merged)
    return sorted(found, key=lambda fact: (fact.occurred_at.micros, fact.id))


def is_waiting(run: Timed) -> bool:
    """Whether a run is open and not yet missed."""
    return run.stop_at is None and run.start_at is not None and run.verdict in (Verdict.NOT_YET_KNOWN, Verdict.UNDECIDED)


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
