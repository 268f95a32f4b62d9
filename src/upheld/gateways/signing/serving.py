"""The process that alone has the key: it answers one question at a time, and never signs two roots for one size."""

import json
import os
import socket
from pathlib import Path
from typing import Any

from upheld.core.proof import NotACheckpoint, NotANote, parse_checkpoint
from upheld.gateways.signing.asked import LARGEST, SECONDS, short_path
from upheld.gateways.signing.kept import OWNER_ONLY, sync_folder
from upheld.gateways.signing.signer import Signer

GROUP_MAY_ASK = 0o660
WAITING = 64


class SignerRuns(OSError):
    """Another signer answers at this socket."""


class Memory:
    """What was signed last for each tree: its size and root. On the disk before the signature is told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._signed: dict[str, tuple[int, str]] = {}
        if path.is_file():
            self._signed = {origin: (size, root) for origin, (size, root) in json.loads(path.read_bytes()).items()}

    def explain(self, origin: str, size: int, root: str) -> str | None:
        """Why this head must not be signed after what was signed before, or None."""
        last, known = self._signed.get(origin, (0, root))
        if size < last:
            return (
                f"{origin}: a head of {last} entries was signed, asked was for one of {size}; entries are missing: restore "
                f"a newer backup. Where they are lost for good, tell the customers, then remove {self._path}"
            )
        if size == last and root != known:
            return f"{origin}: another root was signed for {size} entries; two histories would have our signature"
        return None

    def note(self, origin: str, size: int, root: str) -> None:
        if self._signed.get(origin) == (size, root):
            return
        self._signed[origin] = (size, root)
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
            file.write(json.dumps(self._signed, sort_keys=True).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        sync_folder(self._path.parent)


class SigningServer:
    """A socket behind which a signer answers. Made listening; `answer_one` blocks until somebody asked."""

    def __init__(self, place: Path, signer: Signer, memory: Memory) -> None:
        self._signer, self._memory, self.place = signer, memory, place
        place.parent.mkdir(parents=True, exist_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with short_path(place) as path:
            if place.exists():
                remove_leftover(place, path)
            self._socket.bind(path)
        place.chmod(GROUP_MAY_ASK)
        self._socket.listen(WAITING)

    def answer_one(self) -> None:
        """Answer who asks next. One who asks badly, or leaves, does no harm."""
        connection, _ = self._socket.accept()
        connection.settimeout(SECONDS)
        try:
            with connection, connection.makefile("rwb") as stream:
                stream.write(json.dumps(self._answer(stream.readline(LARGEST))).encode() + b"\n")
        except OSError:
            return

    def close(self) -> None:
        self._socket.close()
        self.place.unlink(missing_ok=True)

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            question = json.loads(line)
            text = question.get("sign") if isinstance(question, dict) else None
            if isinstance(question, dict) and question.get("key"):
                return {"key": self._signer.verifier_key()}
            stated = parse_checkpoint(text if isinstance(text, str) else "")
        except (ValueError, NotACheckpoint, NotANote) as problem:
            return {"refused": f"only heads of ledgers are signed here: {problem}"}
        refused = self._memory.explain(stated.origin, stated.size, stated.root.hex())
        if refused is not None:
            return {"refused": refused}
        self._memory.note(stated.origin, stated.size, stated.root.hex())
        return {"line": self._signer.sign(str(text))}


def remove_leftover(place: Path, path: str) -> None:
    """A killed signer leaves its socket behind; one that still answers is left alone."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except OSError:
            place.unlink(missing_ok=True)
            return
    raise SignerRuns(f"a signer answers at {place} already")
