"""How a command ends when it cannot do what was asked: with a sentence for each thing, and exit code 2."""

from typing import NoReturn

import typer


def stop(*lines: str) -> NoReturn:
    """End the command with 2, having said why."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
