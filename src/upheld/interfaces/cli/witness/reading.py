"""Where heads are read: the `heads` folder of a status page, by its address or as a folder on this machine."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from hashlib import sha256

from upheld.interfaces.cli.witness.notes import Refused, read_base64

LARGEST = 2**21
SECONDS = 30


class NotReached(Exception):
    """Nothing could be read: no statement about the history."""


class Silent(NotReached):
    """Nothing could be read for so long that somebody should ask why."""


class Place:
    """The files `head.json` and `row-LEVEL-NUMBER.json`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def read_head(self) -> str:
        head = self._read("head.json").get("head")
        if not isinstance(head, str):
            raise Refused(f"{self.address}/head.json holds no head")
        return head

    def read_row(self, level: int, number: int) -> list[bytes]:
        hashes = self._read(f"row-{level}-{number}.json").get("hashes")
        if not isinstance(hashes, list):
            raise Refused(f"row {number} of level {level} holds no hashes")
        return [read_base64(hash_ if isinstance(hash_, str) else "", "a hash") for hash_ in hashes]

    def _read(self, name: str) -> dict[str, object]:
        try:
            content = json.loads(read_file(f"{self.address}/{name}"))
        except ValueError:
            raise NotReached(f"{self.address}/{name} is no JSON; is this the address of a folder `heads`?") from None
        if not isinstance(content, dict):
            raise NotReached(f"{self.address}/{name} holds no object")
        return content


def read_file(place: str) -> bytes:
    """The bytes of an address (https, or http) or a path; raises NotReached."""
    try:
        if place.startswith(("https://", "http://")):
            with urllib.request.urlopen(place, timeout=SECONDS) as answer:
                content: bytes = answer.read(LARGEST + 1)
        else:
            with open(place, "rb") as file:
                content = file.read(LARGEST + 1)
    except (OSError, urllib.error.URLError) as problem:
        raise NotReached(f"{place} cannot be read: {problem}") from None
    if len(content) > LARGEST:
        raise NotReached(f"{place} is larger than {LARGEST} bytes")
    return content


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


def post_note(address: str, token: str, note: str) -> None:
    """Send a countersigned head; raises NotReached where it is not taken. Sent again, it is taken once."""
    body = json.dumps({"note": note}).encode()
    headers = {
        "Authorization": "Bearer " + token,
        "Content-Type": "application/json",
        "Idempotency-Key": sha256(body).hexdigest(),
    }
    try:
        # Nowhere else: a redirect would take the token along.
        opener = urllib.request.build_opener(Stays)
        with opener.open(urllib.request.Request(address, body, headers), timeout=SECONDS):
            return
    except urllib.error.HTTPError as refusal:
        said = refusal.read(LARGEST).decode("utf-8", "replace")[:500]
        raise NotReached(f"{address} did not take the countersigned head ({refusal.code}): {said}") from None
    except (OSError, urllib.error.URLError) as problem:
        raise NotReached(f"{address} cannot be reached: {problem}") from None


def replace_file(path: str, content: bytes, mode: int = 0o644) -> None:
    """A file whole or not at all, and on the disk before we return."""
    draft = f"{path}.{os.getpid()}.tmp"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
