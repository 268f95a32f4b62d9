"""Backup and restore by the commands themselves, on the database of this run and across both."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.anomalies.own import own_installation, run, start
from tests.interfaces.cli.command import do, upheld
from upheld.gateways.sealing import SealKey, open_sealed, parse_key, seal

RECORDER = "tests.anomalies.ledger_process"
FILLER = "tests.upgrades.state_process"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """An installation with something of every kind in its rows, keys, samples and status pages. Only read from then on."""
    with own_installation(tmp_path_factory.mktemp("first") / "home") as environment:
        run(environment, FILLER, "fill")
        run(environment, RECORDER, "record", "0", "20", "4")
        home = Path(environment["UPHELD_HOME"])
        for name in ("samples/acorn/2026-02-14/abc.jsonl", "status/index.html", "spool/batches/1-1.json", "mail/1.eml"):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(name)
        yield environment


@pytest.fixture(scope="module")
def backup(installation, tmp_path_factory):
    file = tmp_path_factory.mktemp("backup") / "backup.zip"
    do(installation, "backup", file, "--with-keys")
    return file


def key_of(backup: Path) -> SealKey:
    """The key that a backup with keys holds."""
    with zipfile.ZipFile(backup) as container:
        [name] = [name for name in container.namelist() if name.startswith("keys/backups/")]
        return parse_key(Path(name).stem, container.read(name))


def rows_of(backup: Path, with_key: Path | None = None) -> dict[str, bytes]:
    key = key_of(with_key or backup)
    with zipfile.ZipFile(backup) as container:
        names = [name for name in container.namelist() if name.startswith("rows/")]
        return {name: b"".join(open_sealed(key, name, container.open(name))) for name in names}


def files_of(home: Path) -> dict[str, str]:
    """Everything in a home but the database, the lock and what the settings make for themselves."""
    kept = [path for path in home.rglob("*") if path.is_file() and not path.name.startswith(("upheld.sqlite3", "running"))]
    return {str(path.relative_to(home)): path.read_text() for path in kept}


@pytest.mark.slow
class TestRestore:
    def test_gives_back_every_row_and_file(self, installation, backup, tmp_path):
        """A backup of what was restored has the same rows, byte for byte; files and keys are the same."""
        with own_installation(tmp_path / "second", migrated=False) as other:
            do(other, "restore", backup)
            do(other, "backup", tmp_path / "again.zip")

            restored = files_of(Path(other["UPHELD_HOME"]))

        assert rows_of(backup) == rows_of(tmp_path / "again.zip", backup)
        assert files_of(Path(installation["UPHELD_HOME"])) == restored

    @pytest.mark.postgres
    def test_moves_from_sqlite_to_postgres(self, tmp_path, postgres_url, monkeypatch):
        """The same lines serve both: rows of SQLite restored into PostgreSQL are the same rows."""
        monkeypatch.delenv("UPHELD_DATABASE_URL", raising=False)
        with own_installation(tmp_path / "lite") as lite:
            run(lite, FILLER, "fill")
            do(lite, "backup", tmp_path / "lite.zip", "--with-keys")
        monkeypatch.setenv("UPHELD_DATABASE_URL", postgres_url)
        with own_installation(tmp_path / "grown", migrated=False) as grown:
            do(grown, "restore", tmp_path / "lite.zip")
            do(grown, "backup", tmp_path / "grown.zip")

        assert rows_of(tmp_path / "lite.zip") == rows_of(tmp_path / "grown.zip", tmp_path / "lite.zip")

    def test_lets_the_ledger_go_on(self, backup, tmp_path):
        """What is recorded after a restore continues the ledger, and the database still refuses to change what is in it."""
        with own_installation(tmp_path / "second", migrated=False) as other:
            do(other, "restore", backup)
            run(other, RECORDER, "record", "20", "30", "4")

            ledgers = [json.loads(line) for line in run(other, RECORDER, "verify").splitlines()]

        assert [] == [problem for _, told in ledgers for problem in told["wrong"]]
        recorded = {agreement: told["facts"] for agreement, told in ledgers}
        assert [f"fact-{number}" for number in range(0, 30, 2)] == recorded["acorn"]

    def test_brings_an_older_backup_up_to_date(self, tmp_path):
        """A backup from before a migration is laid down as it was, and then brought up to date."""
        with own_installation(tmp_path / "older", migrated=False) as older:
            run(older, "django", "migrate", "--verbosity=0", "ledger")
            run(older, RECORDER, "record", "0", "8", "4")
            do(older, "backup", tmp_path / "older.zip", "--with-keys")
        with own_installation(tmp_path / "newer", migrated=False) as newer:
            said = do(newer, "restore", tmp_path / "older.zip")

            told = run(newer, RECORDER, "verify")

        assert "the database was brought up to date in" in said
        assert "acorn: 4 entries verified" in said
        assert '"wrong": []' in told

    @pytest.mark.parametrize("part", ["rows/ledger_entry.jsonl", "contents.json", "samples/acorn/2026-02-14/abc.jsonl"])
    def test_refuses_a_backup_that_was_changed(self, backup, tmp_path, part):
        """One byte of any part changed: refused, and the home stays empty."""
        changed = tmp_path / "changed.zip"
        with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                content = bytearray(old.read(name))
                if name == part:
                    content[len(content) // 2] ^= 1
                new.writestr(name, bytes(content))
        with own_installation(tmp_path / "second", migrated=False) as other:
            said = upheld(other, "restore", changed)

            left = files_of(Path(other["UPHELD_HOME"])) if Path(other["UPHELD_HOME"]).exists() else {}

        assert (2, {}) == (said.code, left)
        assert "changed.zip" in said.err

    def test_replaces_nothing(self, installation, backup):
        """A home that holds anything is left alone."""
        before = files_of(Path(installation["UPHELD_HOME"]))

        said = upheld(installation, "restore", backup)

        assert (2, before) == (said.code, files_of(Path(installation["UPHELD_HOME"])))
        assert "is not empty" in said.err

    def test_asks_for_the_keys(self, installation, tmp_path):
        """A backup without keys is restored when the kept keys lie in the home, or when others are asked for."""
        do(installation, "backup", tmp_path / "bare.zip")
        with own_installation(tmp_path / "second", migrated=False) as other:
            refused = upheld(other, "restore", tmp_path / "bare.zip")
            shutil.copytree(Path(installation["UPHELD_HOME"]) / "keys", Path(other["UPHELD_HOME"]) / "keys")
            do(other, "restore", tmp_path / "bare.zip")

            same = do(installation, "key") == do(other, "key")
        with own_installation(tmp_path / "third", migrated=False) as third:
            sealed = upheld(third, "restore", tmp_path / "bare.zip", "--new-keys")
            kept = Path(installation["UPHELD_HOME"]) / "keys/backups"
            shutil.copytree(kept, Path(third["UPHELD_HOME"]) / "keys/backups")
            do(third, "restore", tmp_path / "bare.zip", "--new-keys")

            other_key = do(installation, "key") != do(third, "key")

        assert (2, True, True) == (refused.code, same, other_key)
        assert "--new-keys" in refused.err
        assert (2, True) == (sealed.code, "the backup is sealed under key-1" in sealed.err)

    def test_undoes_what_it_did_when_the_ledger_does_not_verify(self, backup, tmp_path):
        """A ledger that was changed together with its list of contents: the rows do not verify, and none are left."""
        changed = tmp_path / "changed.zip"
        rewrite_fact(backup, changed)
        with own_installation(tmp_path / "second", migrated=False) as other:
            refused = upheld(other, "restore", changed)
            do(other, "restore", backup)

        assert 2 == refused.code
        assert "does not verify" in refused.err


@pytest.mark.slow
class TestSeen:
    def test_refuses_a_backup_that_lies_behind(self, backup, tmp_path):
        """A customer holds a later head: the restore says how many entries are missing, and does not happen unasked."""
        later = tmp_path / "later.txt"
        with own_installation(tmp_path / "went-on", migrated=False) as went_on:
            do(went_on, "restore", backup)
            run(went_on, RECORDER, "record", "20", "30", "4")
            later.write_text(do(went_on, "checkpoint", "acorn"))
        with own_installation(tmp_path / "second", migrated=False) as other:
            refused = upheld(other, "restore", backup, "--seen", later)
            told = do(other, "restore", backup, "--seen", later, "--accept-loss")

        assert 2 == refused.code
        assert "the backup has 10 entries, later.txt was signed over 15: 5 are missing" in refused.err
        assert "LOSS ACCEPTED" in told

    def test_agrees_with_an_earlier_head(self, installation, backup, tmp_path):
        """A head that the backup continues is no obstacle."""
        held = tmp_path / "held.txt"
        held.write_text(do(installation, "checkpoint", "acorn"))
        with own_installation(tmp_path / "second", migrated=False) as other:
            told = do(other, "restore", backup, "--seen", held)

        assert "held.txt: the backup continues it" in told

    def test_refuses_a_head_of_somebody_else(self, backup, tmp_path):
        """A checkpoint that our key did not sign is not ours, whatever name it bears."""
        with own_installation(tmp_path / "stranger") as stranger:
            run(stranger, RECORDER, "record", "0", "20", "4")
            held = tmp_path / "held.txt"
            held.write_text(do(stranger, "checkpoint", "acorn"))
        with own_installation(tmp_path / "second", migrated=False) as other:
            refused = upheld(other, "restore", backup, "--seen", held, "--accept-loss")

        assert 2 == refused.code
        assert "it is not this installation's" in refused.err


@pytest.mark.slow
class TestBackUp:
    def test_is_of_one_moment(self, backup, tmp_path):
        """Taken while a process records without pause: the restored ledgers verify, and end where the list says."""
        with own_installation(tmp_path / "busy", migrated=False) as busy:
            do(busy, "restore", backup)
            writer = start(busy, RECORDER, "record", "100", "100000", "3", is_read=False)
            try:
                for number in range(2):
                    do(busy, "backup", tmp_path / f"{number}.zip", "--with-keys")
            finally:
                writer.kill()
                writer.communicate()
        sizes = []
        for number in range(2):
            with own_installation(tmp_path / f"restored{number}", migrated=False) as other:
                said = do(other, "restore", tmp_path / f"{number}.zip")
            sizes.append(int(said.split("acorn: ")[1].split()[0]))

        assert 10 < sizes[0] < sizes[1]

    def test_replaces_nothing(self, installation, tmp_path):
        """An older backup is not overwritten by a newer one."""
        file = tmp_path / "kept.zip"
        file.write_text("older")

        said = upheld(installation, "backup", file)

        assert (2, "older") == (said.code, file.read_text())

    def test_keeps_keys_out_unless_asked(self, installation, backup, tmp_path):
        """The private keys are in a backup only when that was said, and then the command says so too."""
        said = do(installation, "backup", tmp_path / "bare.zip")

        with zipfile.ZipFile(tmp_path / "bare.zip") as bare, zipfile.ZipFile(backup) as whole:
            inside = [any(name.startswith("keys/") for name in each.namelist()) for each in (bare, whole)]
        assert [False, True] == inside
        assert "the keys are not in it" in said

    def test_can_be_read_by_its_owner_alone(self, backup):
        """It holds what customers were promised and who may sign in."""
        assert 0o600 == backup.stat().st_mode & 0o777


def rewrite_fact(backup: Path, changed: Path) -> None:
    """Change a fact, and the digest that is listed for its table: what somebody could do who has the file."""
    from hashlib import sha256

    name = "rows/ledger_entry.jsonl"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        contents = json.loads(old.read("contents.json"))
        lines = rows_of(backup)[name].splitlines(keepends=True)
        first = json.loads(lines[0])
        first["fact_id"] += "x"
        lines[0] = json.dumps(first).encode() + b"\n"
        rows = b"".join(seal(key_of(backup), name, lines))
        contents["digests"][name] = sha256(rows).hexdigest()
        for each in old.namelist():
            new.writestr(each, {name: rows, "contents.json": json.dumps(contents).encode()}.get(each) or old.read(each))
