"""Writing about money: each step is a row and a fact in one transaction."""

from upheld.apps.billing.services.claims import CannotDecide, CannotFile, decide_claim, file_claim
from upheld.apps.billing.services.fees import (
    CannotCharge,
    Measured,
    end_resource,
    measure_volume,
    measure_volumes,
    start_resource,
)
from upheld.apps.billing.services.invoices import InvoiceDiffers, issue_invoice
from upheld.apps.billing.services.invoices_drawing import CannotIssue, DraftChanged, issue_draft
from upheld.apps.billing.services.invoices_notes import CannotCredit, confirm_credit_note, propose_credit_note
from upheld.apps.billing.services.payments import CannotPay, assign_payment, record_payment
from upheld.apps.billing.services.payments_aside import put_aside
from upheld.apps.billing.services.payments_import import Answered, import_payments, preview_payments
from upheld.apps.billing.services.payments_reversing import CannotReverse, confirm_reversal, propose_reversal
from upheld.apps.billing.services.terminations import CannotEnd, request_end

__all__ = [
    "Answered",
    "CannotCharge",
    "CannotCredit",
    "CannotDecide",
    "CannotEnd",
    "CannotFile",
    "CannotIssue",
    "CannotPay",
    "CannotReverse",
    "DraftChanged",
    "InvoiceDiffers",
    "Measured",
    "assign_payment",
    "confirm_credit_note",
    "confirm_reversal",
    "decide_claim",
    "end_resource",
    "file_claim",
    "import_payments",
    "issue_draft",
    "issue_invoice",
    "measure_volume",
    "measure_volumes",
    "preview_payments",
    "propose_credit_note",
    "propose_reversal",
    "put_aside",
    "record_payment",
    "request_end",
    "start_resource",
]
