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
