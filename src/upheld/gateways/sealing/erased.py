"""Who was erased, outside every backup: so that a backup from before, put back, is erased again."""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from upheld.gateways.signing import keep_once, make_folder

LIST, DIGEST_KEY = "erased.jsonl", "erased.key"
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Erased:
    """
    Somebody who was erased: the mark, a keyed digest of the address, and of each other text by which a backup's rows name
    them.
    """

    person: str
    digest: str
    at: str
    others: tuple[str, ...] = ()


def digest_person(folder: Path, text: str) -> str:
    """Keyed with random bytes of this installation: without them nobody tries addresses, names or numbers."""
    key = keep_once(folder / DIGEST_KEY, lambda: secrets.token_hex(32).encode())
    return hmac.new(key, " ".join(text.casefold().split()).encode(), sha256).hexdigest()


def note_erased(folder: Path, erased: Erased) -> None:
    """Add a line, on the disk before this returns."""
    make_folder(folder)
    told = {"person": erased.person, "digest": erased.digest, "at": erased.at, "others": erased.others}
    line = json.dumps(told, sort_keys=True)
    with open(os.open(folder / LIST, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_ONLY), "ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def list_erased(folder: Path) -> list[Erased]:
    """Everybody who was erased, in order; nobody where there is no list."""
    path = folder / LIST
    if not path.is_file():
        return []
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Erased(line["person"], line["digest"], line["at"], tuple(line["others"])) for line in lines]
