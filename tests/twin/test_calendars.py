"""Two readers of calendars, one of them dumb: every second marked and counted gives what core and bulk say."""

import os
import secrets
from datetime import UTC, datetime
from random import Random

import pytest

from tests.twin import compare
from tests.twin.compare import Tally
from tests.twin.naive_calendar import NaiveCalendar
from tests.twin.our_calendar import OurCalendar
from tests.twin.texts import Asked, Question

QUESTIONS = int(os.environ.get("TWIN_QUESTIONS", "3000"))
SEED = int(os.environ.get("TWIN_SEED", secrets.randbelow(10**6)))

LONDON = ("zone Europe/London", "from 2025-03-10T00:00:00Z", "to 2025-04-20T00:00:00Z", "open mon-sun 22:00:00-06:00:00")


def test_every_answer_is_the_same(capsys):
    """Questions made anew on each run: no difference. `TWIN_SEED=… TWIN_QUESTIONS=…` asks the same ones again."""
    with capsys.disabled():
        print(f"\ncalendars asked with TWIN_SEED={SEED}")

    tally = compare.compare_calendars(QUESTIONS, SEED)

    assert tally.differences == [], f"TWIN_SEED={SEED}"
    assert tally.asked >= QUESTIONS
    assert tally.beyond < QUESTIONS / 4, "the calendars' weeks are too few for their questions"
    assert tally.compared["bulk"] > QUESTIONS / 2


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("elapsed 2025-03-30T00:00:00Z 2025-03-30T06:00:00Z", 5 * 3600),
        ("elapsed 2025-03-29T22:00:00Z 2025-03-30T12:00:00Z", 7 * 3600),
        ("due 2025-03-29T12:00:00Z 25200", 1_743_310_800),
        ("due-outside 2025-03-29T12:00:00Z 25200 2025-03-30T00:00:00Z/2025-03-30T01:00:00Z", 1_743_372_000),
        ("days 2025-03-28T12:00:00Z 1 closing", 1_743_310_800),
        ("days 2025-03-28T12:00:00Z 1 whole", 1_743_292_800),
        ("due 2025-04-19T12:00:00Z 99999", None),
    ],
)
def test_the_naive_side_by_hand(question, answer):
    """London, 30 March 2025, the night that has an hour less: figures that were worked out on paper."""
    assert answer == NaiveCalendar(LONDON).answer(question)


def test_a_wrong_judge_is_found(monkeypatch):
    """A calendar that is read to close an hour early differs, whoever answers: the comparison does compare."""
    early = (*LONDON[:3], LONDON[3].replace("06:00:00", "05:00:00"))
    ask = Question(Random(7), datetime(2025, 3, 14, tzinfo=UTC), datetime(2025, 4, 10, tzinfo=UTC))
    tally = Tally()
    monkeypatch.setattr(compare, "OurCalendar", lambda _: OurCalendar(early))

    compare.compare(Asked(LONDON, tuple(ask.write_one() for _ in range(200))), "by hand", tally)

    wrong = {difference.split(": ")[1].split()[0] for difference in tally.differences}
    assert {"core", "clocks", "datetimes", "bulk"} == wrong
