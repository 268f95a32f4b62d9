"""Files that a command reads: where one is not there, the message says what was expected and what makes it."""

from collections.abc import Callable
from pathlib import Path

import typer

AGREEMENT = "a literate agreement, Markdown; `upheld new FILE` writes a first one"
FACTS = "facts, one JSON object a line; `upheld export facts AGREEMENT --to FILE` or `upheld import` writes them"
HISTORY = "what the other tool exported; download it there first, and name that file"
PAYMENTS = "the CSV of payments that your bank lets you download; download it first, and name that file"
BACKUP = "a backup; `upheld backup FILE` writes one"
CHECKPOINT = "a checkpoint that somebody holds; `upheld checkpoint AGREEMENT --to FILE` writes one"

Named = Path | list[Path] | None


def needs(expected: str) -> Callable[[Named], Named]:
    """
    The callback of a parameter that names a file, or several.

    Where one cannot be read, the command ends with what was expected there and which command makes it.
    """

    def check(named: Named) -> Named:
        for path in named if isinstance(named, list) else [named] if named else []:
            if not path.exists():
                raise typer.BadParameter(f"{path} is not there. Expected: {expected}.")
            if not path.is_file():
                raise typer.BadParameter(f"{path} is a folder. Expected: {expected}.")
        return named

    return check
