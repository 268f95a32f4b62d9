"""`upheld user add` and `upheld set-up`: who may sign in."""

import sys
from typing import Annotated

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.stopping import stop

user = typer.Typer(help="The people who may sign in.", no_args_is_help=True, rich_markup_mode=None)
ROLES = ("administrator", "staff", "customer")


@user.callback()
def people() -> None:
    """The people who may sign in."""


@user.command("add")
def add(
    email: Annotated[str, typer.Argument(help="The address that the person signs in with.")],
    name: Annotated[str, typer.Option(help="The person's name, as pages show it.")],
    role: Annotated[str, typer.Option(help="administrator, staff, or customer (with --customer).")] = "staff",
    customer: Annotated[str, typer.Option(help="The slug of the customer that the person belongs to.")] = "",
    home: Home = None,
) -> None:
    """Add a person; the password is asked for, or read from standard input where that is no terminal."""
    if role not in ROLES:
        stop(f"a role is one of {', '.join(ROLES)}; came {role!r}")
    if (role == "customer") != bool(customer):
        stop("a person of a customer has the role customer and belongs to one: --role customer --customer SLUG")
    open_rows(home)
    from django.core.exceptions import ValidationError

    from upheld.apps.parties import queries, services

    try:
        party = queries.customer(customer) if customer else None
        services.add_user(
            email=email, name=name, role=role, password=ask_password(), at=Instant(now_us()), customer=party
        )  # fmt: skip
    except queries.UnknownParty as problem:
        known = ", ".join(each.slug for each in queries.list_customers()) or "none"
        stop(f"{problem}; there are: {known}")
    except ValidationError as problem:
        stop(*problem.messages)
    except ValueError as problem:
        stop(str(problem))
    typer.echo(f"{email} may sign in now, as {role}")


def offer_link(home: Home = None) -> None:
    """Print a new link that makes the first administrator, once; an earlier one ends. upheld run prints one by itself."""
    open_rows(home)
    from django.conf import settings

    from upheld.apps.parties.services import offer_setup

    token = offer_setup()
    if token is None:
        stop("somebody can sign in already: an administrator adds people, or upheld user add does")
    typer.echo(f"{settings.UPHELD_URL}/set-up/{token}")


def erase(
    email: Annotated[
        str, typer.Argument(help="The mail address of the person, who signs in by it or only wrote or is told.")
    ],
    also: Annotated[
        list[str], typer.Option(help="Another spelling, name or number to look for in rows. May be repeated.")
    ] = [],  # noqa: B006
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: nothing brings an erased person back.")] = False,
    home: Home = None,
) -> None:
    """Erase a person from every row, and what their marks in the ledgers stand for; no figure changes."""
    if not yes:
        typer.confirm(f"Erase {email}? Nothing brings them back", abort=True)
    open_rows(home)
    from django.db import OperationalError

    from upheld.apps.erasure.queries import say_kept
    from upheld.apps.erasure.services import CannotErase, erase_person, sweep

    at = Instant(now_us())
    try:
        erased = erase_person(address=email, by="operator", at=at, also=also)
    except CannotErase as problem:
        stop(str(problem))
    try:
        sweep(at=at)
    except OperationalError:
        typer.echo("the database is busy: the worker rewrites its files within a minute or two")
    typer.echo(f"{erased.person}: {erased.rows} rows; the ledgers say that it was done, and verify as before")
    if erased.kept:
        typer.echo(say_kept(erased))
    typer.echo(
        "backups from before open with the keys for the days of UPHELD_BACKUP_KEYS_DAYS, and are erased again when one is "
        "restored; make a new one now, and copy the folder keys anew"
    )


def ask_password() -> str:
    """Typed twice at a terminal, never shown; else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\n")
