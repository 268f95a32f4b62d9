"""`upheld mail replay`: mails from files come to the desk as if they came now, each of them, whatever it holds."""

import mailbox
from collections import Counter
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.stopping import stop

mail = typer.Typer(help="Mail of the desk.", no_args_is_help=True, rich_markup_mode=None)
HEAD = 65_536
LISTED = 20
MBOX = b"From "


@mail.callback()
def mails() -> None:
    """Mail of the desk."""


@mail.command("replay")
def replay(
    folder: Annotated[Path, typer.Argument(help="A folder of mails: one file each, or mbox files; folders in it too.")],
    home: Home = None,
) -> None:
    """
    Take in every mail of a folder: each becomes a ticket, or a message on the ticket that it goes on with.

    They are kept first, byte for byte, and come in the order of their dates; they count as received now. Repeated, nothing
    is taken in twice.
    """
    if not folder.exists():
        stop(f"{folder} is not there; name the folder in which the mails lie, for instance ./mails")
    found = sorted(read_files(folder), key=lambda one: (date_of(one[1]), one[0]))
    if not found:
        stop(f"{folder} holds no file")
    open_rows(home)
    counted, shown = Counter[str](), Counter[str]()
    for name, raw in found:
        state, told = take_in_one(raw)
        counted[state] += 1
        if state != "read" and shown[state] < LISTED:
            shown[state] += 1
            typer.echo(f"{name}: {state}, {told}")
    typer.echo(f"{len(found)} mails: " + ", ".join(f"{count} {state}" for state, count in sorted(counted.items())))
    typer.echo(tell_tickets())


def take_in_one(raw: bytes) -> tuple[str, str]:
    """What became of one mail, and why."""
    from upheld.apps.desk.queries import our_marks
    from upheld.apps.desk.services import keep_inbound, take_in
    from upheld.gateways.reading import read_mail

    at, ours = Instant(now_us()), our_marks()
    kept = keep_inbound(channel="email", raw=raw, received_at=at)
    if kept.state == "waiting":
        kept = take_in(inbound=kept, read=lambda whole, sender: read_mail(whole, ours, envelope_from=sender), at=at)
    return kept.state, kept.because


def tell_tickets() -> str:
    from upheld.apps.desk.queries import count_tickets

    tickets, held, messages = count_tickets()
    return f"the desk has {tickets} tickets ({held} held) with {messages} messages"


def read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each mail with the name of its file; an mbox file holds many."""
    files = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        raw = path.read_bytes()
        if raw.startswith(MBOX):
            box = mailbox.mbox(path, create=False)
            for key in box.iterkeys():
                yield f"{path}:{key}", box.get_bytes(key)
        else:
            yield str(path), raw


def date_of(raw: bytes) -> float:
    """The date that a mail names, to sort by; mails without one come first."""
    try:
        written = BytesHeaderParser().parsebytes(raw[:HEAD]).get("Date", "")
        return parsedate_to_datetime(str(written)).timestamp()
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError):
        return 0.0
