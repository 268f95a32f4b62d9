"""Conditions as an agreement writes them: what is read, and what is told where it cannot be."""

from typing import Any

import pytest

from upheld.core.terms.conditions import Again, Condition, Hours, read_condition
from upheld.core.terms.conditions import Test as Part
from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Place
from upheld.core.terms.quantities import Comparison, Months, parse_comparison

BLOCKS: dict[str, Any] = {
    "calendars": {"business": {}},
    "lists": {
        "banks": {"items": ["one", "two"], "plus": "parameter banks"}, "none": {"items": []},
        "friends": {"items": ["one"], "plus": ["two", "three"]}, "alone": {"items": ["one"], "plus": None},
    },
    "parameters": {"banks": {"kind": "names", "usual": "none"}},
}  # fmt: skip


def condition(**entries: Any) -> Condition:
    found, problems = read(entries)
    assert [] == problems
    return found


def read(entries: dict[str, Any], **parameters: str) -> tuple[Condition, list[str]]:
    written = {key.replace("_", " "): value for key, value in entries.items()}
    desk = Desk(Document({**BLOCKS, "when": written}, {}), parameters, {})
    found = read_condition(Place(desk, ("when",), written))
    return found, [str(problem) for problem in desk.problems]


class TestReadCondition:
    def test_keeps_a_problem_and_goes_on(self):
        """A map that is no condition is told with its place, and the others are read."""
        written = {"ticket": {"sooner than": "5"}, "claim": {"later than": "5 days after x"}, "uptime": "met"}
        desk = Desk(Document({"when": written}), {}, {})
        found = read_condition(Place(desk, ("when",), written))

        assert [Part("uptime", ("met",), ())] == list(found.parts)
        assert [("when", "ticket"), ("when", "claim", "later than")] == [problem.path for problem in desk.problems]

    def test_reads_a_comparison_in_one_text(self):
        """A value that begins with a word of comparison is one."""
        part = condition(overdue="more than 0 and under 5").parts[0]

        assert isinstance(part, Part)
        assert isinstance(part.wanted, Comparison)

    @pytest.mark.parametrize(
        ("entries", "part"),
        [
            ({"in": "business"}, Part("at", Hours(("business",), True), ())),
            ({"outside": ["business", "late"]}, Part("at", Hours(("business", "late"), False), ())),
            ({"start": "in business"}, Part("start", Hours(("business",), True), ())),
            ({"start": "outside business"}, Part("start", Hours(("business",), False), ())),
            ({"bank": "in banks"}, Part("bank", ("one", "two"), ())),
            ({"bank": "in none"}, Part("bank", (), ())),
            ({"bank": "in friends"}, Part("bank", ("one", "two", "three"), ())),
            ({"bank": "in alone"}, Part("bank", ("one",), ())),
            ({"urgent": True}, Part("urgent", ("true",), ())),
            ({"missing": "ticket"}, Part("ticket", None, ())),
            ({"priority": ["one", "two"]}, Part("priority", ("one", "two"), ())),
            ({"any": ["web"]}, Condition("any", (Part("web", ("down",), ()),))),
            ({"not": {"urgent": False}}, Condition("not", (Condition("all", (Part("urgent", ("false",), ()),)),))),
        ],
    )
    def test_reads_each_form(self, entries, part):
        """Calendars by name are their hours, lists their items; a bare name inside `any` asks whether that one is down."""
        assert (part,) == condition(**entries).parts

    def test_a_list_holds_what_is_added_for_the_customer(self):
        """The items of everybody, then his own."""
        found, _ = read({"bank": "in banks"}, banks="three, four")

        assert (Part("bank", ("one", "two", "three", "four"), ()),) == found.parts

    @pytest.mark.parametrize(
        ("entries", "problem"),
        [
            ({"bank": "in blanks"}, "when/bank: no list and no calendar is called 'blanks'"),
            ({"in": {"business": True}}, "when/in: {'business': True} stands where a text is expected"),
        ],
    )
    def test_what_cannot_be_read_is_left_out_and_told(self, entries, problem):
        """With its place; the parts beside it are read."""
        assert (Condition("all", (Part("uptime", ("met",), ()),)), [problem]) == read({**entries, "uptime": "met"})


class TestReadAgain:
    @pytest.mark.parametrize(
        ("entries", "again"),
        [
            ({"in_a_row": "at least 2"}, Again(parse_comparison("at least 2"), None)),
            ({"times": "more than 2", "within": "6 months"}, Again(parse_comparison("more than 2"), Months(6))),
            ({}, None),
        ],
    )
    def test_how_often(self, entries, again):
        """In a row, or within a length; otherwise once."""
        assert Condition("all", (Part("uptime", ("missed",), ()),), again) == condition(uptime="missed", **entries)

    @pytest.mark.parametrize(
        ("entries", "place"),
        [
            ({"times": "at least 3"}, "when/times"),
            ({"within": "6 months"}, "when/within"),
            ({"in_a_row": "at least 2", "within": "6 months"}, "when/in a row"),
            ({"in_a_row": "under 2"}, "when/in a row"),
            ({"in_a_row": "at least 2 hours"}, "when/in a row"),
        ],
    )
    def test_half_of_it_is_a_problem(self, entries, place):
        """A number without its length, a length without a number, or what counts nothing."""
        found, problems = read({"uptime": "missed", **entries})

        assert (None, [place]) == (found.again, [problem.split(":")[0] for problem in problems])
