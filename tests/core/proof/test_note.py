"""A note is taken apart in one way only, and what is written can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.published import NOTE, NOTE_KEY
from upheld.core.proof import (
    NotANote,
    Signature,
    ed25519_key,
    note_to_sign,
    parse_note,
    parse_verifier_key,
    signature_line,
    write_note,
)
from upheld.core.proof.note import LARGEST_NOTE

KEY = ed25519_key("upheld.example/acme", bytes(32))
LINE = signature_line(KEY, bytes(64))
lines_of_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"))


def test_the_published_note_comes_apart() -> None:
    """The example of C2SP: text with its newline, one signature with the id of the published key."""
    note = parse_note(NOTE)
    (signature,) = note.signatures

    assert note.text == "This is an example message.\n"
    assert (signature.name, signature.key_id.hex()) == ("example.com/foo", "530d903a")
    assert len(signature.signature) == 64


def test_the_published_note_is_put_together_again() -> None:
    """Text and signature line give the same letters, and bytes are read as the text is."""
    note = parse_note(NOTE)

    assert write_note(note.text, [signature_line(parse_verifier_key(NOTE_KEY), note.signatures[0].signature)]) == NOTE
    assert parse_note(NOTE.encode()) == note


@given(lines_of_text, st.lists(st.binary(min_size=1, max_size=80), min_size=1, max_size=16))
def test_any_text_survives_with_its_empty_lines(text: str, signatures: list[bytes]) -> None:
    """The text may hold empty lines, even at its end: the last one in the note divides."""
    note = parse_note(write_note(text + "\n", [signature_line(KEY, signature) for signature in signatures]))

    assert note.text == text + "\n"
    assert note.signatures == tuple(Signature(KEY.name, KEY.key_id, signature) for signature in signatures)


def test_what_is_signed_is_the_text_with_its_newline() -> None:
    """Neither the empty line nor what follows is signed."""
    assert note_to_sign("Grüße\n") == b"Gr\xc3\xbc\xc3\x9fe\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no newline", "ends with a newline"),
        ("", "newline"),
        ("a\tb\n", "control"),
        ("\r\n", "control"),
        ("\ud800\n", "UTF-8"),
    ],
)
def test_a_text_that_no_note_can_hold_is_not_signed(text: str, reason: str) -> None:
    """The mistake is found before a signature exists."""
    with pytest.raises(NotANote, match=reason):
        note_to_sign(text)
    with pytest.raises(NotANote, match=reason):
        write_note(text, [LINE])


@pytest.mark.parametrize("lines", [[], ["\n"], [LINE, "\n"], [LINE, "\n", LINE], ["not a signature\n"], [LINE[:-1]]])
def test_lines_that_are_no_signatures_are_not_written(lines: list[str]) -> None:
    """A note without a signature, or one whose text would end elsewhere, does not leave the house."""
    with pytest.raises(NotANote):
        write_note("text\n", lines)


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("", "empty line"),
        ("text\n", "empty line"),
        ("text\n" + LINE, "empty line"),
        ("\n" + LINE, "empty line"),
        ("text\n\n", "ends with a newline"),
        ("text\n\n" + LINE[:-1], "ends with a newline"),
        ("text\n\n" + LINE + "\n", "ends with a newline"),
        ("text\n\n" + LINE + "tail", "ends with a newline"),
        ("text\n\n\u2013 name AAAAAAA=\n", "em dash"),
        ("text\n\n\u2014 nameAAAAAAA=\n", "em dash"),
        ("text\n\n\u2014name AAAAAAA=\n", "em dash"),
        (f"text\n\n{LINE}text\n", "em dash"),
        ("text\n\n\u2014  AAAAAAA=\n", "name of a signer is empty"),
        ("text\n\n\u2014 a+b AAAAAAA=\n", "plus"),
        ("text\n\n\u2014 a\u2003b AAAAAAA=\n", "no spaces"),
        ("text\n\n\u2014 name AAAAAAA\n", "signature by name: expected base64"),
        ("text\n\n\u2014 name AAAAAAA= \n", "signature by name: expected base64"),
        ("text\n\n\u2014 name AAAAAAB=\n", "zero bits"),
        ("text\n\n\u2014 name AAAAAA==\n", "4 bytes, too short"),
        ("te\x00xt\n\n" + LINE, "control"),
        ("text\r\n\r\n" + LINE, "control"),
        ("te\ud800xt\n\n" + LINE, "UTF-8"),
        (b"te\xffxt\n\n" + LINE.encode(), "UTF-8, byte 2 is not"),
        ("text\n\n" + LINE * 101, "at most 100 signatures, came 101"),
        ("t" * LARGEST_NOTE + "\n\n" + LINE, "at most 1048576 characters"),
    ],
)
def test_what_is_wrong_with_a_note_is_told(note: str | bytes, reason: str) -> None:
    """Each rule of the format has its own sentence."""
    with pytest.raises(NotANote, match=reason):
        parse_note(note)


def test_the_largest_note_is_read() -> None:
    """Exactly as many characters as may be; one more is told above."""
    text = "t" * (LARGEST_NOTE - len(f"\n\n{LINE}"))

    assert f"{text}\n" == parse_note(f"{text}\n\n{LINE}").text


@pytest.mark.parametrize("count", [1, 16, 100])
def test_many_may_sign(count: int) -> None:
    """The format asks for sixteen at least."""
    assert len(parse_note("text\n\n" + LINE * count).signatures) == count
