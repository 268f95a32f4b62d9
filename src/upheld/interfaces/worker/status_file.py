"""The public status page as plain files: written whole or not at all, so that they can stand anywhere."""

import json
import os
from importlib.resources import files
from pathlib import Path

from upheld.core.timeline import HOUR, Instant
from upheld.gateways.pyz import NAME, PAGE_NAME, read_page, read_verifier
from upheld.interfaces.worker.status_month import build_status_month, list_months, name_file
from upheld.interfaces.worker.status_page import HISTORY, build_status_page
from upheld.pages import render_page
from upheld.pages.contexts import Assets, RequestBits
from upheld.pages.twin import write_twin

EVERYBODY_READS = 0o644
ASSETS = Assets(style="upheld.css", script="upheld.js", htmx="", icon="mark.svg")
ASSETS_OF_MONTHS = Assets(style=f"../{ASSETS.style}", script=f"../{ASSETS.script}", htmx="", icon=f"../{ASSETS.icon}")


def write_status(folder: Path, as_of: Instant) -> None:
    """Write the page of an instant, with its sheet, script and mark, and both verifiers, beside it."""
    # Seen from the next whole second, as the console is: lengths up to now add up as they are shown.
    as_of = as_of.raised()
    folder.mkdir(parents=True, exist_ok=True)
    static = files("upheld.pages") / "static" / "upheld"
    for name in (ASSETS.style, ASSETS.script, ASSETS.icon):
        replace_file(folder / name, (static / name).read_bytes())
    replace_file(folder / NAME, read_verifier())
    replace_file(folder / PAGE_NAME, read_page())
    page = build_status_page(as_of)
    replace_file(folder / "index.html", render_page(page, RequestBits(as_of=as_of, assets=ASSETS)).encode())
    replace_file(folder / "status.json", json.dumps(write_twin(page), ensure_ascii=False, indent=1).encode())
    write_months(folder / HISTORY, as_of)


def write_months(folder: Path, as_of: Instant) -> None:
    """Write the months below: the one that runs, and once an hour those that are over, which a correction may change."""
    folder.mkdir(exist_ok=True)
    for place, month in enumerate(list_months(as_of)):
        path = folder / name_file(month)
        if place and path.is_file() and as_of - Instant(path.stat().st_mtime_ns // 1000) < HOUR:
            continue
        page = build_status_month(month, as_of)
        replace_file(path, render_page(page, RequestBits(as_of=as_of, assets=ASSETS_OF_MONTHS)).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another at once; an equal one is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.chmod(EVERYBODY_READS)
    draft.replace(path)
