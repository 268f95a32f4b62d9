"""The worker is killed while it wakes people: nobody is forgotten, and no step is taken twice."""

import json
import random
import time
from collections import Counter

import pytest

from tests.anomalies.own import own_installation, run, start

PROCESS = "tests.anomalies.paging_process"
KILLS, PAGES, STEPS = 6, 12, 6


@pytest.fixture
def installation(tmp_path):
    with own_installation(tmp_path) as environment:
        run(environment, PROCESS, "lay")
        yield environment


def read_lines(printed):
    """What a process said; a line that was cut off by its end was not said."""
    return [json.loads(line) for line in printed.split("\n")[:-1]]


@pytest.mark.slow
def test_every_page_is_taken_through_every_step_once(installation):
    """SIGKILL at random moments of paging, escalating and sending; the next worker goes on as if nothing had been."""
    chance = random.Random(20260210)
    paged, sent = set(), Counter[str]()
    for number in range(KILLS):
        begun = start(installation, PROCESS, "page", str(number * 2), str(number * 2 + 2))
        paged |= {said for what, said in read_lines(begun.communicate()[0]) if what == "paged"}
        process = start(installation, PROCESS, "work", str(number))
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        sent.update(said for what, said in read_lines(first + process.communicate()[0]) if what == "sent")
    # Past every lease: what was in the hand of somebody who died is sent by the last one.
    sent.update(said for what, said in read_lines(run(installation, PROCESS, "work", "60")) if what == "sent")

    told = dict(read_lines(run(installation, PROCESS, "tell")))

    assert (PAGES, 0) == (len(paged), told.pop("waiting"))
    assert {about: [[place, 1] for place in range(STEPS)] for about in paged} == told
    assert PAGES * STEPS == len(sent)
    # At least once: what was taken by the carrier and not yet written down when the worker died comes again, and no more.
    assert sum(sent.values()) - len(sent) <= KILLS
