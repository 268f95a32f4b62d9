"""Money as it is on record, and what the judge says of a claim."""

from upheld.apps.billing.queries.claims import UnknownClaim, claim, judge_claim, list_claims
from upheld.apps.billing.queries.credits import UnknownCredit, credit, credits_to_apply, list_credits
from upheld.apps.billing.queries.fees import Resource, list_kinds, list_resources
from upheld.apps.billing.queries.invoices import UnknownInvoice, invoice, invoices_of, list_invoices, notes_of
from upheld.apps.billing.queries.invoices_drafts import Draft, draft_of, list_drafts
from upheld.apps.billing.queries.invoices_export import write_beancount, write_csv
from upheld.apps.billing.queries.invoices_paper import NotDrawnUp, paper_of
from upheld.apps.billing.queries.invoices_standing import Standing, arrears_of, standing_of
from upheld.apps.billing.queries.invoices_sums import explain_misfit
from upheld.apps.billing.queries.payments import (
    UnknownPayment,
    list_aside_payments,
    list_payments,
    list_waiting_payments,
    payment,
    payments_of,
)
from upheld.apps.billing.queries.terminations import Ending, SaysNothing, endings_of, ends_on, judge_end

__all__ = [
    "Draft",
    "Ending",
    "NotDrawnUp",
    "Resource",
    "SaysNothing",
    "Standing",
    "UnknownClaim",
    "UnknownCredit",
    "UnknownInvoice",
    "UnknownPayment",
    "arrears_of",
    "claim",
    "credit",
    "credits_to_apply",
    "draft_of",
    "endings_of",
    "ends_on",
    "explain_misfit",
    "invoice",
    "invoices_of",
    "judge_claim",
    "judge_end",
    "list_aside_payments",
    "list_claims",
    "list_credits",
    "list_drafts",
    "list_invoices",
    "list_kinds",
    "list_payments",
    "list_resources",
    "list_waiting_payments",
    "notes_of",
    "paper_of",
    "payment",
    "payments_of",
    "standing_of",
    "write_beancount",
    "write_csv",
]
