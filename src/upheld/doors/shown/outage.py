"""One outage: what it has cost so far, and which causes were put on it."""

from upheld.apps.findings.queries import (
    counted_of,
    credit_of,
    left_of,
    look_ahead,
    main_account,
    period_at,
    state_of,
    tell_counted,
)
from upheld.apps.probes.queries import outage as read_outage
from upheld.core.availability import Account, Outage
from upheld.core.statement import Statement
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import Gone, NotHere
from upheld.doors.shown.causes import list_causes
from upheld.doors.shown.edges import tell_edge
from upheld.doors.shown.figures import tell_owed, why_left
from upheld.pages.contexts.outages import OutagePage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Figure, Why
from upheld.pages.words import say_instant, say_month


def show_outage(asked: Asked, name: str) -> OutagePage:
    return tell_outage(asked, name)[0]


def tell_outage(asked: Asked, name: str) -> tuple[OutagePage, Agreement, Outage]:
    """The page without deeds, with the agreement and the outage as its judge reads it."""
    row = read_outage(name)
    bound = asked.agreement(row.service.agreement)
    if row.began_at > asked.as_of:
        raise NotHere(says=f"{name} had not begun at {say_instant(asked.as_of)}.")
    naming = name_for(asked, bound)
    period = period_at(bound, row.began_at)
    running_period = period_at(bound, asked.as_of)
    statement = state_of(bound, period, asked.as_of)
    account = main_account(statement)
    outage = next((one for one in account.outages if one.id == name), None) if account else None
    if account is None or outage is None:
        raise Gone(f"{name} was taken back", "It was recorded wrongly, and a second person approved that it is left out.",
                   (Link("Its facts", f"{asked.url_of('facts')}?agreement={bound.key}"),))  # fmt: skip
    facts = lines_of(asked, bound.key)
    is_open = outage.is_running and period == running_period
    prospect = look_ahead(bound, asked.as_of) if is_open else None
    page = OutagePage(
        as_of=statement.as_of,
        agreement=naming,
        component=row.service.component,
        edges=tell_edge(bound.key, outage, facts, statement.as_of),
        counted=counted_of(account, outage),
        owed=credit_of(statement, outage),
        figures=list_figures(bound, statement, account, outage, asked),
        why=Why(step=tell_counted(account, outage), agreement=naming, facts=facts),
        causes=list_causes(asked, statement, outage, facts),
        seen=row.because,
        list_url=asked.url_of("services"),
        until=prospect.missed_at if prospect else None,
    )
    return page, bound, outage


def list_figures(
    bound: Agreement, statement: Statement, account: Account, outage: Outage, asked: Asked
) -> tuple[Figure, ...]:
    """While it runs: what counts so far, what is left, what could then be claimed."""
    naming = name_for(asked, bound)
    counted = counted_of(account, outage)
    clauses = next((part.cause.counts_as.clauses for part in outage.stretches), ())
    says = "counted so far" if outage.is_running else "down and counted"
    figures = [Figure(value=counted, says=says, agreement=naming, clauses=clauses, anchor="why")]
    if not outage.is_running or not statement.period.contains(asked.as_of):
        return tuple(figures)
    prospect = look_ahead(bound, asked.as_of)
    facts = lines_of(asked, bound.key)
    month = say_month(statement.period, naming.zone).split("\u00a0")[0]
    if prospect.missed_at is not None and account.borne is not None:
        figures.append(
            Figure(value=left_of(account), says=f"more, and {month} is missed", why=why_left(account, naming, facts))
        )
    for owed in tell_owed(prospect)[:1]:
        when = say_instant(owed.at, naming.zone, as_of=asked.as_of)
        figures.append(
            Figure(value=owed.amount, says=f"can be claimed from {when} on, if it lasts: {owed.because}", anchor="why")
        )
    return tuple(figures)
