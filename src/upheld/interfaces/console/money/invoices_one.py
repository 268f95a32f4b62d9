"""One invoice: lines, credits, payments, credit notes; a payment is recorded here, a credit note proposed and confirmed."""

from collections.abc import Callable, Iterator
from typing import Any

from upheld.apps.approvals import services as approvals
from upheld.apps.approvals.queries import waiting_for
from upheld.apps.billing.queries import UnknownInvoice, UnknownPayment, draft_of, explain_misfit, invoice, standing_of
from upheld.apps.billing.services import (
    CannotCredit,
    CannotPay,
    CannotReverse,
    confirm_credit_note,
    propose_credit_note,
    record_payment,
)
from upheld.apps.billing.services.invoices_notes import KIND
from upheld.apps.findings.queries import CannotJudge
from upheld.core.money import Money, NotMoney
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import name_for, say_person, zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.invoices import FACES, Invoice, describe, link_paper, list_parts, print_paper
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.interfaces.console.money.invoices_reversing import confirm_reversing, list_reversing, propose_reversing
from upheld.pages.contexts.lists import Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem
from upheld.pages.words import capitalise, say_money

WRONG = (
    CannotPay, CannotCredit, CannotReverse, UnknownInvoice, UnknownPayment, NotMoney, NotATime, approvals.AlreadyProposed,
    approvals.AlreadyDecided, approvals.SamePerson, approvals.NoReason,
)  # fmt: skip
PAST = "You look from a past instant. Go back to now to record something."


def find_invoice(asked: Asked, key: str, number: str) -> Invoice:
    try:
        found = invoice(number, asked.agreement(key))
    except UnknownInvoice:
        raise NotHere() from None
    if Instant.of(found.issued_at) > asked.as_of:
        raise NotHere()
    return found


def show_invoice(asked: Asked, key: str, number: str) -> Answer:
    found = find_invoice(asked, key, number)
    if asked.form == "pdf":
        if not found.is_drawn_up:
            raise NotHere(says="It was written elsewhere: its paper is there, too.")
        return print_paper(found)
    return make_page(asked, found)


def make_page(asked: Asked, row: Invoice, deed: str = "", problems: tuple[Problem, ...] = ()) -> MoneyPage:
    name, standing = name_for(asked, row.agreement), standing_of(row, asked.as_of)
    is_note = row.kind == "credit note"
    state = "" if is_note else f", {FACES[standing.state].words.lower()}"
    sections = [*list_parts(asked, row, name)] if not is_note else [tell_note(asked, row, name)]
    if not is_note:
        sections += list_checks(asked, row, name)
        if asked.may_change:
            sections += list_deeds(asked, row, name, standing.left, deed, problems)
    return MoneyPage(
        as_of=asked.as_of, answer=f"{row.number}: {say_money(row.money)}{state}", lede=describe(asked, row, name),
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")), Link(row.number)),
        deeds=link_paper(asked, row), sections=tuple(sections),
    )  # fmt: skip


def tell_note(asked: Asked, row: Invoice, name: AgreementName) -> Section:
    first = Entry(
        words=f"It takes back a part of {row.corrects.number}, or all of it", agreement=name,
        url=asked.url_of("invoice", row.agreement.key, row.corrects.number),
        says=(f"Proposed by {say_person(row.issued_by)}.",),
    )  # fmt: skip
    return Section(anchor="note", heading="What it takes back", entries=(first,))


def list_checks(asked: Asked, row: Invoice, name: AgreementName) -> Iterator[Section]:
    """Whether the facts of now would make another invoice, and whether it adds up as the standard has it."""
    if row.period is None or not row.is_drawn_up:
        return
    entries = [Entry(words=f"Not as EN 16931 adds up. {reason}.", agreement=name) for reason in explain_misfit(row)]
    try:
        now = draft_of(row.agreement, row.period, asked.as_of, takes_waiting=False)
    except CannotJudge as problem:
        entries.append(Entry(words=f"It cannot be reckoned again now: {problem}.", agreement=name))
        now = None
    if now is not None and str(now.amount) != row.amount and standing_of(row, asked.as_of).state != "taken back":
        words = f"By what is known now it would be {say_money(now.amount)}: something was recorded since."
        says = ("A credit note takes this one back; then the period has a draft again.",)
        entries.append(Entry(words=words, says=says, agreement=name))
    yield Section(
        anchor="checks", heading="Checked again", entries=tuple(entries),
        empty="Reckoned again from what is known now it is the same, and it adds up as EN 16931 has it.",
    )  # fmt: skip


def list_deeds(
    asked: Asked, row: Invoice, name: AgreementName, left: Money, deed: str, problems: tuple[Problem, ...]
) -> Iterator[Section]:
    def form(what: str, words: str, *fields: Field) -> Form:
        return Form(
            url=asked.url_of("invoice-deed", row.agreement.key, what), deed=words, not_done="Nothing was recorded.",
            fields=fields, hidden=(("number", row.number),), problems=problems if deed == what else (), agreement=name,
        )  # fmt: skip

    def kept(field: str, usual: str = "") -> str:
        return asked.sent(field) or usual

    now = write_time(asked.at, zone_of(row.agreement))
    paid = Field(name="paid", label="Paid", value=kept("paid", now), hint="With its zone.")
    amount = Field(name="amount", label="Amount", value=kept("amount", str(left)))
    reference = Field(name="reference", label="Reference", value=kept("reference"), is_needed=False)
    if left.amount > 0:
        yield Section(anchor="pay", heading="Record a payment", form=form("pay", "Record it", paid, amount, reference))
    yield from list_reversing(asked, row, form)
    if not row.is_drawn_up:
        return
    waiting = waiting_for(kind=KIND, subject=row.number, agreement=row.agreement.key)
    because = Field(name="because", label="Why, as the customer will read it", kind="long", value=kept("because"))
    if waiting is None:
        back = Field(
            name="taken", label="Amount, with tax", value=kept("taken"), is_needed=False,
            hint="Empty: all that is left of it.",
        )  # fmt: skip
        says = "A second person confirms it; then it has a number of its own, and the invoice stays as it is."
        yield Section(
            anchor="note", heading="Take it back", says=says, form=form("propose", "Propose a credit note", back, because)
        )
        return
    says = f"{say_person(waiting.proposed_by)} proposed a credit note over {waiting.content['amount']}: {waiting.because}"
    if waiting.proposed_by == asked.by:
        yield Section(anchor="note", heading="Take it back", empty=f"{says} Somebody else confirms it.")
        return
    yield Section(anchor="note", heading="Take it back", says=says, form=form("confirm", "Issue the credit note"))


def act(asked: Asked, key: str, deed: str) -> Answer:
    """Record a payment or propose to reverse one, propose a credit note, or do as the second person what waits."""
    if asked.is_past:
        raise NotAllowed("Facts are recorded now", PAST)
    deeds: dict[str, Callable[[Asked, Any], str]] = {
        "pay": pay, "propose": propose, "confirm": confirm, "reverse": propose_reversing,
        "confirm-reversal": confirm_reversing,
    }  # fmt: skip
    row = find_invoice(asked, key, asked.sent("number"))
    if deed not in deeds:
        raise NotHere()
    fields = {"pay": "amount", "propose": "because", "reverse": "fate"}
    try:
        told = deeds[deed](asked, row)
    except WRONG as problem:
        words = capitalise(problem)
        place = "paid" if isinstance(problem, NotATime) else fields.get(deed, "")
        return answer(asked, make_page(asked, row, deed, (Problem(place, words),)), status=422)
    leave_toast(asked, told)
    return to("invoice", key, row.number)


def pay(asked: Asked, row: Invoice) -> str:
    paid_at = read_time(asked.sent("paid"), {"": zone_of(row.agreement)})
    amount = Money.parse(asked.sent("amount"))
    record_payment(
        invoice=row, paid_at=paid_at, by=asked.by, at=asked.at, amount=amount, reference=asked.sent("reference")[:500]
    )
    return f"{say_money(amount)} towards {row.number} is on record."


def propose(asked: Asked, row: Invoice) -> str:
    if words := explain_length("The reason", asked.sent("because")):
        raise CannotCredit(words)
    amount = Money.parse(asked.sent("taken")) if asked.sent("taken") else None
    propose_credit_note(invoice=row, because=asked.sent("because"), by=asked.by, at=asked.at, amount=amount)
    return "It is proposed; a second person confirms it."


def confirm(asked: Asked, row: Invoice) -> str:
    waiting = waiting_for(kind=KIND, subject=row.number, agreement=row.agreement.key)
    if waiting is None:
        raise CannotCredit("nothing waits for a second person here any more")
    note = confirm_credit_note(approval=waiting, by=asked.by, at=asked.at)
    return f"{note.number} is issued."
