"""Instances that run only part of a period, and instances counted together."""

from fractions import Fraction
from typing import ClassVar

import pytest

from tests.core.availability.made import down, finding, promised, requests, runs, stated
from tests.core.sample import header, outage
from tests.core.sums import find_wrong_sums
from upheld.core.explain import show, tell
from upheld.core.facts import AgreementSigned

TEN_DAYS = runs("a", "2026-04-01T00:00Z", "2026-04-11T00:00Z")


def figure(facts, **keys) -> Fraction:
    named = {name: keys.pop(name) for name in ("as_of", "seen") if name in keys}
    found = finding(promised(**keys), facts, **named)
    assert [] == find_wrong_sums([found])
    return found.value.exact  # type: ignore[union-attr]


class TestPartPeriod:
    LOST = down("2026-04-05T10:00Z", "2026-04-05T10:10Z")
    AFTER = down("2026-04-20T10:00Z", "2026-04-20T11:00Z")

    @pytest.mark.parametrize(
        ("part", "down_minutes", "base_minutes"),
        [
            ("trimmed", 10, 14_400),
            ("from all running", 10, 14_400),
            ("deemed up", 10, 43_200),
            ("whole period counts", 70, 43_200),
            ("does not arise", 70, 43_200),
        ],
    )
    def test_of_an_instance_that_lived_ten_days(self, part, down_minutes, base_minutes):
        """Its own days are the base, or the whole month with the rest deemed up, or everything counts."""
        facts = [*TEN_DAYS, *self.LOST, *self.AFTER]

        assert 1 - Fraction(down_minutes, base_minutes) == figure(facts, part_period=part)

    def test_starts_when_all_run(self):
        """Two zones, the second from the sixteenth on: 3 of 21,600 minutes."""
        facts = [
            *runs("a", "2026-03-01T00:00Z"),
            *runs("b", "2026-04-16T00:00Z"),
            *down("2026-04-20T10:00Z", "2026-04-20T10:03Z"),
        ]

        assert Fraction(7199, 7200) == figure(facts, part_period="from all running")
        assert 1 - Fraction(3, 43_200) == figure(facts, part_period="trimmed")

    def test_an_instance_of_another_month_is_none_of_all(self):
        """One that ended in March is not waited for in April."""
        facts = [*runs("old", "2026-01-01T00:00Z", "2026-03-01T00:00Z"), *runs("a", "2026-04-16T00:00Z")]

        assert "21,600 min" == show(finding(promised(part_period="from all running"), facts).quantity("all time"))

    def test_one_that_is_started_again_runs_again(self):
        """Stopped on the fifth, started on the tenth, stopped on the twentieth: four days and ten."""
        facts = [*runs("a", "2026-04-01T00:00Z", "2026-04-05T00:00Z"), *runs("a", "2026-04-10T00:00Z", "2026-04-20T00:00Z")]

        assert "20,160 min" == show(finding(promised(part_period="trimmed"), facts).quantity("all time"))

    def test_what_runs_goes_on_running(self):
        """Looked at on the tenth, an instance that runs will run for the rest of the month."""
        found = finding(promised(part_period="trimmed"), runs("a", "2026-04-01T00:00Z"), as_of="2026-04-10T00:00Z")

        assert "43,200 min" == show(found.quantity("all time"))

    def test_instances_of_another_kind_are_none_of_these(self):
        """A database server is no `customer` of the shop."""
        found = finding(promised(part_period="trimmed"), runs("a", "2026-04-16T00:00Z", kind="database"))

        assert "43,200 min" == show(found.quantity("all time"))

    def test_that_does_not_arise_is_undefined_when_it_does(self):
        """The agreement has no word for a customer who was bound for a part of the month only."""
        signed = AgreementSigned(
            **header("signed", "2026-04-16T00:00Z"), document="d", version="v", customer="c", source_digest="",
            terms_digest="", calendars_digest="", verifier_key="",
        )  # fmt: skip
        late = stated(promised(part_period="does not arise"), [signed]).judged.accounts[0].finding
        none = finding(promised(part_period="does not arise", target="none"), [])

        assert "undefined" == late.verdict.value
        assert any("has no meaning in the agreement: undefined" in line for line in tell(late.why))
        assert "not applicable" == none.verdict.value


class TestPooled:
    KEYS: ClassVar = {"pooled_over": "all instances of the customer", "part_period": "trimmed", "target": "at least 99.9 %"}

    def test_minutes_are_summed_over_all_instances(self):
        """a for 30 days, b for 15: 60 minutes of a, and 30 of both."""
        facts = [
            *runs("a", "2026-03-01T00:00Z"),
            *runs("b", "2026-04-16T00:00Z"),
            *down("2026-04-20T10:00Z", "2026-04-20T11:00Z", resource="a"),
            *down("2026-04-21T10:00Z", "2026-04-21T10:30Z"),
        ]
        found = finding(promised(**self.KEYS), facts)

        assert 1 - Fraction(120, 43_200 + 21_600) == figure(facts, **self.KEYS)
        assert ("64,800 min", "120 min") == tuple(show(found.quantity(name)) for name in ("all time", "down"))
        assert any("90 min  a: down and counted" in line for line in tell(found.why))

    def test_their_minutes_add_up(self):
        """The sum over the instances says that it is one, with a part for each of them."""
        facts = [
            *runs("a", "2026-03-01T00:00Z"), *runs("b", "2026-03-01T00:00Z"),
            *down("2026-04-20T10:00Z", "2026-04-20T11:00Z", resource="a"), *down("2026-04-21T10:00Z", "2026-04-21T10:30Z"),
        ]  # fmt: skip
        found = finding(promised(**self.KEYS), facts)
        (told,) = (step for step in found.why.walk() if step.words == "D, down and counted, of 2 instances together")

        assert ("120 min", True, ["90 min", "30 min"]) == (
            show(told.value),
            told.adds,
            [show(one.value) for one in told.because],
        )
        assert [] == find_wrong_sums([found])

    def test_what_nobody_saw_is_in_doubt_for_each(self):
        """Two instances of which nothing was seen: both could have been down."""
        facts = [*runs("a", "2026-04-01T00:00Z"), *runs("b", "2026-04-01T00:00Z")]
        found = finding(promised(**self.KEYS), facts, seen=False)

        assert ("100.0000 %", "0.0000 %") == (found.shown, show(found.lower))  # type: ignore[arg-type]

    def test_without_instances_the_service_is_one(self):
        """No fact tells of instances: the month is the base."""
        assert 1 - Fraction(60, 43_200) == figure(down("2026-04-20T10:00Z", "2026-04-20T11:00Z"), **self.KEYS)


class TestFormulas:
    def test_may_speak_of_requests(self):
        """(R - F) / R over the requests of the month."""
        keys = {"formula": "(R - F) / R", "where": {"R": "requests", "F": "failed requests"}}
        facts = [requests("2026-04-01T00:00Z", "2026-04-02T00:00Z", 1000, 7)]

        assert Fraction(993, 1000) == figure(facts, **keys)

    def test_may_add_back_what_is_excused(self):
        """(A - B + C) / A: all that was down, and what is excused of it added again."""
        keys = {"formula": "(A - B + C) / A", "where": {"A": "all time", "B": "down and excluded", "C": "up by exclusion"}}
        facts = [
            *outage("o1", "2026-04-10T10:00Z", "2026-04-10T11:00Z", "own"),
            *outage("o2", "2026-04-11T10:00Z", "2026-04-11T12:00Z", "storm"),
        ]

        assert 1 - Fraction(60, 43_200) == figure(facts, **keys)

    def test_may_give_per_cent(self):
        """`x 100` at its end: the figure is a share all the same."""
        keys = {"formula": "(T - D) / T * 100", "where": {"T": "all time", "D": "down"}}

        assert 1 - Fraction(60, 43_200) == figure(down("2026-04-10T10:00Z", "2026-04-10T11:00Z"), **keys)
