"""Payments of an invoice that were counted wrongly: one person proposes what becomes of the money, another confirms."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from upheld.apps.approvals.queries import list_waiting
from upheld.apps.billing.queries import UnknownPayment, invoice, payment, payments_of
from upheld.apps.billing.services import CannotReverse, confirm_reversal, propose_reversal
from upheld.apps.billing.services.payments_reversing import ANOTHER, FATES, KIND
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import say_person
from upheld.doors.shown.invoices import Invoice
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.parts import Choice, Field, Form
from upheld.pages.words import say_money

HEADING = "A payment that was not for it"


def list_reversing(asked: Asked, row: Invoice, form: Callable[..., Form]) -> Iterator[Section]:
    """What may be proposed of its payments, and what waits for a second person."""
    counted = [one for one in payments_of(row) if one.counts_at(asked.as_of)]
    names = {one.name for one in counted}
    waiting = [one for one in list_waiting(kinds=(KIND,), agreement=row.agreement.key) if one.subject in names]
    for one in waiting:
        to = f" {one.content['invoice']}, {one.content['agreement']}" if one.content["fate"] == ANOTHER else ""
        says = (
            f"{say_person(one.proposed_by)} proposed that {one.subject} counts no longer. {FATES[one.content['fate']]}{to}. "
            f"Why: {one.because}"
        )
        anchor, heading = f"reversal-{one.subject}", f"{one.subject} was not for it"
        if one.proposed_by == asked.by:
            yield Section(anchor=anchor, heading=heading, empty=f"{says} Somebody else confirms it.")
        else:
            bare = form("confirm-reversal", f"Count {one.subject} no longer")
            confirm = replace(bare, hidden=(*bare.hidden, ("proposal", one.name)))
            yield Section(anchor=anchor, heading=heading, says=says, form=confirm)
    free = [one for one in counted if one.name not in {one.subject for one in waiting}]
    if not free:
        return
    which = Field(
        name="payment", label="Payment", value=asked.sent("payment") or free[0].name,
        choices=tuple(Choice(one.name, f"{one.name}: {say_money(one.money)}") for one in free if one.money),
    )  # fmt: skip
    fate = Field(
        name="fate", label="What becomes of the money", value=asked.sent("fate") or ANOTHER,
        choices=tuple(Choice(name, words) for name, words in FATES.items()),
    )  # fmt: skip
    right = Field(
        name="right", label="Number of that other invoice", value=asked.sent("right"), is_needed=False,
        hint="Where it was for another one.",
    )  # fmt: skip
    because = Field(name="because", label="Why, as the customer will read it", kind="long", value=asked.sent("because"))
    asks = form("reverse", "Propose that it counts no longer", which, fate, right, because)
    yield Section(
        anchor="reverse", heading=HEADING, form=asks,
        says="A second person confirms it. The payment stays on record, and what it had paid is due again.",
    )  # fmt: skip


def propose_reversing(asked: Asked, row: Invoice) -> str:
    if words := explain_length("The reason", asked.sent("because")):
        raise CannotReverse(words)
    found = payment(asked.sent("payment"))
    if found.invoice_id != row.pk:
        raise UnknownPayment(f"{found.name} is no payment of {row.number}")
    number = asked.sent("right")
    propose_reversal(
        payment=found, fate=asked.sent("fate"), because=asked.sent("because"), by=asked.by, at=asked.at,
        invoice=invoice(number) if number else None,
    )  # fmt: skip
    return "It is proposed; a second person confirms it."


def confirm_reversing(asked: Asked, row: Invoice) -> str:
    """The proposal that was seen, which is about a payment of this invoice."""
    names = {one.name for one in payments_of(row)}
    waiting = [one for one in list_waiting(kinds=(KIND,), agreement=row.agreement.key) if one.subject in names]
    found = next((one for one in waiting if one.name == asked.sent("proposal")), None)
    if found is None:
        raise CannotReverse("nothing waits for a second person here any more")
    return f"{confirm_reversal(approval=found, by=asked.by, at=asked.at).name} counts no longer."
