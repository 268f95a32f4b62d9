"""Banks: the files of payments that came, read row by row"""

from upheld.gateways.bank.rows import NotABankFile, Row, read_rows

__all__ = ["NotABankFile", "Row", "read_rows"]
