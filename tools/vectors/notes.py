"""Vectors of the note: its signatures, and the checkpoint that it states."""

from base64 import b64decode, b64encode
from collections.abc import Iterator

from tests.verify.samples import HARBOUR, february
from tools.vectors.case import Case

ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of the group: S and S + ORDER are the same number there, so the second is refused."""


def make_notes() -> Iterator[Case]:
    base = february()
    note = base.sign()
    text, below = note.split("\n\n")
    name, encoded = below.removeprefix("— ").strip().split(" ")
    blob = b64decode(encoded)
    number = int.from_bytes(blob[36:], "little") + ORDER
    again = b64encode(blob[:36] + number.to_bytes(32, "little")).decode()
    lines = text.split("\n")
    notes = {
        "r": line(name, flip(blob, 10)),
        "s": line(name, flip(blob, 40)),
        "id": line(name, flip(blob, 0)),
        "twin": f"— {name} {again}\n",
        "short": line(name, blob[:-1]),
        "long": line(name, blob + b"\0"),
        "only-id": line(name, blob[:4]),
        "name": line("harbour.exampl", blob),
        "no-dash": below[2:],
        "hyphen": below.replace("—", "-"),
        "no-newline": below[:-1],
        "no-signature": "",
        "not-base64": below.replace("=", ""),
        "two-spaces": below.replace(f"{name} ", f"{name}  "),
        "line-below": f"{below}more\n",
        "second-wrong": below + line(name, flip(blob, 10)),
        "name-with-plus": line("a+b", blob) + below,
    }
    for what, put in notes.items():
        yield Case(
            f"signature/{what}",
            f"the line of the signature: {what}",
            base.pack(checkpoint=f"{text}\n\n{put}"),
            ("signature",),
        )
    texts = {
        "leading-zero": [lines[0], f"0{lines[1]}", lines[2]],
        "sign": [lines[0], f"+{lines[1]}", lines[2]],
        "two-lines": lines[:2],
        "short-root": [*lines[:2], b64encode(bytes(31)).decode()],
        "loose-root": [*lines[:2], lines[2].replace("I=", "J=")],
        "no-origin": ["", *lines[1:]],
        "size-too-large": [lines[0], "9007199254740992", lines[2]],
        "empty-extension": [*lines, "", "x"],
        "zero": [lines[0], "0", lines[2]],
    }
    for what, changed in texts.items():
        signed = "\n".join(changed) + "\n"
        yield Case(
            f"checkpoint/{what}",
            f"signed, and not a checkpoint: {what}",
            base.pack(checkpoint=put_under(signed)),
            ("signature",),
        )
    yield Case(
        "signature/tab",
        "the text of the note holds a tab",
        base.pack(checkpoint=note.replace("\n", "\t\n", 1)),
        ("signature",),
    )
    yield Case(
        "valid/extension",
        "a line behind the root, signed with the rest",
        base.pack(checkpoint=put_under(text + "\nextension\n")),
    )
    witness = f"{note}{line('witness.example', blob)}"
    yield Case(
        "valid/countersigned", "a second signature, of a witness whose key is not at hand", base.pack(checkpoint=witness)
    )
    yield Case(
        "valid/countersigned-first",
        "the witness stands first",
        base.pack(checkpoint=f"{text}\n\n{line('witness.example', blob)}{below}"),
    )
    yield Case("valid/signed-twice", "the same signature twice", base.pack(checkpoint=note + below))


def flip(blob: bytes, at: int) -> bytes:
    return blob[:at] + bytes((blob[at] ^ 1,)) + blob[at + 1 :]


def line(name: str, blob: bytes) -> str:
    return f"— {name} {b64encode(blob).decode()}\n"


def put_under(text: str) -> str:
    return f"{text}\n{HARBOUR.sign(text)}"
