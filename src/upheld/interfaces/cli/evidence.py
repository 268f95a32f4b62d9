"""`upheld verify`, `upheld key`, `upheld export facts`, `upheld checkpoint`: what customers hold against us."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.installation import Home, open_installation, open_rows
from upheld.interfaces.cli.stopping import stop
from upheld.verify.cli import main as verify_arguments

export = typer.Typer(help="What is recorded, for others to read.", no_args_is_help=True, rich_markup_mode=None)


@export.callback()
def exports() -> None:
    """What is recorded, for others to read."""


# Options go through as they are; --help too is answered by the verifier.
HANDED_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def verify(context: typer.Context) -> None:
    """Check a bundle, BUNDLE --key KEY, as its customer does: the same code as upheld-verify.pyz."""
    raise typer.Exit(verify_arguments(context.args))


def show_key(home: Home = None) -> None:
    """Print the public key of this installation: what customers verify our signatures with."""
    open_installation(home)
    from upheld.apps.ledger.services import open_signer

    try:
        typer.echo(open_signer().verifier_key())
    except ValueError as problem:
        stop(str(problem))


@export.command("facts")
def export_facts(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement.")],
    to: Annotated[Path | None, typer.Option("--to", dir_okay=False, help="A file; else standard output.")] = None,
    home: Home = None,
) -> None:
    """Write every fact of an agreement, one canonical JSON object a line, in the order of the ledger."""
    open_rows(home)
    from upheld.apps.ledger.queries import head_of, leaves_of

    head = head_of(agreement)
    if head is None:
        stop_unknown(agreement)
    written = b"".join(leaf + b"\n" for leaf in leaves_of(agreement, head.size))
    if to is None:
        sys.stdout.buffer.write(written)
    else:
        to.write_bytes(written)
        typer.echo(f"{to}: {head.size} facts, root {head.root.hex()}")


def sign_head(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement.")],
    home: Home = None,
) -> None:
    """Sign what is recorded for an agreement now, and print the checkpoint: keep it, or give it to the customer to keep."""
    open_rows(home)
    from upheld.apps.ledger.services import LedgerWentBack, NothingToSign, sign_checkpoint

    try:
        typer.echo(sign_checkpoint(agreement=agreement, at=Instant(now_us())).note, nl=False)
    except NothingToSign:
        stop_unknown(agreement)
    except (LedgerWentBack, ValueError) as problem:
        stop(str(problem))


def stop_unknown(agreement: str) -> NoReturn:
    from upheld.apps.ledger.queries import list_agreements

    known = ", ".join(list_agreements()) or "none"
    stop(f"nothing is recorded for an agreement {agreement!r}; there are: {known}")
