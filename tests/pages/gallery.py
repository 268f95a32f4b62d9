"""Writes every sample page as a file, with sheet and scripts beside it: `python -m tests.pages.gallery FOLDER`."""

import shutil
import sys
from pathlib import Path

from tests.pages.samples import PAGES, PARTS_ALONE
from upheld.pages import render_page
from upheld.pages.engine import ROOM

GAP = "⚠ nothing is called that: %s"


def write_gallery(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    static = ROOM / "static/upheld"
    for name in ("upheld.css", "upheld.js", "mark.svg", "vendor/htmx.min.js"):
        shutil.copy(static / name, folder / Path(name).name)
    for name, (page, bits) in {**PAGES, **PARTS_ALONE}.items():
        (folder / f"{name}.html").write_text(render_page(page, bits, marking_gaps=GAP), encoding="utf-8")


if __name__ == "__main__":
    write_gallery(Path(sys.argv[1]))
