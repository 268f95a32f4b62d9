"""Fenced blocks of a page: what to write into files, what to run, and what it prints."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
END = "the-block-ended-with"


@dataclass(frozen=True)
class Block:
    """`kind` is the first word behind the fence, `name` the second: the file that the text is written to."""

    line: int
    kind: str
    name: str
    text: str


def list_blocks(page: str) -> Iterator[Block]:
    for found in FENCE.finditer(page):
        kind, _, name = found["info"].strip().partition(" ")
        yield Block(page.count("\n", 0, found.start()) + 1, kind, name, found["text"])


class Shell:
    """One shell for a whole page, as its reader has one: what a block exports, the next one knows."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            ["bash"], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip

    def run(self, text: str) -> tuple[int, str]:
        """How the block ended, and what it printed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{text}\necho {END} $?\n")
        self._process.stdin.flush()
        printed: list[str] = []
        for line in self._process.stdout:
            if END in line:
                before, _, code = line.partition(END)
                return int(code), "".join([*printed, before])
            printed.append(line)
        return self._process.wait(), "".join(printed)

    def end(self) -> None:
        """What was started in the background ends with its shell."""
        assert self._process.stdin
        if self._process.poll() is None:
            self._process.stdin.write("kill $(jobs -p) 2> /dev/null; wait; exit\n")
            self._process.stdin.close()
            self._process.wait(timeout=60)


def explain_difference(expected: str, printed: str) -> str | None:
    """
    Why the printed text is not the expected one, or None.

    A line of `…` alone stands for any lines, none too; `…` inside a line for any letters of it.
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in expected.splitlines()
    )
    if re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else f"{printed}\n"):
        return None
    return f"expected\n{expected}\nprinted was\n{printed}"
