"""The keys that backups are sealed under: files in a folder, the newest one seals, an ended one is destroyed in time."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from upheld.core.timeline import Instant
from upheld.gateways.signing import keep_once, make_folder

KEY_BYTES = 32
ENDS = ".ends"
"""Beside a key that seals no more: the instant at which it is destroyed."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A key with its name, `key-1` and on."""

    name: str
    secret: bytes


def list_names(folder: Path) -> list[str]:
    """The keys that are there, the oldest first."""
    found = [path.stem for path in folder.glob("key-*.key") if path.stem.removeprefix("key-").isdigit()]
    return sorted(found, key=lambda name: int(name.removeprefix("key-")))


def take_key(folder: Path) -> SealKey:
    """The key that seals now; made where there is none."""
    names = [name for name in list_names(folder) if not (folder / f"{name}{ENDS}").exists()]
    return read_key(folder, names[-1] if names else name_next(folder))


def name_next(folder: Path) -> str:
    """Never the name of one that was destroyed: what says when it ended stays."""
    used = [path.stem for path in folder.glob("key-*")] if folder.is_dir() else []
    return f"key-{max((int(name.removeprefix('key-')) for name in used if name[4:].isdigit()), default=0) + 1}"


def read_key(folder: Path, name: str) -> SealKey:
    return parse_key(name, keep_once(folder / f"{name}.key", lambda: secrets.token_hex(KEY_BYTES).encode()))


def parse_key(name: str, written: bytes) -> SealKey:
    """A key from its file: 64 hexadecimal letters. Raises ValueError."""
    secret = bytes.fromhex(written.decode("ascii").strip())
    if len(secret) != KEY_BYTES:
        raise ValueError(f"{name}.key has {len(secret)} bytes; a key has {KEY_BYTES}")
    return SealKey(name, secret)


def find_key(folder: Path, name: str) -> SealKey | None:
    """The key of a backup, while it is kept."""
    return read_key(folder, name) if name in list_names(folder) else None


def renew_key(folder: Path, until: Instant) -> SealKey:
    """From now on another key seals; those of before open their backups until `until`, and are destroyed then."""
    make_folder(folder)
    for name in list_names(folder):
        keep_once(folder / f"{name}{ENDS}", str(until).encode)
    return take_key(folder)


def drop_ended(folder: Path, at: Instant) -> list[str]:
    """Destroy the keys whose time is over; their names. What was sealed under them opens for nobody any more."""
    dropped = []
    for name in list_names(folder):
        end = folder / f"{name}{ENDS}"
        if end.is_file() and Instant.parse(end.read_text(encoding="ascii").strip()) <= at:
            path = folder / f"{name}.key"
            path.write_text(secrets.token_hex(KEY_BYTES), encoding="ascii")
            path.unlink()
            dropped.append(name)
    return dropped
