"""Sizes of data: two systems of units, told apart by their letters, exact to the byte."""

from fractions import Fraction

import pytest

from upheld.core.terms.quantities import parse_comparison
from upheld.core.terms.sizes import parse_size


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1 byte", 1), ("12 bytes", 12), ("1 kB", 1000), ("100 GB", 100 * 10**9), ("1.5 TB", 1_500_000_000_000),
        ("1 PB", 10**15), ("1 KiB", 1024), ("100 GiB", 100 * 2**30), ("1 PiB", 2**50),
    ],
)  # fmt: skip
def test_a_size_is_a_number_of_bytes(written: str, count: int) -> None:
    """Decimal units are powers of a thousand, binary ones of 1,024; a size shows as it was written."""
    found = parse_size(written)

    assert found is not None
    assert Fraction(count) == found.bytes
    assert written == str(found)


@pytest.mark.parametrize("written", ["100", "100GB", "100 gb", "100 Gb", "1,5 GB", "GB", "-1 GB"])
def test_what_is_no_size_is_none(written: str) -> None:
    """A missing space, other letters (bits are no bytes) and signs make no size."""
    assert parse_size(written) is None


def test_a_size_stands_in_a_comparison() -> None:
    """`more than 100 GB` holds from the next byte on."""
    edge = parse_comparison("more than 100 GB")

    assert edge.holds(Fraction(100_000_000_001))
    assert not edge.holds(Fraction(100_000_000_000))
