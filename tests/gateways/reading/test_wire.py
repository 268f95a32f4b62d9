"""What comes from the child is checked as if a stranger had sent it."""

import io
import json
import struct
from copy import deepcopy

import pytest

from upheld.gateways.reading import Mail, Ours
from upheld.gateways.reading.parsing import parse_mail
from upheld.gateways.reading.wire import Garbled, pack_mail, read_message, unpack_mail, write_message

RAW = (
    b"From: a@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nx\n"
    b"--b\nContent-Type: image/png; name=x.png\n\n\x89PNG\n--b--\n"
)


@pytest.fixture
def mail() -> Mail:
    return parse_mail(RAW, Ours())


def test_a_mail_comes_out_as_it_went_in(mail):
    """All values, and the bytes of what is attached."""
    pipe = io.BytesIO()
    write_message(pipe, *pack_mail(mail))
    pipe.seek(0)

    assert mail == unpack_mail(*read_message(pipe))


@pytest.mark.parametrize(
    "bytes_",
    [
        struct.pack(">I", 2**32 - 1),
        struct.pack(">I", 4) + b"null",
        struct.pack(">I", 2) + b"{}",
        struct.pack(">I", 3) + b"abc",
        struct.pack(">I", 13) + b'{"blobs":[-1]}'[:13],
        struct.pack(">I", 14) + b'{"blobs":[-1]}',
        struct.pack(">I", 24) + b'{"blobs":[999999999999]} '[:24],
        struct.pack(">I", 100_000) + b"[" * 100_000,
    ],
)
def test_what_is_no_message_is_refused(bytes_):
    """Impossible lengths, other JSON, none at all."""
    with pytest.raises(Garbled):
        read_message(io.BytesIO(bytes_))


@pytest.mark.parametrize("bytes_", [b"", b"\0\0", struct.pack(">I", 10) + b"{"])
def test_a_torn_message_is_the_end(bytes_):
    """The child died while it wrote."""
    with pytest.raises(EOFError):
        read_message(io.BytesIO(bytes_))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", 7),
        ("subject", "a\0b"),
        ("text", "\ud800"),
        ("references", "abc"),
        ("references", [1]),
        ("sender", None),
        ("recipients", [[]]),
        ("attachments", []),
        ("bounce", []),
        ("authenticity", {"standing": "trusted", "because": ""}),
        ("remote_pictures", "x"),
    ],
)
def test_a_mail_of_wrong_values_is_refused(mail, name, value):
    """No NUL, no half letter, no other type, no standing that there is not."""
    content, blobs = pack_mail(mail)
    content = deepcopy(json.loads(json.dumps(content)))
    content[name] = value

    with pytest.raises(Garbled):
        unpack_mail(content, blobs)
