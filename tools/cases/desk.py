"""
Carry out golden cases at the desk: `python -m tools.cases.desk FOLDER`.

The cases of clocks, calls, instructions and plans are done with the product's own services on a database of their own, and
compared with what is expected, as `python -m tools.cases FOLDER` compares the judge's answers.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from tools.cases.__main__ import run
from tools.cases.question import Question

FIGURES = ("due", "met", "allowed", "code", "accepted", "valid", "ends", "sessions", "steps")


def prepare(home: Path) -> None:
    """An installation without anybody in it."""
    os.environ.update(UPHELD_HOME=str(home), UPHELD_LOG_LEVEL="error", DJANGO_SETTINGS_MODULE="upheld.project.settings")
    os.environ.pop("UPHELD_DATABASE_URL", None)
    django.setup()
    call_command("migrate", verbosity=0)


def refused_aloud(
    translate: Callable[[Question], dict[str, Any]], figures: Sequence[str] = FIGURES
) -> Callable[[Question], dict[str, Any]]:
    """What the desk refuses to do is in the place of every figure, so that nothing passes by being left out."""

    def ask(question: Question) -> dict[str, Any]:
        try:
            return translate(question)
        except (ValueError, KeyError, AssertionError) as problem:
            return dict.fromkeys(figures, f"{type(problem).__name__}: {problem}")

    return ask


def main(folder: Path, shipped: Path) -> int:
    """Every case of the desk found in a folder; the number of what differs ends the output."""
    with tempfile.TemporaryDirectory(prefix="upheld-cases-") as home:
        prepare(Path(home))
        from tools.cases.deeds import clock, instruction, plan, telephone

        translators = {"clock": clock, "telephone": telephone, "instruction": instruction, "plan": plan}
        return run(folder, shipped, {kind: refused_aloud(one) for kind, one in translators.items()}, only=tuple(translators))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python -m tools.cases.desk FOLDER, a folder of golden cases (*.json)")
    raise SystemExit(main(Path(sys.argv[1]), Path(__file__).parents[2] / "agreements"))
