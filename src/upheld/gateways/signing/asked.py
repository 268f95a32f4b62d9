"""A signer in another process, asked through a socket: whoever asks has no key, and cannot even read one."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from upheld.gateways.signing.kept import publish

LARGEST = 65_536
SECONDS = 10.0
START_SECONDS = 5.0
"""A signer that is just being started is waited for."""
PAUSE_SECONDS = 0.05


class NoSigner(ValueError):
    """The signer does not answer; the message says what to look at."""


class NotSigned(ValueError):
    """The signer answered that it does not sign this, and why."""


class AskedSigner:
    """Signs by asking the process behind a socket. The public key is kept beside our own files once it was told."""

    def __init__(self, place: Path, public: Path) -> None:
        self._place, self._public = place, public

    def sign(self, text: str) -> str:
        """The signature line; raises NotSigned where the signer refuses, NoSigner where there is none."""
        return str(self._ask({"sign": text})["line"])

    def verifier_key(self) -> str:
        """From the file; asked for where there is none yet, so pages stand while the signer does not."""
        try:
            return self._public.read_text().strip()
        except FileNotFoundError:
            key = str(self._ask({"key": True})["key"])
            self._public.parent.mkdir(parents=True, exist_ok=True)
            publish(self._public, f"{key}\n".encode())
            return key

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        with self._connect() as connection, connection.makefile("rwb") as stream:
            stream.write(json.dumps(question).encode() + b"\n")
            stream.flush()
            answer = json.loads(stream.readline(LARGEST) or b"{}")
        if "refused" in answer:
            raise NotSigned(str(answer["refused"]))
        if not isinstance(answer, dict) or not answer:
            raise NoSigner(f"the signer at {self._place} ended in the middle of an answer; look at its log")
        return answer

    def _connect(self) -> socket.socket:
        give_up_at = time.monotonic() + START_SECONDS
        while True:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(SECONDS)
            try:
                with short_path(self._place) as path:
                    connection.connect(path)
            except OSError as problem:
                connection.close()
                if time.monotonic() > give_up_at or isinstance(problem, PermissionError):
                    raise NoSigner(
                        f"the signer at {self._place} does not answer ({problem.strerror}): nothing is signed until "
                        "`upheld signer` runs there and this user may ask it"
                    ) from None
                time.sleep(PAUSE_SECONDS)
            else:
                return connection


@contextmanager
def short_path(place: Path) -> Iterator[str]:
    """An address of the socket that fits: the kernel takes 107 bytes, and homes may lie deeper than that."""
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{place.name}"
    finally:
        os.close(folder)
