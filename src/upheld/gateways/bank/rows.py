"""A bank's file of payments as rows: CSV with a line of names; what cannot be read is kept with the reason."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from hashlib import sha256

from upheld.core.money import Money

NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "booking date", "value date", "buchungstag", "valuta"),
    "amount": ("amount", "betrag"),
    "reference": ("reference", "description", "purpose", "remittance information", "verwendungszweck"),
    "currency": ("currency", "waehrung", "währung"),
    "id": ("id", "transaction id", "end-to-end id"),
}
"""What each column may be called; `id` is the bank's own name of a payment, where it has one."""
NEEDED = ("date", "amount", "reference", "currency")
MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
LONGEST_LINE = 2000


class NotABankFile(ValueError):
    """A file without the line of names, or too large."""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One payment as the bank tells it. `problem` says which column cannot be read; then `amount` or `paid_on` is None.
    `begins_at` is the line of the file, the names of the columns being line 1.

    `key` is the same whenever the same line comes again. Two equal lines of one file are two payments.
    """

    number: int
    line: str
    key: str
    amount: Money | None
    paid_on: date | None
    reference: str
    problem: str = ""
    begins_at: int = 0


def read_rows(content: bytes) -> list[Row]:
    """Every row below the line of names, in their order. Raises NotABankFile."""
    if len(content) > MOST_BYTES:
        raise NotABankFile(f"the file has {len(content):,} bytes; at most {MOST_BYTES:,} are read at once: split it")
    text = decode(content)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";\t,", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def begin() -> Iterator[tuple[int, list[str]]]:
        # A quoted cell may run over several lines: a row begins behind the one before.
        ended_at = rows.line_num
        for cells in rows:
            yield ended_at + 1, cells
            ended_at = rows.line_num

    try:
        places = find_columns(next(rows, []))
        return list(number_rows(begin(), places, delimiter))
    except csv.Error as problem:
        raise NotABankFile(f"line {rows.line_num} is no CSV: {problem}") from None


def decode(content: bytes) -> str:
    """UTF-8, with or without its mark; else Latin-1, in which older exports are written."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def find_columns(head: list[str]) -> dict[str, int]:
    names = [name.strip().strip('"').lower() for name in head]
    places = {what: names.index(name) for what, known in NAMES.items() for name in known[::-1] if name in names}
    missing = [what for what in NEEDED if what not in places]
    if missing:
        raise NotABankFile(
            f"the first line names the columns date, amount, reference and currency; missing: {', '.join(missing)}; "
            f"came: {', '.join(names)[:200] or 'nothing'}"
        )
    return places


def number_rows(rows: Iterator[tuple[int, list[str]]], places: dict[str, int], delimiter: str) -> Iterator[Row]:
    """`rows` are the cells of each with the line on which it begins."""
    seen = Counter[tuple[str, ...]]()
    number = 0
    for begins_at, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > MOST_ROWS:
            raise NotABankFile(f"the file has more than {MOST_ROWS:,} rows; split it")
        told = {what: cells[place].strip() if place < len(cells) else "" for what, place in places.items()}
        named = told.get("id", "")
        same = ("id", named) if named else tuple(told[what] for what in NEEDED)
        seen[same] += 1
        # The bank's own name of a payment is its identity; without one, equal lines are counted through.
        identity = same if named else (*same, str(seen[same]))
        key = sha256("\n".join(identity).encode()).hexdigest()
        yield replace(read_row(number, delimiter.join(cells)[:LONGEST_LINE], f"bank {key}", told), begins_at=begins_at)


def read_row(number: int, line: str, key: str, told: dict[str, str]) -> Row:
    problems: list[str] = []
    amount = paid_on = None
    try:
        paid_on = read_date(told["date"])
    except ValueError as problem:
        problems.append(str(problem))
    try:
        amount = read_amount(told["amount"], told["currency"])
    except ValueError as problem:
        problems.append(str(problem))
    return Row(number, line, key, amount, paid_on, told["reference"][:LONGEST_LINE], "; ".join(problems))


def read_date(written: str) -> date:
    """2026-07-31 or 31.07.2026: with slashes nobody knows which is the month."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", written, re.ASCII)
    if found is None and (dotted := re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", written, re.ASCII)):
        parts = dotted.groups()[::-1]
    else:
        parts = found.groups() if found else ()
    if parts:
        try:
            return date(*map(int, parts))
        except ValueError:
            raise ValueError(f"date: there is no day {written}") from None
    raise ValueError(f"date: write 2026-07-31 or 31.07.2026, came {written[:40]!r}")


def read_amount(written: str, currency: str) -> Money:
    """
    >>> str(read_amount("1.234,50", "EUR"))
    'EUR 1234.50'
    """
    plain = re.sub(r"[\s\u00a0']", "", written)
    code = currency.strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        raise ValueError(f"currency: write its three letters, for instance EUR; came {currency[:20]!r}")
    if re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,2})?", plain, re.ASCII):
        digits = plain.replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d{1,2}", plain, re.ASCII):
        digits = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d{1,2}", plain, re.ASCII):
        digits = plain.replace(",", "")
    else:
        raise ValueError(f"amount: write 1234.50 or 1234,50, came {written[:40]!r}")
    amount = Fraction(digits)
    if amount <= 0:
        raise ValueError(f"amount: only money that came in counts, came {written[:40]!r}")
    return Money(amount, code)
