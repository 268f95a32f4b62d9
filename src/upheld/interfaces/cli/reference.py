"""The page docs/reference/commands.md, from the commands themselves: `python -m upheld.interfaces.cli.reference`."""

from collections.abc import Iterator
from typing import Any

import typer.main

from upheld.interfaces.cli.main import app

HEAD = """# Commands

Every command of `upheld`. `upheld COMMAND --help` says the same. Where a command takes `--home`, the folder of the
installation is the one given, else the setting UPHELD_HOME, else `var` in the folder where the command is started. A command
ends with 0 when it did what was asked, with 2 when it could not, and says why.
This page is printed by `python -m upheld.interfaces.cli.reference`; a test compares the two.
"""


def print_reference() -> str:
    return HEAD + "".join(print_commands(typer.main.get_command(app), "upheld"))


def print_commands(command: Any, name: str) -> Iterator[str]:
    """A command's own part, or those of the commands below it."""
    below = getattr(command, "commands", None)
    if below is None:
        yield print_command(command, name)
        return
    for word, each in below.items():
        yield from print_commands(each, f"{name} {word}")


def print_command(command: Any, name: str) -> str:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and each.name not in ("help", "home")]
    usage = " ".join([name, *(each.name.upper() for each in arguments)])
    lines = [f"\n## {usage}", "", " ".join((command.help or "").split())]
    if arguments or options:
        lines += ["", "| | |", "|---|---|"]
        lines += [f"| `{each.name.upper()}` | {each.help} |" for each in arguments]
        lines += [f"| `{each.opts[0]}` | {each.help}{print_default(each)} |" for each in options]
    return "\n".join(lines) + "\n"


def print_default(option: Any) -> str:
    """What holds where the option is not given, if anything does."""
    return "" if option.is_flag or option.default in (None, "", [], ()) else f" Default: `{option.default}`."


if __name__ == "__main__":
    print(print_reference(), end="")
