"""Ed25519 signatures, verified (RFC 8032 section 5.1.7), by the strict school of the rules that the RFC leaves open.

Refused: a key or a point R that is not on the curve, is encoded in a second way (RFC 8032 section 5.1.3) or is of
small order (one of eight points which let a signature fit many messages or keys), and a number S that is not below L
(section 5.1.7, else every signature has a twin). The equation is the one without the cofactor, S*B = R + k*A. So
whatever passes here passes in OpenSSL too; the reverse fails only for the small-order points, which no honest signer
makes.

Signing is not here: it needs secrets and constant time.
"""

from hashlib import sha512

from upheld.core.proof.curve import (
    ORDER,
    add_multiples_of_base,
    decode_point,
    encode_point,
    has_small_order,
    negate,
)

KEY_SIZE = 32
"""Bytes in a public key."""

SIGNATURE_SIZE = 64
"""Bytes in a signature: R (32) and S (32)."""


def verify(public_key: bytes, message: bytes, signature: bytes) -> str | None:
    """None when the signature of the message was made with the key's secret; else why it is not accepted."""
    if len(public_key) != KEY_SIZE:
        return f"an Ed25519 public key has {KEY_SIZE} bytes, came {len(public_key)}"
    if len(signature) != SIGNATURE_SIZE:
        return f"an Ed25519 signature has {SIGNATURE_SIZE} bytes, came {len(signature)}"
    key_point = decode_point(public_key)
    if key_point is None:
        return "the public key is not the encoding of a point of the curve (RFC 8032 section 5.1.3)"
    if has_small_order(key_point):
        return "the public key is a point of small order, which proves no signer"
    number = int.from_bytes(signature[32:], "little")
    if number >= ORDER:
        return "the number S of the signature is not below the group's order (RFC 8032 section 5.1.7)"
    digest = int.from_bytes(sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    expected = add_multiples_of_base(number, digest, negate(key_point))
    # Encoding what R must be, instead of decoding what came, refuses a second encoding of R without a further rule.
    if encode_point(expected) != signature[:32]:
        return "the signature does not fit this message and this key: one of the three was changed"
    if has_small_order(expected):
        return "the point R of the signature is of small order, which no honest signer makes"
    return None
