"""`upheld erase`: a person is gone from the database's file itself, and from a backup that is put back."""

import shutil
from pathlib import Path

import pytest

from tests.anomalies.own import own_installation
from tests.interfaces.cli.command import do, upheld

PERSON = ("user", "add", "odalys@acorn.example", "--name", "Odalys Quillfinch", "--role", "staff")


def holds(home: Path, word: bytes) -> bool:
    return any(word in path.read_bytes().lower() for path in home.glob("upheld.sqlite3*"))


@pytest.mark.slow
class TestErase:
    def test_leaves_nothing_in_the_file(self, tmp_path):
        """Asked for twice, nobody is there the second time; a backup from before, put back, is erased again."""
        with own_installation(tmp_path / "first") as first:
            home = Path(first["UPHELD_HOME"])
            upheld(first, *PERSON, typed="walnut-harbour-41\n")
            before = holds(home, b"quillfinch")
            do(first, "backup", tmp_path / "before.zip")
            said = do(first, "erase", "odalys@acorn.example", "--yes")
            again = upheld(first, "erase", "odalys@acorn.example", "--yes")

            # Rows of a server are not in files of ours.
            assert ("UPHELD_DATABASE_URL" not in first) is before
            assert [False, False] == [holds(home, word) for word in (b"quillfinch", b"odalys")]
        with own_installation(tmp_path / "second", migrated=False) as second:
            shutil.copytree(home / "keys", Path(second["UPHELD_HOME"]) / "keys")
            restored = do(second, "restore", tmp_path / "before.zip")

            assert not holds(Path(second["UPHELD_HOME"]), b"quillfinch")
        assert b"quillfinch" not in (tmp_path / "before.zip").read_bytes().lower()
        assert ("person-1: " in said, "person-1: erased again" in restored) == (True, True)
        assert (2, True) == (again.code, "nothing is kept of odalys@acorn.example" in again.err)
