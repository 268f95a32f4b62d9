"""How an agreement's service stands at an instant: the state that pages show, since when, and when it was last seen."""

from dataclasses import dataclass

from upheld.apps.fleet.queries import services_of
from upheld.apps.probes.queries import standing_of
from upheld.core.availability import Account, Outage
from upheld.core.timeline import MICRO, MINUTE, Instant
from upheld.pages.states import State, find_worst

LAST_SEAL = MINUTE * 10
"""Seen from a past instant, what was seen in its last minutes may not have been recorded then."""


@dataclass(frozen=True, slots=True)
class Stands:
    """`running` are the outages that last, the first to begin before the others."""

    state: State
    since: Instant | None
    seen_at: Instant | None
    running: tuple[Outage, ...]


def see_standing(key: str, account: Account | None, as_of: Instant, *, is_past: bool) -> Stands:
    """From the prober's last word; from a past instant, from the facts that were known then."""
    running = tuple(outage for outage in account.outages if outage.is_running) if account else ()
    if is_past:
        return look_back(account, running, as_of)
    standings = [standing_of(service, as_of) for service in services_of(key) if service.is_watched]
    seen_at = max((standing.seen_at for standing in standings if standing.seen_at), default=None)
    states = {State.read(standing.state): standing for standing in standings}
    worst = find_worst(list(states))
    if worst is State.DOWN:
        return Stands(tell_trouble(account, as_of), begin_of(running), seen_at, running)
    since = states[worst].since_at if worst in states and worst is not State.UP else None
    return Stands(worst, since, seen_at, running)


def look_back(account: Account | None, running: tuple[Outage, ...], as_of: Instant) -> Stands:
    if account is None:
        return Stands(State.UNKNOWN, None, None, ())
    seen = [span.end for span in account.partition.up]
    seen_at = max(seen, default=None)
    if running:
        return Stands(tell_trouble(account, as_of), begin_of(running), as_of, running)
    if seen_at is None or as_of - seen_at > LAST_SEAL:
        return Stands(State.UNKNOWN, seen_at, seen_at, ())
    return Stands(State.UP, None, seen_at, ())


def tell_trouble(account: Account | None, as_of: Instant) -> State:
    """What is down may be so within planned work, or for a reason that is excused."""
    if account is not None:
        if account.partition.out_of_base.contains(as_of.before(MICRO)):
            return State.MAINTENANCE
        if account.partition.excused_up.contains(as_of.before(MICRO)):
            return State.EXCLUDED
    return State.DOWN


def begin_of(running: tuple[Outage, ...]) -> Instant | None:
    return min((outage.span.start for outage in running), default=None)
