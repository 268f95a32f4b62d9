"""A statement on paper: the same statement gives the same bytes, on any machine."""

from upheld.gateways.pdf.layout import Particulars
from upheld.gateways.pdf.printing import NotPrinted, print_statement

__all__ = ["NotPrinted", "Particulars", "print_statement"]
