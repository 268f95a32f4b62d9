"""The arithmetic under the signatures, on its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.proof.published import SECOND_ENCODINGS, SMALL_ORDER_POINTS
from upheld.core.proof.curve import (
    ORDER,
    PRIME,
    add_multiples_of_base,
    decode_point,
    encode_point,
    has_small_order,
    negate,
)

NEUTRAL = (0, 1, 1, 0)
BASE = bytes.fromhex("58" + "66" * 31)
scalars = st.integers(0, 2**256 - 1)


def multiply_base(scalar: int) -> bytes:
    return encode_point(add_multiples_of_base(scalar, 0, NEUTRAL))


def test_one_base_point_is_the_base_point() -> None:
    """RFC 8032 section 5.1: y is 4/5, x is even."""
    assert multiply_base(1) == BASE
    assert int.from_bytes(BASE, "little") == 4 * pow(5, -1, PRIME) % PRIME


@pytest.mark.parametrize(("scalar", "same_as"), [(0, 0), (ORDER, 0), (ORDER + 1, 1), (2 * ORDER + 9, 9)])
def test_multiples_come_round_after_the_order(scalar: int, same_as: int) -> None:
    """L times the base point is the neutral point."""
    assert multiply_base(scalar) == multiply_base(same_as)


@given(scalars, scalars, scalars)
@settings(max_examples=50, deadline=None)
def test_two_products_add_up(first: int, second: int, third: int) -> None:
    """a*B + b*(c*B) is (a + b*c)*B: the two tables and the one chain agree."""
    other = decode_point(multiply_base(third))
    assert other is not None

    total = add_multiples_of_base(first, second, other)

    assert multiply_base((first + second * third) % ORDER) == encode_point(total)


@given(scalars)
@settings(max_examples=50, deadline=None)
def test_a_point_survives_its_encoding(scalar: int) -> None:
    """Decoded and encoded again, and so does the point on the other side of the axis."""
    encoded = multiply_base(scalar)
    point = decode_point(encoded)
    assert point is not None

    assert encode_point(point) == encoded
    assert encode_point(negate(point)) == multiply_base(-scalar % ORDER)


@pytest.mark.parametrize("encoded", SMALL_ORDER_POINTS)
def test_the_eight_points_of_small_order_are_known(encoded: str) -> None:
    """They are points, properly encoded, and are told from the others."""
    point = decode_point(bytes.fromhex(encoded))
    assert point is not None

    assert encode_point(point).hex() == encoded
    assert has_small_order(point) is True


def test_the_base_point_is_not_of_small_order() -> None:
    """Its order is L."""
    point = decode_point(BASE)
    assert point is not None

    assert has_small_order(point) is False


@pytest.mark.parametrize("encoded", [*SECOND_ENCODINGS, "02" + "00" * 31, "ff" * 32])
def test_no_point_has_a_second_encoding(encoded: str) -> None:
    """RFC 8032 section 5.1.3, steps 1 to 4: y below the prime, a root exists, no sign on zero."""
    assert decode_point(bytes.fromhex(encoded)) is None
