"""A customer's invoices: what is due first; each with its lines, clauses, reasons, credits and payments; its paper."""

from upheld.apps.billing.queries import UnknownInvoice, explain_misfit, invoice, list_invoices, standing_of
from upheld.apps.billing.queries.accounts import PAID, Booking, account_of
from upheld.core.money import Money
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotHere
from upheld.doors.shown.invoices import FACES, Invoice, describe, link_paper, list_parts, print_paper, tell_invoice
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Entry, InvoicesPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import join_words, say_count, say_money

MOST = 200
"""Lines of the account on the page, the latest."""


def show_invoices(asked: Asked) -> Answer:
    customer = customer_of(asked)
    rows = list_invoices(customer=customer) if customer is not None else []
    rows = [row for row in rows if Instant.of(row.issued_at) <= asked.as_of]
    standings = {row.pk: standing_of(row, asked.as_of) for row in rows if row.kind == "invoice"}
    due = [row for row in rows if row.pk in standings and standings[row.pk].state in ("overdue", "open", "part paid")]
    sums: dict[str, Money] = {}
    for row in due:
        left = standings[row.pk].left
        sums[left.currency] = sums[left.currency] + left if left.currency in sums else left
    total = join_words([say_money(amount) for amount in sums.values()])
    return InvoicesPage(
        as_of=asked.as_of,
        answer=f"{total} is due" if due else "Nothing is due",
        way=(Link("Home", asked.url_of("home")), Link("Invoices")),
        deeds=(Link("When a contract ends", asked.url_of("endings")),),
        sections=(
            Section(
                anchor="due", heading="Due", empty="Every invoice is paid.",
                entries=tuple(tell_invoice(asked, row, standings[row.pk]) for row in due[::-1]),
            ),
            Section(
                anchor="settled", heading="Settled, and credit notes", empty="No invoice is settled yet.",
                entries=tuple(tell_invoice(asked, row, standings.get(row.pk)) for row in rows if row not in due),
            ),
            tell_account(asked, account_of(customer, asked.as_of) if customer is not None else []),
        ),
    )  # fmt: skip


def tell_account(asked: Asked, bookings: list[Booking]) -> Section:
    """Every invoice, credit note and payment, the latest first, with what was owed after it."""
    entries = []
    for one in bookings[: -MOST - 1 : -1]:
        name = name_for(asked, one.invoice.agreement)
        what = f"Payment {one.name} of {one.invoice.number}" if one.kind == PAID else f"{one.kind.capitalize()} {one.name}"
        owed = f"{say_money(one.owed)} owed after it." if one.owed.amount >= 0 else f"{say_money(one.owed * -1)} too much."
        url = asked.url_of("invoice", one.invoice.agreement.key, one.invoice.number)
        entries.append(Entry(words=f"{what}: {say_money(one.amount)}", at=one.at, agreement=name, says=(owed,), url=url))
    older = len(bookings) - MOST
    return Section(
        anchor="account", heading="Account", entries=tuple(entries), empty="Nothing was invoiced yet.",
        says=f"{say_count(older, 'older line')} not shown." if older > 0 else "",
    )  # fmt: skip


def show_invoice(asked: Asked, key: str, number: str) -> Answer:
    """One invoice of this customer; NotHere for any other, whether it is there or not."""
    try:
        found = invoice(number, asked.agreement(key))
    except UnknownInvoice:
        raise NotHere() from None
    if Instant.of(found.issued_at) > asked.as_of:
        raise NotHere()
    if asked.form == "pdf":
        if not found.is_drawn_up:
            raise NotHere(says="It was written elsewhere: its paper came to you from there.")
        return print_paper(found)
    return make_page(asked, found)


def make_page(asked: Asked, row: Invoice) -> InvoicesPage:
    name, standing = name_for(asked, row.agreement), standing_of(row, asked.as_of)
    is_note = row.kind == "credit note"
    sections = (tell_note(asked, row),) if is_note else tuple(list_parts(asked, row, name))
    state = "" if is_note else f", {FACES[standing.state].words.lower()}"
    misfits = [] if is_note or not row.is_drawn_up else explain_misfit(row)
    return InvoicesPage(
        as_of=asked.as_of, answer=f"{row.number}: {say_money(row.money)}{state}",
        lede=" ".join((describe(asked, row, name), *(f"{reason}." for reason in misfits))),
        way=(Link("Home", asked.url_of("home")), Link("Invoices", asked.url_of("invoices")), Link(row.number)),
        deeds=link_paper(asked, row), sections=sections,
    )  # fmt: skip


def tell_note(asked: Asked, row: Invoice) -> Section:
    first = Entry(
        words=f"It takes back a part of {row.corrects.number}, or all of it",
        url=asked.url_of("invoice", row.agreement.key, row.corrects.number),
    )  # fmt: skip
    return Section(anchor="note", heading="What it takes back", entries=(first,))
