"""What time, broken software and malice do to mails."""

import re
from collections.abc import Callable
from random import Random

MARKS = (
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r", b"\n\n", b"\r\n\r\n", b"=\r\n"),
    *(b"=?", b"?=", b"=?utf-8?q?", b"=?x?b?", b"--", b"<", b">", b'"', b"\\", b"%", b"*0*=", b"''"),
    *(b"<" * 500, b"(" * 500, b";" * 300, b"<div>" * 300, b"<b>" * 300, b"<svg><script>", b"<img src=http://example.net/x>"),
    *(b"charset=undefined", b"charset=idna", b"charset=utf-7", b"charset=x-none"),
    b"Content-Type: multipart/mixed; boundary=\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-unknown\r\n",
    b"From: eve@example.net\r\n",
    b"Message-ID: <[>\r\n",
    b"To: a@b, " + b"c@d, " * 400,
)


def flip_bits(chance: Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_off(chance: Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw))]


def cut_out(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.randint(1, 400) :]


def insert_marks(chance: Random, raw: bytes) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw))
        raw = raw[:at] + chance.choice(MARKS) * chance.choice([1, 1, 1, 20]) + raw[at:]
    return raw


def double_lines(chance: Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        lines[at:at] = [lines[chance.randrange(min(len(lines), 25))]] * chance.choice([1, 1, 30])
    return b"".join(lines)


def shuffle_lines(chance: Random, raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def drop_lines(chance: Random, raw: bytes) -> bytes:
    return b"".join(line for line in raw.splitlines(keepends=True) if chance.random() > 0.05)


def change_line_ends(chance: Random, raw: bytes) -> bytes:
    return raw.replace(b"\r\n", chance.choice([b"\n", b"\r", b"\r\r\n", b"\n\r"]))


def change_values(chance: Random, raw: bytes) -> bytes:
    """Sets, encodings, types and boundaries that nobody has heard of, or that belong to something else."""
    word = chance.choice(
        [rb"charset=\S+", rb"boundary=\S+", rb"base64|quoted-printable|8bit", rb"text/\w+", rb"multipart/\w+"]
    )
    other = chance.choice(
        [
            b"utf-16",
            b"base64",
            b"x-uuencode",
            b"multipart/mixed",
            b"message/rfc822",
            b"text/html",
            b"boundary=a",
            b"charset=utf-32",
        ]
    )
    return re.sub(word, other, raw, count=chance.randint(1, 3))


def repeat_piece(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    piece = raw[at : at + chance.randint(1, 300)]
    return raw[:at] + piece * chance.randint(2, 200) + raw[at:]


def fill_with_noise(chance: Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + chance.randbytes(chance.randint(1, 3_000)) + raw[at + chance.randint(0, 3_000) :]


MUTATIONS: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(flip_bits, cut_off, cut_out, insert_marks, double_lines, shuffle_lines, drop_lines, change_line_ends),
    *(change_values, repeat_piece, fill_with_noise),
)


def mutate(chance: Random, raw: bytes) -> bytes:
    """One to three mutations, one upon the other."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        raw = chance.choice(MUTATIONS)(chance, raw or b"\n")
    return raw
