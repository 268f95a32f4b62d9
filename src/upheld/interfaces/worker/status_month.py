"""One month of the public status page: the same spans day by day, and all its trouble in words."""

from collections.abc import Iterator
from datetime import date

from upheld.apps.ledger.services import open_signer
from upheld.apps.maintenance.queries import windows_of
from upheld.apps.probes.queries import first_seen, list_outages, list_standings
from upheld.core.timeline import MICRO, Instant, Span
from upheld.gateways.pyz import NAME, WITNESS_NAME
from upheld.interfaces.worker.status_days import read_days
from upheld.interfaces.worker.status_page import (
    HEAD,
    HEADS,
    link_head,
    link_stamp,
    name_provider,
    show_component,
    show_troubles,
)
from upheld.pages.contexts import Link, StatusMonthPage
from upheld.pages.words import UTC, say_month

MOST_MONTHS = 36
"""How far back the history goes."""


def list_months(as_of: Instant) -> list[Span]:
    """The months of UTC in which anything was watched, the latest first."""
    begun = first_seen()
    if begun is None:
        return [month_of(as_of)]
    return list(walk_back(as_of, max(begun, Instant(0))))[:MOST_MONTHS]


def walk_back(as_of: Instant, begun: Instant) -> Iterator[Span]:
    month = month_of(as_of)
    yield month
    while month.start > begun:
        month = month_of(month.start.before(MICRO))
        yield month


def month_of(instant: Instant) -> Span:
    day = UTC.date_at(instant)
    later = day.year * 12 + day.month
    return Span(Instant.midnight(day.replace(day=1)), Instant.midnight(date(later // 12, later % 12 + 1, 1)))


def build_status_month(month: Span, as_of: Instant) -> StatusMonthPage:
    """A month as of an instant: of a month that is over, the whole of it."""
    outages = [row for row in list_outages(limit=100_000) if not row.is_void]
    components, troubles = [], []
    for standing in list_standings(as_of):
        own = [row for row in outages if row.service_id == standing.service.pk]
        work = [window for window in windows_of(standing.service.agreement) if window.state != "cancelled"]
        days = read_days(standing, own, month, as_of)
        components.append(show_component(standing, days, work, month, as_of))
        troubles += show_troubles(standing, own, days, month, as_of)
    known = list_months(as_of)
    return StatusMonthPage(
        provider=name_provider(),
        as_of=as_of,
        month=month,
        components=tuple(components),
        troubles=tuple(sorted(troubles, key=lambda trouble: trouble.span, reverse=True)),
        verifier_keys=(open_signer().verifier_key(),),
        verifier_url=f"../{NAME}",
        head_url=link_head(f"../{HEADS}/{HEAD}"),
        stamp_url=link_stamp("../"),
        witness_url=link_head(f"../{WITNESS_NAME}"),
        now_url="../index.html",
        history_url=name_file(known[0]),
        before=link_month(month_of(month.start.before(MICRO)), known),
        after=link_month(month_of(month.end), known),
    )


def link_month(month: Span, known: list[Span]) -> Link | None:
    return Link(say_month(month), name_file(month)) if month in known else None


def name_file(month: Span) -> str:
    return f"{month.start.utc():%Y-%m}.html"
