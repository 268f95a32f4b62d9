"""Dates: reviews that are overdue, editions without a beginning, dates that can be read in two ways."""

import re

from upheld.core.terms.quantities import parse_date
from upheld.core.timeline import Instant
from upheld.language.meaning.subject import Subject
from upheld.language.problem import Spot

AMBIGUOUS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})\b")


def check_dates(subject: Subject, as_of: Instant) -> None:
    review = subject.read(parse_date, "agreement", "next review")
    today = as_of.utc().date()
    if review and review < today:
        subject.warn(
            ("agreement", "next review"), f"overdue review: it was due on {review}, and today is {today}",
            "review the text together and write the next date",
        )  # fmt: skip
    last = subject.read(parse_date, "agreement", "last review")
    if last and last > today:
        subject.error(("agreement", "last review"), f"the last review lies ahead, on {last}", "write the day it was held")
    if last and review and review <= last:
        subject.error(
            ("agreement", "next review"), f"the next review, on {review}, is not after the last, on {last}",
            "write the day of the next one",
        )  # fmt: skip
    # Behind a reading the question was asked, and is answered.
    if subject.merged.text("agreement", "effective") == "none":
        subject.warn(
            ("agreement", "effective"), "this edition does not say from when it takes effect",
            "write the date, so that each fact has one edition that judges it",
        )  # fmt: skip
    for name, clause in subject.pages.clauses.items():
        for found in AMBIGUOUS.finditer(clause.prose):
            tell_ambiguous(subject, name, clause.spot, found)


def tell_ambiguous(subject: Subject, clause: str, spot: Spot, found: re.Match[str]) -> None:
    first, second = int(found[1]), int(found[2])
    if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
        subject.problems.error(
            spot, f"{clause} says {found[0]!r}, which is one day in some countries and another elsewhere",
            "write the month as a word, or the date as year-month-day", clause,
        )  # fmt: skip
