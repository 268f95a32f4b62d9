"""How a period of an agreement stands, as of an instant: the judge's statement, kept while nothing changed."""

import threading
from collections import OrderedDict
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, calendars_of, document_of, terms_of
from upheld.apps.ledger.queries import live_facts
from upheld.apps.probes.queries import unsealed_facts
from upheld.core.service_hours import Zone
from upheld.core.statement import Statement, TermsDoNotBind, build
from upheld.core.statement.gathering import read_period
from upheld.core.terms.document import Document
from upheld.core.terms.periods import UTC
from upheld.core.timeline import MICRO, MINUTE, Instant, Span

MOST_KEPT = 200

_Key = tuple[str, bytes, str, int, bool, bool, bool]
_kept: "OrderedDict[_Key, Statement]" = OrderedDict()
_lock = threading.Lock()


def state_of(
    agreement: Agreement, period: str | Span, as_of: Instant, *, others: bool = False, seen_at: Instant | None = None
) -> Statement:
    """
    How a period stands as of an instant: the same value that a statement would be made of.

    `period` is written `2026-02`, or is the span itself. Asked for again within a minute, with no new fact, the same answer
    is given. `others` adds what the other senses of readings would give. For an instant ahead, `seen_at` is now: what was
    seen then is supposed to last. Raises CannotJudge.
    """
    head, facts = live_facts(agreement.key, as_of)
    root = head.root if head else b""
    # Whoever looks from a whole second is never given lengths that end within one: they would not add up as shown.
    is_whole = as_of == as_of.raised()
    key = (agreement.key, root, str(period), as_of.micros // MINUTE.micros, others, seen_at is not None, is_whole)
    with _lock:
        kept = _kept.get(key)
    if kept is not None and kept.as_of <= as_of:
        return kept
    # What was seen since the last seal was seen; it only is not evidence yet.
    seen = (*facts, *unsealed_facts(agreement.key, seen_at or as_of, until=as_of))
    try:
        document, calendars = terms_for(agreement, period)
        made = build(document, calendars, seen, period, as_of, others=others)
    except TermsDoNotBind as problem:
        raise CannotJudge(f"{agreement.key} cannot be judged: {problem}") from None
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def terms_for(agreement: Agreement, period: str | Span) -> tuple[Document, dict[str, Any]]:
    """The terms, and their calendars, by which a period is judged: those that bind when it begins. Raises CannotJudge."""
    span = span_called(agreement, period) if isinstance(period, str) else period
    return document_of(agreement, span.start), calendars_of(agreement, span.start)


def span_called(agreement: Agreement, period: str) -> Span:
    """The period that `2026-02` names. Raises CannotJudge."""
    # Every version has the same periods; only the zone of their days may be another one by then.
    about = read_period(terms_of(agreement, Instant.of(agreement.signed_at)), period)
    return read_period(terms_of(agreement, about.end.before(MICRO)), period)


def period_at(agreement: Agreement, instant: Instant) -> Span:
    """The period of the agreement in which an instant lies. Raises CannotJudge."""
    return next(iter(terms_of(agreement, instant).periods.values())).containing(instant)


def periods_between(agreement: Agreement, start: Instant, end: Instant) -> list[Span]:
    """The periods that touch the time from `start` to before `end`, in order. Raises CannotJudge."""
    period = next(iter(terms_of(agreement, start).periods.values()))
    found: list[Span] = []
    at = start
    while at < end:
        found.append(period.containing(at))
        at = found[-1].end
    return found


def zone_of_days(agreement: Agreement) -> Zone:
    """The zone on whose dates the agreement's period lies: as it is written, else as a reading or a parameter gives it."""
    # Every version has the same periods.
    signed_at = Instant.of(agreement.signed_at)
    periods = document_of(agreement, signed_at).blocks.get("periods", {})
    zones = calendars_of(agreement, signed_at)["zones"]
    named = next((str(period.get("zone")) for period in periods.values()), UTC.name)
    if named in zones:
        return Zone.from_json(named, zones[named])
    try:
        return terms_of(agreement, signed_at).statement_period.zone
    except CannotJudge:
        return UTC
