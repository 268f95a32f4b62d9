"""`upheld token`: what programs show instead of signing in."""

from typing import Annotated, Any

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.stopping import stop

token = typer.Typer(help="The tokens that programs show to the API.", no_args_is_help=True, rich_markup_mode=None)

Email = Annotated[str, typer.Argument(help="The address that the person signs in with.")]


@token.callback()
def tokens() -> None:
    """The tokens that programs show to the API."""


@token.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="What the program is, so that you know later which token to revoke.")],
    home: Home = None,
) -> None:
    """Print a new token for a program of this person. It is shown once: only its digest is kept."""
    open_rows(home)
    from upheld.apps.parties import services

    try:
        _, written = services.add_token(user=find_person(email), name=name, at=Instant(now_us()))
    except services.CannotAdd as problem:
        stop(str(problem))
    typer.echo(written)
    typer.echo("keep it like a password; it is not shown again. upheld token revoke ends it", err=True)


@token.command("list")
def show(home: Home = None) -> None:
    """List all tokens: whose, for which program, when last used, whether revoked."""
    open_rows(home)
    from upheld.apps.parties.queries import list_tokens

    rows = list_tokens()
    for row in rows:
        used = f"last used {Instant.of(row.last_used_at)}" if row.last_used_at else "never used"
        revoked = f", revoked {Instant.of(row.revoked_at)}" if row.revoked_at else ""
        typer.echo(f"{row.user.email}  {row.name}: {used}{revoked}")
    if not rows:
        typer.echo("there are none; upheld token add makes one")


@token.command("revoke")
def revoke(
    email: Email,
    name: Annotated[str, typer.Argument(help="The name that the token was given.")],
    home: Home = None,
) -> None:
    """End a token: from now on nobody comes in with it."""
    open_rows(home)
    from upheld.apps.parties import queries, services

    try:
        found = queries.token(find_person(email), name)
    except queries.UnknownToken as problem:
        stop(str(problem))
    services.revoke_token(token=found, at=Instant(now_us()))
    typer.echo(f"{name} of {email} is good no more")


def find_person(email: str) -> Any:
    from upheld.apps.parties.queries import UnknownParty, list_users, user

    try:
        return user(email)
    except UnknownParty as problem:
        known = ", ".join(one.email for one in list_users()) or "nobody yet; upheld user add adds somebody"
        stop(f"{problem}; there are: {known}")
