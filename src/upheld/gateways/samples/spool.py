"""The folder between a prober and the hub: assignments one way, sealed batches the other, a heartbeat for the living.

    assignments.json            written by the hub, whole or not at all
    batches/BOOT-SEQUENCE.json  sealed by the prober, taken away by the hub when its facts are committed
    held/                       batches that could not be read, each with a text that says why
    heartbeat.json              replaced by the prober each second

The hub may see a batch twice (it committed, and died before `forget`): boot and sequence say that it is the same one.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from upheld.gateways.samples.assignment import Assignment, read_assignments, write_assignments
from upheld.gateways.samples.batch import Batch, read_batch, write_batch
from upheld.gateways.samples.document import UnreadableDocument, read_document, read_int, read_text, write_document

_LARGEST_BATCH = 256 * 1_048_576  # bytes; anything larger was not sealed by a prober


class Heartbeat(NamedTuple):
    """The last sign of life: `at` is wall microseconds, `checks` how many are watched."""

    prober: str
    boot: str
    at: int
    checks: int


class Spool:
    """One prober's folder. Every write is whole or absent, also after a power cut (the heartbeat alone may be lost)."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._batches = self.path / "batches"
        self._held = self.path / "held"
        self._assignments = self.path / "assignments.json"
        self._heartbeat = self.path / "heartbeat.json"

    def prepare(self) -> None:
        """Make the folders, for their owner only; where the spool is there and open to a group, for that group too."""
        for folder in (self.path, self._batches, self._held):
            _make_folder(folder)

    def write_assignments(self, assignments: Iterable[Assignment]) -> None:
        """Replace what the prober watches. Raises ValueError for two checks of one id."""
        self.prepare()
        _write_whole(self._assignments, write_assignments(assignments), durably=True)

    def read_assignments(self) -> tuple[Assignment, ...]:
        """What is to be watched; nothing, when the hub has said nothing yet. Raises UnreadableDocument, OSError."""
        try:
            return read_assignments(self._assignments.read_bytes())
        except FileNotFoundError:
            return ()

    def mark_assignments(self) -> tuple[int, int, int] | None:
        """A mark that differs when the assignments were replaced: inode, time of change, size."""
        try:
            found = self._assignments.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def seal(self, batch: Batch) -> Path:
        """Keep a batch for the hub: on the disk when this returns. Raises OSError when it cannot be kept."""
        _make_folder(self._batches)
        path = self._batches / batch.name
        _write_whole(path, write_batch(batch), durably=True)
        return path

    def waiting_batches(self) -> Iterator[Batch]:
        """The batches that wait for the hub, oldest first. One that cannot be read is moved to `held/`, never lost."""
        if not self._batches.is_dir():
            return
        for name in sorted(entry.name for entry in os.scandir(self._batches) if not entry.name.startswith(".")):
            path = self._batches / name
            try:
                if path.stat().st_size > _LARGEST_BATCH:
                    raise UnreadableDocument(f"batch: expected at most {_LARGEST_BATCH} bytes")
                batch = read_batch(path.read_bytes())
                if batch.name != name:
                    raise UnreadableDocument(f"batch: expected the file name {batch.name}, got {name}")
            except FileNotFoundError:
                continue
            except (UnreadableDocument, OSError) as problem:
                self._hold(path, str(problem))
                continue
            yield batch

    def forget(self, batch: Batch) -> None:
        """Take a batch away after its facts were committed; safe to repeat."""
        (self._batches / batch.name).unlink(missing_ok=True)

    def hold(self, batch: Batch, because: str) -> None:
        """Keep a batch aside, with the reason: some of it is nobody's, and nothing that was seen is thrown away."""
        path = self._batches / batch.name
        if path.exists():
            self._hold(path, because)

    def beat(self, heartbeat: Heartbeat) -> None:
        """Say that the prober lives. Raises OSError."""
        _write_whole(self._heartbeat, write_document(heartbeat._asdict()), durably=False)

    def read_heartbeat(self) -> Heartbeat | None:
        """The last sign of life, None when there was none (or none that can be read)."""
        try:
            document = read_document(self._heartbeat.read_bytes())
            return Heartbeat(
                read_text(document.get("prober"), "prober"),
                read_text(document.get("boot"), "boot"),
                read_int(document.get("at"), "at"),
                read_int(document.get("checks"), "checks"),
            )
        except (FileNotFoundError, UnreadableDocument):
            return None

    def sweep(self) -> None:
        """Take away what a killed prober left half written; for the one prober of this folder, when it starts."""
        for folder, pattern in ((self.path, ".heartbeat.json.*.tmp"), (self._batches, ".*.tmp")):
            for leftover in folder.glob(pattern):
                leftover.unlink(missing_ok=True)

    def _hold(self, path: Path, because: str) -> None:
        _make_folder(self._held)
        _write_whole(self._held / f"{path.name}.why.txt", f"{because}\n".encode(), durably=True)
        path.rename(self._held / path.name)
        _sync_folder(self._held)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o770 if _is_shared(folder.parent) else 0o700)


def _is_shared(folder: Path) -> bool:
    """Whether an operator opened the spool to a group: hub and prober are then two users, and neither is everybody."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return False
    return found.st_mode & (stat.S_ISGID | stat.S_IWGRP) == stat.S_ISGID | stat.S_IWGRP


def _write_whole(path: Path, raw: bytes, *, durably: bool) -> None:
    """Write beside, then rename: a reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    mode = 0o660 if _is_shared(path.parent) else 0o600
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            if durably:
                os.fsync(file.fileno())
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    if durably:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
