"""The curve edwards25519 of RFC 8032 section 5.1: points, their encoding, and the one sum that a verification needs.

Integers of Python, extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z. Nothing here is secret, so
nothing here takes care to run in constant time: never use it to sign.
"""

PRIME = 2**255 - 19
"""The coordinates are numbers modulo this."""

ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order L of the base point."""

Point = tuple[int, int, int, int]

_D = -121665 * pow(121666, -1, PRIME) % PRIME
_TWICE_D = 2 * _D % PRIME
_ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
_NEUTRAL: Point = (0, 1, 1, 0)


def decode_point(encoded: bytes) -> Point | None:
    """The point of 32 bytes (RFC 8032 section 5.1.3), or None where they are not the one encoding of a point."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= PRIME:
        return None
    # x**2 = (y**2 - 1) / (d*y**2 + 1); one power gives both the division and the square root.
    above, below = (y * y - 1) % PRIME, (_D * y * y + 1) % PRIME
    x = above * pow(below, 3, PRIME) * pow(above * pow(below, 7, PRIME), (PRIME - 5) // 8, PRIME) % PRIME
    square = below * x * x % PRIME
    if square != above:
        if square != PRIME - above:
            return None
        x = x * _ROOT_OF_MINUS_ONE % PRIME
    if x == 0 and sign:
        return None
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


def encode_point(point: Point) -> bytes:
    """The 32 bytes of a point (RFC 8032 section 5.1.2)."""
    x, y, z, _ = point
    inverse = pow(z, -1, PRIME)
    return (y * inverse % PRIME | (x * inverse % PRIME & 1) << 255).to_bytes(32, "little")


def has_small_order(point: Point) -> bool:
    """Whether eight times the point is the neutral one: such a point is one of eight that carry no secret."""
    x, y, z, _ = _double(_double(_double(point)))
    return x == 0 and y == z


def negate(point: Point) -> Point:
    """The point that adds up with this one to the neutral point."""
    x, y, z, t = point
    return -x % PRIME, y, z, -t % PRIME


def add_multiples_of_base(scalar: int, other_scalar: int, other: Point) -> Point:
    """scalar * B + other_scalar * other, where B is the base point; both scalars in [0, 2**256).

    One chain of doublings serves both products; the signed digits of each scalar pick odd multiples from a table.
    """
    base_digits, other_digits = _signed_digits(scalar, 7), _signed_digits(other_scalar, 5)
    other_table = _odd_multiples(other, 8)
    total = _NEUTRAL
    for position in range(max(len(base_digits), len(other_digits)) - 1, -1, -1):
        total = _double(total)
        for digits, table in ((base_digits, _BASE_TABLE), (other_digits, other_table)):
            digit = digits[position] if position < len(digits) else 0
            if digit > 0:
                total = _add(total, table[digit >> 1])
            elif digit < 0:
                total = _add(total, negate(table[-digit >> 1]))
    return total


def _add(left: Point, right: Point) -> Point:
    # The complete formulas of RFC 8032 section 5.1.4: right for every pair of points, equal ones too.
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a, b = (y1 - x1) * (y2 - x2) % PRIME, (y1 + x1) * (y2 + x2) % PRIME
    c, d = t1 * _TWICE_D * t2 % PRIME, 2 * z1 * z2 % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a, b = x * x % PRIME, y * y % PRIME
    h = a + b
    e, g = h - (x + y) * (x + y), a - b
    f = 2 * z * z + g
    e, f = e % PRIME, f % PRIME
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _odd_multiples(point: Point, count: int) -> list[Point]:
    """1, 3, 5, ... times the point."""
    twice, multiples = _double(point), [point]
    for _ in range(count - 1):
        multiples.append(_add(multiples[-1], twice))
    return multiples


def _signed_digits(scalar: int, width: int) -> list[int]:
    """The scalar in digits that are 0 or odd, within +-2**(width - 1), lowest first, most of them 0 (called wNAF)."""
    digits = []
    while scalar:
        digit = 0
        if scalar & 1:
            digit = scalar & ((1 << width) - 1)
            if digit >> (width - 1):
                digit -= 1 << width
            scalar -= digit
        digits.append(digit)
        scalar >>= 1
    return digits


_BASE_TABLE = _odd_multiples(
    (
        15112221349535400772501151409588531511454012693041857206046113283949847762202,
        46316835694926478169428394003475163141307993866256225615783033603165251855960,
        1,
        46827403850823179245072216630277197565144205554125654976674165829533817101731,
    ),
    32,
)
