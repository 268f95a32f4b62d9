"""A verifier key names one signer, and a miscopied one is refused."""

import pytest

from tests.core.proof.published import NOTE_KEY
from upheld.core.proof import NotAVerifierKey, VerifierKey, ed25519_key, parse_verifier_key, write_base64

PUBLIC_KEY = parse_verifier_key(NOTE_KEY).public_key


def test_the_published_key_is_read_and_printed_again() -> None:
    """The example of C2SP: its id is the hash of its own parts."""
    key = parse_verifier_key(NOTE_KEY)

    assert str(key) == NOTE_KEY
    assert ed25519_key("example.com/foo", PUBLIC_KEY) == key
    assert key.key_id.hex() == "530d903a"


def test_no_part_of_a_key_passes_for_a_key() -> None:
    """Whatever was lost in copying, from either end, is noticed."""
    for start in range(len(NOTE_KEY)):
        for end in range(start, len(NOTE_KEY) + 1):
            if end - start < len(NOTE_KEY):
                with pytest.raises(NotAVerifierKey):
                    parse_verifier_key(NOTE_KEY[start:end])


@pytest.mark.parametrize("at", range(len(NOTE_KEY)))
def test_no_changed_letter_passes(at: int) -> None:
    """A typing mistake anywhere leads to a refusal, or to a key of another type, of which nothing is believed."""
    changed = NOTE_KEY[:at] + chr(ord(NOTE_KEY[at]) + 1) + NOTE_KEY[at + 1 :]

    try:
        key = parse_verifier_key(changed)
    except NotAVerifierKey:
        return
    assert key.signature_type != 0x01


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("example.com/foo", "name\\+id\\+key"),
        ("+530d903a+AQ==", "name of a signer is empty"),
        ("a b+530d903a+AQ==", "no spaces"),
        ("a\u00a0b+530d903a+AQ==", "no spaces"),
        ("a\x07b+530d903a+AQ==", "control"),
        ("a\ud800+530d903a+AQ==", "control"),
        ("a+530D903A+AQ==", "lower-case hex"),
        ("a+530d903+AQ==", "8 lower-case hex"),
        ("a+530d903a+AQ", "the key of a: expected base64"),
        ("a+530d903a+", "holds no public key"),
        ("a+530d903a+AQ==", "holds no public key"),
        ("a+530d903a+AQAA", "32 bytes, came 2"),
        ("a" + NOTE_KEY, "id of this key of aexample.com/foo is"),
    ],
)
def test_what_is_wrong_is_told(text: str, reason: str) -> None:
    """The sentence names the part that is wrong."""
    with pytest.raises(NotAVerifierKey, match=reason):
        parse_verifier_key(text)


def test_a_key_of_another_type_is_kept() -> None:
    """A witness may sign in another way; its key is read and printed, its id taken as it stands."""
    text = "witness.example.com+0123abcd+" + write_base64(b"\x04" + PUBLIC_KEY)

    key = parse_verifier_key(text)

    assert VerifierKey("witness.example.com", bytes.fromhex("0123abcd"), 4, PUBLIC_KEY) == key
    assert str(key) == text


def test_a_plus_within_the_key_itself_divides_nothing() -> None:
    """Base64 has a plus too: a key full of them is read back as it was printed."""
    key = ed25519_key("example.com/foo", b"\xfb\xef" + b"\xfb\xef\xbe" * 10)

    assert str(key).count("+") > 2
    assert key == parse_verifier_key(str(key))


@pytest.mark.parametrize(("name", "key", "reason"), [("a+b", PUBLIC_KEY, "plus"), ("a", PUBLIC_KEY[1:], "32 bytes")])
def test_a_key_that_no_signature_line_could_carry_is_not_made(name: str, key: bytes, reason: str) -> None:
    """The mistake is found when the key is made, not when the first customer verifies."""
    with pytest.raises(NotAVerifierKey, match=reason):
        ed25519_key(name, key)
