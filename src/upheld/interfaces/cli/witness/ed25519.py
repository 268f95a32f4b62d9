"""Ed25519 (RFC 8032 section 5.1), to verify and to sign. Not in constant time: the key is used where its owner alone is."""

from __future__ import annotations

from hashlib import sha512

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def public_key(seed: bytes) -> bytes:
    """The 32 bytes that others verify with."""
    scalar, _ = expand(seed)
    return encode(multiply(scalar, BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature (5.1.6)."""
    scalar, prefix = expand(seed)
    public = encode(multiply(scalar, BASE))
    nonce = number(sha512(prefix + message).digest()) % L
    first = encode(multiply(nonce, BASE))
    challenge = number(sha512(first + public + message).digest()) % L
    return first + ((nonce + challenge * scalar) % L).to_bytes(32, "little")


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed the message (5.1.7), strictly: one encoding, no point of small order."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, scalar = decode(public), number(signature[32:])
    if key is None or scalar >= L or is_small(key):
        return False
    challenge = number(sha512(signature[:32] + public + message).digest()) % L
    x, y, z, t = key
    expected = add(multiply(scalar, BASE), multiply(challenge, (-x % P, y, z, -t % P)))
    return encode(expected) == signature[:32] and not is_small(expected)


def expand(seed: bytes) -> tuple[int, bytes]:
    digest = sha512(seed).digest()
    return number(digest[:32]) & ((1 << 254) - 8) | (1 << 254), digest[32:]


def number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def add(left: tuple[int, int, int, int], right: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    total = NEUTRAL
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def is_small(point: tuple[int, int, int, int]) -> bool:
    x, y, z, _ = multiply(8, point)
    return x % P == 0 and (y - z) % P == 0


def encode(point: tuple[int, int, int, int]) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode(data: bytes) -> tuple[int, int, int, int] | None:
    value = number(data)
    sign_bit, y = value >> 255, value & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    if x * x % P != square or (x == 0 and sign_bit):
        return None
    if x & 1 != sign_bit:
        x = P - x
    return x, y, 1, x * y % P


_BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = decode(_BASE_Y.to_bytes(32, "little")) or NEUTRAL
