"""One service under one agreement: its month, its outages at their edges, spans that add up."""

import csv
import io

from django.http import HttpResponse

from upheld.apps.agreements.queries import document_of
from upheld.apps.findings.queries import look_ahead, main_account, period_at, state_of
from upheld.core.availability import Account
from upheld.core.service_hours import ServiceHours
from upheld.core.statement import Statement
from upheld.core.terms import Terms
from upheld.core.timeline import MICRO, ZERO, Instant, Span
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, find_agreement, name_for, zone_of
from upheld.doors.refusing import BadAsking
from upheld.doors.shown.edges import tell_edges
from upheld.doors.shown.endings import tell_end
from upheld.doors.shown.figures import budget_of, tell_availability
from upheld.doors.shown.spans import list_rows
from upheld.doors.shown.standing import see_standing
from upheld.doors.shown.why import read_span
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.services import NO_HOURS, ServicePage
from upheld.pages.states import State
from upheld.pages.words import say_length, say_month

CSV_HEAD = ("from", "to", "seconds", "state", "counts as", "because", "clauses")


def show_service(asked: Asked, document: str, customer: str) -> Answer:
    agreement = find_agreement(asked, document, customer)
    page = make_service_page(asked, agreement)
    return write_csv(page) if asked.form == "csv" else page


def choose_period(asked: Asked, agreement: Agreement) -> Span:
    """The period of `?period=2026-08`, else the running one. Raises BadAsking."""
    written = asked.query("period")
    if not written:
        return period_at(agreement, asked.as_of)
    period = read_span(asked, agreement, written)
    if period.start > asked.as_of:
        raise BadAsking(
            f"{say_month(period, zone_of(agreement))} has not begun",
            "Nothing is known of it yet. The page without a period shows the one that runs.",
        )
    return period


def make_service_page(asked: Asked, agreement: Agreement) -> ServicePage:
    name, period = name_for(asked, agreement), choose_period(asked, agreement)
    is_running = period.contains(asked.as_of)
    statement = state_of(agreement, period, asked.as_of)
    account = main_account(statement)
    facts = lines_of(asked, agreement.key)
    stands = see_standing(agreement.key, account, asked.as_of, is_past=asked.is_past)
    prospect = look_ahead(agreement, asked.as_of) if is_running and stands.running else None
    hours = find_hours(statement.judged.terms)
    running = stands.running[0] if is_running and stands.running else None
    deed = (
        Link("Assign a cause", f"{asked.url_of('outage', running.id)}#assign") if running and asked.may_change else Link("")
    )
    return ServicePage(
        as_of=statement.as_of,
        list_url=asked.url_of("services"),
        agreement=name,
        period=period,
        state=stands.state if is_running else State.UP,
        component=name_component(statement, account),
        since=stands.since if running else None,
        budget=budget_of(statement, account),
        missed_at=prospect.missed_at if prospect else None,
        is_decided=statement.is_over,
        lede=f"{tell_lede(statement, account) if is_running else ''} {tell_end(agreement, asked.as_of)}".strip(),
        figures=tell_availability(statement, name, facts),
        rows=list_rows(statement, account, facts, deed) if account else (),
        up=account.partition.up.total if account else ZERO,
        open_hours=hours.open_within(period) if hours else NO_HOURS,
        hours_clauses=document_of(agreement, period.start).clauses_of("calendars", hours.name) if hours else (),
        edges=tell_edges(agreement.key, account, statement, facts) if account else (),
        measured_by=tell_evidence(statement.judged.terms, account),
        before=link_before(asked, agreement, period),
        after=link_after(asked, agreement, period),
        csv_url=f"{name.url}.csv?period={write_period(agreement, period)}",
    )


def name_component(statement: Statement, account: Account | None) -> str:
    """The part that is in trouble, else the first of the promise's service."""
    if account is None:
        return "service"
    terms = statement.judged.terms
    service = terms.services[terms.availability[account.finding.rule.removeprefix("availability/")].service]
    running = [outage.component for outage in account.outages if outage.is_running]
    return next(iter(running or service.components), service.name)


def tell_lede(statement: Statement, account: Account | None) -> str:
    for outage in account.outages if account else ():
        if outage.is_running and not any(part.facts for part in outage.stretches):
            usual = statement.judged.terms.usual_cause
            counts = f", so it is read as {usual.name} and counts as {usual.counts_as.value}" if usual else ""
            return f"No cause is assigned to {outage.id} yet{counts}."
    return ""


def find_hours(terms: Terms) -> ServiceHours | None:
    """The hours that work is kept out of, else the first calendar that closes at all."""
    kept_free = [kind.outside.value for kind in terms.maintenance.values() if kind.outside]
    return next((hours for hours in (*kept_free, *terms.calendars.values()) if not hours.always), None)


def tell_evidence(terms: Terms, account: Account | None) -> str:
    if account is None:
        return ""
    promise = terms.availability[account.finding.rule.removeprefix("availability/")]
    told = []
    for name in promise.evidence:
        if found := terms.evidence.get(name):
            told.append(f"{found.source}{f', every {say_length(found.every)}' if found.every else ''}")
    return "; ".join(told)


def write_period(agreement: Agreement, period: Span) -> str:
    return f"{zone_of(agreement).date_at(period.start):%Y-%m}"


def link_period(asked: Asked, agreement: Agreement, period: Span) -> Link:
    address = asked.url_of("service", agreement.version.document_id, agreement.customer.slug)
    return Link(say_month(period, zone_of(agreement)), f"{address}?period={write_period(agreement, period)}")


def link_before(asked: Asked, agreement: Agreement, period: Span) -> Link | None:
    """The period before, unless nobody was bound yet."""
    if Instant.of(agreement.signed_at) >= period.start:
        return None
    return link_period(asked, agreement, period_at(agreement, period.start.before(MICRO)))


def link_after(asked: Asked, agreement: Agreement, period: Span) -> Link | None:
    if period.end > asked.as_of:
        return None
    return link_period(asked, agreement, period_at(agreement, period.end))


def write_csv(page: ServicePage) -> HttpResponse:
    """The spans of the period, a line each; the last is the time that was measured and up."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(CSV_HEAD)
    for row in page.rows:
        for span in row.spans:
            told = (row.state.phrase, row.counts_as, fit(row.because), " ".join(row.clauses))
            table.writerow((str(span.start), str(span.end), write_seconds(span.length.micros), *told))
    table.writerow(("", "", write_seconds(page.up.micros), "up", "up", "measured and up", ""))
    name = f"{page.agreement.key}-spans.csv"
    response = HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def write_seconds(micros: int) -> str:
    seconds, rest = divmod(micros, 1_000_000)
    return f"{seconds}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(seconds)


def fit(text: str) -> str:
    """Words that a spreadsheet does not read as a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
