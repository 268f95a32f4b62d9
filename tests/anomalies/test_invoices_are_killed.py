"""Processes that issue invoices are killed at any moment: every period is invoiced once, numbers have no gap and no twin."""

import json
import random
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.anomalies.own import ROOT, own_installation

PROCESS = [sys.executable, "-m", "tests.anomalies.invoices_process"]
LOOK = """
import django, json; django.setup()
from upheld.apps.billing.models import Credit, Invoice, Series
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import CreditApplied, InvoiceIssued, of_kind
keys = ("harbour-hosting", "quay-hosting")
print(json.dumps({
    "numbers": sorted(Invoice.objects.values_list("number", flat=True)),
    "periods": sorted(f"{row.agreement.key} {row.period_from_at:%Y-%m-%d}" for row in Invoice.objects.all()),
    "last": Series.objects.get().last,
    "facts": sum(len(of_kind(facts_of(key), InvoiceIssued)) for key in keys),
    "applied": sum(len(of_kind(facts_of(key), CreditApplied)) for key in keys),
    "states": sorted(Credit.objects.values_list("state", flat=True)),
    "net": sum(int(row.net.split()[1].replace(".", "")) for row in Invoice.objects.all()),
}))
"""
KILLS = 4


def run(environment: dict[str, str], *words: str) -> str:
    ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=True)
    return ended.stdout


@pytest.mark.slow
def test_every_period_is_invoiced_once_whoever_is_killed(tmp_path):
    """
    Two processes issue 24 months of two customers; four times one of them is killed while it does, and another begins.
    By hand: two set-up fees of GBP 200 and 24 months of 250, less six credits of 1: GBP 6,394.00.
    """
    chance = random.Random(7)
    with own_installation(tmp_path / "home") as environment:
        run(environment, *PROCESS, "prepare")
        running: list[subprocess.Popen[Any]] = []
        try:
            running = [begin(environment) for _ in range(2)]
            for _ in range(KILLS):
                wait_for_one(running[0])
                time.sleep(chance.uniform(0, 0.2))
                running[0].kill()
                running.pop(0).wait(timeout=30)
                running.append(begin(environment))
            ended = [one.wait(timeout=240) for one in running]
        finally:
            for one in running:
                one.kill()
        found = json.loads(run(environment, sys.executable, "-c", LOOK).splitlines()[-1])

    assert [0, 0] == ended
    assert [f"INV-2027-{place:04d}" for place in range(1, 25)] == found["numbers"]
    assert (24, 24, 24) == (len(set(found["periods"])), found["last"], found["facts"])
    assert (6, ["applied"] * 6, 639_400) == (found["applied"], found["states"], found["net"])


def begin(environment: dict[str, str]) -> subprocess.Popen[Any]:
    return subprocess.Popen(PROCESS, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def wait_for_one(process: subprocess.Popen[Any]) -> None:
    """Until it issued something, or has nothing left to do."""
    assert process.stdout is not None
    process.stdout.readline()
