"""Payments: what came and waits for a person, the bank's file previewed and then recorded, what counts already."""

from typing import Any

from upheld.apps.billing.queries import (
    UnknownInvoice,
    UnknownPayment,
    invoice,
    list_payments,
    list_waiting_payments,
    payment,
)
from upheld.apps.billing.services import Answered, CannotPay, assign_payment, import_payments, preview_payments
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.invoices import say_reversal
from upheld.gateways.bank import NotABankFile, read_rows
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import say_count, say_money, say_sentence

ANSWERS = {
    "matched": Badge("Matched", "up", "up"), "part payment": Badge("Part payment", "run"),
    "overpaid": Badge("Overpaid", "run"), "unknown reference": Badge("Unknown reference", "unknown", "unknown"),
    "duplicate": Badge("Duplicate", "excluded"), "not readable": Badge("Not readable", "down", "down"),
}  # fmt: skip
LISTED = 200
MOST_BYTES = 1_000_000
"""Of a file that a page previews; `upheld invoices pay` reads larger ones."""
PAST = "You look from a past instant. Go back to now to record payments."


def show_payments(asked: Asked) -> Answer:
    return make_page(asked)


def make_page(
    asked: Asked, problems: tuple[Problem, ...] = (), seen: list[Answered] | None = None, text: str = "", origin: str = "",
    wrong: str = "",
) -> MoneyPage:  # fmt: skip
    waiting = [] if asked.is_past else list_waiting_payments()
    counted = [one for one in list_payments() if one.paid_at and Instant.of(one.paid_at) <= asked.as_of]
    sections = [] if seen is None else [tell_preview(asked, seen, text, origin)]
    sections.append(
        Section(
            anchor="waiting", heading="Waiting for a person", empty="Every payment that came counts towards an invoice.",
            entries=tuple(tell_waiting(asked, one, problems if one.name == wrong else ()) for one in waiting),
        )
    )  # fmt: skip
    if asked.may_change and seen is None:
        hint = "CSV with date, amount, currency and reference."
        file = Field(name="file", label="The bank’s file", kind="file", hint=hint)
        form = Form(
            url=asked.url_of("payment-deed", "preview"), deed="See what it would do", not_done="Nothing was read.",
            fields=(file,), problems=() if wrong else problems,
        )  # fmt: skip
        says = "Each row is answered before anything is recorded. The same file again changes nothing."
        sections.append(Section(anchor="import", heading="Import payments", form=form, says=says))
    sections.append(
        Section(
            anchor="counted", heading="Counted", empty="No payment is on record.",
            entries=tuple(tell_counted(asked, one) for one in counted[:LISTED]),
        )
    )  # fmt: skip
    some = say_count(len(waiting), "payment waits", "payments wait")
    return MoneyPage(
        as_of=asked.as_of, answer=f"{some} for a person" if waiting else "No payment waits", sections=tuple(sections),
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")), Link("Payments")),
    )  # fmt: skip


def tell_preview(asked: Asked, seen: list[Answered], text: str, origin: str) -> Section:
    entries = tuple(
        Entry(
            words=f"Line {one.row.begins_at}: {one.row.line}", badge=ANSWERS[one.answer], says=(say_sentence(one.words),)
        )
        for one in seen
    )  # fmt: skip
    new = sum(1 for one in seen if one.answer != "duplicate")
    form = Form(
        url=asked.url_of("payment-deed", "import"), deed=f"Record {say_count(new, 'row')}", fields=(),
        hidden=(("text", text), ("origin", origin)),
    )  # fmt: skip
    return Section(
        anchor="preview", heading=f"What {origin} would do", entries=entries, form=form if new else None,
        empty="The file has no rows.",
    )  # fmt: skip


def tell_waiting(asked: Asked, one: Any, problems: tuple[Problem, ...]) -> Entry:
    words = f"{one.name}: {say_money(one.money) if one.money else 'an amount that could not be read'}"
    says = tuple(
        line for line in (f"Reference: {one.reference}" if one.reference else "", say_sentence(one.problem),
                          f"As it came, in {one.origin}: {one.line}" if one.line else "") if line
    )  # fmt: skip
    field = Field(name="number", label=f"Number of the invoice that {one.name} is for", value=asked.sent("number"))
    form = Form(
        url=asked.url_of("payment-deed", "assign"), deed="Count it towards that", not_done="Nothing was recorded.",
        fields=(field,), problems=problems, hidden=(("payment", one.name),),
    )  # fmt: skip
    at = Instant.of(one.paid_at) if one.paid_at else None
    can = asked.may_change and one.money is not None and at is not None
    return Entry(words=words, at=at, says=says, deeds=(form,) if can else ())


def tell_counted(asked: Asked, one: Any) -> Entry:
    name = name_for(asked, one.invoice.agreement)
    return Entry(
        says=tuple(line for line in (say_reversal(asked, one, name),) if line),
        words=f"{one.name}: {say_money(one.money)} for {one.invoice.number}", at=Instant.of(one.paid_at),
        url=asked.url_of("invoice", one.invoice.agreement.key, one.invoice.number),
        agreement=name,
    )  # fmt: skip


def act(asked: Asked, deed: str) -> Answer:
    """Preview a bank's file, record it, or say which invoice a payment was for."""
    if asked.is_past:
        raise NotAllowed("Payments are recorded now", PAST)
    if deed == "assign":
        return assign(asked)
    if deed not in ("preview", "import"):
        raise NotHere()
    if deed == "preview":
        file = next(iter(asked.request.FILES.getlist("file")), None)
        origin, content = (str(file.name)[:200], file.read(MOST_BYTES + 1)) if file is not None else ("", b"")
    else:
        origin, content = asked.sent("origin")[:200], asked.request.POST.get("text", "").encode()
    try:
        if len(content) > MOST_BYTES:
            raise NotABankFile(f"a page reads {MOST_BYTES:,} bytes at most; `upheld invoices pay` reads more")
        rows = read_rows(content)
    except NotABankFile as problem:
        return answer(asked, make_page(asked, (Problem("file", say_sentence(str(problem))),)), status=422)
    if deed == "preview":
        # The file's own text goes back by the form: nothing is kept of what nobody decided to record.
        text = content.decode("utf-8-sig") if is_utf8(content) else content.decode("latin-1")
        return make_page(asked, seen=preview_payments(rows, asked.at), text=text, origin=origin or "the file")
    done = import_payments(rows=rows, origin=origin, by=asked.by, at=asked.at)
    new = [one for one in done if one.answer != "duplicate"]
    counted = sum(1 for one in new if one.invoice is not None)
    leave_toast(asked, f"{say_count(len(new), 'row is', 'rows are')} on record, {counted} towards invoices.")
    return to("payments")


def assign(asked: Asked) -> Answer:
    try:
        found = payment(asked.sent("payment"))
        counted = assign_payment(payment=found, invoice=invoice(asked.sent("number")), by=asked.by, at=asked.at)
    except UnknownPayment:
        raise NotHere() from None
    except (CannotPay, UnknownInvoice) as problem:
        wrong = asked.sent("payment")
        page = make_page(asked, (Problem("number", say_sentence(str(problem))),), wrong=wrong)
        return answer(asked, page, status=422)
    leave_toast(asked, f"{found.name} counts towards {counted.number}.")
    return to("payments")


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
