"""Payments: what waits for a person, the bank's file previewed and then recorded, what is put aside, what counts."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.billing.queries import (
    UnknownInvoice,
    UnknownPayment,
    invoice,
    list_aside_payments,
    list_payments,
    list_waiting_payments,
    payment,
)
from upheld.apps.billing.services import (
    Answered,
    CannotPay,
    assign_payment,
    import_payments,
    preview_payments,
    put_aside,
)
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import name_for, say_person
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
    asked: Asked, problems: tuple[Problem, ...] = (), seen: list[Answered] | None = None, text: str = "", origin: str = ""
) -> MoneyPage:  # fmt: skip
    waiting = [] if asked.is_past else list_waiting_payments()
    aside = [one for one in list_aside_payments() if one.aside_at and Instant.of(one.aside_at) <= asked.as_of]
    counted = [one for one in list_payments() if one.paid_at and Instant.of(one.paid_at) <= asked.as_of]
    sections = [] if seen is None else [tell_preview(asked, seen, text, origin)]
    sections.append(
        Section(
            anchor="waiting", heading="Waiting for a person", empty="Every payment that came counts, or is put aside.",
            entries=tuple(tell_waiting(asked, one, problems) for one in waiting),
        )
    )  # fmt: skip
    if asked.may_change and seen is None:
        hint = "CSV with date, amount, currency and reference."
        file = Field(name="file", label="The bank’s file", kind="file", hint=hint)
        form = Form(
            url=asked.url_of("payment-deed", "preview"), deed="See what it would do", not_done="Nothing was read.",
            fields=(file,), problems=about("file", problems),
        )  # fmt: skip
        says = "Each row is answered before anything is recorded. The same file again changes nothing."
        sections.append(Section(anchor="import", heading="Import payments", form=form, says=says))
    sections.append(
        Section(
            anchor="aside", heading="Put aside", empty="Nothing is put aside.",
            entries=tuple(tell_aside(asked, one, problems) for one in aside[:LISTED]),
        )
    )  # fmt: skip
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
    field = Field(
        name=f"because-{one.name}", label=f"Why {one.name} is for no invoice", value=asked.sent(f"because-{one.name}"),
        example="the bank’s fee",
    )  # fmt: skip
    form = Form(
        url=asked.url_of("payment-deed", "aside"), deed="It is for no invoice", not_done="It was not put aside.",
        fields=(field,), problems=about(field.name, problems), hidden=(("payment", one.name),),
    )  # fmt: skip
    deeds = (*offer_counting(asked, one, problems), form) if asked.may_change else ()
    return Entry(
        words=name_money(one), at=Instant.of(one.paid_at) if one.paid_at else None, says=tell_row(one), deeds=deeds
    )  # fmt: skip


def tell_aside(asked: Asked, one: Any, problems: tuple[Problem, ...]) -> Entry:
    why = f"Put aside by {say_person(one.aside_by)}: {one.aside_because}"
    return Entry(
        words=name_money(one), at=Instant.of(one.aside_at), says=(why, *tell_row(one)),
        deeds=tuple(offer_counting(asked, one, problems)),
    )  # fmt: skip


def name_money(one: Any) -> str:
    return f"{one.name}: {say_money(one.money) if one.money else 'an amount that could not be read'}"


def tell_row(one: Any) -> tuple[str, ...]:
    """What the bank said of it, why nobody knew what it was for, and its line as it came."""
    came = f"As it came, in {one.origin}: {one.line}" if one.line else ""
    said = f"Reference: {one.reference}" if one.reference else ""
    return tuple(line for line in (said, say_sentence(one.problem), came) if line)


def offer_counting(asked: Asked, one: Any, problems: tuple[Problem, ...]) -> Iterator[Form]:
    """The form that counts it towards an invoice, where it could be read."""
    if asked.may_change and one.money is not None and one.paid_at:
        name = f"number-{one.name}"
        yield Form(
            url=asked.url_of("payment-deed", "assign"), deed="Count it towards that", not_done="Nothing was recorded.",
            fields=(Field(name=name, label=f"Number of the invoice that {one.name} is for", value=asked.sent(name)),),
            problems=about(name, problems), hidden=(("payment", one.name),),
        )  # fmt: skip


def about(field: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those of one form: each asks for one thing, and no two for one of the same name."""
    return tuple(problem for problem in problems if problem.field == field)


def tell_counted(asked: Asked, one: Any) -> Entry:
    name = name_for(asked, one.invoice.agreement)
    return Entry(
        says=tuple(line for line in (say_reversal(asked, one, name),) if line),
        words=f"{one.name}: {say_money(one.money)} for {one.invoice.number}", at=Instant.of(one.paid_at),
        url=asked.url_of("invoice", one.invoice.agreement.key, one.invoice.number),
        agreement=name,
    )  # fmt: skip


def act(asked: Asked, deed: str) -> Answer:
    """Preview a bank's file, record it, say which invoice a payment was for, or that it was for none."""
    if asked.is_past:
        raise NotAllowed("Payments are recorded now", PAST)
    if deed in ("assign", "aside"):
        return decide(asked, deed)
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


def decide(asked: Asked, deed: str) -> Answer:
    """Count a payment towards the invoice that it was for, or put it aside."""
    name = asked.sent("payment")
    field = f"{'number' if deed == 'assign' else 'because'}-{name}"
    written = asked.sent(field)
    try:
        found = payment(name)
        if deed == "assign":
            counted = assign_payment(payment=found, invoice=invoice(written), by=asked.by, at=asked.at)
            done = f"{name} counts towards {counted.number}."
        else:
            too_long = explain_length("the reason", written)
            if too_long:
                raise CannotPay(too_long)
            put_aside(payment=found, because=written, by=asked.by, at=asked.at)
            done = f"{name} is put aside."
    except UnknownPayment:
        raise NotHere() from None
    except (CannotPay, UnknownInvoice) as problem:
        return answer(asked, make_page(asked, (Problem(field, say_sentence(str(problem))),)), status=422)
    leave_toast(asked, done)
    return to("payments")


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True
