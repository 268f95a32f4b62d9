"""A signature is accepted when the key's owner made it for this message, and in no other case."""

from hashlib import sha512

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.proof.published import SECOND_ENCODINGS, SIGNATURES, SMALL_ORDER_POINTS
from upheld.core.proof.curve import ORDER, add_multiples_of_base, decode_point, encode_point
from upheld.core.proof.ed25519 import verify

SEED = bytes(range(32))
SIGNER = Ed25519PrivateKey.from_private_bytes(SEED)
KEY = SIGNER.public_key().public_bytes_raw()
MESSAGE = b"statement 2026-02"
SIGNATURE = SIGNER.sign(MESSAGE)
SECRET = int.from_bytes(sha512(SEED).digest()[:32], "little") & (2**254 - 8) | 2**254
NEUTRAL = (0, 1, 1, 0)

seeds = st.binary(min_size=32, max_size=32)


def openssl_accepts(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def multiply_base(scalar: int) -> bytes:
    return encode_point(add_multiples_of_base(scalar % ORDER, 0, NEUTRAL))


def add_small_order(scalar: int, small: str) -> bytes:
    """A multiple of the base point, and a point of small order on top."""
    point = decode_point(bytes.fromhex(small))
    assert point is not None
    return encode_point(add_multiples_of_base(scalar, 1, point))


def challenge(nonce_point: bytes, key: bytes, message: bytes) -> int:
    return int.from_bytes(sha512(nonce_point + key + message).digest(), "little") % ORDER


def answer(nonce: int, nonce_point: bytes, key: bytes, message: bytes) -> bytes:
    """A signature by the owner of SECRET who sends whatever R and key it likes."""
    number = (nonce + challenge(nonce_point, key, message) * SECRET) % ORDER
    return nonce_point + number.to_bytes(32, "little")


class TestGoodSignatures:
    @pytest.mark.parametrize(("key", "message", "signature"), SIGNATURES)
    def test_of_rfc_8032_are_accepted(self, key: str, message: str, signature: str) -> None:
        """The first three vectors of RFC 8032 section 7.1."""
        assert verify(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)) is None

    @given(seeds, st.binary(max_size=300))
    @settings(max_examples=60, deadline=None)
    def test_of_another_signer_are_accepted(self, seed: bytes, message: bytes) -> None:
        """What OpenSSL signs with any key is accepted here."""
        signer = Ed25519PrivateKey.from_private_bytes(seed)

        assert verify(signer.public_key().public_bytes_raw(), message, signer.sign(message)) is None


class TestChangedSignatures:
    @pytest.mark.parametrize("at", range(64))
    def test_with_any_byte_flipped_are_refused(self, at: int) -> None:
        """Each byte of R and of S matters."""
        changed = SIGNATURE[:at] + bytes([SIGNATURE[at] ^ 0x11]) + SIGNATURE[at + 1 :]

        assert verify(KEY, MESSAGE, changed) is not None

    @pytest.mark.parametrize("at", range(32))
    def test_under_a_key_with_any_byte_flipped_are_refused(self, at: int) -> None:
        """Each byte of the key matters."""
        assert verify(KEY[:at] + bytes([KEY[at] ^ 0x20]) + KEY[at + 1 :], MESSAGE, SIGNATURE) is not None

    @pytest.mark.parametrize("at", range(len(MESSAGE)))
    def test_of_a_message_with_any_byte_flipped_are_refused(self, at: int) -> None:
        """Each byte of the message matters."""
        changed = MESSAGE[:at] + bytes([MESSAGE[at] ^ 0x01]) + MESSAGE[at + 1 :]

        assert "does not fit" in str(verify(KEY, changed, SIGNATURE))

    @given(seeds, st.binary(max_size=40), st.integers(0, 64 * 8 - 1))
    @settings(max_examples=60, deadline=None)
    def test_are_judged_as_openssl_judges_them(self, seed: bytes, message: bytes, bit: int) -> None:
        """One bit changed anywhere: both refuse."""
        signer = Ed25519PrivateKey.from_private_bytes(seed)
        key = signer.public_key().public_bytes_raw()
        changed = (int.from_bytes(signer.sign(message), "little") ^ (1 << bit)).to_bytes(64, "little")

        assert openssl_accepts(key, message, changed) is False
        assert verify(key, message, changed) is not None

    @pytest.mark.parametrize("size", [0, 63, 65])
    def test_of_another_length_are_refused(self, size: int) -> None:
        """The sentence tells both lengths."""
        assert verify(KEY, MESSAGE, (SIGNATURE * 2)[:size]) == f"an Ed25519 signature has 64 bytes, came {size}"

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_under_a_key_of_another_length_are_refused(self, size: int) -> None:
        """The sentence tells both lengths."""
        assert verify((KEY * 2)[:size], MESSAGE, SIGNATURE) == f"an Ed25519 public key has 32 bytes, came {size}"


class TestTwins:
    """Ways to spell one signature or key twice, or to make one fit more than it signed."""

    @pytest.mark.parametrize("times", [1, 2, 14])
    def test_a_number_s_not_below_the_order_is_refused(self, times: int) -> None:
        """S + L solves the same equation: accepting it would give each signature a twin."""
        number = int.from_bytes(SIGNATURE[32:], "little") + times * ORDER
        twin = SIGNATURE[:32] + number.to_bytes(32, "little")

        assert "not below the group's order" in str(verify(KEY, MESSAGE, twin))
        assert openssl_accepts(KEY, MESSAGE, twin) is False

    @pytest.mark.parametrize("key", SMALL_ORDER_POINTS)
    def test_a_key_of_small_order_is_refused(self, key: str) -> None:
        """With such a key, a signature of S = 0 may fit many messages."""
        signature = bytes.fromhex(SMALL_ORDER_POINTS[0]) + bytes(32)

        assert "small order" in str(verify(bytes.fromhex(key), MESSAGE, signature))

    @pytest.mark.parametrize("key", SECOND_ENCODINGS)
    def test_a_second_encoding_of_a_key_is_refused(self, key: str) -> None:
        """A key has one text, so that two parties cannot hold different ones for one signer."""
        assert "not the encoding of a point" in str(verify(bytes.fromhex(key), MESSAGE, SIGNATURE))

    def test_a_key_that_is_no_point_is_refused(self) -> None:
        """For about half of all numbers y there is no x on the curve."""
        assert "not the encoding of a point" in str(verify(bytes([2]) + bytes(31), MESSAGE, SIGNATURE))

    def test_a_nonce_point_of_small_order_is_refused(self) -> None:
        """OpenSSL accepts it; but it gives its signer's secret away, so no honest one exists."""
        neutral = bytes.fromhex(SMALL_ORDER_POINTS[0])
        signature = answer(0, neutral, KEY, MESSAGE)

        assert openssl_accepts(KEY, MESSAGE, signature) is True
        assert "point R of the signature is of small order" in str(verify(KEY, MESSAGE, signature))

    @pytest.mark.parametrize("nonce_point", SECOND_ENCODINGS[2:])
    def test_a_second_encoding_of_the_nonce_point_is_refused(self, nonce_point: str) -> None:
        """R is compared byte by byte with what it must be."""
        signature = answer(0, bytes.fromhex(nonce_point), KEY, MESSAGE)

        assert verify(KEY, MESSAGE, signature) is not None

    @pytest.mark.parametrize("torsion", SMALL_ORDER_POINTS[1:])
    def test_a_nonce_point_with_a_part_of_small_order_is_refused(self, torsion: str) -> None:
        """The equation without the cofactor: the parts of small order have to agree as well, as in OpenSSL."""
        nonce_point = add_small_order(12345, torsion)
        signature = answer(12345, nonce_point, KEY, MESSAGE)

        assert openssl_accepts(KEY, MESSAGE, signature) is False
        assert "does not fit" in str(verify(KEY, MESSAGE, signature))

    def test_a_key_with_a_part_of_small_order_is_judged_as_openssl_judges_it(self) -> None:
        """Only its owner can make such a key, and it gains the owner nothing: the equation alone decides."""
        key = add_small_order(SECRET, SMALL_ORDER_POINTS[4])
        verdicts = set()
        for number in range(40):
            message = b"%d" % number
            signature = answer(777, multiply_base(777), key, message)
            accepted = verify(key, message, signature) is None
            verdicts.add(accepted)

            assert openssl_accepts(key, message, signature) is accepted

        assert verdicts == {True, False}
