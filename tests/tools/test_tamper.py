"""Whatever an owner of the database does to a ledger is found by who kept one older head, and nothing else is."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = ("bit", "delete", "duplicate", "edit", "rebuild", "swap", "truncate")


@pytest.fixture(scope="module")
def told() -> str:
    """A run in a process of its own: other random tamperings each time; its first line says how to repeat it."""
    environment = {**os.environ, "FACTS": "60", "UNTOUCHED": "20"}
    for name in ("UPHELD_DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tools.tamper", "210"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert (0, "") == (ran.returncode, ran.stderr), ran.stdout + ran.stderr
    return ran.stdout


def test_finds_every_tampering_with_its_first_entry(told):
    """Seven kinds, thirty of each; each row of a ledger edited by itself."""
    assert [f"30 {kind}" for kind in KINDS] == re.findall(rf"\d+ (?:{'|'.join(KINDS)})", told)
    assert "single-row edits: each of 60 rows" in told
    assert "missed or misplaced: 0; " in told


def test_suspects_no_untouched_ledger(told):
    """No false alarm."""
    assert "untouched ledgers: 20" in told
    assert "false alarms: 0" in told


def test_what_was_rebuilt_and_signed_anew_contradicts_the_older_head_alone(told):
    """The rows of a rebuilt ledger fit each other: without an older head nothing would be found."""
    [only] = re.findall(r"(\d+) of them contradict nothing but the older head", told)

    assert 30 <= int(only) <= 60
