"""Statements: what customers were told, the latest first, and what waits to be told."""

from typing import Any

from upheld.apps.findings.queries import CannotJudge, period_at
from upheld.apps.statements.queries import content_of, list_due, list_statements
from upheld.core.explain import Verdict
from upheld.core.money import Money, NotMoney
from upheld.core.timeline import Instant, Span
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.statements import StatementRow, StatementsPage
from upheld.pages.words import say_month

Statement = Any
"""A row of the statements, as their queries give it."""
MOST_SHOWN = 200
WORST_FIRST = (
    Verdict.MISSED, Verdict.UNDECIDED, Verdict.UNDEFINED, Verdict.NOT_YET_KNOWN, Verdict.MET, Verdict.NOT_REACHED,
    Verdict.REACHED, Verdict.NOT_APPLICABLE,
)  # fmt: skip


def show_statements(asked: Asked) -> StatementsPage:
    deeds = tuple(list_waiting(asked)) if asked.may_change else ()
    return StatementsPage(as_of=asked.as_of, rows=tuple(list_rows(asked)), deeds=deeds)


def list_rows(asked: Asked) -> list[StatementRow]:
    """What was told by the instant that the page looks from, the latest first."""
    told = [one for one in see_statements(asked) if Instant.of(one.as_of) <= asked.as_of]
    names = {one.pk: one for one in told}
    return [tell_row(asked, one, names) for one in told]


def see_statements(asked: Asked) -> list[Statement]:
    """Of the agreements that whoever asks may learn of, the latest first."""
    if asked.frame.sees_all:
        return list_statements(limit=MOST_SHOWN)
    told = [one for agreement in asked.agreements() for one in list_statements(agreement, limit=MOST_SHOWN)]
    return sorted(told, key=lambda one: (one.as_of, one.pk), reverse=True)[:MOST_SHOWN]


def tell_row(asked: Asked, statement: Statement, known: dict[int, Statement]) -> StatementRow:
    content, naming = content_of(statement), name_for(asked, statement.agreement, statement.period.start)
    first = main_finding(content)
    follower = next((one for one in known.values() if one.follows_id == statement.pk), None)
    return StatementRow(
        url=statement_url(asked, statement.agreement, statement.period, statement.number),
        agreement=naming,
        period=statement.period,
        number=statement.number,
        issued_at=Instant.of(statement.as_of),
        verdict=Verdict(first["verdict"]) if first else Verdict.NOT_APPLICABLE,
        figure=first["shown"] if first else "no promise",
        credited=credited(content),
        followed_by=link_statement(asked, follower) if follower else None,
    )


def list_waiting(asked: Asked) -> list[Link]:
    """Periods that are over without a statement, and the running ones: each leads to what would be stated."""
    found = []
    for agreement, period in list_due(asked.as_of):
        words = f"Look at {name_period(agreement, period)}, which is due"
        found.append(Link(words, statement_url(asked, agreement, period, 1)))
    for agreement in asked.agreements():
        try:
            period = period_at(agreement, asked.as_of)
        except CannotJudge:
            continue
        if Instant.of(agreement.signed_at) < asked.as_of:
            number = 1 + sum(1 for one in list_statements(agreement) if one.period == period)
            words = f"Look at {name_period(agreement, period)}, which still runs"
            found.append(Link(words, statement_url(asked, agreement, period, number)))
    return found


def name_period(agreement: Agreement, period: Span) -> str:
    return f"{say_month(period, zone_of(agreement))} for {agreement.customer.name}"


def statement_url(asked: Asked, agreement: Agreement, period: Span, number: int) -> str:
    """The first of a period stands at the period's address, later ones below it."""
    names = [agreement.customer.slug, agreement.version.document_id, f"{zone_of(agreement).date_at(period.start):%Y-%m}"]
    return asked.url_of("statement", *names) if number == 1 else asked.url_of("later-statement", *names, number)


def link_statement(asked: Asked, statement: Statement) -> Link:
    month = say_month(statement.period, zone_of(statement.agreement))
    url = statement_url(asked, statement.agreement, statement.period, statement.number)
    return Link(f"{month}, statement {statement.number}", url)


def main_finding(content: dict[str, Any]) -> dict[str, Any] | None:
    """The promise that the statement speaks of first: of several that which stands worst, else the first."""
    promised = [finding for finding in content["findings"] if finding["rule"].startswith("availability/")]
    return min(promised, key=lambda finding: WORST_FIRST.index(finding["verdict"]), default=None)


def credited(content: dict[str, Any]) -> Money | None:
    """What is granted in money, all credits together; None where nothing is."""
    granted = [read_money(credit["granted"]) for credit in content["credits"] if credit["granted_units"]]
    amounts = [amount for amount in granted if amount is not None]
    return sum(amounts[1:], amounts[0]) if amounts else None


def credited_time(content: dict[str, Any]) -> str:
    """What is granted in time: `3 days`."""
    granted = [credit["granted"] for credit in content["credits"] if credit["granted_units"]]
    return " and ".join(words for words in granted if read_money(words) is None)


def read_money(written: str) -> Money | None:
    try:
        return Money.parse(written)
    except NotMoney:
        return None
