"""Invoices as programs see their drafts, issue them, read them and take them back."""

import datetime as dates
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.approvals.queries import waiting_for
from upheld.apps.billing import queries, services
from upheld.apps.billing.services.invoices_notes import KIND
from upheld.apps.findings.queries import terms_of
from upheld.core.statement import read_period
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import find_agreement, name_asker, now, refuse_reader, refuse_stale
from upheld.interfaces.api.fields import Amount, InstantTold, Moment, Said, Sent, misfit, tell_instant
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["money"])


class InvoiceLineTold(BaseModel):
    """A line: `amount` is null where nothing is charged; `state` and `words` say why."""

    charge: str
    state: str
    words: str
    amount: str | None
    clauses: list[str]


class DraftTold(BaseModel):
    """The invoice of a period as it would be issued now; `digest` names exactly this draft."""

    agreement: str
    first_day: dates.date
    last_day: dates.date
    lines: list[InvoiceLineTold]
    credited: str
    net: str
    tax: str | None
    gross: str | None
    digest: str


class InvoiceWhole(BaseModel):
    """An invoice or a credit note that was issued. Of one that was written elsewhere only the sum is known."""

    invoice: str
    kind: str
    agreement: str
    corrects: str | None
    amount: str
    net: str
    tax: str
    lines: list[InvoiceLineTold]
    credited: str | None
    issued_at: InstantTold
    due_at: InstantTold
    paid: str
    taken_back: str
    left: str
    state: str


class ProposedTold(BaseModel):
    """A credit note that waits for a second person."""

    proposal: str
    invoice: str
    amount: str
    because: str


class IssueSent(Sent):
    """With `digest`, only the draft that was seen. Without `due_at`, it is due in 30 days."""

    digest: str = Field(default="", max_length=64)
    due_at: Moment | None = None


class CreditNoteSent(Sent):
    """Why it is taken back; without `amount` all that is left of it."""

    because: Said
    amount: Amount | None = None


@router.get("/agreements/{key}/drafts", response=list[DraftTold], summary="List drafts")
def list_drafts(request: HttpRequest, key: str) -> list[DraftTold]:
    """Every period that is over, costs something and has no invoice that stands; the oldest first."""
    return [tell_draft(draft) for draft in queries.list_drafts(now(), find_agreement(request, key))]


@router.get("/agreements/{key}/drafts/{period}", response=DraftTold, summary="One draft")
def show_draft(request: HttpRequest, key: str, period: str) -> DraftTold:
    """What a period costs, as it would be issued now; of a period that runs, what it costs so far."""
    row = find_agreement(request, key)
    draft = queries.draft_of(row, find_span(row, period), now())
    if draft is None:
        raise Problem(problems.NOT_ON_RECORD, f"{key} charges nothing, or does not say how amounts are rounded")
    return tell_draft(draft)


@router.post(
    "/agreements/{key}/drafts/{period}/issue", response={201: InvoiceWhole}, openapi_extra=KEYED, summary="Issue a draft"
)
def issue_draft(request: HttpRequest, key: str, period: str, sent: IssueSent) -> HttpResponse:
    """Recorded as `invoice-issued/1`, under the next number of the year's series; granted credits are taken off."""
    row = find_agreement(request, key)
    refuse_reader(request)
    return do_once(
        request,
        lambda at: tell_whole(
            services.issue_draft(
                agreement=row, period=find_span(row, period), by=name_asker(request), at=at, digest=sent.digest,
                due_at=sent.due_at,
            ),
            at,
        ),
    )  # fmt: skip


@router.get("/agreements/{key}/invoices/{invoice}", response=InvoiceWhole, summary="One invoice")
def show_invoice(request: HttpRequest, key: str, invoice: str) -> InvoiceWhole:
    """An invoice or a credit note, with its lines as issued and how it stands."""
    return tell_whole(queries.invoice(invoice, find_agreement(request, key)), now())


@router.post(
    "/agreements/{key}/invoices/{invoice}/credit-notes", response={201: ProposedTold}, openapi_extra=KEYED,
    summary="Propose a credit note",
)  # fmt: skip
def propose_note(request: HttpRequest, key: str, invoice: str, sent: CreditNoteSent) -> HttpResponse:
    """Nothing is issued before a second person confirms it."""
    row = find_agreement(request, key)
    refuse_reader(request)
    found = queries.invoice(invoice, row)

    def deed(at: Instant) -> ProposedTold:
        made = services.propose_credit_note(
            invoice=found, because=sent.because, by=name_asker(request), at=at, amount=sent.amount
        )
        return ProposedTold(proposal=made.name, invoice=found.number, amount=made.content["amount"], because=made.because)

    return do_once(request, deed)


@router.post(
    "/agreements/{key}/invoices/{invoice}/credit-notes/confirm", response={201: InvoiceWhole}, openapi_extra=KEYED,
    summary="Issue the credit note that waits",
)  # fmt: skip
def confirm_note(request: HttpRequest, key: str, invoice: str) -> HttpResponse:
    """As the second person. Recorded as `invoice-credited/1`, under a number of its own series."""
    row = find_agreement(request, key)
    refuse_reader(request)
    refuse_stale(request)
    found = queries.invoice(invoice, row)

    def deed(at: Instant) -> InvoiceWhole:
        waiting = waiting_for(kind=KIND, subject=found.number, agreement=row.key)
        if waiting is None:
            raise Problem(problems.NOT_NOW, f"no credit note of {found.number} waits for a second person; propose one")
        return tell_whole(services.confirm_credit_note(approval=waiting, by=name_asker(request), at=at), at)

    return do_once(request, deed)


def find_span(row: Any, period: str) -> Any:
    try:
        return read_period(terms_of(row, now()), period)
    except (ValueError, OverflowError) as problem:
        raise misfit("period", "a period by year and month, 2026-02", period, str(problem)) from None


def tell_lines(content: dict[str, Any]) -> list[InvoiceLineTold]:
    fields = InvoiceLineTold.model_fields
    return [InvoiceLineTold(**{name: line[name] for name in fields}) for line in content.get("lines", ())]


def tell_draft(draft: Any) -> DraftTold:
    content = draft.content
    sums = {name: content[name] for name in ("agreement", "credited", "net", "tax", "gross")}
    first, last = content["days"]
    return DraftTold(first_day=first, last_day=last, lines=tell_lines(content), digest=draft.digest, **sums)


def tell_whole(row: Any, at: Instant) -> InvoiceWhole:
    stands, is_note = queries.standing_of(row, at), row.kind == "credit note"
    return InvoiceWhole(
        invoice=row.number, kind=row.kind, agreement=row.agreement.key, amount=row.amount, net=row.net, tax=row.tax,
        corrects=row.corrects.number if row.corrects else None, lines=tell_lines(row.content),
        credited=row.content.get("credited"), issued_at=tell_instant(row.issued_at) or "",
        due_at=tell_instant(row.due_at) or "", paid=str(stands.paid), taken_back=str(stands.taken_back),
        left=str(stands.left), state="issued" if is_note else stands.state,
    )  # fmt: skip
