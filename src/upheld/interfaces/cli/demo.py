"""`upheld demo break | mend | state | write | people`: the switch of the demo's service, and its customers' part."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Annotated, Any

import typer

from upheld.interfaces.cli.installation import Home, choose_home, open_rows
from upheld.interfaces.cli.run import DEMO_PORTS
from upheld.interfaces.cli.stopping import stop

SECONDS = 5
demo = typer.Typer(
    help="Break and mend the service of upheld run --demo, and be its customers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@demo.command("break")
def break_down(home: Home = None) -> None:
    """Let the demo's service refuse every connection, as if its process had died."""
    ask(home, "break", posted=True)
    tell_state(home)


@demo.command("mend")
def mend(home: Home = None) -> None:
    """Let it answer again."""
    ask(home, "mend", posted=True)
    tell_state(home)


@demo.command("state")
def state(home: Home = None) -> None:
    """Say whether it answers."""
    tell_state(home)


@demo.command("write")
def write(
    text: Annotated[str, typer.Argument(help="The mail.")],
    sender: Annotated[
        str, typer.Option("--from", help="Who writes: mira@acorn.example where nothing is said; a stranger's mail is held.")
    ] = "",
    subject: Annotated[str, typer.Option(help="Its subject, else its first words.")] = "",
    ticket: Annotated[str, typer.Option(help="The ticket that it goes on with, for instance T-7.")] = "",
    home: Home = None,
) -> None:
    """Be the customer who writes a mail to the desk: it is kept, read and taken in as if a mail server had brought it."""
    hand_on(home, "--text", text, "--sender", sender, "--subject", subject, "--ticket", ticket)


@demo.command("people")
def people(home: Home = None) -> None:
    """Print a new one-time link for each of the demo's people, to give themselves a password; earlier links end."""
    hand_on(home)


def hand_on(home: Home, *words: str) -> None:
    """What the demo does with the rows of its home, in its own words; its exit code is ours."""
    console = read_note(home).get("console", "")
    open_rows(home)
    done = subprocess.run([sys.executable, "-m", "upheld.interfaces.demo.writing", "--console", console, *words])
    if done.returncode != 0:
        raise typer.Exit(done.returncode)


def tell_state(home: Home) -> None:
    typer.echo(f"the demo service is {ask(home, 'state').strip()}")


def ask(home: Home, what: str, *, posted: bool = False) -> str:
    """What the switch answers; where none can be reached, the command ends."""
    port = read_note(home)["switch"]
    # A proxy of the environment has no business on the way to this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/{what}", data=b"" if posted else None, timeout=SECONDS) as answer:
            text: str = answer.read().decode()
            return text
    except (urllib.error.URLError, OSError) as problem:
        stop(f"the switch of the demo does not answer at port {port} ({problem}); is upheld run --demo running?")


def read_note(home: Home) -> dict[str, Any]:
    """The ports of the demo and the address of its console; where no demo ran, the command ends."""
    note = choose_home(home) / DEMO_PORTS
    try:
        told: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
        told["switch"] = int(told["switch"])
    except FileNotFoundError:
        stop(f"{note} is not there: no demo ran in this home. Start it with upheld run --demo, or name its home with --home")
    except (ValueError, KeyError, TypeError):
        stop(f"{note} does not name the port of the switch; remove the file and start upheld run --demo again")
    return told
