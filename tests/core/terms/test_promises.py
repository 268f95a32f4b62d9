"""Promises of availability and of other figures: the case that holds, what is derived, what is refused."""

from fractions import Fraction
from typing import Any

import pytest

from tests.core.availability.made import promised
from tests.core.terms.changed import bind_blocks
from upheld.core.terms import Terms
from upheld.core.terms.availability import is_per_cent
from upheld.core.terms.formula import parse_formula

PLANS = {"plan": {"kind": "choice", "choices": ["basic", "premium"], "usual": "premium"}}


def bound(blocks) -> Terms:
    found = bind_blocks(blocks, {})
    assert isinstance(found, Terms), [str(problem) for problem in found]
    return found


def refused(**keys) -> str:
    found = bind_blocks(promised(**keys), {})
    assert isinstance(found, list)
    return str(found[0])


def with_cases(cases, **keys):
    blocks = promised(**keys)
    blocks["parameters"] |= PLANS
    blocks["availability"]["uptime"]["cases"] = cases
    return bound(blocks).availability["uptime"]


class TestCases:
    def test_the_one_of_the_customers_plan_holds(self):
        """99.9 % for premium, 99 % for basic: the parameter chooses."""
        found = with_cases({
            "basic": {"when": {"plan": "basic"}, "target": "at least 99 %"},
            "premium": {"when": {"plan": "premium"}, "target": "at least 99.9 %"},
        })  # fmt: skip

        assert "at least 99.9 %" == str(found.target.value)
        assert ("plan is premium; asked is premium",) == tuple(words for words, _, _ in found.chosen_because)

    def test_none_makes_no_promise(self):
        """A plan that no case names has no promise."""
        found = with_cases({"basic": {"when": {"plan": "basic"}, "target": "at least 99 %"}})

        assert ((), False) == (found.between, found.applies)

    def test_two_at_once_decide_nothing(self):
        """Order never decides: both are named."""
        when = {"plan": "premium"}
        found = with_cases({"one": {"when": when, "target": "at least 99 %"}, "two": {"when": when}})

        assert (("one", "two"), True) == (found.between, found.applies)

    def test_a_case_that_cannot_be_read_is_a_problem(self):
        """Each case is bound as the rule that it would be."""
        blocks = promised()
        blocks["parameters"] |= PLANS
        blocks["availability"]["uptime"]["cases"] = {"one": {"when": {"plan": "basic"}, "target": "many"}}

        found = bind_blocks(blocks, {})
        assert isinstance(found, list)
        assert "availability/uptime/cases/one/target" in str(found[0])

    def test_a_service_that_the_customer_has_not_promises_nothing(self):
        """`services: when`: for which customers there is one at all."""
        blocks = promised(services__shop__when={"plan": "basic"})
        blocks["parameters"] |= PLANS
        assert not bound(blocks).availability["uptime"].applies

        blocks["services"]["shop"]["when"] = {"plan": "premium"}
        assert bound(blocks).availability["uptime"].applies


class TestFormula:
    def test_is_what_the_counting_stands_for_where_none_is_printed(self):
        """With a kind of work that leaves the base, M stands in it; without, T and D are enough."""
        assert "(T - M - D) / (T - M)" == bound(promised()).availability["uptime"].formula.value.written
        blocks = promised(unmeasured="up", part_period="trimmed", overlap="down wins")
        del blocks["maintenance"], blocks["causes"]["dropped"]
        blocks["readings"] = {"whole-days": blocks["readings"]["whole-days"]}
        assert "(T - D) / T" == bound(blocks).availability["uptime"].formula.value.written

    @pytest.mark.parametrize(
        ("written", "answer"), [("(T - D) / T", False), ("(T - D) / T * 100", True), ("D / (T - T)", False)]
    )
    def test_may_give_per_cent(self, written, answer):
        """Some texts print `x 100`: the figure is a share all the same."""
        assert answer is is_per_cent(parse_formula(written), {"T": "all time", "D": "down"})

    def test_of_a_letter_that_cannot_be_read_is_refused(self):
        """Its quantity is none of those known."""
        found = refused(formula="(T - D) / T", where={"T": "all time", "D": "sheep"})

        assert "availability/uptime/where/D: 'sheep' is not one of" in found


class TestRefused:
    @pytest.mark.parametrize(
        ("keys", "problem"),
        [
            ({"counting": "mean error rate", "each": "1 hour"}, "availability/uptime/idle: mean error rate needs 'idle'"),
            ({"counting": "each outage"}, "at least 99.5 % cannot be held against each outage; write a length"),
            ({"target": "at most 3 hours"}, "at most 3 hours cannot be held against time down; write a share"),
            ({"shortest_outage": "more than 5 %"}, "availability/uptime/shortest outage: more than 5 % is no length"),
            ({"each": "0 minutes"}, "availability/uptime/each: '0 minutes' is no time at all"),
            ({"each": "5 business days"}, "availability/uptime/each: '5 business days' is no elapsed time"),
            ({"bad_when": {"colour": "red"}}, "availability/uptime/bad when/colour: 'colour' is not known of an interval"),
            ({"bad_when": {"any": [{"colour": "red"}]}}, "availability/uptime/bad when/colour: 'colour' is not known"),
            ({"strength": "wish"}, "availability/uptime/strength: 'wish' is not one of promise"),
            (
                {"maintenance__regular__budget": "1 per week"},
                "maintenance/regular/budget: '1 per week' is no time in a period",
            ),
        ],
    )
    def test_says_what_to_write(self, keys, problem):
        """The path, what came, what would be right."""
        assert problem in refused(**keys)


MEASURE = {
    "of": "shop", "figure": "latency in ms", "taken as": "mean", "strength": "promise", "period": "month",
    "target": "at most 3", "evidence": ["probes"],
}  # fmt: skip


class TestMeasures:
    def test_are_read_with_their_target(self):
        """A number in the unit of the figure."""
        found = bound(promised(measures__latency=MEASURE)).measures["latency"]

        assert ("latency in ms", "mean", True) == (found.figure, found.taken_as.value, found.applies)
        assert found.target.value is not None
        assert found.target.value.holds(Fraction(3))

    @pytest.mark.parametrize(
        ("keys", "problem"),
        [
            ({"of": "shap"}, "measures/latency/of: no service is called 'shap'; nearest is 'shop'"),
            ({"period": "week"}, "measures/latency/period: no period is called 'week'"),
            ({"figure": "share in time"}, "measures/latency/within: says no time in which one case must be done"),
            ({"taken as": "share"}, "measures/latency/taken as: a share is taken of what is done in time"),
            ({"target": "at most 3 hours"}, "at most 3 hours cannot be held against latency in ms; write a number"),
            ({"figure": "outages", "taken as": "worst"}, "at most 3 cannot be held against outages; write a length"),
            ({"taken as": "guess"}, "measures/latency/taken as: 'guess' is not one of mean"),
        ],
    )
    def test_say_what_cannot_be_judged(self, keys, problem):
        """The path, what came, what would be right."""
        assert problem in refused(measures__latency=MEASURE | keys)

    def test_over_any_span_are_refused(self):
        """A measure is taken over the span that ends with the period; any other is not judged in silence."""
        anywhere: dict[str, Any] = {
            "length": "30 elapsed days",
            "starts": "1 January",
            "zone": "UTC",
            "counts as": "elapsed time",
        }
        anywhere |= {"sliding": True}
        places = {"measures__latency": MEASURE | {"period": "anywhere"}}

        assert "measures/latency/period: anywhere may lie anywhere" in refused(**places, periods__anywhere=anywhere)
        bound(promised(**places, periods__anywhere={**anywhere, "ends": "period end"}))

    def test_have_cases_as_promises_have(self):
        """None, one or two hold: the first promises nothing, the last decides nothing."""
        for plans, expected in (
            (["basic"], ((), False)), (["basic", "premium"], ((), True)), (["premium", "premium"], (("p0", "p1"), True)),
        ):  # fmt: skip
            cases = {f"p{place}": {"when": {"plan": plan}} for place, plan in enumerate(plans)}
            blocks = promised(measures__latency=MEASURE | {"cases": cases})
            blocks["parameters"] |= PLANS
            found = bound(blocks).measures["latency"]

            assert expected == (found.between, found.applies)

    def test_a_case_that_cannot_be_read_is_a_problem(self):
        """The measure is bound with all its cases or not at all."""
        assert "measures/latency/cases/one/target" in refused(
            measures__latency=MEASURE | {"cases": {"one": {"when": {"currency": "EUR"}, "target": "x"}}}
        )

    def test_an_open_target_is_none(self):
        """A customer who left the parameter open has no target."""
        blocks = promised(measures__latency=MEASURE | {"target": "parameter limit"})
        blocks["parameters"]["limit"] = {"kind": "text", "optional": True}

        assert bound(blocks).measures["latency"].target.value is None
