"""The installation that a command works on: its home, its settings, its database."""

import os
from pathlib import Path
from typing import Annotated

import typer

from upheld.interfaces.cli.stopping import stop

FOLDER_OWNER_ONLY = 0o700

Home = Annotated[
    Path | None,
    typer.Option(help="The installation's folder; else UPHELD_HOME, else `var` where the command is started."),
]


def choose_home(home: Path | None) -> Path:
    """The folder that the settings will name: the one given, which wins over the environment, or the environment's."""
    if home is not None:
        os.environ["UPHELD_HOME"] = str(home.expanduser().resolve())
    return Path(os.environ.get("UPHELD_HOME", "").strip() or "var").expanduser().resolve()


def open_installation(home: Path | None = None, *, log: str = "warning") -> Path:
    """Read the settings and make the rows reachable; gives the home. Settings that cannot be used end the command."""
    import django
    from django.conf import settings

    folder = choose_home(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    # A command says itself what it did; the log is for what runs unwatched.
    os.environ.setdefault("UPHELD_LOG_LEVEL", log)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_OWNER_ONLY)
        folder = Path(settings.UPHELD_HOME)
        django.setup()
    except OSError as problem:
        stop(f"the home {folder} cannot be used: {problem.strerror}; choose another with --home")
    except ValueError as problem:
        stop(str(problem))
    return folder


def open_rows(home: Path | None = None) -> Path:
    """As `open_installation`, for commands that read or write rows: the database must be there and up to date."""
    from upheld.interfaces.cli.migrations import list_pending

    folder = open_installation(home)
    pending = list_pending()
    if pending:
        stop(
            f"the database of {folder} is not up to date, {len(pending)} steps are missing: "
            "upheld migrate brings it there (upheld run does so too)"
        )
    return folder
