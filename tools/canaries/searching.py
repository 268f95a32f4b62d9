"""Where somebody can still be read: in the words as they are, and in the codings that programs write them in."""

import base64
import json
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, quote_plus

from tools.canaries.flock import FLOCK, Canary


def spell(text: str) -> Iterator[bytes]:
    """One canary in every coding: plain, of any case, hexadecimal, of addresses, of JSON, base64 at each of three places."""
    plain = text.encode()
    tight = text.replace(" ", "")
    for each in {text, text.lower(), text.upper(), tight, quote(text), quote_plus(text), json.dumps(text)[1:-1]}:
        yield each.encode()
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    yield text.encode("utf-16-le")
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + plain)
        # The letters at both ends depend on the neighbours; those between are the same wherever it stands.
        yield coded[(0, 2, 3)[shift] if shift == 0 else 4 : len(coded) // 4 * 4 - 4]


def find(places: Iterable[tuple[str, bytes]], flock: Iterable[Canary] = FLOCK) -> list[str]:
    """Each canary that is found, with the place."""
    wanted = [(text, [each for each in spell(text) if len(each) >= 8]) for bird in flock for text in bird.planted]
    found = []
    for place, content in places:
        folded = content.lower()
        for text, spellings in wanted:
            if any(each in content or each in folded for each in spellings):
                found.append(f"{text!r} in {place}")
    return found


def list_files(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of an installation; a zip opened as well."""
    for path in sorted(home.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()


def list_entries(name: str, packed: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, packed
    with zipfile.ZipFile(BytesIO(packed)) as container:
        for entry in container.namelist():
            yield f"{name}: {entry}", container.read(entry)
