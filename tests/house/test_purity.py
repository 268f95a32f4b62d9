"""Core and the verifier run on a bare Python, and touch nothing outside."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.house.guards.purity import find_outside

# Runs in a Python that sees no site-packages and no environment: imports every module of a room, and writes down what
# our own modules import while they load, by name, however the import is spelled.
LOAD_ALL = """
import builtins, json, pkgutil, sys
src, room = sys.argv[1:]
sys.path.insert(0, src)
direct, find = [], builtins.__import__

def watch(name, scope=None, local=None, fromlist=(), level=0):
    importer = (scope or {}).get("__name__", "")
    if importer.startswith("upheld") and level == 0:
        direct.append((importer, name))
    return find(name, scope, local, fromlist, level)

builtins.__import__ = watch
package = __import__("upheld." + room, fromlist=["upheld"])
modules = [package.__name__]
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if found.name.endswith("__main__"):
        continue
    __import__(found.name, fromlist=["upheld"])
    modules.append(found.name)
loaded = sorted({name.split(".")[0] for name in sys.modules} - {"__main__"})
print(json.dumps({"modules": modules, "direct": direct, "loaded": loaded}))
"""


def load_room(src: Path, room: str) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    command = [sys.executable, "-I", "-S", "-c", LOAD_ALL, str(src), room]
    ran = subprocess.run(command, capture_output=True, text=True)
    return ran, json.loads(ran.stdout) if ran.returncode == 0 else {}


def test_imports_nothing_from_outside(house):
    """Every import statement of the two rooms names the standard library, less what reaches outside, or core."""
    assert find_outside(house) == []


@pytest.mark.parametrize("room", ["core", "verify"])
def test_runs_on_a_bare_python(house, room):
    """`python3 -I -S` imports every module of the room, and loads nothing but the standard library and our own."""
    ran, seen = load_room(house / "src", room)

    assert ran.stderr == ""
    assert f"upheld.{room}" in seen["modules"]
    assert [name for name in seen["loaded"] if name != "upheld" and name not in sys.stdlib_module_names] == []


def test_no_module_of_core_loads_the_network_or_a_clock_source(house):
    """What the standard library itself does not need for exact sums is not in memory after all of core is."""
    _, seen = load_room(house / "src", "core")

    forbidden = {"socket", "ssl", "http", "urllib", "subprocess", "secrets", "asyncio", "sqlite3", "zoneinfo"}
    assert sorted(forbidden.intersection(seen["loaded"])) == []
    assert [(who, what) for who, what in seen["direct"] if what.split(".")[0] in {"os", "io", "time", "random"}] == []


@pytest.mark.parametrize(
    ("room", "wrong"),
    [
        ("core", "import os"),
        ("core", "import os.path"),
        ("core", "from time import monotonic"),
        ("core", "import random as chance"),
        ("core", "from zoneinfo import ZoneInfo"),
        ("core", "import django"),
        ("core", "from pydantic import BaseModel"),
        ("core", "from upheld.language import parse"),
        ("core", "from upheld import gateways"),
        ("core", "import importlib"),
        ("core", "print('hello')"),
        ("core", "text = open('facts.jsonl')"),
        ("core", "late = __import__('os')"),
        ("core", "import zipfile, sys, argparse, pathlib"),
        ("verify", "import socket"),
        ("verify", "import urllib.request"),
        ("verify", "import cryptography"),
        ("verify", "from upheld.apps import ledger"),
        ("verify", "eval('1')"),
    ],
)
def test_finds_a_planted_way_outside(plant, room, wrong):
    """Third parties, files, network, clocks, chance, and imports by name: each is reported with its file and line."""
    root = plant({f"src/upheld/{room}/statement.py": f'"""A page."""\n\n{wrong}\n'})

    found = find_outside(root)

    assert found
    assert all(line.startswith(f"src/upheld/{room}/statement.py:3: {room} ") for line in found)


def test_lets_the_verifier_read_a_file_and_print(plant):
    """The verifier opens the bundle it is given and says what it found; both are allowed there and only there."""
    root = plant({"src/upheld/verify/cli.py": "import argparse, io, pathlib, sys, zipfile\n\nprint(open('b'))\n"})

    assert find_outside(root) == []


@pytest.mark.parametrize(
    "wrong", ["import django", "__import__('djan' + 'go')"], ids=["by statement", "by a name made at run time"]
)
def test_a_bare_python_refuses_a_planted_third_party(plant, wrong):
    """A room that needs an installed package does not load without one, however the package is named."""
    packages = {"src/upheld/__init__.py": "", "src/upheld/core/__init__.py": ""}
    root = plant({**packages, "src/upheld/core/a.py": f"{wrong}\n"})

    ran, _ = load_room(root / "src", "core")

    assert "No module named 'django'" in ran.stderr
