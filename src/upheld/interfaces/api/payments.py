"""Payments for programs of the provider: what came, the bank's file row by row, what a payment was for."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.billing import queries, services
from upheld.apps.parties.queries import is_staff
from upheld.core.timeline import Instant
from upheld.gateways.bank import read_rows
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Name, Said, Sent, tell_instant
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["money"])
LONGEST_FILE = 1_000_000


class PaymentTold(BaseModel):
    """
    A payment; `invoice` is null while a person has not said what it was for. From `reversed_at` on it counts no longer. Put
    aside as for no invoice, it has the reason in `aside_because`.
    """

    payment: str
    invoice: str | None
    agreement: str | None
    amount: str | None
    paid_at: InstantTold | None
    reference: str
    problem: str
    reversed_at: InstantTold | None
    aside_because: str


class RowTold(BaseModel):
    """What became of a row of the bank's file: one of the six answers, and a sentence."""

    row: int
    answer: str
    words: str
    invoice: str | None
    payment: str | None


class BankFileTold(BaseModel):
    """Every row of a bank's file, in its order."""

    rows: list[RowTold]


class BankFileSent(Sent):
    """A bank's CSV file. With `preview`, it is answered and nothing is recorded."""

    content: str = Field(min_length=1, max_length=LONGEST_FILE)
    file_name: Name
    preview: bool = False


class PurposeSent(Sent):
    """Which invoice a payment was for."""

    agreement: Name
    invoice: Name


class AsideSent(Sent):
    """Why a payment is for no invoice."""

    because: Said


class ReversalSent(Sent):
    """What becomes of the money that was counted wrongly, and why; for `another`, the invoice that it was for."""

    fate: Literal["another", "waits", "gone"]
    because: Said
    agreement: Name | None = None
    invoice: Name | None = None


class ReversalTold(BaseModel):
    """A reversal that waits for a second person, among the approvals."""

    proposal: str
    payment: str
    because: str


@router.get("/payments", response=list[PaymentTold], summary="List payments")
def list_payments(request: HttpRequest) -> list[PaymentTold]:
    """Those that wait for a person, those put aside, then payments towards invoices, the latest first."""
    refuse_customer(request)
    rows = (*queries.list_waiting_payments(), *queries.list_aside_payments(), *queries.list_payments())
    return [tell_payment(row) for row in rows]


@router.post("/payments", response={201: BankFileTold}, openapi_extra=KEYED, summary="Import a bank's file")
def import_payments(request: HttpRequest, sent: BankFileSent) -> HttpResponse:
    """Each row is answered, and recorded as `payment-received/1` where its invoice is known; again it changes nothing."""
    refuse_customer(request)
    refuse_reader(request)
    rows = read_rows(sent.content.encode())

    def deed(at: Instant) -> BankFileTold:
        if sent.preview:
            return tell_file(services.preview_payments(rows, at))
        by = name_asker(request)
        return tell_file(services.import_payments(rows=rows, origin=sent.file_name, by=by, at=at))

    return do_once(request, deed)


@router.post(
    "/payments/{name}/purpose", response={201: PaymentTold}, openapi_extra=KEYED, summary="Say what a payment was for"
)
def assign_payment(request: HttpRequest, name: str, sent: PurposeSent) -> HttpResponse:
    """It counts towards that invoice from now on, recorded as `payment-received/1`."""
    refuse_customer(request)
    refuse_reader(request)
    found = queries.payment(name)
    invoice = queries.invoice(sent.invoice, find_agreement(request, sent.agreement))

    def deed(at: Instant) -> PaymentTold:
        services.assign_payment(payment=found, invoice=invoice, by=name_asker(request), at=at)
        return tell_payment(queries.payment(name))

    return do_once(request, deed)


@router.post("/payments/{name}/aside", response={201: PaymentTold}, openapi_extra=KEYED, summary="Put a payment aside")
def put_payment_aside(request: HttpRequest, name: str, sent: AsideSent) -> HttpResponse:
    """It is for no invoice, such as a bank's fee, and waits no longer. Saying what it was for brings it back."""
    refuse_customer(request)
    refuse_reader(request)
    found = queries.payment(name)

    def deed(at: Instant) -> PaymentTold:
        services.put_aside(payment=found, because=sent.because, by=name_asker(request), at=at)
        return tell_payment(queries.payment(name))

    return do_once(request, deed)


@router.post(
    "/payments/{name}/reversal", response={201: ReversalTold}, openapi_extra=KEYED,
    summary="Propose that a payment was counted wrongly",
)  # fmt: skip
def propose_reversal(request: HttpRequest, name: str, sent: ReversalSent) -> HttpResponse:
    """Confirmed as any approval, it is recorded as `fact-corrected/1`, and what was paid by it is due again."""
    refuse_customer(request)
    refuse_reader(request)
    found = queries.payment(name)
    bound = find_agreement(request, sent.agreement) if sent.agreement else None
    named = queries.invoice(sent.invoice, bound) if sent.invoice else None

    def deed(at: Instant) -> ReversalTold:
        made = services.propose_reversal(
            payment=found, fate=sent.fate, because=sent.because, by=name_asker(request), at=at, invoice=named
        )
        return ReversalTold(proposal=made.name, payment=found.name, because=made.because)

    return do_once(request, deed)


def refuse_customer(request: HttpRequest) -> None:
    """The bank's files are the provider's own: to a customer's people they are not there."""
    if not is_staff(asker(request)):
        raise Problem(problems.NOT_ON_RECORD)


def tell_payment(row: Any) -> PaymentTold:
    return PaymentTold(
        payment=row.name, invoice=row.invoice.number if row.invoice else None,
        agreement=row.invoice.agreement.key if row.invoice else None, amount=row.amount or None,
        paid_at=tell_instant(row.paid_at), reference=row.reference, problem=row.problem,
        reversed_at=str(row.reversed_at) if row.reversed_at else None, aside_because=row.aside_because,
    )  # fmt: skip


def tell_file(answered: Any) -> BankFileTold:
    return BankFileTold(
        rows=[
            RowTold(
                row=one.row.number, answer=one.answer, words=one.words,
                invoice=one.invoice.number if one.invoice else None, payment=one.payment.name if one.payment else None,
            )
            for one in answered
        ]
    )  # fmt: skip
