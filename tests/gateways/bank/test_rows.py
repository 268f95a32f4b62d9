"""A bank's file row by row: what is read, what is kept with its reason, and that no file breaks the reader."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.bank import NotABankFile, read_rows

HEAD = "date;amount;currency;reference\n"


def read_one(line: str):
    [row] = read_rows((HEAD + line).encode())
    return row


class TestReading:
    @pytest.mark.parametrize(
        ("written", "amount"),
        [
            ("1234.5", "EUR 1234.50"),
            ("1234,50", "EUR 1234.50"),
            ("1.234,50", "EUR 1234.50"),
            ("1,234.50", "EUR 1234.50"),
            ("+7", "EUR 7.00"),
            ("1 234,50", "EUR 1234.50"),
        ],
    )
    def test_takes_amounts_as_banks_write_them(self, written, amount):
        assert (amount, "") == (str((row := read_one(f"2026-07-31;{written};EUR;x")).amount), row.problem)

    @pytest.mark.parametrize("written", ["1,234", "-5.00", "0", "12.345", "", "=1+1", "1e9"])
    def test_keeps_what_could_mean_two_amounts_or_none(self, written):
        """`1,234` is twelve hundred to one reader and one and a bit to another: a person reads the bank's own paper."""
        row = read_one(f"2026-07-31;{written};EUR;x")

        assert (None, True) == (row.amount, row.problem.startswith("amount: "))

    def test_takes_two_ways_of_dates_and_no_slashes(self):
        days = [
            read_one(f"{written};1;EUR;x").paid_on for written in ("2026-07-31", "31.07.2026", "07/31/2026", "31.02.2026")
        ]

        assert [date(2026, 7, 31), date(2026, 7, 31), None, None] == days

    def test_knows_columns_in_any_order_and_language(self):
        [row] = read_rows("Verwendungszweck,Währung,Betrag,Buchungstag\nINV-1,EUR,5.00,01.07.2026\n".encode("latin-1"))

        assert ("INV-1", "EUR 5.00", date(2026, 7, 1)) == (row.reference, str(row.amount), row.paid_on)

    def test_names_what_is_missing(self):
        with pytest.raises(NotABankFile, match="missing: currency"):
            read_rows(b"date,amount,reference\n")


class TestIdentity:
    def test_is_the_same_whenever_the_line_comes_again(self):
        """Two equal lines are two payments; in another file, among others, they have the same two keys."""
        line, other = "2026-07-31;5;EUR;x\n", "2026-08-01;6;EUR;y\n"
        first, second = read_rows((HEAD + line * 2).encode()), read_rows((HEAD + other + line * 2).encode())

        assert [row.key for row in first] == [row.key for row in second[1:]]
        assert 3 == len({row.key for row in second})

    def test_is_the_banks_own_where_it_has_one(self):
        rows = read_rows(
            b"id,date,amount,currency,reference\nT1,2026-07-31,5,EUR,x\nT2,2026-07-31,5,EUR,x\nT1,2026-07-31,5,EUR,x\n"
        )

        assert [True, False] == [rows[0].key == rows[2].key, rows[0].key == rows[1].key]


lines = st.lists(st.text(alphabet="0123456789.,-;EUR \"'\n\r\x00=x", max_size=30), max_size=8)


@given(lines)
def test_no_line_is_lost_and_none_breaks_the_reader(written):
    """Each row is read, or kept with the reason; or the whole file is refused with a sentence."""
    try:
        rows = read_rows((HEAD + "\n".join(written)).encode())
    except NotABankFile:
        return

    assert all((row.amount is not None and row.paid_on is not None) or row.problem for row in rows)
    assert list(range(1, len(rows) + 1)) == [row.number for row in rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    try:
        rows = read_rows(content)
    except NotABankFile:
        return

    assert all(row.key.startswith("bank ") for row in rows)


def test_what_cannot_be_read_names_its_line_and_its_column():
    """Empty lines and cells of several lines are counted: whoever opens the file finds the row there."""
    text = 'date,amount,currency,reference\n2026-02-30,1.00,EUR,x\n\n2026-07-31,1.00,EUR,"a\nb"\n31.07.2026,abc,EUR,x\n'

    rows = read_rows(text.encode())

    assert [2, 4, 6] == [row.begins_at for row in rows]
    assert "date: there is no day 2026-02-30" == rows[0].problem
    assert ["", "amount: write 1234.50 or 1234,50, came 'abc'"] == [row.problem for row in rows[1:]]
