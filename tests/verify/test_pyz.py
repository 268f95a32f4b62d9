"""The verifier as it is handed out: one file, on a bare Python, in an empty folder, with no network and no packages."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.verify.samples import HARBOUR, IMPOSTOR, february, honest
from tools.build_verifier import pack

ROOT = Path(__file__).parents[2]
KEY = str(HARBOUR.key)

# Runs the file as `python file` would, in a Python whose sockets refuse to be made; then names what was loaded.
WATCH = """
import json, runpy, sys

def refuse(event, values):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "ctypes.")):
        raise SystemExit("reached outside: " + event)
    if event == "open" and isinstance(values[1], str) and set("wax+") & set(values[1]):
        raise SystemExit("wrote to " + str(values[0]))

sys.addaudithook(refuse)
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as left:
    code = left.code
foreign = sorted({name.split(".")[0] for name in sys.modules} - {"upheld", "__main__"} - set(sys.stdlib_module_names))
print(json.dumps({"code": code, "foreign": foreign}), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def pyz(tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "upheld-verify.pyz"
    path.write_bytes(pack(ROOT))
    return path


@pytest.fixture
def empty(tmp_path):
    """A folder of one's own that holds the bundle alone."""
    (tmp_path / "bundle.zip").write_bytes(honest())
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", *arguments]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, encoding="utf-8")


def test_verifies_on_a_bare_python(pyz, empty):
    """`python3 -I -S upheld-verify.pyz bundle.zip --key KEY`: verified, nothing on standard error, no file left behind."""
    ran = run(empty, str(pyz), "bundle.zip", "--key", KEY)

    assert (0, "") == (ran.returncode, ran.stderr)
    assert "\nVERIFIED. " in ran.stdout
    assert ["bundle.zip"] == [path.name for path in empty.iterdir()]


def test_needs_nothing_but_the_standard_library(pyz, empty):
    """Whatever it loads is Python's own or ours; it makes no socket, starts no process and writes no file."""
    ran = run(empty, "-c", WATCH, str(pyz), "bundle.zip", "--key", KEY, "--reasons")

    assert {"code": 0, "foreign": []} == json.loads(ran.stderr)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (3, ["bundle.zip"]),
        (1, ["bundle.zip", "--key", str(IMPOSTOR.key)]),
        (2, ["bundle.zip", "--key", "hello"]),
        (2, ["nothing.zip", "--key", KEY]),
        (2, []),
    ],
)
def test_exits_with_what_it_found(pyz, empty, code, arguments):
    """3 signer not proven, 1 wrong, 2 wrong use; never a traceback."""
    ran = run(empty, str(pyz), *arguments)

    assert code == ran.returncode
    assert "Traceback" not in ran.stderr


def test_shows_any_letters_in_any_terminal(pyz, empty):
    """Where the terminal has no letters but English ones, the rest is spelled out."""
    (empty / "bundle.zip").write_bytes(replace(february(), agreement="größer −\x1b[2K".encode()).pack())
    ran = run(empty, "-X", "utf8=0", str(pyz), "bundle.zip", "--key", KEY, "--reasons")

    assert 1 == ran.returncode
    assert ran.stdout.isascii()
    assert "" == ran.stderr
