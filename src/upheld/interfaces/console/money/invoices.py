"""Invoices in the console: what is overdue first, then drafts that wait to be issued, then what is open, then the rest."""

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse

from upheld.apps.billing.queries import (
    Draft,
    list_drafts,
    list_invoices,
    list_payments,
    list_waiting_payments,
    standing_of,
    write_beancount,
    write_csv,
)
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.answering import close
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.shown.invoices import say_days, tell_invoice
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import join_words, say_count, say_money

DRAFT = Badge("Draft", "pause")
LISTED = 100
"""Settled invoices on the page; the exports have all."""


def show_invoices(asked: Asked) -> Answer:
    rows = [row for row in list_invoices() if Instant.of(row.issued_at) <= asked.as_of]
    if asked.form == "csv":
        return hand_out(write_csv(rows, asked.as_of), "invoices.csv", "text/csv")
    standings = {row.pk: standing_of(row, asked.as_of) for row in rows if row.kind == "invoice"}
    overdue = [row for row in rows if row.pk in standings and standings[row.pk].is_overdue]
    unpaid = [row for row in rows if row.pk in standings and standings[row.pk].state in ("open", "part paid")]
    settled = [row for row in rows if row not in overdue and row not in unpaid]
    drafts = [] if asked.is_past else list_drafts(asked.at)
    shared = find_shared(drafts)
    waiting = 0 if asked.is_past else len(list_waiting_payments())
    return MoneyPage(
        as_of=asked.as_of,
        answer=tell_answer(len(overdue), len(drafts)),
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices")),
        deeds=(
            Link("Payments", asked.url_of("payments")), Link("What is looked after", asked.url_of("looked-after")),
            Link("Volumes", asked.url_of("volumes")), Link("Ends of contracts", asked.url_of("endings")),
            Link("Addresses", asked.url_of("letterheads")), Link("CSV", asked.url_of("invoices.csv")),
            Link("Beancount", asked.url_of("invoices-beancount")),
        ),
        lede=f"{say_count(waiting, 'payment waits', 'payments wait')} for a person." if waiting else "",
        sections=(
            Section(
                anchor="overdue", heading="Overdue", empty="Nothing is overdue.",
                entries=tuple(tell_invoice(asked, row, standings[row.pk]) for row in overdue[::-1]),
            ),
            Section(
                anchor="drafts", heading="Drafts", entries=tuple(tell_draft(asked, draft, shared) for draft in drafts),
                says="Drawn up from the agreement and what is recorded; each is there until a person issues it.",
                empty="Every period that is over and cost something is invoiced.",
            ),
            Section(
                anchor="open", heading="Open", empty="No invoice is open.",
                entries=tuple(tell_invoice(asked, row, standings[row.pk]) for row in unpaid[::-1]),
            ),
            Section(
                anchor="settled", heading="Settled, and credit notes", empty="No invoice is settled yet.",
                entries=tuple(tell_invoice(asked, row, standings.get(row.pk)) for row in settled[:LISTED]),
            ),
        ),
    )  # fmt: skip


def tell_answer(overdue: int, drafts: int) -> str:
    first = f"{say_count(overdue, 'invoice is', 'invoices are')} overdue" if overdue else "No invoice is overdue"
    return f"{first}; {say_count(drafts, 'draft waits', 'drafts wait')} to be issued" if drafts else first


def find_shared(drafts: Iterable[Draft]) -> frozenset[int]:
    """The credits that wait in more than one draft: the first to be issued takes them off."""
    counted = Counter(one.id for draft in drafts for one in draft.waiting)
    return frozenset(credit for credit, count in counted.items() if count > 1)


def tell_draft(asked: Asked, draft: Draft, shared: frozenset[int]) -> Entry:
    name = name_for(asked, draft.agreement)
    undecided = f"{say_count(len(draft.undecided), 'line is', 'lines are')} undecided: it cannot be issued yet."
    first = [one.name for one in draft.waiting if one.id in shared]
    lines = (
        f"{say_count(len(draft.charged), 'line')} charged"
        + (f", {say_count(len(draft.credits), 'credit')} taken off." if draft.credits else "."),
        f"{join_words(first)}: taken off by whichever draft of the customer is issued first." if first else "",
        undecided if draft.undecided else "",
    )
    return Entry(
        words=f"{say_days(draft.content)}: {say_money(draft.amount)}, {name.words}", badge=DRAFT, agreement=name,
        url=asked.url_of("draft", draft.agreement.key, draft.content["days"][0][:7]),
        says=tuple(line for line in lines if line),
    )  # fmt: skip


def download_beancount(asked: Asked) -> Answer:
    """Every invoice, credit note and payment as double entries."""
    rows = [row for row in list_invoices(limit=100_000) if Instant.of(row.issued_at) <= asked.as_of]
    paid = [row for row in list_payments() if row.paid_at and Instant.of(row.paid_at) <= asked.as_of]
    return hand_out(write_beancount(rows, paid, asked.as_of), "invoices.beancount", "text/plain")


def hand_out(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return close(response)
