"""Issuing the invoice of a period: number, row, facts and the credits that it takes off, all in one transaction."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts import issued_fact
from upheld.apps.billing.models import Invoice
from upheld.apps.billing.queries.invoices import of_period
from upheld.apps.billing.queries.invoices_drafts import Draft, draft_of, find_standing
from upheld.apps.billing.services.credits_applying import apply_credit
from upheld.apps.billing.services.invoices_numbers import INVOICES, take_number
from upheld.apps.billing.services.payments import settle, tell_invoice
from upheld.apps.findings.queries import period_at
from upheld.apps.ledger.services import lock_tree, record
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import DAY, Instant, Span

log = logging.getLogger("upheld.billing")

TERM = DAY * 30
"""The time to pay where nobody says another: what Directive 2011/7/EU, article 3, has where nothing is agreed."""


class CannotIssue(ValueError):
    """An invoice that is not issued: the period runs, costs nothing, is invoiced, or something of it is undecided."""


class DraftChanged(CannotIssue):
    """A fact came since the draft was looked at, so that it is not what the person decided to issue."""


def issue_draft(
    *, agreement: Agreement, period: Span, by: str, at: Instant, digest: str = "", due_at: Instant | None = None
) -> Invoice:
    """
    Issue the invoice of a period as it is reckoned now. With `digest`, only the draft that was seen.

    Its number follows the last one of the year's series without a gap: it is taken in the same transaction. Credits that
    wait are taken off by it, each once, as far as they fit. Raises CannotIssue, and CannotJudge.
    """
    with transaction.atomic():
        # Whoever issues has all numbers and the agreement's ledger to himself until it is committed.
        take_turn()
        lock_tree(agreement.key)
        draft = find_draft(agreement, period, at)
        if digest and digest != draft.digest:
            raise DraftChanged(
                f"the draft of {period} changed since you looked at it: it is over {draft.amount} now; look at it again"
            )
        due_at = due_at or at + TERM
        if due_at < at:
            raise CannotIssue(f"an invoice is due at {at} or later, came {due_at}")
        series, place, number = take_number(INVOICES, at)
        content = draft.content
        invoice = Invoice.objects.create(
            agreement=agreement, number=number, series=series, place=place, amount=str(draft.amount),
            net=content["net"], tax=content["tax"] or "", period_from_at=period.start.utc(),
            period_to_at=period.end.utc(), turn=len(of_period(agreement, period)) + 1, content=content, issued_by=by,
            issued_at=at.utc(), due_at=due_at.utc(),
        )  # fmt: skip
        record(facts=[issued_fact(invoice, by=by, at=at)])
        for one in draft.waiting:
            apply_credit(credit=one.id, invoice=invoice, by=by, at=at, amount=one.amount)
        refuse_other_sums(draft, at)
        settle(invoice, by=by, at=at)
        words = f"an invoice over {invoice.amount} was issued"
        tell_invoice(
            "invoice.issued", invoice, words, f"{number}-issued", at, amount=invoice.amount, due_at=str(due_at)
        )  # fmt: skip
    log.info("invoice issued", extra={"invoice": number, "agreement": agreement.key, "by": by})
    return invoice


def find_draft(agreement: Agreement, period: Span, at: Instant) -> Draft:
    """The draft as it may be issued; raises CannotIssue."""
    own = period_at(agreement, period.start)
    if own != period:
        raise CannotIssue(f"{period} is no period of {agreement.key}; the one that begins there, or around it, is {own}")
    if period.end > at:
        raise CannotIssue(f"the period {period} runs until {period.end}; its invoice is issued when it is over")
    standing = find_standing(agreement, period, at)
    if standing is not None:
        raise CannotIssue(
            f"{standing.number} is the invoice of {period}; take it back whole by a credit note before there is another"
        )
    draft = draft_of(agreement, period, at)
    if draft is None:
        raise CannotIssue(f"{agreement.key} charges nothing, or does not say how amounts are rounded: nothing is reckoned")
    if draft.is_empty:
        raise CannotIssue(f"{period} costs nothing under {agreement.key}; there is nothing to invoice")
    if draft.undecided:
        lines = "; ".join(line.why.words for line in draft.undecided)
        raise CannotIssue(f"it is not decided what is charged: {lines}. Record what is missing first")
    return draft


def refuse_other_sums(draft: Draft, at: Instant) -> None:
    """What the ledger says now has to be what is issued: the judge reckons it again from the facts as recorded."""
    again = draft_of(draft.agreement, draft.period, at, takes_waiting=False)
    assert again is not None, "the agreement has not changed meanwhile"
    told, found = ([content[name] for name in ("net", "tax", "gross")] for content in (draft.content, again.content))
    if told != found:
        raise CannotIssue(f"the ledger would say {found} of net, tax and gross, the draft said {told}; nothing was issued")
