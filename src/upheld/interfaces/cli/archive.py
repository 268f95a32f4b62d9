"""A backup file: a zip of lines and files, with a list of contents that names each one's digest."""

import json
import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = "upheld-backup/1"
CONTENTS = "contents.json"
READ_BYTES = 1_048_576
OWNER_ONLY = 0o600


class NotABackup(ValueError):
    """A file that is no backup, or one that is damaged; the message says where."""


class Writer:
    """A backup that is being written: add what belongs to it; the list of contents comes last."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self.digests: dict[str, str] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> int:
        """Add one entry; how many chunks it had."""
        digest, count = sha256(), 0
        with self._container.open(name, "w", force_zip64=True) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                count += 1
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
        contents = {"format": FORMAT, **told, "digests": self.digests}
        self._container.writestr(CONTENTS, json.dumps(contents, indent=1, sort_keys=True, ensure_ascii=False))


@contextmanager
def write_archive(path: Path) -> Iterator[Writer]:
    """A backup at `path`, whole or not at all, on the disk when this ends, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as container:
                yield Writer(container)
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

    def lines(self, name: str) -> Iterator[bytes]:
        with self._container.open(name) as entry:
            yield from entry

    def text(self, name: str) -> str:
        return self._container.read(name).decode()

    def below(self, folder: str) -> list[str]:
        return [name for name in self.names if name.startswith(f"{folder}/")]

    def lay(self, name: str, home: Path) -> None:
        """Lay one entry down as the file of the same name below `home`, readable by its owner alone."""
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with self._container.open(name) as entry, open(made, "wb") as file:
            for chunk in read_chunks(entry):
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
        if contents["format"] != FORMAT:
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
