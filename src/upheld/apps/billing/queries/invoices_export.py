"""Invoices, credit notes and payments for other programs: CSV that no spreadsheet reads as formulas, and Beancount."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from upheld.apps.billing.models import Invoice, Payment
from upheld.apps.billing.queries.invoices_standing import standing_of
from upheld.core.money import Money
from upheld.core.timeline import Instant

HEAD = (
    "number", "kind", "corrects", "agreement", "customer", "period_from", "period_to", "issued_at", "due_at", "currency",
    "net", "tax", "gross", "to_pay", "paid", "taken_back", "left", "state", "line", "charge", "clauses", "words", "amount",
)  # fmt: skip
RECEIVABLE, INCOME, TAX, BANK = "Assets:Receivable", "Income:Services", "Liabilities:Tax:Sales", "Assets:Bank:Payments"


def write_csv(invoices: Sequence[Invoice], as_of: Instant) -> str:
    """A row for each line of each invoice, the sums repeated beside it; one row for an invoice without lines."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEAD)
    for invoice in invoices:
        sums = list_sums(invoice, as_of)
        lines = invoice.content.get("lines") or [None]
        for number, line in enumerate(lines, 1):
            own = tell_line(number, line) if line else ("",) * 5
            table.writerow([fit(cell) for cell in (*sums, *own)])
    return written.getvalue()


def list_sums(invoice: Invoice, as_of: Instant) -> tuple[str, ...]:
    standing, money = standing_of(invoice, as_of), invoice.money
    days = invoice.content.get("days", ("", ""))
    is_note = invoice.kind == Invoice.Kind.CREDIT_NOTE
    state = "" if is_note else standing.state
    return (
        invoice.number, invoice.kind, invoice.corrects.number if invoice.corrects else "", invoice.agreement.key,
        invoice.agreement.customer.name, *days, str(Instant.of(invoice.issued_at)), str(Instant.of(invoice.due_at)),
        money.currency, figure(invoice.net), figure(invoice.tax), figure(invoice.content.get("gross")),
        figure(invoice.amount), figure(str(standing.paid)), figure(str(standing.taken_back)),
        "" if is_note else figure(str(standing.left)), state,
    )  # fmt: skip


def tell_line(number: int, line: dict[str, object]) -> tuple[str, ...]:
    clauses = line["clauses"]
    assert isinstance(clauses, list), "as the invoice keeps them"
    return (str(number), str(line["charge"]), " ".join(clauses), str(line["words"]), figure(line["amount"]))


def figure(amount: object) -> str:
    """`GBP 250.00` as `250.00`; nothing for nothing."""
    return str(amount).partition(" ")[2] if amount else ""


def fit(cell: str) -> str:
    """A cell that a spreadsheet reads as no formula: an apostrophe before what would begin one; numbers as they are."""
    is_number = re.fullmatch(r"-\d+(\.\d+)?", cell, re.ASCII) is not None
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else cell


def write_beancount(invoices: Sequence[Invoice], payments: Sequence[Payment], as_of: Instant | None = None) -> str:
    """
    Double entries in the syntax of Beancount: each transaction adds up to nothing; accounts are opened on the first day.

    An invoice is owed by the customer, earned without its tax, and its tax is owed on; a credit note is the reverse; a
    payment goes from what is owed to the bank, and back where it was reversed, by `as_of` if that is given.
    """
    issued = ((day_of(one.issued_at), one.number, list(tell_invoice(one))) for one in invoices)
    entries = sorted([*issued, *tell_payments(payments, as_of)])
    if not entries:
        return ""
    accounts = sorted({posting.split("  ")[1] for _, _, lines in entries for posting in lines if posting.startswith("  ")})
    opened = [f"{entries[0][0]} open {account}" for account in accounts]
    return "\n".join([*opened, "", *("\n".join([*lines, ""]) for _, _, lines in entries)])


def tell_invoice(invoice: Invoice) -> Iterator[str]:
    money = invoice.money
    sign = -1 if invoice.kind == Invoice.Kind.CREDIT_NOTE else 1
    tax = Money.parse(invoice.tax) if invoice.tax else Money(Fraction(0), money.currency)
    of = f" of {invoice.corrects.number}" if invoice.corrects else ""
    kind = "Credit note" if invoice.kind == Invoice.Kind.CREDIT_NOTE else "Invoice"
    words = f"{kind} {invoice.number}{of}, {invoice.agreement.key}"
    yield f"{day_of(invoice.issued_at)} * {quote(invoice.agreement.customer.name)} {quote(words)}"
    yield post(account_of(invoice), money * sign)
    yield post(INCOME, Money(money.amount - tax.amount, money.currency) * -sign)
    if tax.amount:
        yield post(TAX, tax * -sign)


def tell_payments(payments: Sequence[Payment], as_of: Instant | None) -> Iterator[tuple[str, str, list[str]]]:
    for payment in payments:
        invoice, money = payment.invoice, payment.money
        if invoice is None or money is None or payment.paid_at is None:
            continue
        moved = [(day_of(payment.paid_at), "Payment", money)]
        if payment.reversed_at is not None and (as_of is None or payment.reversed_at <= as_of):
            moved.append((day_of(payment.reversed_at), "Reversal of payment", money * -1))
        for day, what, amount in moved:
            head = f"{quote(invoice.agreement.customer.name)} {quote(f'{what} {payment.name} of {invoice.number}')}"
            yield day, payment.name, [f"{day} * {head}", post(BANK, amount), post(account_of(invoice), amount * -1)]


def account_of(invoice: Invoice) -> str:
    """`Assets:Receivable:Acorn`: the customer's slug as Beancount takes a name."""
    plain = re.sub(r"[^A-Za-z0-9-]", "-", invoice.agreement.customer.slug)
    return f"{RECEIVABLE}:{plain[:1].upper()}{plain[1:]}"


def post(account: str, money: Money) -> str:
    return f"  {account}  {figure(str(money))} {money.currency}"


def quote(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def day_of(moment: object) -> str:
    return str(moment)[:10]
