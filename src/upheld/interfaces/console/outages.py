"""Outages, the open ones first."""

from collections.abc import Mapping

from upheld.apps.agreements.queries import agreement
from upheld.apps.findings.queries import CannotJudge, counted_of, main_account, period_at, state_of
from upheld.apps.probes.queries import list_outages
from upheld.core.availability import Account, Outage
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.shown.facts import read_number
from upheld.pages.contexts.outages import OutageRow, OutagesPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName
from upheld.pages.words import say_minutes

AT_ONCE = 50


def show_outages(asked: Asked) -> OutagesPage:
    before = read_number(asked.query("before"), "before")
    listed = list_outages(limit=AT_ONCE + 1, before=before)
    shown = sorted(listed, key=lambda row: row.number, reverse=True)[:AT_ONCE]
    known = [row for row in listed if row in shown and not row.is_void and row.began_at <= asked.as_of]
    names = {row.key: name_for(asked, row) for row in asked.agreements()}
    judged = judge_each({row.service.agreement for row in known}, asked.as_of)
    rows = [
        tell_row(
            names[row.service.agreement],
            row.name,
            row.began_at,
            row.service.component,
            judged.get(row.name),
            row.ended_at,
            asked,
        )
        for row in known
    ]
    rows.sort(key=lambda row: row.ended_at is not None)
    older = Link("Older outages", f"{asked.url_of('outages')}?before={shown[-1].number}") if len(listed) > AT_ONCE else None
    return OutagesPage(as_of=asked.as_of, rows=tuple(rows), services_url=asked.url_of("services"), older=older)


def judge_each(keys: set[str], as_of: Instant) -> Mapping[str, tuple[Account, Outage]]:
    """Each outage as its agreement's judge reads it."""
    found = {}
    for key in keys:
        row = agreement(key)
        try:
            account = main_account(state_of(row, period_at(row, as_of), as_of))
        except CannotJudge:
            continue
        found.update({outage.id: (account, outage) for outage in (account.outages if account else ()) if account})
    return found


def tell_row(
    name: AgreementName,
    outage: str,
    began_at: Instant,
    component: str,
    judged: tuple[Account, Outage] | None,
    ended_at: Instant | None,
    asked: Asked,
) -> OutageRow:
    is_over = ended_at is not None and ended_at <= asked.as_of
    return OutageRow(
        name=outage,
        url=asked.url_of("outage", outage),
        agreement=name,
        component=component,
        started_at=began_at,
        ended_at=ended_at if is_over else None,
        cause=tell_causes(judged[1]) if judged else "",
        counts_as=tell_counting(*judged) if judged else "not judged",
    )


def tell_causes(outage: Outage) -> str:
    """The causes that somebody assigned; nothing where none is."""
    return ", ".join(dict.fromkeys(part.cause.name for part in outage.stretches if part.facts))


def tell_counting(account: Account, outage: Outage) -> str:
    """`down`, what it counts as otherwise, or how much of it is down."""
    counted = counted_of(account, outage)
    if counted == outage.span.length:
        return "down"
    if counted:
        return f"{say_minutes(counted)} down"
    effects = list(dict.fromkeys(part.cause.counts_as.value for part in outage.stretches))
    return " and ".join(effect for effect in effects if effect != "down") or "out of base, as planned work"
