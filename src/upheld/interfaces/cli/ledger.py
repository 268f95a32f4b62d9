"""`upheld ledger ...`: the ledgers of an installation, checked whole; one agreement's head in the tree over all heads."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.availability.samples import account_samples
from upheld.core.facts import ObservationsSealed
from upheld.core.proof import VerifierKey, parse_verifier_key
from upheld.core.timeline import Instant, Span
from upheld.gateways.clock import now_us
from upheld.gateways.pyz import WITNESS_NAME, read_witness
from upheld.interfaces.cli.evidence import stop_unknown
from upheld.interfaces.cli.installation import Home, open_installation, open_rows
from upheld.interfaces.cli.stopping import stop
from upheld.interfaces.cli.witness.command import main as witness_arguments

ledger = typer.Typer(help="The ledgers of this installation.", no_args_is_help=True, rich_markup_mode=None)


@ledger.callback()
def ledgers() -> None:
    """The ledgers of this installation."""


@ledger.command("verify")
def verify_ledgers(
    structure: Annotated[
        bool, typer.Option("--structure", help="Hashes, places, heads and signatures alone, without reading the facts.")
    ] = False,
    home: Home = None,
) -> None:
    """Recompute every ledger and the tree over their heads, with this installation's key; ends with 1 where one is wrong."""
    open_rows(home)
    from upheld.apps.ledger.platform import verify_platform
    from upheld.apps.ledger.queries import list_agreements, verify_ledger, verify_structure

    keys = (own_key(),)
    check = verify_structure if structure else verify_ledger
    agreements = list_agreements()
    problems = [str(problem) for agreement in agreements for problem in check(agreement, keys=keys)]
    problems += verify_platform(keys=keys)
    for problem in problems:
        typer.echo(problem)
    if problems:
        stop(
            f"{len(problems)} things are not as they were recorded; keep this database as it is, "
            "and restore a backup beside it"
        )
    typer.echo(f"{len(agreements)} ledgers and the tree over their heads are as they were recorded")


def own_key() -> VerifierKey:
    from upheld.apps.ledger.services import verifier_key

    try:
        return parse_verifier_key(verifier_key())
    except ValueError as problem:
        stop(str(problem))


@ledger.command("head")
def show_head(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement; without one, the head over all.")] = "",
    to: Annotated[Path | None, typer.Option("--to", dir_okay=False, help="A file; else standard output.")] = None,
    home: Home = None,
) -> None:
    """
    Write the head of an agreement's ledger with the proof that it is in the tree over all heads, for upheld-witness.

    Without an agreement, the signed head of that tree itself, as everybody is shown it.
    """
    open_rows(home)
    from upheld.apps.ledger.platform import prove_head, sign_platform, write_proven
    from upheld.apps.ledger.queries import NotRecorded
    from upheld.apps.ledger.services import LedgerWentBack, NothingToSign, sign_checkpoint

    at = Instant(now_us())
    try:
        if agreement:
            sign_checkpoint(agreement=agreement, at=at)
        platform = sign_platform(at=at)
        if not agreement:
            if platform is None:
                stop("no ledger has a signed head yet: the worker signs one within a minute of the first fact")
            write_out(platform.note, to, f"the head of {platform.size} heads")
            return
        proven = prove_head(agreement)
    except NothingToSign:
        stop_unknown(agreement)
    except (LedgerWentBack, NotRecorded, ValueError, OSError) as problem:
        stop(str(problem))
    content = json.dumps(write_proven(proven), ensure_ascii=False, indent=1) + "\n"
    write_out(content, to, f"the head of {proven.head.size} facts, in the tree of {proven.platform.size} heads")


def write_out(content: str, to: Path | None, what: str) -> None:
    """Into a file, and then say what it is; else onto standard output, and nothing besides."""
    if to is None:
        typer.echo(content, nl=False)
    else:
        to.write_text(content)
        typer.echo(f"{to}: {what}")


@ledger.command("witness")
def write_witness(
    to: Annotated[Path, typer.Option("--to", dir_okay=False, help="Where the file is written.")] = Path(WITNESS_NAME),
) -> None:
    """Write upheld-witness.pyz, with which a customer watches the heads; the status page hands out the same bytes."""
    to.write_bytes(read_witness())
    to.chmod(0o755)
    typer.echo(f"{to}: {to.stat().st_size} bytes")


@ledger.command("samples")
def count_samples(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement.")],
    month: Annotated[str, typer.Option("--month", help="The month in UTC, as 2026-02.")],
    home: Home = None,
) -> None:
    """Tell for each component how many samples were due in a month, and how many are kept; some missing is an error."""
    open_rows(home)
    from upheld.apps.ledger.queries import head_of, known_facts

    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        stop(f"a month is written as 2026-02, came {month!r}")
    if head_of(agreement) is None:
        stop_unknown(agreement)
    _, facts = known_facts(agreement)
    within = Span(Instant.midnight(first), Instant.midnight((first + timedelta(days=31)).replace(day=1)))
    components = sorted({fact.component for fact in facts if isinstance(fact, ObservationsSealed)})
    missing = 0
    for component in components:
        account = account_samples(component, facts, within)
        missing += account.missing
        typer.echo(f"{component}: {account.due} samples were due, {account.kept} are kept, {account.missing} are missing")
        for short in account.short:
            typer.echo(f"  {short.seal.from_at} to {short.seal.to_at}: {short.due} were due, {short.kept} are kept")
    if missing:
        stop(f"{missing} samples are missing: they were left out, or never taken and nobody said so")


@ledger.command("role")
def grant_role(
    role: Annotated[str, typer.Argument(help="The role under which pages and worker reach PostgreSQL.")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it now, as the owner; else print how.")] = False,
    home: Home = None,
) -> None:
    """Make a role of PostgreSQL that may add to the ledgers and change nothing in them; else print how."""
    open_installation(home)
    from upheld.apps.ledger.roles import NotARole, apply_grants, list_grants

    try:
        if apply:
            apply_grants(role)
            typer.echo(f"{role} may read all, add to the ledgers, and change no row of theirs; give it a password")
        else:
            typer.echo(";\n".join(list_grants(role)) + ";")
    except NotARole as problem:
        stop(str(problem))


@ledger.command("stamp")
def write_stamp(
    to: Annotated[Path, typer.Option("--to", file_okay=False, help="The folder into which both files go.")] = Path(),
    home: Home = None,
) -> None:
    """Write the newest stamped head and its time stamp (RFC 3161), which any tool for such stamps verifies."""
    open_rows(home)
    from upheld.apps.witnesses.queries import latest_stamp

    stamp = latest_stamp()
    if stamp is None:
        stop("no head was stamped yet: UPHELD_TSA_URL names who stamps them, and the worker's log says why it did not")
    head, token = to / f"head-{stamp.day}.txt", to / f"head-{stamp.day}.tsr"
    to.mkdir(parents=True, exist_ok=True)
    head.write_bytes(stamp.note.encode())
    token.write_bytes(bytes(stamp.token))
    typer.echo(f"{head}: the head of {stamp.size} heads")
    typer.echo(f"{token}: stamped by {stamp.authority}; openssl ts -verify -data {head} -in {token} -CAfile ROOTS")


@ledger.command("witnesses")
def list_witnesses(home: Home = None) -> None:
    """List who gets the heads by mail, each day's mailing, which head each witness has countersigned, and the last stamp."""
    open_rows(home)
    from upheld.apps.witnesses.queries import latest_stamp, list_mailings, list_readers, list_watches

    for reader in list_readers():
        typer.echo(f"{reader.agreement.key}: heads go to {reader.address} each day")
    for watch in list_watches():
        seen = f"saw the head of {watch.size} heads at {watch.seen_at}" if watch.size else "has countersigned nothing yet"
        typer.echo(f"{watch.agreement}: {watch.name} {seen}")
    for mailing in list_mailings():
        typer.echo(f"{mailing.day}: {mailing.written} mails with the head of {mailing.size} heads")
    if stamp := latest_stamp():
        typer.echo(f"{stamp.day}: the head of {stamp.size} heads was stamped by {stamp.authority}")


def witness(context: typer.Context) -> None:
    """Watch a provider's heads, ADDRESS --key KEY, as a customer does: the same code as upheld-witness.pyz."""
    raise typer.Exit(witness_arguments(context.args))
