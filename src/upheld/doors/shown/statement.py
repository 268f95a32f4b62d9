"""One statement: as it was issued, byte for byte, or as it would be stated now."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from upheld.apps.agreements.queries import version_at
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger.queries import checkpoints
from upheld.apps.ledger.services import open_signer
from upheld.apps.statements.queries import (
    NotSignedYet,
    UnknownStatement,
    bundle_of,
    content_of,
    is_outdated,
    list_statements,
    paper_of,
)
from upheld.apps.statements.queries import statement as read_statement
from upheld.core.timeline import Instant, Span
from upheld.doors.addresses import Answer
from upheld.doors.answering import close
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, find_agreement, name_for, zone_of
from upheld.doors.refusing import CannotShow, NotHere
from upheld.doors.shown.account import make_account
from upheld.doors.shown.statement_table import hand_out_table
from upheld.doors.shown.statements import Statement, link_statement, statement_url
from upheld.doors.shown.why import link_reasons, open_reasons, read_span
from upheld.doors.shown.witnessed import tell_witnessed
from upheld.gateways.pdf.naming import name_finding
from upheld.gateways.pyz import NAME as VERIFIER
from upheld.gateways.pyz import PAGE_NAME as VERIFIER_PAGE
from upheld.gateways.pyz import digest_verifier, read_page, read_verifier
from upheld.pages.contexts.parts import Form, Why
from upheld.pages.contexts.statements import StatementPage, WhyPage, WhyPart
from upheld.pages.words import say_day, say_month


def show_statement(asked: Asked, customer: str, document: str, period: str, number: int = 1) -> Answer:
    """The statement in the form that was asked for; where it is not issued yet, what it would say."""
    agreement, span = find_period(asked, customer, document, period)
    found = find_statement(asked, agreement, period, number)
    if found is None:
        return show_unissued(asked, agreement, span, number)
    content = content_of(found)
    if asked.form == "json":
        return close(HttpResponse(bytes(found.content), content_type="application/json; charset=utf-8"))
    if asked.form == "pdf":
        return print_paper(found)
    if asked.form == "csv":
        return close(hand_out_table(agreement, content, found.name))
    return make_issued_page(asked, found, content)


def find_period(asked: Asked, customer: str, document: str, period: str) -> tuple[Agreement, Span]:
    agreement = find_agreement(asked, document, customer)
    return agreement, read_span(asked, agreement, period)


def find_statement(asked: Asked, agreement: Agreement, period: str, number: int) -> Statement | None:
    """The issued one; none where it is not issued, or was not at the instant that the page looks from."""
    try:
        found = read_statement(f"{agreement.key}/{period}/{number}")
    except UnknownStatement:
        return None
    return found if Instant.of(found.as_of) <= asked.as_of else None


def last_number(agreement: Agreement, span: Span) -> int:
    return max((one.number for one in list_statements(agreement) if one.period == span), default=0)


# --- not issued yet ---------------------------------------------------------------------------------
def show_unissued(asked: Asked, agreement: Agreement, span: Span, number: int) -> Answer:
    """What would be stated now: only the next number of a period has such a page."""
    if span.start > asked.as_of or number != last_number(agreement, span) + 1:
        raise NotHere()
    if asked.form == "pdf":
        raise NotHere(says="A statement is printed once it is issued.")
    if asked.form == "csv":
        content = state_of(agreement, span, asked.as_of, others=True).to_json()
        return close(hand_out_table(agreement, content, content["statement"]))
    content = state_of(agreement, span, asked.as_of).to_json()

    def why_now(place: int) -> str:
        return link_reasons(asked, agreement, span, content["findings"][place]["rule"])

    page = make_account(asked, agreement, content, span, number, lines_of(asked, agreement.key), why_url=why_now)
    return with_deed(asked, agreement, page, span, number)


def with_deed(asked: Asked, agreement: Agreement, page: StatementPage, span: Span, number: int) -> StatementPage:
    if not asked.may_change:
        return page
    zone = zone_of(agreement)
    month = say_month(span, zone)
    is_over = span.end <= asked.at
    kind = "" if is_over else "interim "
    deed = f"Issue the {kind}statement" if number == 1 else f"Issue {kind}statement {number}"
    says = (
        ""
        if is_over
        else f"{month} runs until {say_day(span.end, zone, as_of=asked.at)}; a later statement follows this one."
    )
    return replace(page, deed=Form(url=statement_url(asked, agreement, span, number), deed=deed, fields=()), deed_says=says)


# --- issued -----------------------------------------------------------------------------------------
def make_issued_page(asked: Asked, found: Statement, content: dict[str, Any]) -> StatementPage:
    agreement, issued_at = found.agreement, Instant.of(found.as_of)
    facts = lines_of(asked, agreement.key)
    url = statement_url(asked, agreement, found.period, found.number)
    page = make_account(
        asked,
        agreement,
        content,
        found.period,
        found.number,
        facts,
        why_url=lambda place: url_of(asked, found, "why", place),
    )
    heads = [head for head in checkpoints(agreement.key) if head.size >= found.ledger_size]
    follower = next((one for one in list_statements(agreement) if one.follows_id == found.pk), None)
    outdated = follower is None and not asked.is_past and is_outdated(found, asked.as_of)
    version = version_at(agreement, found.period.start)
    page = replace(
        page,
        issued_at=issued_at,
        signed=tell_signed(asked, found) if heads else "Waits for its signature: the worker signs within a minute",
        bundle_url=url_of(asked, found, "bundle") if heads else "",
        bundle_name=bundle_name(found) if heads else "",
        verify_url=reverse("verifier"),
        page_url=reverse("verifier-page"),
        pdf_url=f"{url}.pdf",
        json_url=f"{url}.json",
        csv_url=f"{url}.csv",
        facts=heads[0].size if heads else found.ledger_size,
        checkpoint=heads[0].size if heads else None,
        checkpoint_at=heads[0].signed_at if heads else None,
        verifier_key=open_signer().verifier_key(),
        digests=(
            ("Statement", f"sha256 {found.digest}"),
            ("Text", f"sha256 {version.source_digest}"),
            ("Terms", f"sha256 {version.terms_digest}"),
            ("Calendars", f"sha256 {version.calendars_digest}"),
            ("Verifier", f"sha256 {digest_verifier()}"),
        ),
        follows=link_statement(asked, found.follows) if found.follows else None,
        followed_by=link_statement(asked, follower) if follower else None,
    )
    if not outdated:
        return page
    late = with_deed(asked, agreement, page, found.period, found.number + 1)
    says = "Facts came after this one was issued: a further statement would have other figures."
    return replace(late, deed_says=says) if late.deed else late


def tell_signed(asked: Asked, found: Statement) -> str:
    """That we signed it, and which of the customer's witnesses saw the ledger with it."""
    return ". ".join(filter(None, ("Signed", tell_witnessed(found.agreement, found.ledger_size, asked.as_of))))


def url_of(asked: Asked, found: Statement, what: str, *more: int) -> str:
    document, zone = found.agreement.version.document_id, zone_of(found.agreement)
    month = f"{zone.date_at(found.period.start):%Y-%m}"
    return asked.url_of(f"statement-{what}", found.agreement.customer.slug, document, month, found.number, *more)


def bundle_name(found: Statement) -> str:
    return f"{found.name.replace('/', '-')}.zip"


def download_bundle(asked: Asked, customer: str, document: str, period: str, number: int) -> Answer:
    found = get_issued(asked, customer, document, period, number)
    try:
        bundle = bundle_of(found)
    except NotSignedYet as problem:
        raise CannotShow("The bundle is not ready", f"{problem}.") from None
    response = HttpResponse(bundle, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{bundle_name(found)}"'
    return close(response)


def download_verifier(asked: Asked) -> HttpResponse:
    """The programme with which a customer checks a bundle: open to anybody, since it is for those who do not trust us."""
    response = HttpResponse(read_verifier(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{VERIFIER}"'
    return response


def download_verifier_page(asked: Asked) -> HttpResponse:
    """The second verifier: one page that a browser opens from the customer's own disk, where it reaches nothing."""
    response = HttpResponse(read_page(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{VERIFIER_PAGE}"'
    return response


def get_issued(asked: Asked, customer: str, document: str, period: str, number: int) -> Statement:
    agreement, _ = find_period(asked, customer, document, period)
    found = find_statement(asked, agreement, period, number)
    if found is None:
        raise NotHere()
    return found


def print_paper(found: Statement) -> HttpResponse:
    response = HttpResponse(paper_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.name.replace("/", "-")}.pdf"'
    return close(response)


def show_lines(asked: Asked, customer: str, document: str, period: str, number: int, figure: int) -> WhyPage | WhyPart:
    """The reasons of one figure as it was stated, or what lies below one step of them."""
    found = get_issued(asked, customer, document, period, number)
    findings = content_of(found)["findings"]
    if figure >= len(findings):
        raise NotHere(says=f"This statement has {len(findings)} figures.")
    finding, naming = findings[figure], name_for(asked, found.agreement, found.period.start)
    why = Why(step=finding["why"], agreement=naming, facts=lines_of(asked, naming.key), is_open=True)
    back = link_statement(asked, found)
    return open_reasons(asked, why, f"{naming.words}, {back.words}: {name_finding(finding)}.", None, back)
