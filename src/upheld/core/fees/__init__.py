"""What the customer pays: charges of a period, the invoice that they make, the term of the contract."""

from upheld.core.fees.ending import EndDecision, decide_end
from upheld.core.fees.invoice import Invoice, reckon_invoice
from upheld.core.fees.judging import judge_fees
from upheld.core.fees.lines import Line
from upheld.core.fees.offering import Offer, offer

__all__ = ["EndDecision", "Invoice", "Line", "Offer", "decide_end", "judge_fees", "offer", "reckon_invoice"]
