"""`upheld invoices`: what waits and what is due, issuing, papers, exports, and payments from a bank's file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.reading import PAYMENTS, needs
from upheld.interfaces.cli.stopping import stop

invoices = typer.Typer(
    help="Invoices: drafts, issuing, papers, exports, payments.", no_args_is_help=True, rich_markup_mode=None
)
BY = "operator, upheld invoices"
Out = Annotated[Path | None, typer.Option(dir_okay=False, help="Write into this file; else it is printed.")]


@invoices.callback()
def start() -> None:
    """Invoices: drafts, issuing, papers, exports, payments."""


@invoices.command("list")
def show(home: Home = None) -> None:
    """List drafts that wait to be issued, then what is to be paid, overdue first."""
    open_rows(home)
    from upheld.apps.billing.queries import list_drafts, list_invoices, standing_of

    at = Instant(now_us())
    drafts = list_drafts(at)
    for draft in drafts:
        days = " to ".join(draft.content["days"])
        typer.echo(f"draft  {draft.agreement.key}  {days}  {draft.amount}")
    stands = [standing_of(row, at) for row in list_invoices() if row.kind == "invoice"]
    due = sorted((one for one in stands if one.left.amount > 0), key=lambda one: (not one.is_overdue, one.invoice.due_at))
    for one in due:
        row = one.invoice
        left = f"{one.left} left of {row.amount}, due {row.due_at:%Y-%m-%d}"
        typer.echo(f"{one.state}  {row.number}  {row.agreement.key}  {left}")
    if not drafts and not due:
        typer.echo("no draft waits and nothing is to be paid")


@invoices.command("issue")
def issue(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement.")],
    period: Annotated[str, typer.Option(help="The period, by year and month of its start: 2026-02.")],
    home: Home = None,
) -> None:
    """Issue the invoice of a period that is over, as it is reckoned now."""
    open_rows(home)
    from upheld.apps.agreements.queries import UnknownAgreement, terms_of
    from upheld.apps.agreements.queries import agreement as read_agreement
    from upheld.apps.billing.services import CannotIssue, issue_draft
    from upheld.apps.findings.queries import CannotJudge
    from upheld.core.statement import read_period

    at = Instant(now_us())
    try:
        bound = read_agreement(agreement)
        issued = issue_draft(agreement=bound, period=read_period(terms_of(bound, at), period), by=BY, at=at)
    except (UnknownAgreement, CannotIssue, CannotJudge, ValueError) as problem:
        stop(str(problem))
    typer.echo(f"{issued.number} is issued over {issued.amount}, due {issued.due_at:%Y-%m-%d}")


@invoices.command("paper")
def print_paper(
    number: Annotated[str, typer.Argument(help="The number of an invoice or a credit note.")],
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to print into.")],
    home: Home = None,
) -> None:
    """Print an invoice or a credit note as PDF: the same one gives the same bytes."""
    open_rows(home)
    from upheld.apps.billing.queries import NotDrawnUp, UnknownInvoice, invoice, paper_of

    try:
        file.write_bytes(paper_of(invoice(number)))
    except (UnknownInvoice, NotDrawnUp) as problem:
        stop(str(problem))
    typer.echo(f"{file}: {number}")


@invoices.command("export")
def export(
    form: Annotated[str, typer.Argument(help="csv or beancount.")],
    out: Out = None,
    home: Home = None,
) -> None:
    """Write every invoice and credit note: a row for each line as CSV, or double entries with the payments."""
    open_rows(home)
    from upheld.apps.billing.queries import list_invoices, list_payments, write_beancount, write_csv

    rows = list_invoices(limit=1_000_000)
    if form == "csv":
        text = write_csv(rows, Instant(now_us()))
    elif form == "beancount":
        text = write_beancount(rows, list_payments())
    else:
        stop(f"{form!r} is no form of export; there are csv and beancount")
    if out is None:
        typer.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8", newline="")
    typer.echo(f"{out}: {len(rows)} invoices and credit notes")


@invoices.command("pay")
def take_payments(
    file: Annotated[Path, typer.Argument(callback=needs(PAYMENTS), help="The bank's file, CSV.")],
    record: Annotated[bool, typer.Option("--record", help="Record the rows; without it they are only shown.")] = False,
    home: Home = None,
) -> None:
    """Show what a bank's file would do, row by row; with --record, do it. The same file again changes nothing."""
    open_rows(home)
    from upheld.apps.billing.services import import_payments, preview_payments
    from upheld.gateways.bank import NotABankFile, read_rows

    at = Instant(now_us())
    try:
        rows = read_rows(file.read_bytes())
    except NotABankFile as problem:
        stop(str(problem))
    answered = import_payments(rows=rows, origin=file.name, by=BY, at=at) if record else preview_payments(rows, at)
    for one in answered:
        typer.echo(tell(one))
    if answered and not record:
        typer.echo("nothing is recorded yet; --record does it", err=True)


def tell(one: Any) -> str:
    return f"line {one.row.begins_at}  {one.answer}: {one.words}"
