"""Before anything is made, a newcomer is told all that the system lacks, and how to install it."""

import subprocess
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[2] / "tools/check_system.sh"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder to be the whole search path, with nothing in it."""
    return tmp_path


def add_program(path: Path, name: str, text: str = "exit 0") -> str:
    (path / name).write_text(f"#!/bin/sh\n{text}\n")
    (path / name).chmod(0o755)
    return str(path / name)


def check(path: Path, what: str, python: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path), "PYTHON": python, "CI": ci}
    return subprocess.run(["/bin/sh", str(CHECK), what], env=env, capture_output=True, text=True)


def test_a_python_that_makes_environments_is_enough_to_run(path):
    """With a whole Python, `make run` has all it needs and says nothing."""
    ran = check(path, "run", add_program(path, "python3"))

    assert (0, "") == (ran.returncode, ran.stderr)


def test_no_python_is_told_with_both_packages(path):
    """Without a Python >= 3.11 the message names the packages to install."""
    ran = check(path, "run", "")

    assert ran.returncode == 1
    assert "apt-get install python3 python3-venv" in ran.stderr


def test_a_python_without_venv_is_told(path):
    """Debian's Python comes without the module that makes environments; the message names its package."""
    ran = check(path, "run", add_program(path, "python3", "exit 1"))

    assert ran.returncode == 1
    assert "apt-get install python3-venv" in ran.stderr


def test_no_chromium_is_told_at_home_and_refused_by_ci(path):
    """At home some tests are left out, loudly; CI=true refuses before it begins."""
    python = add_program(path, "python3")
    add_program(path, "git")

    at_home, under_ci = check(path, "test", python), check(path, "test", python, ci="true")

    assert at_home.returncode == 0
    assert "LEFT OUT: they need chromium" in at_home.stderr
    assert under_ci.returncode == 1
    assert "Missing: chromium" in under_ci.stderr
