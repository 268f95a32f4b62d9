"""What a witness does at each call: reads the head, demands that it continues the one it keeps, keeps it, countersigns."""

from __future__ import annotations

import json
import os
from datetime import datetime, timezone
from typing import NoReturn

from upheld.interfaces.cli.witness.notes import Head, Key, Refused, cosign, cosigner_key, read_base64
from upheld.interfaces.cli.witness.reading import NotReached, Place, Silent, post_note, read_file, replace_file
from upheld.interfaces.cli.witness.trees import explain_growth, includes

KEPT, SEED, PUBLIC, SIGNED, TOKEN, AGAINST = (
    "kept.json",
    "witness.seed",
    "witness.vkey",
    "head.txt",
    "token",
    "against-{}.txt",
)
WEEK = 7 * 24 * 60 * 60


class Rewritten(Exception):
    """The history that is shown is not the one that was shown before."""


class Witness:
    """A folder of the customer's: the last head, the key it was verified with, and a key of the witness's own."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.kept = self._read_kept()

    def begin(self, address: str, key: str, name: str, seed: bytes) -> None:
        """The first call: from now on this folder watches this address with this key."""
        Key(key)
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        replace_file(self._path(SEED), seed.hex().encode(), 0o600)
        replace_file(self._path(PUBLIC), (cosigner_key(name, seed) + "\n").encode())
        self.kept = {"address": address, "key": key.strip(), "name": name}
        self._keep()

    def look(self, seconds: int) -> str:
        """One look at the head; returns what to tell. Raises Rewritten, Refused or NotReached."""
        place = Place(self.kept["address"])
        key = Key(self.kept["key"])
        try:
            shown = Head(place.read_head(), key)
        except NotReached as problem:
            raise self._tell_silence(problem, seconds) from None
        if "note" in self.kept:
            held = Head(self.kept["note"], key)
            if shown.origin != held.origin:
                self._hold_against(shown, f"the head is of {shown.origin}, you hold one of {held.origin}: another history")
            if rewritten := explain_growth(held.size, held.root, shown.size, shown.root, place.read_row):
                self._hold_against(shown, "the history was rewritten: " + rewritten)
        line = cosign(shown, self.kept["name"], self._seed(), seconds)
        told = "the head of {} entries continues the one of {}".format(
            shown.size,
            self.kept.get("size", "nothing: it is the first"),
        )
        # Kept before it is told: what we once said that we saw, we can never forget.
        self.kept.update(note=shown.note, size=str(shown.size), root=shown.root.hex(), origin=shown.origin)
        self.kept["read_at"] = str(seconds)
        self._keep()
        replace_file(self._path(SIGNED), (shown.note + line).encode())
        if "post" in self.kept:
            post_note(self.kept["post"], read_file(self._path(TOKEN)).decode(), shown.note + line)
            told += "; the provider has it countersigned"
        return told

    def post_to(self, address: str, token: str) -> None:
        """From now on show the provider each head that is countersigned."""
        replace_file(self._path(TOKEN), token.encode(), 0o600)
        self.kept["post"] = address
        self._keep()

    def check_head(self, path: str) -> str:
        """That a head in a file is of the history that is kept: of one agreement's ledger, or what another reader kept."""
        key = Key(self.kept["key"])
        if "note" not in self.kept:
            raise Refused("no head of the platform is kept yet; look once first")
        held, content = Head(self.kept["note"], key), read_file(path).decode("utf-8", "replace")
        if not content.startswith("{"):
            other = Head(content, key)
            if other.origin != held.origin:
                raise Refused(f"{path} is a head of {other.origin}, you hold one of {held.origin}: they cannot be compared")
            self._compare(held, other)
            return f"the head of {other.size} entries in {path} and the one of {held.size} that you hold are of one history"
        try:
            told = json.loads(content)
            head, platform = Head(told["head"], key), Head(told["platform"], key)
            leaf, index = told["leaf"].encode(), int(told["index"])
            proof = [read_base64(hash_, "a hash") for hash_ in told["proof"]]
            stated = json.loads(leaf)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Refused(f"{path} is no proof of a head: `upheld ledger head AGREEMENT` writes one") from None
        if (stated.get("origin"), stated.get("size"), stated.get("root")) != (head.origin, head.size, head.root.hex()):
            raise Rewritten(f"the entry in the platform's tree is not this head of {head.origin}")
        if platform.origin != held.origin:
            raise Rewritten(f"the proof is of the tree {platform.origin}, you hold one of {held.origin}")
        if not includes(leaf, index, platform.size, proof, platform.root):
            raise Rewritten(f"the head of {head.origin} is not in the tree that everybody is shown")
        self._compare(held, platform)
        return f"the head of {head.size} facts of {head.origin} is in the tree that everybody is shown"

    def _compare(self, held: Head, other: Head) -> None:
        """That two heads of one tree are of one history; raises Rewritten."""
        older, newer = sorted((held, other), key=lambda each: each.size)
        try:
            problem = explain_growth(older.size, older.root, newer.size, newer.root, Place(self.kept["address"]).read_row)
        except Refused as missing:
            problem = f"the provider does not show you all its hashes: {missing}"
        if problem:
            self._hold_against(
                other,
                f"two histories were signed. The head of {newer.size} entries does not continue the one of {older.size}: "
                + problem,
            )

    def _hold_against(self, other: Head, because: str) -> NoReturn:
        """Raises Rewritten, with the other head laid beside the one that is kept: together they prove it."""
        path = self._path(AGAINST.format(other.root.hex()[:16]))
        replace_file(path, other.note.encode())
        raise Rewritten(
            f"{because}. Both heads bear the provider's signature: {self._path(SIGNED)} and {path}; keep both, "
            "and ask the provider"
        )

    def _tell_silence(self, problem: NotReached, seconds: int) -> NotReached:
        """The same with when a head was last read; Silent after a week."""
        if "read_at" not in self.kept:
            return problem
        read_at = int(self.kept["read_at"])
        day = datetime.fromtimestamp(read_at, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")  # noqa: UP017 - Python 3.9
        kind = Silent if seconds - read_at >= WEEK else NotReached
        return kind(f"{problem}; the last head was read at {day}, and the next one has to continue it")

    def _read_kept(self) -> dict[str, str]:
        try:
            kept = json.loads(read_file(self._path(KEPT)))
        except NotReached:
            return {}
        except ValueError:
            kept = None
        if not isinstance(kept, dict) or not all(isinstance(value, str) for value in kept.values()):
            raise Refused(f"{self._path(KEPT)} is not as it was written; take it back from your own backup")
        return kept

    def _keep(self) -> None:
        replace_file(self._path(KEPT), json.dumps(self.kept, indent=1, sort_keys=True).encode())

    def _seed(self) -> bytes:
        try:
            seed = bytes.fromhex(read_file(self._path(SEED)).decode())
        except ValueError:
            seed = b""
        if len(seed) != 32:
            raise Refused(f"{self._path(SEED)} is no seed of a key; take it back from your own backup")
        return seed

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name)
