"""The `upheld` command as an operator types it, in an installation of a test's own."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
UPHELD = [sys.executable, "-c", "from upheld.interfaces.cli.main import main; main()"]


class Said(NamedTuple):
    """How a command ended, and what it printed where."""

    code: int
    out: str
    err: str


def upheld(environment: dict[str, str], *words: str | Path, typed: str = "") -> Said:
    """Run one command to its end."""
    ended = subprocess.run(
        [*UPHELD, *map(str, words)], cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, timeout=120
    )
    return Said(ended.returncode, ended.stdout, ended.stderr)


def do(environment: dict[str, str], *words: str | Path, typed: str = "") -> str:
    """What a command printed; one that does not end well fails the test with its own words."""
    said = upheld(environment, *words, typed=typed)
    assert said.code == 0, f"upheld {' '.join(map(str, words))} ended with {said.code}: {said.err}{said.out}"
    return said.out
