"""Files that are made once and then only read: the first of several processes makes it, all others find it."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
EVERYBODY_READS = 0o644


def keep_once(path: Path, make: Callable[[], bytes], *, mode: int = OWNER_ONLY) -> bytes:
    """What the file holds; where there is none, it is made, whole or not at all, and is on the disk before we return."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    make_folder(path.parent)
    # A name of our own, so that two processes which start together do not write into one file.
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        # A link, not a rename: it fails where the file came to be meanwhile, and then theirs holds.
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_bytes()
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path.read_bytes()


def make_folder(folder: Path) -> None:
    """A folder for its owner alone, and so each one above it that is not there yet: `mkdir` alone would open those."""
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(exist_ok=True, mode=FOLDER_OWNER_ONLY)


def publish(path: Path, content: bytes) -> None:
    """Lay `content` beside a key for everybody to read; an equal file is left alone, another one is replaced whole."""
    if path.is_file() and path.read_bytes() == content:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, EVERYBODY_READS), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A new name is durable only when its folder is."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
