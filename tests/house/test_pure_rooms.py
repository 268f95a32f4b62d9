"""Tests of core and verify run without Django: a test that loads it is caught by the watch in tests/conftest.py."""

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = ("tests/conftest.py", "tests/installation.py")
TEST = "def test_it():\n    {}\n"


def read_shared(house: Path) -> dict[str, str]:
    return {name: (house / name).read_text() for name in SHARED}


def run_tests(root, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("room", "text", "options"),
    [
        ("core", "import django\n" + TEST.format("pass"), ()),
        ("core", TEST.format("from django.db import models"), ("-n", "2")),
        ("verify", "import django\n" + TEST.format("pass"), ("-n", "2")),
        ("verify", TEST.format("import importlib; importlib.import_module('django')"), ()),
    ],
)
def test_loading_django_fails_the_run(plant, house, room, text, options):
    """At the head of a test file or inside a test, in one process or in several: the run fails and says who did it."""
    root = plant({**read_shared(house), f"tests/{room}/test_planted.py": text})

    ran = run_tests(root, "-p", "no:django", *options)

    assert ran.returncode != 0
    assert "tested without Django, but it was loaded by" in ran.stdout


def test_loading_it_again_fails_the_run(plant, house):
    """Django in memory already, for the tests of other rooms, hides nothing."""
    shared = {name: f"import django\n{text}" for name, text in read_shared(house).items()}
    root = plant({**shared, "tests/core/test_planted.py": TEST.format("import django")})

    ran = run_tests(root, "-p", "no:django")

    assert "it was loaded by tests.core.test_planted" in ran.stdout or "it was loaded by core.test_planted" in ran.stdout


def test_other_rooms_may_load_it(plant, house):
    """The watch is over core and verify alone."""
    root = plant({**read_shared(house), "tests/apps/test_planted.py": TEST.format("import django")})

    assert run_tests(root, "-p", "no:django").returncode == 0
