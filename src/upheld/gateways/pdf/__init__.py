"""Statements, agreements and invoices on paper: the same one gives the same bytes, on any machine."""

from upheld.gateways.pdf.invoice import print_invoice
from upheld.gateways.pdf.layout import Particulars
from upheld.gateways.pdf.printing import NotPrinted, print_agreement, print_statement

__all__ = ["NotPrinted", "Particulars", "print_agreement", "print_invoice", "print_statement"]
