"""A rule with cases: order decides nothing, unless the agreement says which of two goes first."""

from typing import Any

import pytest

from upheld.core.terms.cases import Cases, read_cases
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Place, text

SSD = {"when": {"disk": "ssd"}, "target": "high"}
HDD = {"when": {"disk": "hdd"}, "target": "low"}
REST = {"otherwise": True, "target": "none"}


def read(cases: dict[str, Any], **rule: Any) -> tuple[Cases[str] | None, list[str]]:
    written = {**rule, **({"cases": cases} if cases else {})}
    desk = Desk(Document({"availability": {"machine": written}}, {}), {}, {})
    place = Place(desk, ("availability", "machine"), written)

    def bind_one(name: str, below: Place) -> str | None:
        term = below.read("target", text)
        return term.value if term else None

    return read_cases("machine", place, bind_one), [str(problem) for problem in desk.problems]


def choose(cases: dict[str, Any], disk: str | tuple[str, ...] | None) -> tuple[str | None, tuple[str, ...]]:
    """Which case holds for a machine with these disks (None: not known), and between which ones it is open."""
    bound, problems = read(cases)
    assert bound
    assert [] == problems
    chosen = bound.choose(Circumstances({} if disk is None else {"disk": disk}, {}, {}))
    return (bound.name_of(chosen.case) if chosen.case else None, chosen.between)


class TestChoose:
    @pytest.mark.parametrize(
        ("disk", "case", "between"),
        [
            ("ssd", "fast", ()),
            ("hdd", "slow", ()),
            ("tape", "rest", ()),
            (("hdd", "ssd"), None, ("fast", "slow")),
            (None, None, ("fast", "slow")),
        ],
    )
    def test_the_one_that_holds(self, disk, case, between):
        """Two at once, or none that is known, leave it open and name both; what is left takes all others."""
        assert (case, between) == choose({"rest": REST, "fast": SSD, "slow": HDD}, disk)

    def test_one_that_might_hold_beside_one_that_does_leaves_it_open(self):
        """A machine with a fast disk of which nobody knows the place."""
        cases = {"fast": SSD, "here": {"when": {"place": "here"}, "target": "high"}}

        assert (None, ("fast", "here")) == choose(cases, "ssd")

    @pytest.mark.parametrize(
        ("order", "case", "between"),
        [
            (["slow", "fast"], "slow", ()),
            (["fast", "slow"], "fast", ()),
            (["slow"], None, ("fast", "slow")),
        ],
    )
    def test_order_decides_between_those_that_it_names(self, order, case, between):
        """A machine with both kinds takes the first that is named; one that the order leaves out stays beside it."""
        assert (case, between) == choose({"order": order, "fast": SSD, "slow": HDD}, ("hdd", "ssd"))

    def test_without_a_case_the_agreement_says_nothing(self):
        """Neither one of them nor between several."""
        assert (None, ()) == choose({"fast": SSD, "slow": HDD}, "tape")

    def test_gives_the_reasons_of_the_case_that_holds(self):
        """Not those of the others."""
        bound, _ = read({"fast": SSD, "slow": HDD})
        assert bound

        assert (("disk is ssd; asked is ssd", (), ()),) == bound.choose(Circumstances({"disk": "ssd"}, {}, {})).reasons


class TestReadCases:
    def test_a_rule_without_cases_stands_for_itself(self):
        """Its one case has no name of its own."""
        bound, _ = read({}, target="high")
        assert bound

        assert [("", None, "high")] == [(bound.name_of(case), case.when, case.rule) for case in bound.each]

    def test_what_a_case_does_not_say_the_rule_says(self):
        """The target of the rule, where the case has none; the case that is left stands last."""
        bound, problems = read({"rest": {"otherwise": True}, "fast": SSD}, target="usual")
        assert bound

        assert ([("fast", "high"), ("rest", "usual")], []) == ([(case.name, case.rule) for case in bound.each], problems)

    def test_none_of_it_can_be_read_where_one_cannot(self):
        """A case without its target leaves the rule unread; nothing is judged by half of it."""
        bound, problems = read({"fast": {"when": {"disk": "ssd"}}, "slow": HDD})

        assert bound is None
        assert ["availability/machine/target: "] == [problem.split("'")[0] for problem in problems]

    @pytest.mark.parametrize(
        ("cases", "place", "words"),
        [
            ({"fast": {**SSD, "otherwise": True}}, "fast/otherwise", "not both"),
            ({"fast": {"target": "high"}}, "fast/when", "otherwise: true"),
            ({"rest": REST, "more": REST}, "more/otherwise", "only one can be what is left"),
        ],
    )
    def test_says_what_a_case_must_say(self, cases, place, words):
        """Either when it holds, or that it is what is left; and only one is that."""
        _, problems = read(cases)

        assert 1 == len(problems)
        assert problems[0].startswith(f"availability/machine/cases/{place}: ")
        assert words in problems[0]
