"""`upheld restore`: an installation from a backup, in an empty home."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.facts import AgreementSigned
from upheld.core.proof import NotAVerifierKey, VerifierKey, parse_verifier_key
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.gateways.sealing import DIGEST_KEY, LIST
from upheld.interfaces.cli.archive import Archive, NotABackup, open_archive
from upheld.interfaces.cli.backup import BACKUPS, KEYS, MAIL, SAMPLES, SPOOL, STATUS, public_key
from upheld.interfaces.cli.holding import HomeInUse, hold_home
from upheld.interfaces.cli.installation import Home, choose_home, open_installation
from upheld.interfaces.cli.migrations import Step, list_unknown, migrate
from upheld.interfaces.cli.reading import BACKUP, CHECKPOINT, needs
from upheld.interfaces.cli.seen import Contradicted, Seen, compare, read_seen
from upheld.interfaces.cli.stopping import stop

LOCK = "running.lock"
OF_ERASURES = (f"{KEYS}/{LIST}", f"{KEYS}/{DIGEST_KEY}")
"""Who was erased: the newest list counts, which lies beside the keys and not in an older backup."""
ADVICE = (
    "look for a newer backup. Signed over again, the missing entries would be a second history. --accept-loss restores "
    "a backup that lies behind; nothing restores one that contradicts a checkpoint"
)


class CannotRestore(RuntimeError):
    """Why a backup was not restored; nothing of it was left behind."""


def restore(
    file: Annotated[Path, typer.Argument(callback=needs(BACKUP), help="A backup that upheld backup wrote.")],
    home: Home = None,
    seen: Annotated[
        list[Path], typer.Option(callback=needs(CHECKPOINT), help="A checkpoint that somebody holds. May be repeated.")
    ] = [],  # noqa: B006
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Restore although the backup lies behind a checkpoint of --seen.")
    ] = False,
    new_keys: Annotated[
        bool, typer.Option("--new-keys", help="Go on without the old keys; what is signed from now on has another signer.")
    ] = False,
) -> None:
    """Restore a backup into an empty home and an empty database, and verify every ledger in it."""
    folder = choose_home(home)
    if others := list_content(folder):
        stop(
            f"{folder} is not empty ({', '.join(others[:3])}): a restore replaces nothing. Move it away, or restore into "
            "another home with --home; only the folder keys may be there before"
        )
    try:
        with open_archive(file) as archive:
            heads = [read_seen(path) for path in seen]
            refuse_strange_keys(archive, folder, new_keys)
            archive.unlock(folder / KEYS / BACKUPS)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with hold_home(folder, f"upheld restore {file}"), undo_files(folder):
                for part in (KEYS, SAMPLES, STATUS, SPOOL, MAIL):
                    for name in archive.below(part):
                        if not (name in OF_ERASURES and (folder / name).exists()):
                            archive.lay(name, folder)
                open_installation(home)
                told = restore_rows(archive, heads, accept_loss)
                sweep_rows()
    except (NotABackup, HomeInUse, CannotRestore, ValueError) as problem:
        stop(str(problem))
    for line in told:
        typer.echo(line)


def list_content(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir() if path.name not in (KEYS, LOCK)) if home.is_dir() else []


def refuse_strange_keys(archive: Archive, home: Path, new_keys: bool) -> None:
    """The keys come from the backup or lie in the home already; they are the ones whose signatures customers hold."""
    inside, there = archive.below(KEYS), (home / KEYS / "signing.key").is_file()
    kept = list((home / KEYS).iterdir()) if (home / KEYS).is_dir() else []
    if inside and any(f"{KEYS}/{path.name}" not in OF_ERASURES for path in kept):
        raise CannotRestore(f"the backup holds keys, and so does {home / KEYS}: move those away first")
    if not inside and not there and archive.told["key"] and not new_keys:
        raise CannotRestore(
            f"the backup holds no keys, and {home / KEYS} has no signing.key. Put the kept keys there first; or say "
            "--new-keys, and tell your customers that another key signs from now on"
        )
    if there and (laid := public_key(home)) and laid != archive.told["key"]:
        raise CannotRestore(
            f"the backup's signer is {archive.told['key']}, the key in {home / KEYS} is {laid}: not the same"
        )


@contextmanager
def undo_files(home: Path) -> Iterator[None]:
    """Whatever goes wrong: the home is then as empty as it was."""
    had_keys = (home / KEYS).is_dir()
    try:
        yield
    except BaseException:
        from django.db import connections

        connections.close_all()
        for path in home.iterdir():
            if path.name != LOCK and not (path.name == KEYS and had_keys):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def restore_rows(archive: Archive, heads: Sequence[Seen], accept_loss: bool) -> list[str]:
    """All rows, brought up to date and verified; what there is to tell. After CannotRestore there are none."""
    from upheld.interfaces.cli.rows import has_rows

    applied: list[Step] = [(app, name) for app, name in archive.told["migrations"]]
    if unknown := list_unknown(applied):
        raise CannotRestore(f"a later version of Upheld made this backup ({'.'.join(unknown[0])}); it restores it")
    if has_rows():
        raise CannotRestore("the database is not empty: a restore replaces nothing. UPHELD_DATABASE_URL names another")
    with all_or_nothing():
        told = [f"{put_in(archive, applied)} rows restored, as of {archive.told['made_at']}"]
        if steps := migrate():
            told.append(f"the database was brought up to date in {steps} steps")
        keys = read_keys(archive)
        told += verify_ledgers(archive, keys)
        problems = compare(heads, keys)
        if any(isinstance(problem, Contradicted) for problem in problems) or (problems and not accept_loss):
            raise CannotRestore("\n".join([*map(str, problems), ADVICE]))
        told += [f"LOSS ACCEPTED: {problem}" for problem in problems]
        told += [f"{head.path.name}: the backup continues it" for head in heads if not problems]
        told += erase_those()
    return told


def erase_those() -> list[str]:
    """Whoever was erased after the backup was made is erased again, before anybody can look."""
    from upheld.apps.erasure.services import erase_again

    at = Instant(now_us())
    return [f"{erased.person}: erased again, {erased.rows} rows" for erased in erase_again(by="upheld", at=at)]


def sweep_rows() -> None:
    """Rewrite the database where somebody was erased again: what was restored of them lies in freed pages."""
    from upheld.apps.erasure.services import sweep

    sweep(at=Instant(now_us()))


def put_in(archive: Archive, applied: Sequence[Step]) -> int:
    """Tables as they were, with their rows; how many rows."""
    from django.db import DatabaseError, connection, transaction

    from upheld.interfaces.cli.rows import count_on, list_tables, migrate_to, read_rows

    migrate_to(applied)
    tables = list_tables(applied)
    try:
        with transaction.atomic():
            count = sum(read_rows(table, archive.lines(f"rows/{table._meta.db_table}.jsonl")) for table in tables)
            # Now, before the tables may change: a reference to a row that is not there is the backup's fault.
            connection.check_constraints()
    except (DatabaseError, ValueError, KeyError) as problem:
        raise CannotRestore(f"the rows of the backup do not fit: {problem}") from None
    count_on(tables)
    return count


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """PostgreSQL takes back tables as well as rows; of SQLite the file, which held nothing before, is removed."""
    from django.db import connection, transaction

    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    try:
        yield
    except BaseException:
        connection.close()
        path = str(connection.settings_dict["NAME"])
        for tail in ("", "-wal", "-shm"):
            Path(path + tail).unlink(missing_ok=True)
        raise


def read_keys(archive: Archive) -> list[VerifierKey]:
    """The key that signed when the backup was made, and those that customers found in their agreements: keys may change."""
    from upheld.apps.ledger.queries import facts_of, list_agreements

    written = {archive.told["key"]} - {""}
    for agreement in list_agreements():
        written |= {fact.verifier_key for fact in facts_of(agreement) if isinstance(fact, AgreementSigned)}
    try:
        return [parse_verifier_key(key) for key in sorted(written)]
    except NotAVerifierKey as problem:
        raise CannotRestore(f"the backup names a key that is none: {problem}") from None


def verify_ledgers(archive: Archive, keys: Sequence[VerifierKey]) -> list[str]:
    """Every ledger recomputed from its entries, its signatures verified; a line for each. Raises CannotRestore."""
    from upheld.apps.ledger.queries import head_of, verify_ledger

    lines = []
    for agreement, size in sorted(archive.told["ledgers"].items()):
        if problems := verify_ledger(agreement, keys=keys):
            raise CannotRestore("\n".join(["the ledger of the backup does not verify:", *map(str, problems)]))
        head = head_of(agreement)
        if head is None or head.size != size:
            raise CannotRestore(f"{agreement}: the backup says {size} entries, {head.size if head else 0} are there")
        lines.append(f"{agreement}: {size} entries verified, root {head.root.hex()}")
    return lines + verify_heads(keys)


def verify_heads(keys: Sequence[VerifierKey]) -> list[str]:
    """The tree over all heads, in the same way; no line where no head was ever taken in. Raises CannotRestore."""
    from upheld.apps.ledger.platform import verify_platform
    from upheld.apps.ledger.queries import head_of
    from upheld.apps.ledger.queries.recorded import PLATFORM

    if problems := verify_platform(keys=tuple(keys)):
        raise CannotRestore("\n".join(["the tree over the heads of the backup does not verify:", *problems]))
    head = head_of(PLATFORM)
    return [f"the tree over their heads: {head.size} heads verified, root {head.root.hex()}"] if head and head.size else []
