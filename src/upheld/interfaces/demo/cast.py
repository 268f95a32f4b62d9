"""Who and what the demo is made of, and the agreements that bind it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from upheld.core.timeline import Instant
from upheld.language import check

HOST = "127.0.0.1"
LOOPBACK = "127.0.0.0/8"
BY = "demo"


class NoDemo(RuntimeError):
    """Why the demo cannot be set up; every reason on a line of its own."""


def read_cast() -> dict[str, Any]:
    """Who and what the demo is made of."""
    cast: dict[str, Any] = json.loads(
        files("upheld.interfaces.demo").joinpath("fixtures/cast.json").read_text(encoding="utf-8")
    )
    return cast


def read_agreement_file(path: Path, at: Instant) -> tuple[str, Any, Any]:
    """Text, document and calendars of the demo's agreement; raises NoDemo where the file is not there or has problems."""
    try:
        source = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise NoDemo(
            f"{path} cannot be read ({problem.strerror}): the demo is bound by it. Start in the folder of the checkout, or "
            "name the folder of the agreements with --agreements"
        ) from None
    checked = check(source, as_of=at)
    if checked.document is None or not checked.is_clean:
        raise NoDemo("\n".join(f"{path}:{problem}" for problem in checked.problems))
    return source, checked.document, checked.calendars
