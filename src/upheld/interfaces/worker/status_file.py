"""The public status page as plain files: written whole or not at all, so that they can stand anywhere."""

import os
from importlib.resources import files
from pathlib import Path

from upheld.core.timeline import Instant
from upheld.interfaces.worker.status_page import build_status_page
from upheld.pages import render_page
from upheld.pages.contexts import Assets, RequestBits

EVERYBODY_READS = 0o644
ASSETS = Assets(style="upheld.css", script="upheld.js", htmx="")


def write_status(folder: Path, as_of: Instant) -> None:
    """Write the page of an instant, with its sheet and script beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    static = files("upheld.pages") / "static" / "upheld"
    for name in (ASSETS.style, ASSETS.script):
        replace_file(folder / name, (static / name).read_bytes())
    page = render_page(build_status_page(as_of), RequestBits(as_of=as_of, assets=ASSETS))
    replace_file(folder / "index.html", page.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another at once; an equal one is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.chmod(EVERYBODY_READS)
    draft.replace(path)
