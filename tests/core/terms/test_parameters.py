"""A customer's parameters as facts for conditions."""

from fractions import Fraction
from typing import Any

import pytest

from upheld.core.money import Money
from upheld.core.terms.document import Document
from upheld.core.terms.parameters import read_parameters, written_as
from upheld.core.terms.place import Desk
from upheld.core.timeline import HOUR


def read(given: dict[str, str], **declared: Any) -> tuple[dict[str, Any], list[str]]:
    desk = Desk(Document({"parameters": {"it": declared}}, {}), given, {})
    return read_parameters(desk), [str(problem) for problem in desk.problems]


class TestReadParameters:
    @pytest.mark.parametrize(
        ("kind", "written", "value"),
        [
            ("money", "EUR 720.00", Money.parse("EUR 720")),
            ("number", "3/2", Fraction(3, 2)),
            ("percent", "99.5 %", Fraction(995, 1000)),
            ("duration", "1 hour", HOUR),
            ("duration", "5 business days", "5 business days"),
            ("names", "live-chat, manager", ("live-chat", "manager")),
            ("names", "none", ()),
            ("dates", "2025-12-24, 2025-12-31,", ("2025-12-24", "2025-12-31")),
            ("choice", "EUR", "EUR"),
            ("text", "a, b", "a, b"),
        ],
    )
    def test_each_by_its_kind(self, kind, written, value):
        """Exact, so that a condition can compare it; a length that a calendar decides stays as it is written."""
        assert ({"it": value}, []) == read({"it": written}, kind=kind)

    @pytest.mark.parametrize(
        ("usual", "value"), [(True, "true"), (False, "false"), ("yes", "yes"), (["a", "b"], "a, b")]
    )
    def test_the_usual_one_where_none_is_given(self, usual, value):
        """As the author wrote it: a flag is one of two words."""
        assert ({"it": value}, []) == read({}, kind="flag", usual=usual)

    def test_what_is_given_beats_the_usual(self):
        """The customer's own."""
        assert ({"it": Fraction(2)}, []) == read({"it": "2"}, kind="number", usual=1)

    def test_one_left_open_is_known_to_be_missing(self):
        """So that a condition `missing` can hold; one that must be given and is not stays unknown."""
        assert ({"it": None}, []) == read({}, kind="money", optional=True)
        assert ({}, []) == read({}, kind="money")

    def test_what_does_not_fit_its_kind_is_a_problem(self):
        """With its place; nothing is known of it."""
        known, problems = read({"it": "lots"}, kind="money")

        assert ({}, ["parameters/it"]) == (known, [problem.split(":")[0] for problem in problems])


class TestChoices:
    PACKAGE: tuple[str, ...] = ("live-chat", "manager")

    @pytest.mark.parametrize("given", ["live-chat", "live-chat, manager"])
    def test_each_name_must_be_among_them(self, given):
        """One, or several."""
        assert [] == read({"it": given}, kind="names", choices=list(self.PACKAGE))[1]

    @pytest.mark.parametrize(("kind", "given"), [("names", "live-chat, butler"), ("choice", "butler")])
    def test_one_that_is_not_is_a_problem(self, kind, given):
        """The problem names what there is."""
        (problem,) = read({"it": given}, kind=kind, choices=list(self.PACKAGE))[1]

        assert f"parameters/it: '{given}' is none of live-chat, manager" in problem


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (7, "7"), (["a", 1], "a, 1"), ("x", "x")])
def test_a_value_is_written_as_a_customer_would(value, text):
    """Flags as words, lists with commas."""
    assert text == written_as(value)
