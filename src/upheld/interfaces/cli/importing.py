"""`upheld import`: incident histories of others as facts for `upheld judge`, one JSON object a line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from upheld.core.explain import show_count
from upheld.core.terms.quantities import NotAQuantity, parse_length
from upheld.core.timeline import Duration, Instant, Span
from upheld.gateways.incidents import Columns, Left, Placing, Read, read_rows, read_statuspage, write_facts
from upheld.interfaces.cli.agreements import pairs
from upheld.interfaces.cli.reading import HISTORY, needs
from upheld.interfaces.cli.stopping import stop

MOST_NAMED = 5

imports = typer.Typer(
    help="Bring incident histories in as facts. A doubtful time stays two instants; an entry that is left is named.",
    no_args_is_help=True,
)
File = Annotated[Path, typer.Argument(callback=needs(HISTORY), help="The file to read.")]
Agreement = Annotated[str, typer.Option(help="The key of the agreement that the facts are about.")]
Component = Annotated[list[str], typer.Option(help="A name in the file and our component: NAME=COMPONENT. May be repeated.")]
Into = Annotated[str, typer.Option(help="The component of incidents that name none we know.")]
Impact = Annotated[list[str], typer.Option(help="A word for impact that is an outage; without it all are. May be repeated.")]
LateBy = Annotated[str, typer.Option(help="How long before its first post it may have begun: 42 minutes. Kept as a bound.")]
Covers = Annotated[str, typer.Option(help="The time of which the file tells all: 2026-01-01T00:00Z/2026-04-01T00:00Z.")]
Out = Annotated[Path | None, typer.Option(help="Write the facts there; else they are printed.")]


@imports.command("statuspage")
def import_statuspage(
    file: File,
    agreement: Agreement = "imported",
    component: Component = [],  # noqa: B006
    into: Into = "",
    impact: Impact = [],  # noqa: B006
    late_by: LateBy = "",
    covers: Covers = "",
    out: Out = None,
) -> None:
    """Read the incidents of a status page: Statuspage's incidents.json, Google Cloud's, or one incident a line."""
    named = pairs(component, "--component")
    late, told = length_of(late_by), span_of(covers)
    placing = Placing(agreement, "statuspage", named, into, tuple(impact), late, covers=told)
    give(read_statuspage(file.read_text("utf-8")), placing, out)


@imports.command("csv")
def import_rows(
    file: File,
    agreement: Agreement = "imported",
    component: Component = [],  # noqa: B006
    into: Into = "",
    impact: Impact = [],  # noqa: B006
    column: Annotated[list[str], typer.Option(help="A column under another name: start=Began. May be repeated.")] = [],  # noqa: B006
    cause: Annotated[list[str], typer.Option(help="A cause in the file and ours: THEIRS=OURS. May be repeated.")] = [],  # noqa: B006
    covers: Covers = "",
    zone: Annotated[str, typer.Option(help="The place on whose clocks times without an offset are: Europe/London.")] = "",
    out: Out = None,
) -> None:
    """Read a table of outages: a start and an end in each row, and what else its columns tell."""
    named = pairs(column, "--column")
    unknown = [name for name in named if name.replace("-", "_") not in Columns.__dataclass_fields__]
    if unknown:
        known = ", ".join(name.replace("_", "-") for name in Columns.__dataclass_fields__)
        stop(f"--column knows {known}; not {', '.join(unknown)}")
    if zone and not is_zone(zone):
        stop(f"--zone {zone!r} is no place on the list of zones; write for instance Europe/London or UTC")
    columns = Columns(**{name.replace("-", "_"): title for name, title in named.items()})
    placing = Placing(
        agreement, "table", pairs(component, "--component"), into, tuple(impact), causes=pairs(cause, "--cause"),
        covers=span_of(covers),
    )  # fmt: skip
    give(read_rows(file.read_text("utf-8"), columns, zone), placing, out)


def is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def length_of(written: str) -> Duration | None:
    if not written:
        return None
    try:
        length = parse_length(written)
    except NotAQuantity as problem:
        stop(f"--late-by: {problem}")
    if not isinstance(length, Duration):
        stop(f"--late-by {written!r} is no elapsed time; write for instance 42 minutes")
    return length


def span_of(written: str) -> Span | None:
    if not written:
        return None
    start, _, end = written.partition("/")
    try:
        return Span(Instant.parse(start), Instant.parse(end))
    except ValueError as problem:
        stop(f"--covers {written!r} is no span: {problem}; write two instants with / between them")


def give(read: Read, placing: Placing, out: Path | None) -> None:
    """Facts to the file or the screen; the count and what was left, by reason, to the other stream."""
    facts, placed_nowhere = write_facts(read.incidents, placing)
    text = "".join(json.dumps(fact.to_json(), ensure_ascii=False, sort_keys=True) + "\n" for fact in facts)
    if out:
        out.write_text(text, "utf-8")
    else:
        typer.echo(text, nl=False)
    tell([*read.left, *placed_nowhere], len(read.incidents) + len(read.left), len(facts))
    raise typer.Exit(1 if read.left else 0)


def tell(left: Sequence[Left], entries: int, facts: int) -> None:
    by_reason: dict[str, list[str]] = {}
    for one in left:
        by_reason.setdefault(one.why, []).append(one.place)
    for why, places in by_reason.items():
        named = ", ".join(places[:MOST_NAMED]) + (f" and {len(places) - MOST_NAMED} more" if places[MOST_NAMED:] else "")
        typer.echo(f"{len(places)} left, since {why}: {named}", err=True)
    read, written = show_count(entries, "entries"), show_count(facts, "facts")
    typer.echo(f"{read} read, {written} written, {show_count(len(left), 'entries')} left", err=True)
