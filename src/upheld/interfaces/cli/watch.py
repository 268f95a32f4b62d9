"""`upheld watch`: a real target under an agreement, from the text to the first probe, with one command."""

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.terms.document import Document
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.gateways.probe import Target, UnfitTarget, read_networks, read_target, vet_address
from upheld.interfaces.cli.agreements import pairs
from upheld.interfaces.cli.binding import Bound, CannotBind, bind_customer
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.ports import find_responder
from upheld.interfaces.cli.reading import AGREEMENT, needs
from upheld.interfaces.cli.slugs import make_slug
from upheld.interfaces.cli.stopping import stop
from upheld.language import Checked, check

LOOPBACK = "127.0.0.0/8"


def watch(
    url: Annotated[str, typer.Argument(help="What is watched: http://, https:// or tcp://host:port.")],
    agreement: Annotated[Path, typer.Option(callback=needs(AGREEMENT), help="The agreement's text, Markdown.")],
    customer: Annotated[str, typer.Option(help="Whom the promise is made to; else named after the target.")] = "",
    name: Annotated[str, typer.Option(help="What the service is called; else its host and port.")] = "",
    part: Annotated[str, typer.Option(help="SERVICE/COMPONENT of the agreement, where it has several.")] = "",
    every: Annotated[int, typer.Option(min=1, max=3600, help="Seconds from probe to probe.")] = 5,
    deadline: Annotated[int, typer.Option(min=1, max=120, help="Seconds that an answer may take.")] = 2,
    body: Annotated[str | None, typer.Option(help="Text that a good answer contains.")] = None,
    price: Annotated[str | None, typer.Option(help="What the customer pays in a month, as in 'EUR 7440.00'.")] = None,
    contact: Annotated[str | None, typer.Option(help="The customer's mail address for notices.")] = None,
    parameter: Annotated[list[str], typer.Option("--set", help="A parameter: NAME=VALUE. May be repeated.")] = [],  # noqa: B006
    allow: Annotated[list[str], typer.Option(help="A private network that may be probed. May be repeated.")] = [],  # noqa: B006
    control: Annotated[list[str], typer.Option(help="An address that shows that the prober sees. May be repeated.")] = [],  # noqa: B006
    home: Home = None,
) -> None:
    """
    Put a target under watch for a customer: check the agreement, sign it now, and let the prober begin. A customer who is
    bound already is bound by another version in the console alone, by two persons.
    """
    at = Instant(now_us()).floored()
    text, checked = read_clean(agreement, at)
    document = checked.document
    assert document is not None
    try:
        target = read_target(url)
        refuse_closed(target, allow)
    except ValueError as problem:
        stop(str(problem))
    place = f"{target.host}:{target.port}"
    component = choose_part(document, part)
    folder = open_rows(home)
    from django.db import transaction

    controls = tuple(control) or find_controls(target, allow, folder)
    try:
        with transaction.atomic():
            bound = bind_customer(
                document, checked.calendars, text,
                customer=customer or f"Customer of {place}", given=pairs(parameter, "--set"), price=price, contact=contact,
                every_seconds=every, at=at,
            )  # fmt: skip
            begin_watch(
                bound,
                name or place,
                component,
                url=url,
                every=every,
                deadline=deadline,
                body=body,
                allow=allow,
                controls=controls,
            )
    except CannotBind as refusal:
        stop(*refusal.reasons)
    except ValueError as problem:
        stop(str(problem))
    tell(bound, url, every, controls)


def read_clean(path: Path, at: Instant) -> tuple[str, Checked]:
    """The text of an agreement, and what it was found to be; with any error in it the command ends."""
    text = path.read_text(encoding="utf-8")
    checked = check(text, as_of=at)
    if checked.document is None or not checked.is_clean:
        stop(
            f"{path} has problems; upheld check {path} lists them all", *(f"{path}:{each}" for each in checked.problems[:5])
        )
    return text, checked


def refuse_closed(target: Target, allow: Sequence[str]) -> None:
    """Raise UnfitTarget where the prober would be refused: the target's address is not public and not allowed."""
    networks = read_networks(tuple(allow))
    for address in addresses_of(target):
        if refusal := vet_address(address, networks):
            widest = LOOPBACK if address.startswith("127.") else f"{address}/{128 if ':' in address else 32}"
            raise UnfitTarget(
                f"{target.url} is at {address}, which is {refusal.because}: only public addresses are probed, unless you "
                f"name the network: --allow {widest}"
            )


def addresses_of(target: Target) -> list[str]:
    """The addresses behind a target now; none for a name that is not found: the prober will say so."""
    if target.place:
        return [target.place[1][0]]
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({str(entry[4][0]) for entry in found})


def choose_part(document: Document, part: str) -> tuple[str, str]:
    """Which component of which service of the agreement the target is; the command ends where that is not plain."""
    services = document.blocks.get("services", {})
    parts = [f"{service}/{name}" for service, entry in services.items() for name in entry.get("components", {})]
    if part and part not in parts:
        stop(f"{document.title} has no {part}; it has {', '.join(parts)}")
    if not part and len(parts) != 1:
        stop(f"{document.title} has {', '.join(parts) or 'no components'}; say with --part which of them the target is")
    service, _, component = (part or parts[0]).partition("/")
    return service, component


def find_controls(target: Target, allow: Sequence[str], home: Path) -> tuple[str, ...]:
    """What tells this target from a prober that is cut off: for one on this machine, the answer of our own worker."""
    if not all(address.startswith("127.") for address in addresses_of(target)):
        stop(
            f"name a control target with --control, better two: addresses near {target.host} that you may probe. "
            "Without one nobody can tell a service that is down from a prober that is cut off, and no failure would count"
        )
    return (find_responder(home),)


def begin_watch(
    bound: Bound,
    name: str,
    component: tuple[str, str],
    *,
    url: str,
    every: int,
    deadline: int,
    body: str | None,
    allow: Sequence[str],
    controls: Sequence[str],
) -> None:
    from upheld.apps.fleet.services import watch_service
    from upheld.apps.parties.queries import customer

    watch_service(
        slug=make_slug(f"{bound.customer} {name}"), name=name, customer=customer(bound.customer), agreement=bound.agreement,
        terms_service=component[0], component=component[1], url=url, interval_seconds=every, deadline_seconds=deadline,
        body=body, allow=list(allow), controls=list(controls),
    )  # fmt: skip


def tell(bound: Bound, url: str, every: int, controls: Sequence[str]) -> None:
    from django.conf import settings

    for deed in bound.deeds:
        typer.echo(deed)
    typer.echo(f"{url} is probed every {every} s; control targets: {', '.join(controls)}")
    typer.echo(
        f"look at {settings.UPHELD_URL}/ (upheld run has to run), or: upheld statement {bound.agreement} --period YYYY-MM"
    )
