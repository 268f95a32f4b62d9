"""How well clocks were kept: by agreement, clause and priority in a period, as the core judges it."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.http import HttpResponse

from upheld.apps.desk.queries.attainment import Attained, list_attained
from upheld.apps.desk.queries.ratings import contentment_in
from upheld.apps.findings.queries import CannotJudge, period_at, state_of
from upheld.core.explain import Share
from upheld.core.timeline import MICRO, Instant, Span
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.shown.due import name_clock
from upheld.doors.shown.why import link_reasons, read_span
from upheld.pages.contexts.attainment import AttainmentPage, AttainmentRow, LeftOut
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Held
from upheld.pages.words import join_words, say_count

ALL = "all"
HEAD = ("agreement", "period_start", "period_end", "clock", "clauses", "priority", "due", "met", "missed", "running",
        "excluded", "settled", "share_percent", "verdict", "excluded_because")  # fmt: skip


def show_attainment(asked: Asked) -> AttainmentPage | HttpResponse:
    chosen, period = asked.query("agreement"), asked.query("period")
    agreements = asked.agreements()
    shown = [asked.agreement(chosen)] if chosen else agreements
    rows: list[AttainmentRow] = []
    held = []
    rated: list[Entry] = []
    for one in shown:
        naming = name_for(asked, one)
        try:
            span = read_span(asked, one, period) if period else period_at(one, asked.as_of)
            rows += list_rows(asked, one, naming, span)
            rated += tell_contentment(asked, one, naming, span)
        except CannotJudge as problem:
            held.append(Held(f"{naming.words} cannot be judged.", str(problem)))
    page = AttainmentPage(
        as_of=asked.as_of, desk_url=asked.url_of("desk"), url=asked.url_of("attainment"), rows=tuple(rows),
        held=tuple(held), rated=make_section(rated),
        filters=list_filters(agreements, chosen, period), csv_url=csv_url(asked), period=period,
        before=link_before(asked, shown, period) if shown else None,
    )  # fmt: skip
    return write_csv(page) if asked.form == "csv" else page


def make_section(entries: Sequence[Entry]) -> Section:
    return Section(
        anchor="rated", heading="How content customers were", entries=tuple(entries),
        says="Of what was settled in the period and is settled still. Customers say it in the portal; nobody has to.",
        empty="No ticket was settled in this period.",
    )  # fmt: skip


def tell_contentment(asked: Asked, agreement: Agreement, naming: AgreementName, span: Span) -> Iterator[Entry]:
    """The mean with what it is of, and where to look."""
    found = contentment_in(agreement, span)
    if not found.settled:
        return
    mean = f"{found.tenths // 10}.{found.tenths % 10} of 5" if found.tenths is not None else "nobody said how content"
    each = join_words([f"{found.scores[score]} gave {score}" for score in sorted(found.scores, reverse=True)])
    of = f"Said of {found.rated} of {say_count(found.settled, 'settled ticket', 'settled tickets')}"
    yield Entry(
        words=f"{naming.words}: {mean}", says=(f"{of}{f': {each}' if each else ''}.",), agreement=naming,
        links=tuple(Link(name, asked.url_of("ticket", name)) for name in found.low),
    )  # fmt: skip


def list_filters(agreements: Sequence[Agreement], chosen: str, period: str) -> tuple[Field, ...]:
    keys = (Choice("", "all"), *(Choice(one.key, one.key) for one in agreements))
    return (
        Field(name="agreement", label="Agreement", value=chosen, choices=keys, is_list=True),
        Field(name="period", label="Period", value=period, kind="search", is_needed=False, example="2026-08"),
    )


def csv_url(asked: Asked) -> str:
    query = asked.request.GET.urlencode()
    return f"{asked.url_of('attainment.csv')}{f'?{query}' if query else ''}"


def link_before(asked: Asked, shown: Sequence[Agreement], period: str) -> Link | None:
    """The period before the one that is shown, by the first agreement's periods."""
    first = shown[0]
    try:
        span = read_span(asked, first, period) if period else period_at(first, asked.as_of)
        earlier = period_at(first, span.start.before(MICRO))
    except CannotJudge:
        return None
    month = f"{zone_of(first).date_at(earlier.start):%Y-%m}"
    key = asked.query("agreement")
    return Link(f"The period of {month}", f"{asked.url_of('attainment')}?period={month}{f'&agreement={key}' if key else ''}")


def list_rows(asked: Asked, agreement: Agreement, naming: AgreementName, span: Span) -> Iterator[AttainmentRow]:
    """Each clock as a whole, then by each priority that its tickets have; the whole leads to its reasons."""
    statement = state_of(agreement, span, asked.as_of)
    for one in list_attained(statement):
        row = tell_row(naming, one, statement.period)
        url = link_reasons(asked, agreement, span, f"clocks/{one.clock}") if one.priority is None else ""
        yield replace(row, url=url) if url else row


def tell_row(naming: AgreementName, one: Attained, period: Span) -> AttainmentRow:
    """The figures of the core's finding; what it left out is named with the reason."""
    value = one.judged.finding.value
    return AttainmentRow(
        agreement=naming,
        period=period,
        clock=name_clock(one.clock),
        clauses=one.judged.finding.why.clauses,
        priority=ALL if one.priority is None else one.priority or "none",
        due=one.due,
        met=one.count("met"),
        missed=one.count("missed"),
        running=one.count("running"),
        left_out=tuple(LeftOut(run.name, run.because) for run in one.left_out),
        share=value if isinstance(value, Share) else None,
        verdict=one.judged.finding.verdict,
    )


def write_csv(page: AttainmentPage) -> HttpResponse:
    """The rows of the page, a line each; instants in ISO 8601, the share as it is shown."""
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(HEAD)
    for row in page.rows:
        excluded = "; ".join(f"{one.name}: {one.because}" for one in row.left_out)
        table.writerow((
            row.agreement.key, write_instant(row.period.start), write_instant(row.period.end), row.clock,
            " ".join(row.clauses), row.priority, row.due, row.met, row.missed, row.running, len(row.left_out), row.settled,
            row.share_words.replace("\u00a0%", ""), row.verdict.value, excluded,
        ))  # fmt: skip
    response = HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="attainment.csv"'
    return response


def write_instant(at: Instant) -> str:
    return str(at)
