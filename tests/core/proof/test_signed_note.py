"""A text is believed when a known key signed it; unknown signers neither help nor harm."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.core.proof.published import NOTE, NOTE_KEY
from upheld.core.proof import (
    NoteFault,
    NoteProblem,
    Opened,
    VerifierKey,
    ed25519_key,
    note_to_sign,
    open_note,
    parse_verifier_key,
    signature_line,
    write_note,
)

TEXT = "upheld.example/acme/contract-17\n3\nstill a text, not a checkpoint\n"


class Signer:
    """Someone with a name and a secret."""

    def __init__(self, name: str, seed: int) -> None:
        self.secret = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.key = ed25519_key(name, self.secret.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        return signature_line(self.key, self.secret.sign(note_to_sign(text)))


PROVIDER = Signer("upheld.example/acme/contract-17", 1)
CUSTOMER = Signer("customer.example/witness", 2)
STRANGER = Signer("stranger.example", 3)


def open_or_fail(note: str, keys: list[VerifierKey]) -> Opened:
    opened = open_note(note, keys)
    assert isinstance(opened, Opened), opened
    return opened


def refuse_or_fail(note: str | bytes, keys: list[VerifierKey]) -> NoteProblem:
    problem = open_note(note, keys)
    assert isinstance(problem, NoteProblem), problem
    return problem


def test_the_published_note_opens_with_the_published_key() -> None:
    """The example of C2SP, as text and as the bytes of a file."""
    key = parse_verifier_key(NOTE_KEY)

    assert open_note(NOTE, [key]) == Opened("This is an example message.\n", (key,), ())
    assert open_note(NOTE.encode(), [key]) == open_note(NOTE, [key])


@pytest.mark.parametrize("at", [*range(29), *range(60, len(NOTE.encode()))])
def test_the_published_note_does_not_open_once_a_byte_is_changed(at: int) -> None:
    """Text, dash, name, id or signature: nothing can be touched."""
    changed = bytearray(NOTE.encode())
    changed[at] ^= 0x02

    assert isinstance(open_note(bytes(changed), [parse_verifier_key(NOTE_KEY)]), NoteProblem)


def test_all_known_signers_are_named() -> None:
    """In the order of their signatures, each once, though one signed twice."""
    note = write_note(TEXT, [CUSTOMER.sign(TEXT), PROVIDER.sign(TEXT), CUSTOMER.sign(TEXT)])

    assert open_or_fail(note, [PROVIDER.key, CUSTOMER.key]) == Opened(TEXT, (CUSTOMER.key, PROVIDER.key), ())


def test_an_unknown_signer_is_ignored_and_reported() -> None:
    """Its signature may even be nonsense: nobody can tell."""
    nonsense = signature_line(STRANGER.key, b"nonsense")
    opened = open_or_fail(write_note(TEXT, [nonsense, PROVIDER.sign(TEXT)]), [PROVIDER.key])

    assert opened.signed_by == (PROVIDER.key,)
    assert [(ignored.name, ignored.because) for ignored in opened.ignored] == [
        ("stranger.example", "no known key has this name and id")
    ]


def test_a_name_or_an_id_alone_does_not_make_a_key_known() -> None:
    """C2SP: both have to be the key's; else the signature is of an unknown key, not a wrong one."""
    same_name = Signer(PROVIDER.key.name, 4)
    same_id = VerifierKey("other.example", PROVIDER.key.key_id, 1, STRANGER.key.public_key)
    note = write_note(TEXT, [same_name.sign(TEXT), signature_line(same_id, bytes(64)), PROVIDER.sign(TEXT)])

    opened = open_or_fail(note, [PROVIDER.key])

    assert opened.signed_by == (PROVIDER.key,)
    assert len(opened.ignored) == 2


def test_one_wrong_signature_by_a_known_key_refuses_the_note() -> None:
    """Whoever else signed rightly: somebody tampered here."""
    wrong = CUSTOMER.sign("another text\n")
    problem = refuse_or_fail(write_note(TEXT, [PROVIDER.sign(TEXT), wrong]), [PROVIDER.key, CUSTOMER.key])

    assert problem.because is NoteFault.WRONG_SIGNATURE
    assert str(problem).startswith("the signature by customer.example/witness: the signature does not fit")


def test_a_note_signed_again_with_another_key_is_refused() -> None:
    """The same name, another secret: the sentence tells which key is known and which signed."""
    forger = Signer(PROVIDER.key.name, 9)
    problem = refuse_or_fail(write_note(TEXT, [forger.sign(TEXT)]), [PROVIDER.key])

    assert problem.because is NoteFault.NO_KNOWN_SIGNER
    assert PROVIDER.key.key_id.hex() in problem.what
    assert forger.key.key_id.hex() in problem.what


def test_nothing_is_believed_without_a_key() -> None:
    """No key given, no text."""
    problem = refuse_or_fail(NOTE, [])

    assert problem.because is NoteFault.NO_KNOWN_SIGNER
    assert "known none" in problem.what


def test_a_known_key_of_another_type_proves_nothing() -> None:
    """A cosignature (type 0x04) is left to those who can verify it: reported beside a good signature, never enough alone."""
    witness = VerifierKey("witness.example", b"\x01\x02\x03\x04", 0x04, bytes(32))
    line = signature_line(witness, bytes(72))

    opened = open_or_fail(write_note(TEXT, [line, PROVIDER.sign(TEXT)]), [witness, PROVIDER.key])
    problem = refuse_or_fail(write_note(TEXT, [line]), [witness])

    assert [ignored.because for ignored in opened.ignored] == ["signatures of type 0x04 are not verified here"]
    assert problem.because is NoteFault.NO_KNOWN_SIGNER


def test_a_malformed_note_is_a_problem_and_not_a_crash() -> None:
    """With the sentence of the rule it breaks."""
    assert refuse_or_fail(b"\xff", [PROVIDER.key]).because is NoteFault.MALFORMED
    assert "empty line" in refuse_or_fail("text\n", [PROVIDER.key]).what
