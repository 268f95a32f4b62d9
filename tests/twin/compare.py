"""Calendars asked of both sides: every answer that differs, with the texts that lead to it."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.twin.naive_calendar import NaiveCalendar
from tests.twin.our_calendar import OurCalendar
from tests.twin.texts import Asked, make_asked

QUESTIONS_OF_A_CALENDAR = 160


@dataclass
class Tally:
    """How many answers were compared with the naive one, by who gave them; and the differences."""

    compared: Counter[str] = field(default_factory=Counter)
    beyond: int = 0
    """Questions whose answer lies beyond the weeks that the naive side marked; they are not counted as asked."""
    differences: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.compared["core"]


def compare_calendars(questions: int, seed: int) -> Tally:
    """At least so many questions; the nth calendar is that of `seed` and n alone, whatever was asked before."""
    tally, number = Tally(), 0
    while tally.asked < questions:
        compare(make_asked(Random(f"{seed}/{number}"), QUESTIONS_OF_A_CALENDAR), f"{seed}/{number}", tally)
        number += 1
    return tally


def compare(asked: Asked, name: str, tally: Tally) -> None:
    naive, ours = NaiveCalendar(asked.calendar), OurCalendar(asked.calendar)
    expected = {question: naive.answer(question) for question in dict.fromkeys(asked.questions)}
    questions = [question for question, answer in expected.items() if answer is not None]
    tally.beyond += len(expected) - len(questions)
    at_once = ours.answer_all(questions)
    for place, question in enumerate(questions):
        answers = {
            "core": ours.answer(question),
            "clocks": ours.answer_by_clocks(question),
            "datetimes": ours.answer_in_datetimes(question),
            "bulk": at_once.get(place),
        }
        for who, answer in answers.items():
            if answer is not None:
                tally.compared[who] += 1
                if answer != expected[question]:
                    lines = "\n  ".join((*asked.calendar, question))
                    tally.differences.append(f"{name}: {who} says {answer}, naive {expected[question]}\n  {lines}")
