"""Bytes have one spelling as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.proof import NotBase64, parse_base64, write_base64


@given(st.binary())
def test_reads_back_what_was_written(data: bytes) -> None:
    """Writing then reading gives the same bytes."""
    assert parse_base64(write_base64(data)) == data


@pytest.mark.parametrize("text", ["AA", "AAA", "A===", "AA==\n", "A A=", "AB==", "AAB=", "AA-_", "é===", "AA==AA==", "=AAA"])
def test_refuses_a_second_spelling(text: str) -> None:
    """No missing padding, white space, other alphabet, or bits left over: all of these some reader accepts."""
    with pytest.raises(NotBase64, match="expected base64"):
        parse_base64(text)


@pytest.mark.parametrize(
    ("text", "wrong"), [("AAAA\n", "section 4"), ("AA_AA", "section 4"), ("AB==", "zero bits at its end")]
)
def test_says_what_is_wrong(text: str, wrong: str) -> None:
    """A letter that base64 does not have is told as such, and not taken for bits that are left over."""
    with pytest.raises(NotBase64, match=wrong):
        parse_base64(text)
