"""`upheld new` and `upheld schema`: the beginnings of an agreement, and what an editor needs to help with it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from upheld.interfaces.cli.stopping import stop


def start_agreement(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where the new agreement goes, for instance hosting.md.")],
) -> None:
    """Start an agreement from a file with remarks that can be checked and judged at once. Never writes over a file."""
    if file.exists():
        stop(f"{file} is there already; choose another name, nothing was written")
    if not file.parent.is_dir():
        stop(f"there is no folder {file.parent}; make it first")
    file.write_text(files("upheld.language").joinpath("starter.md").read_text("utf-8"), encoding="utf-8")
    typer.echo(f"{file} is written. Change its words and figures to your own, then: upheld check {file}")


def print_schema() -> None:
    """Print the JSON Schema of the blocks, for an editor: completion, words, kinds of value."""
    from upheld.language.schema import write_schema

    typer.echo(json.dumps(write_schema(), indent=1, ensure_ascii=False))
