"""An older installation is brought up to date: every fact, root and signed head is what it was."""

import json
import random
import time
from pathlib import Path

import pytest

from tests.anomalies.own import own_installation, run, start
from tests.upgrades.keep import PROCESS, STATES

KEPT = sorted(path.name for path in STATES.iterdir())


@pytest.fixture(params=KEPT)
def state(request):
    return STATES / request.param


def count_rows(state: Path) -> dict[str, int]:
    return {path.stem: len(path.read_bytes().splitlines()) for path in (state / "rows").iterdir()}


@pytest.mark.slow
class TestUpgrade:
    def test_keeps_every_fact_root_and_head(self, tmp_path, state):
        """Facts as they were recorded, roots and signed notes letter for letter; and nobody can alter them afterwards."""
        with own_installation(tmp_path, migrated=False) as installation:
            run(installation, PROCESS, "lay", str(state))
            run(installation, "django", "migrate", "--verbosity=0")

            told = json.loads(run(installation, PROCESS, "tell"))
            altered = json.loads(run(installation, PROCESS, "tamper"))

        assert json.loads((state / "told.json").read_text()) == told
        assert [] == [problem for ledger in told.values() for problem in ledger["wrong"]]
        assert [] == altered

    def test_keeps_every_statement(self, tmp_path):
        """What customers were told and every byte of their bundles, also of one that was stated anew; all of it verifies."""
        with_statements = [path for path in STATES.iterdir() if (path / "stated.json").is_file()]
        assert with_statements
        for number, state in enumerate(with_statements):
            home = tmp_path / str(number)
            home.mkdir()
            with own_installation(home, migrated=False) as installation:
                run(installation, PROCESS, "lay", str(state))
                run(installation, "django", "migrate", "--verbosity=0")

                stated = json.loads(run(installation, PROCESS, "stated"))

            assert json.loads((state / "stated.json").read_text()) == stated
            assert ["acorn-harbour/2026-02/1"] == [one["follows"] for one in stated.values() if one["follows"]]
            assert {"verified"} == {one["outcome"] for one in stated.values()}

    def test_is_finished_by_the_next_start_when_it_was_killed(self, tmp_path, state):
        """SIGKILL at five random moments of the upgrade: the same command again brings it to its end."""
        with own_installation(tmp_path, migrated=False) as installation:
            run(installation, PROCESS, "lay", str(state))
            kill_migrations(installation)

            told = json.loads(run(installation, PROCESS, "tell"))
            altered = json.loads(run(installation, PROCESS, "tamper"))

        assert json.loads((state / "told.json").read_text()) == told
        assert [] == altered


@pytest.mark.slow
def test_a_first_start_that_is_killed_is_finished_by_the_next(tmp_path):
    """SIGKILL at five random moments while the tables are made: the same command again makes the rest."""
    with own_installation(tmp_path, migrated=False) as installation:
        kill_migrations(installation)
        run(installation, PROCESS, "fill")

        told = json.loads(run(installation, PROCESS, "tell"))

    assert [] == [problem for ledger in told.values() for problem in ledger["wrong"]]
    assert 48 == sum(len(ledger["facts"]) for ledger in told.values())


def kill_migrations(installation: dict[str, str]) -> None:
    chance = random.Random(2026)
    for _ in range(5):
        process = start(installation, "django", "migrate", "--verbosity=0")
        time.sleep(chance.uniform(0.3, 1.0))
        process.kill()
        process.communicate()
    run(installation, "django", "migrate", "--verbosity=0")


def test_a_kept_state_holds_something_of_every_kind():
    """A table without a row would be upgraded without proof."""
    [first, *_] = KEPT

    counts = count_rows(STATES / first)
    wanted = {
        "agreements_agreement", "agreements_parameter", "agreements_version", "fleet_service", "ledger_checkpoint",
        "ledger_entry", "ledger_node", "ledger_tree", "oncall_message", "oncall_recipient", "parties_contact",
        "parties_customer", "parties_provider", "parties_user",
    }  # fmt: skip
    assert set() == wanted - set(counts)
    assert counts["ledger_entry"] == 45
