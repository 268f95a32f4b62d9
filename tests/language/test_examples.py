"""Examples become histories, and what comes out is held against what they say."""

import pytest

from tests.golden.record import AS_OF
from tests.language.samples import change, check_changed, sentences
from upheld.core.terms import Document
from upheld.language import check, run_examples, stand_in_parameters

THURSDAY_IN_LONDON = "2025-06-25T23:00:00.000000Z"


def differences(*pairs: tuple[str, str]) -> list[tuple[str, str, str]]:
    found = run_examples(check(change(*pairs), as_of=AS_OF))
    return [(one.result, one.expected, one.computed) for one in found]


class TestRunning:
    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ("down: 120 minutes", "down: 121 minutes", ("down", "121 minutes", "120 min")),
            ("percent: 99.72 %", "percent: 99.73 %", ("percent", "99.73 %", "99.72 %")),
            ("met: false", "met: true", ("met", "true", "missed")),
            ("units: 2", "units: 3", ("units", "3", "2")),
            ("credit: GBP 10.00", "credit: GBP 10.01", ("credit", "GBP 10.01", "GBP 10.00")),
            ("accepted: true", "accepted: false", ("accepted", "false", "true")),
            ("accepted: true", "deadline: 2025-06-26T00:00Z", ("deadline", "2025-06-26T00:00Z", THURSDAY_IN_LONDON)),
            ("accepted: true", "refused: [late]", ("refused", "[late]", "[]")),
        ],
    )
    def test_tells_what_differs(self, right: str, wrong: str, told: tuple[str, str, str]):
        """Durations and money are compared exactly, a percentage floored at the decimals that are written."""
        assert [] == differences()
        assert [told] == differences((right, wrong))

    def test_uses_the_values_and_senses_that_it_gives(self):
        """Another price gives another credit; another sense another verdict."""
        blind = "facts:\n  - not measured: {from: 2025-06-20T00:00Z, to: 2025-06-21T00:00Z}\n  - outage"
        shorter = ("to: 2025-06-11T08:00Z", "to: 2025-06-11T06:10Z")
        expect = ("uptime: {down: 120 minutes, percent: 99.72 %, met: false}", "uptime: {verdict: undecided}")

        assert [("credit", "GBP 10.00", "GBP 20.00")] == differences(("GBP 720}\nfacts", "GBP 1440}\nfacts"))
        assert ("verdict", "undecided", "met") not in differences(("facts:\n  - outage", blind), shorter, expect)
        sense = ("period: 2025-06\n", "period: 2025-06\nreadings: {blind-time: up}\n")
        assert ("verdict", "undecided", "met") in differences(("facts:\n  - outage", blind), shorter, expect, sense)

    def test_judges_from_the_instant_it_names(self):
        """Seen from within the month, a month that can still be kept has no verdict."""
        told = differences(("period: 2025-06\n", "period: 2025-06\nas of: 2025-06-11T06:20Z\n"))

        assert ("met", "false", "not known yet") in told

    def test_expects_only_what_can_come_out(self):
        """A period yields no figure: who expects one is told where results come from."""
        problems = check(change(("expect: {uptime:", "expect: {month: {met: true}, uptime:")), as_of=AS_OF).problems

        assert ["nothing comes out of 'month' that could be expected: it stands in periods"] == [
            problem.what for problem in problems
        ]


class TestStandIns:
    def test_have_the_kind_that_is_asked(self):
        """A price comes in the currency of the agreement; what is given is kept."""
        document = check_changed().document
        assert document

        assert {"monthly-price": "GBP 1000"} == stand_in_parameters(document)
        assert {"monthly-price": "GBP 5"} == stand_in_parameters(document, {"monthly-price": "GBP 5"})

    def test_leave_open_what_is_none_of_the_choices(self):
        """A place that is not offered was not chosen; nothing is put in its stead."""
        document = Document({"parameters": {"region": {"kind": "choice", "choices": ["Germany", "United States"]}}}, {})

        assert {"region": "Germany"} == stand_in_parameters(document)
        assert {"region": "United States"} == stand_in_parameters(document, {"region": "United States"})
        assert {} == stand_in_parameters(document, {"region": "France"})

    def test_leave_open_what_is_optional_and_said_to_be_none(self):
        document = Document({"parameters": {"contact": {"kind": "email", "optional": True}, "main": {"kind": "email"}}}, {})

        assert {"main": "none"} == stand_in_parameters(document, {"contact": "none", "main": "none"})


def test_says_what_an_example_gets_wrong():
    """Each unknown part is told with the nearest known one, at its own place."""
    told = check_changed(("for: hours, details", "for: hour, details"), ("units: 2", "unit: 2"))

    assert ["credits has no entry 'hour'", "no result is called 'unit'"] == sentences(told)
    advice = {one.try_this for one in told.problems}
    assert {"the nearest known word is 'hours'", "the nearest known word is 'units'"} == advice
