"""One sequence, whoever writes: processes that race share it without gaps, and one that lost its place writes nothing."""

import json
import os
import subprocess
import sys

import pytest

from tests.anomalies.own import ROOT, own_installation, run, start

PROCESS = "tests.anomalies.ledger_process"

pytestmark = pytest.mark.slow


@pytest.fixture
def installation(tmp_path):
    with own_installation(tmp_path / "one") as environment:
        yield environment


def read_lines(printed):
    return [json.loads(line) for line in printed.splitlines()]


def test_a_writer_that_lost_its_place_is_refused(installation):
    """It looked at the tree, slept while another wrote, and wakes up: nothing of it is recorded, the sequence is whole."""
    run(installation, PROCESS, "record", "0", "6", "2")
    lagging = subprocess.Popen(
        [sys.executable, "-m", PROCESS, "lag"],
        env=installation, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert lagging.stdout is not None
    assert ["seen", 3] == json.loads(lagging.stdout.readline())
    run(installation, PROCESS, "record", "6", "12", "2")

    printed, complained = lagging.communicate("wake up\n", timeout=60)

    assert lagging.returncode == 0, complained
    assert [["lagging", "IntegrityError"]] == read_lines(printed)
    state = dict(read_lines(run(installation, PROCESS, "verify")))
    assert ([f"fact-{number}" for number in range(0, 12, 2)], []) == (state["acorn"]["facts"], state["acorn"]["wrong"])


def test_writers_that_race_share_one_sequence(installation):
    """Three processes record at once, in groups: every fact once, no gap, one history that every signed head is in."""
    racing = [start(installation, PROCESS, "record", str(n * 1000), str(n * 1000 + 90), "3") for n in range(3)]
    for process in racing:
        _, complained = process.communicate(timeout=300)
        assert process.returncode == 0, complained

    state = dict(read_lines(run(installation, PROCESS, "verify")))
    expected = {f"fact-{n * 1000 + place}" for n in range(3) for place in range(90)}
    recorded = [fact for agreement in state.values() for fact in agreement["facts"]]
    assert (expected, len(expected)) == (set(recorded), len(recorded))
    assert [] == [problem for agreement in state.values() for problem in agreement["wrong"]]


def test_the_size_of_the_tree_is_the_token_of_its_writer(installation):
    """Where a database did not keep places apart: the tree's own row is written only by who saw it as it is."""
    run(installation, PROCESS, "record", "0", "6", "2")
    script = (
        "import django; django.setup()\n"
        "from upheld.apps.ledger import services\n"
        "from upheld.apps.ledger.models import Tree\n"
        "tree = Tree.objects.get(agreement='acorn')\n"
        "Tree.objects.filter(pk=tree.pk).update(size=tree.size + 5)\n"
        "try:\n"
        "    services.append_rows(tree, [])\n"
        "except services.LedgerWentBack as refused:\n"
        "    print(refused)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **installation}, cwd=ROOT, capture_output=True, text=True
    )

    assert "acorn: the tree is no longer of 3 entries; nothing was recorded, repeat it\n" == told.stdout, told.stderr
