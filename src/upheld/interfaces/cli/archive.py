"""
A backup file: a zip of lines and files, sealed under a key that lies elsewhere, with a list of contents that names each
one's digest.
"""

import json
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from upheld.gateways.sealing import NotSealed, SealKey, find_key, open_sealed, parse_key, seal

FORMAT = "upheld-backup/2"
BEFORE = "upheld-backup/1"
"""The same, with nothing sealed: it is still read."""
KEYS = "keys"
"""What is never sealed: the keys themselves, where they were asked for."""
CONTENTS = "contents.json"
READ_BYTES = 1_048_576
OWNER_ONLY = 0o600


class NotABackup(ValueError):
    """A file that is no backup, or one that is damaged; the message says where."""


class Writer:
    """A backup that is being written: add what belongs to it; the list of contents comes last."""

    def __init__(self, container: zipfile.ZipFile, key: SealKey) -> None:
        self._container = container
        self._key = key
        self.digests: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> int:
        """Add one entry; how many chunks it had."""
        digest, count = sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal count
            for chunk in chunks:
                count += 1
                yield chunk

        with self._container.open(name, "w", force_zip64=True) as entry:
            for chunk in counted() if name.startswith(f"{KEYS}/") else seal(self._key, name, counted()):
                entry.write(chunk)
                digest.update(chunk)
        self.digests[name] = digest.hexdigest()
        return count

    def add_folder(self, name: str, folder: Path, *, but: Iterable[str] = ()) -> int:
        """Add every file below a folder; how many they were. What disappears meanwhile is left out."""
        count = 0
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.name.startswith(".") or path.name in but or path.is_symlink() or not path.is_file():
                continue
            try:
                with path.open("rb") as file:
                    self.add(f"{name}/{path.relative_to(folder).as_posix()}", read_chunks(file))
            except FileNotFoundError:
                continue
            count += 1
        return count

    def close(self, told: dict[str, Any]) -> None:
        contents = {"format": FORMAT, "sealed": self._key.name, **told, "digests": self.digests}
        self._container.writestr(CONTENTS, json.dumps(contents, indent=1, sort_keys=True, ensure_ascii=False))


@contextmanager
def write_archive(path: Path, key: SealKey) -> Iterator[Writer]:
    """A backup at `path`, whole or not at all, on the disk when this ends, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as container:
                yield Writer(container, key)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


class Archive:
    """A backup that was read and found whole: every entry is listed, every listed entry is there with its digest."""

    def __init__(self, container: zipfile.ZipFile, contents: dict[str, Any]) -> None:
        self._container = container
        self.told = contents
        self.names: list[str] = sorted(contents["digests"])
        self._key: SealKey | None = None

    @property
    def sealed(self) -> str:
        """The name of the key that it is sealed under; nothing where it is not sealed."""
        return str(self.told.get("sealed", ""))

    def unlock(self, folder: Path) -> None:
        """
        Take the key from the backup itself, or from this folder. Raises NotABackup where neither has it.
        """
        if not self.sealed:
            return
        inside = f"{KEYS}/backups/{self.sealed}.key"
        kept = parse_key(self.sealed, self._container.read(inside)) if inside in self.names else None
        self._key = kept or find_key(folder, self.sealed)
        if self._key is None:
            raise NotABackup(
                f"the backup is sealed under {self.sealed}, which is neither in it nor in {folder}: put the kept keys "
                "there. Where somebody was erased since, that key may be destroyed, and with it all backups from before"
            )

    def plain(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry as they were put in. Raises NotABackup."""
        with self._container.open(name) as entry:
            if self._key is None or name.startswith(f"{KEYS}/"):
                yield from read_chunks(entry)
                return
            try:
                yield from open_sealed(self._key, name, entry)
            except NotSealed as problem:
                raise NotABackup(str(problem)) from None

    def lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for chunk in self.plain(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if rest:
            yield rest

    def below(self, folder: str) -> list[str]:
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def lay(self, name: str, home: Path) -> None:
        """Lay one entry down as the file of the same name below `home`, readable by its owner alone."""
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with open(made, "wb") as file:
            for chunk in self.plain(name):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """A backup, after every byte of it was compared with its digest. Raises NotABackup."""
    try:
        container = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as problem:
        raise NotABackup(f"{path} is not a backup: {problem}") from None
    with container:
        yield Archive(container, check_contents(path, container))


def check_contents(path: Path, container: zipfile.ZipFile) -> dict[str, Any]:
    try:
        contents = json.loads(container.read(CONTENTS))
        listed: dict[str, str] = contents["digests"]
        if contents["format"] not in (FORMAT, BEFORE):
            raise NotABackup(f"{path} is a backup of the format {contents['format']!r}; this version reads {FORMAT}")
        stored = sorted(name for name in container.namelist() if name != CONTENTS)
        if stored != sorted(listed):
            odd = sorted(set(stored) ^ set(listed)) or ["an entry that occurs twice"]
            raise NotABackup(f"{path} is damaged: {', '.join(odd[:5])}: listed or stored, but not both")
        for name, digest in listed.items():
            if not is_safe(name):
                raise NotABackup(f"{path}: {name!r} would be laid outside the home")
            with container.open(name) as entry:
                found = sha256()
                for chunk in read_chunks(entry):
                    found.update(chunk)
            if found.hexdigest() != digest:
                raise NotABackup(f"{path} is damaged: {name} does not have the digest that is listed for it")
    except (KeyError, TypeError, AttributeError, ValueError, OSError, zipfile.BadZipFile, EOFError) as problem:
        if isinstance(problem, NotABackup):
            raise
        raise NotABackup(f"{path} is not a backup, or it is damaged: {problem}") from None
    result: dict[str, Any] = contents
    return result


def is_safe(name: str) -> bool:
    """Whether an entry stays below the folder into which it is laid."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and "\\" not in name and all(part not in ("..", ".") for part in parts)


def read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(READ_BYTES):
        yield chunk
