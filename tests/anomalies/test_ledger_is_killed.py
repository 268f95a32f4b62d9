"""Processes that record facts are killed, and get in each other's way: what was acknowledged is there, once."""

import json
import random
import time

import pytest

from tests.anomalies.own import own_installation, run, start

PROCESS = "tests.anomalies.ledger_process"
KILLS = 10


@pytest.fixture
def installation(tmp_path):
    with own_installation(tmp_path) as environment:
        yield environment


def read_lines(printed):
    """What a process acknowledged; a line that was cut off by its end is no acknowledgement."""
    return [json.loads(line) for line in printed.split("\n")[:-1]]


def read_state(installation):
    return dict(read_lines(run(installation, PROCESS, "verify")))


@pytest.mark.slow
def test_every_acknowledged_fact_is_there_once(installation):
    """SIGKILL at ten random moments under load: nothing acknowledged is lost or doubled, ledgers verify, no head is gone."""
    chance = random.Random(20260214)
    recorded: set[str] = set()
    signed = []
    for number in range(KILLS):
        process = start(installation, PROCESS, "record", str(number * 10_000), str(number * 10_000 + 9_999), "3")
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.4))
        process.kill()
        printed, complained = process.communicate()
        assert process.returncode == -9, complained
        for what, said in read_lines(first + printed):
            if what == "recorded":
                recorded.update(f"fact-{fact}" for fact in said)
            else:
                signed.append(said)

    state = read_state(installation)
    facts = [fact for ledger in state.values() for fact in ledger["facts"]]
    assert [] == [problem for ledger in state.values() for problem in ledger["wrong"]]
    assert len(facts) == len(set(facts))
    assert set() == recorded - set(facts)
    assert len(recorded) > KILLS * 3
    heads = [head for ledger in state.values() for head in ledger["heads"]]
    assert [] == [head for head in signed if head not in heads]
    assert len(heads) == len({(agreement, size) for agreement, size, _ in heads})


@pytest.mark.slow
def test_three_who_record_the_same_record_it_once(installation):
    """The same facts from three processes at once, in groups of other sizes: each fact has one place, and nobody fails."""
    processes = [start(installation, PROCESS, "record", "0", "120", group) for group in ("1", "4", "7")]
    ended = [(process.communicate()[1], process.returncode) for process in processes]

    assert [("", 0)] * 3 == ended
    state = read_state(installation)
    assert {f"fact-{number}" for number in range(120)} == {fact for ledger in state.values() for fact in ledger["facts"]}
    assert ([60, 60], []) == (
        [len(ledger["facts"]) for ledger in state.values()],
        [problem for ledger in state.values() for problem in ledger["wrong"]],
    )


@pytest.mark.slow
def test_one_of_four_becomes_the_first_administrator(installation):
    """Four come at once with the same token: one is made, three are refused."""
    [[_, token]] = read_lines(run(installation, PROCESS, "offer"))

    processes = [start(installation, PROCESS, "administer", token) for _ in range(4)]
    said = [what for process in processes for what, _ in read_lines(process.communicate()[0])]

    assert ["made", "refused", "refused", "refused"] == sorted(said)
