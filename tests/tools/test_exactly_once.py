"""Deeds over money that many clients repeat, and that are killed, leave each thing once; what is not so is found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.exactly_once.ground import plan_outages, reckon
from tools.exactly_once.reading import differ

ROOT = Path(__file__).parents[2]
OURS = ("DJANGO_SETTINGS_MODULE", "UPHELD_DATABASE_URL", "UPHELD_HOME")
"""What a run of the tests says of its own installation."""


@pytest.mark.slow
def test_leaves_each_thing_once() -> None:
    """A few clients in processes of their own, one of them killed: once each, and the cents as reckoned."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    size = ("--clients", "4", "--repeats", "12", "--outages", "3", "--kills", "1")
    command = [sys.executable, "-m", "tools.exactly_once", *size]

    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)

    assert (0, "") == (ran.returncode, ran.stderr), ran.stdout + ran.stderr
    assert "48 deeds by 4 clients, 1 processes killed" in ran.stdout
    assert "each exactly once, and the sum is equal" in ran.stdout


def test_outages_never_touch() -> None:
    """Each outage is a credit of its own, whatever their number."""
    for number in (1, 3, 40, 200):
        plan = plan_outages(number)
        ends = [begins + lasting for _, begins, lasting in plan]
        assert all(end < begins for end, (_, begins, _) in zip(ends, plan[1:], strict=False))


def test_reckons_cents_by_itself() -> None:
    """One hour of February at 719.99 a month, ten times: 1,071.41… cents."""
    assert 1071 == reckon(1).cents


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["a", "b"], []),
        (["a"], ["credits missing: b"]),
        (["a", "b", "b"], ["credits too many: b"]),
        (["a", "c"], ["credits missing: b", "credits too many: c"]),
    ],
)
def test_finds_what_is_missing_or_doubled(found: list[str], told: list[str]) -> None:
    """A lost one and a doubled one are both named."""
    assert told == differ("credits", ["a", "b"], found)
