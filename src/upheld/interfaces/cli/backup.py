"""`upheld backup`: everything that an installation keeps, as of one moment, in one file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.gateways.sealing import take_key
from upheld.interfaces.cli.archive import Writer, write_archive
from upheld.interfaces.cli.installation import Home, open_installation
from upheld.interfaces.cli.migrations import list_applied, list_unknown
from upheld.interfaces.cli.stopping import stop

BACKUPS = "backups"
"""Below the keys: those that backups are sealed under."""
KEYS, STATUS, SAMPLES, SPOOL, MAIL = "keys", "status", "samples", "spool", "mail"
LEFT_IN_SPOOL = ("heartbeat.json", "prober.lock")


def back_up(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write; an existing file is not replaced.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Put the keys in too: whoever has the file can then read it and sign as you.")
    ] = False,
    home: Home = None,
) -> None:
    """Copy the database, samples and status pages into one file, also while everything runs."""
    if file.exists():
        stop(f"{file} is there already, and a backup replaces nothing; give another name")
    if not file.resolve().parent.is_dir():
        stop(f"{file.resolve().parent} is no folder; make it first, or write the backup elsewhere")
    folder = open_installation(home)
    applied = list_applied()
    if not applied:
        stop(f"{folder} holds no database yet: there is nothing to back up")
    if unknown := list_unknown(applied):
        stop(f"a later version of Upheld made this database ({'.'.join(unknown[0])}); back it up with that version")
    with write_archive(file, take_key(folder / KEYS / BACKUPS)) as archive:
        # Batches first: one that the worker takes over meanwhile is then in the rows as well, and is taken over once.
        archive.add_folder(SPOOL, folder / SPOOL, but=LEFT_IN_SPOOL)
        rows, ledgers = add_rows(archive)
        samples = archive.add_folder(SAMPLES, folder / SAMPLES)
        for name in (STATUS, MAIL):
            archive.add_folder(name, folder / name)
        keys = archive.add_folder(KEYS, folder / KEYS) if with_keys else 0
        at = Instant(now_us())
        archive.close(
            {"made_at": str(at), "migrations": applied, "rows": rows, "ledgers": ledgers, "key": public_key(folder)},
        )  # fmt: skip
    facts = sum(size for size in ledgers.values())
    typer.echo(f"{file}: {sum(rows.values())} rows, {facts} facts of {len(ledgers)} agreements, {samples} files of samples")
    if keys:
        typer.echo("the private keys are in it: whoever has this file can read it and sign as you. Keep it like a key.")
    else:
        typer.echo(
            f"the keys are not in it: keep a copy of {folder / KEYS} apart from this file. Without its {BACKUPS} "
            "nobody can open the file, and without its signing key a restored installation signs with another one, which "
            "your customers do not know."
        )


def add_rows(archive: Writer) -> tuple[dict[str, int], dict[str, int]]:
    """Every table as of one moment; how many rows each has, and how many facts each agreement."""
    from upheld.apps.ledger.queries import head_of, list_agreements
    from upheld.interfaces.cli.rows import list_tables, one_moment, write_rows

    rows: dict[str, int] = {}
    with one_moment():
        for table in list_tables(list_applied()):
            name: str = table._meta.db_table
            rows[name] = archive.add(f"rows/{name}.jsonl", write_rows(table))
        heads: dict[str, Any] = {agreement: head_of(agreement) for agreement in list_agreements()}
    return rows, {agreement: head.size for agreement, head in heads.items() if head is not None}


def public_key(home: Path) -> str:
    """The public half of the key that signs, as customers hold it; empty before there is one."""
    path = home / KEYS / "signing.vkey"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
