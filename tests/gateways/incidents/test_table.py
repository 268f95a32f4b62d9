"""Tables that are handed over: each flaw by line and column, whatever the bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.incidents.table import MOST_FLAWS, look_through

NEEDED, TIMES = ("start",), ("start", "end")


def flaws_of(content: bytes) -> list[tuple[int, str]]:
    return [(flaw.line, flaw.column) for flaw in look_through(content, NEEDED, TIMES).flaws]


@pytest.mark.parametrize(
    ("content", "rows", "flaws"),
    [
        (b"start,end\n2026-07-14T10:00Z,2026-07-14T10:05+01:00\n", 1, []),
        (b"\xef\xbb\xbfStart , end\r\n2026-07-14T10:00Z,\r\n\r\n", 1, []),
        (b"end\n2026-07-14T10:00Z\n", 1, [(1, "start")]),
        (b"", 0, [(1, "start")]),
        (b"start,start\n2026-07-14T10:00Z,x\n", 1, [(1, "start"), (2, "start")]),
        (b"start,end\n,\n10:00,11:00\n", 1, [(3, "start"), (3, "end")]),
        (b'start,note\n2026-07-14T10:00Z,"two\nlines"\nx,y\n', 2, [(4, "start")]),
        (b"start\n2026-07-14T10:00Z,more\n", 1, [(2, "")]),
        (b'start\n"2026\n', 0, [(2, "")]),
        (b"start\n2026-07-14T10:00Z\n\xff\n", 0, [(3, "byte 1")]),
    ],
)
def test_names_line_and_column(content, rows, flaws):
    """A cell that holds two lines counts as two lines; an empty line is none."""
    assert (rows, flaws) == (look_through(content, NEEDED, TIMES).rows, flaws_of(content))


def test_names_a_hundred_at_most():
    """A table of the wrong kind is one mistake, not a million."""
    assert MOST_FLAWS == len(flaws_of(b"start\n" + b"x\n" * 5_000))


@given(st.binary(max_size=300))
def test_never_fails(content):
    """Whatever the bytes are, what is wrong is said."""
    assert look_through(content, NEEDED, TIMES).rows >= 0
