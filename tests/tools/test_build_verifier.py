"""The verifier is packed into one file, and everybody who packs it gets the same bytes."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tools.build_verifier import main, pack

ROOT = Path(__file__).parents[2]


def test_packs_the_same_bytes_from_another_checkout(tmp_path):
    """Other dates, other rights, another folder, another time: not one byte differs."""
    for name in ("src/upheld/core", "src/upheld/verify"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("src/upheld/__init__.py", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    for path in tmp_path.rglob("*.py"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o600)

    assert pack(ROOT) == pack(tmp_path)


def test_packs_core_and_verify_and_nothing_else(tmp_path):
    """Two rooms, the licence and the start; stored, sorted, undated."""
    target = tmp_path / "build/verify.pyz"
    assert 0 == main([str(target)])

    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        assert sorted(names) == names
        assert {"LICENSE", "__main__.py", "upheld"} == {name.split("/")[0] for name in names}
        assert {"__init__.py", "core", "verify"} == {name.split("/")[1] for name in names if "/" in name}
        assert {(0, (1980, 1, 1, 0, 0, 0))} == {(entry.compress_type, entry.date_time) for entry in archive.infolist()}
    assert target.stat().st_mode & 0o111


def test_says_which_python_it_needs(tmp_path):
    """An older Python is told so in a sentence, with the exit code of wrong use."""
    target = tmp_path / "verify.pyz"
    main([str(target)])
    older = f"import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path({str(target)!r}, run_name='__main__')"

    ran = subprocess.run([sys.executable, "-I", "-S", "-c", older], capture_output=True, text=True)

    assert (2, "upheld-verify needs Python 3.11 or newer, this is 3.9; run it with that\n") == (ran.returncode, ran.stderr)
