"""`upheld demo break | mend | state`: the switch of the demo's service, from the command line."""

import json
import urllib.error
import urllib.request

import typer

from upheld.interfaces.cli.installation import Home, choose_home
from upheld.interfaces.cli.run import DEMO_PORTS
from upheld.interfaces.cli.stopping import stop

SECONDS = 5
demo = typer.Typer(help="Break and mend the service of upheld run --demo.", no_args_is_help=True, rich_markup_mode=None)


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


def tell_state(home: Home) -> None:
    typer.echo(f"the demo service is {ask(home, 'state').strip()}")


def ask(home: Home, what: str, *, posted: bool = False) -> str:
    """What the switch answers; where none can be reached, the command ends."""
    note = choose_home(home) / DEMO_PORTS
    try:
        port = int(json.loads(note.read_text(encoding="utf-8"))["switch"])
    except FileNotFoundError:
        stop(f"{note} is not there: no demo ran in this home. Start it with upheld run --demo, or name its home with --home")
    except (ValueError, KeyError, TypeError):
        stop(f"{note} does not name the port of the switch; remove the file and start upheld run --demo again")
    # A proxy of the environment has no business on the way to this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/{what}", data=b"" if posted else None, timeout=SECONDS) as answer:
            text: str = answer.read().decode()
            return text
    except (urllib.error.URLError, OSError) as problem:
        stop(f"the switch of the demo does not answer at port {port} ({problem}); is upheld run --demo running?")
