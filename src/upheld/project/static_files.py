"""An address for each state of the style sheets and scripts: a browser may keep them for ever and never shows old ones."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

LETTERS = 12


def digest_folders(folders: Sequence[Path]) -> str:
    """A short digest of every file's name and content in the folders."""
    digest = sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder).as_posix()}\n{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:LETTERS]
