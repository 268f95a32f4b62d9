"""Tests of work that look beyond one window: budgets, greatest lengths, hours, approvals, what must stay up."""

from dataclasses import replace
from typing import Any, ClassVar

import pytest

from tests.core.availability.made import account, down, promised
from tests.core.maintenance.test_trials import around, plan
from tests.core.sample import header, window
from tests.core.spans import at, span
from tests.core.sums import find_wrong_sums
from tests.core.terms.changed import terms
from upheld.core.explain import show, tell
from upheld.core.facts import WindowApproved, WindowRefused
from upheld.core.maintenance import classify
from upheld.core.maintenance.trials import run_trials
from upheld.core.maintenance.turns import spans_of, turns_of, with_surplus
from upheld.core.terms.place import Term
from upheld.core.timeline import HOUR, Timeline

RELEASE = {
    "counts as": "up", "measured": "time down", "notice": "none", "longest": "10 seconds", "must stay up": ["tracking"],
    "beyond": "surplus", "otherwise": "none",
}  # fmt: skip
PARTS = {"web": {"covered": True}, "tracking": {"covered": True}}
PRODUCT = {"services__shop__components": PARTS, "services__shop__down_when": {"any": ["web", "tracking"]}}


def released(facts, **keys) -> tuple[str, str]:
    """What counts and what is excused where releases are a kind of work."""
    blocks = promised(
        maintenance__release=RELEASE | {name.replace("_", " "): value for name, value in keys.items()}, **PRODUCT
    )
    found = account(blocks, facts)
    assert [] == find_wrong_sums([found.finding])
    return show(found.finding.quantity("down")), show(found.finding.quantity("up by exclusion"))


def release(start: str, end: str, component: str = "web", work: str = "") -> list:
    """A release with its down time; `work` is its window where that is another span."""
    begin, finish = (work or f"{start}/{end}").split("/")
    planned = window(f"w-{start}", "release", f"2026-04-10T{begin}Z", f"2026-04-10T{finish}Z")
    return [*planned, *down(f"2026-04-10T{start}Z", f"2026-04-10T{end}Z", component)]


class TestLongest:
    @pytest.mark.parametrize(
        ("facts", "counts"),
        [
            (release("08:00:00", "08:00:08"), ("0 min", "8 s")),
            (release("08:00:00", "08:00:14"), ("4 s", "10 s")),
            ([*release("08:00:00", "08:00:08"), *release("08:00:08", "08:00:16")], ("6 s", "10 s")),
            ([*release("08:00:00", "08:00:08"), *release("09:00:00", "09:00:08")], ("0 min", "16 s")),
            (release("08:00:20", "08:00:34", work="08:00:00/09:00:00"), ("4 s", "10 s")),
            (release("08:00:00", "08:00:08", "tracking"), ("8 s", "0 min")),
            (
                [*release("08:00:00", "08:00:14"), *down("2026-04-10T08:00:00Z", "2026-04-10T08:00:05Z", "tracking")],
                ("9 s", "5 s"),
            ),
        ],
    )
    def test_excuses_the_first_seconds_of_each_interruption(self, facts, counts):
        """Counted from the first time down, touching records as one; what must stay up is never excused."""
        assert counts == released(facts)

    def test_or_nothing_of_one_that_is_too_long(self):
        """The other sense: fourteen seconds lose their excuse."""
        assert ("14 s", "0 min") == released(release("08:00:00", "08:00:14"), beyond="all")
        assert ("0 min", "8 s") == released(release("08:00:00", "08:00:08"), beyond="all")

    def test_of_a_window_where_all_of_it_is_measured(self):
        """Six hours at most: the last two of eight are not excused, whenever it was down."""
        keys = {"measured": "whole window", "longest": "6 hours", "must_stay_up": []}
        night = [
            *window("w", "release", "2026-04-10T00:00Z", "2026-04-10T08:00Z"),
            *down("2026-04-10T00:00Z", "2026-04-10T08:00Z"),
        ]

        assert ("120 min", "360 min") == released(night, **keys)
        assert ("0 min", "300 min") == released(
            [
                *window("w", "release", "2026-04-10T00:00Z", "2026-04-10T05:00Z"),
                *down("2026-04-10T00:00Z", "2026-04-10T01:00Z"),
            ],
            **keys,
        )

    def test_without_down_time_nothing_is_too_long(self):
        """A window of an hour in which nothing was down."""
        bound = terms(maintenance__release=RELEASE, **PRODUCT)
        quiet = plan("release", "2026-04-10T08:00Z", "2026-04-10T09:00Z")
        found = run_trials(bound, bound.maintenance["release"], quiet, around())

        assert "no time down; at most 10 s" == found[0].words
        assert "tracking went on" == found[1].words


class TestBudget:
    YEARLY: ClassVar = {"longest": "48 hours", "must_stay_up": [], "budget": "10 hours per year"}

    def work(self, name: str, start: str, end: str) -> list:
        return [*window(name, "release", start, end), *down(start, end)]

    def test_is_used_up_over_the_year(self):
        """Six hours in February, six in April: four of the second are excused, two count."""
        facts = [
            *self.work("w1", "2026-02-10T00:00Z", "2026-02-10T06:00Z"),
            *self.work("w2", "2026-04-10T00:00Z", "2026-04-10T06:00Z"),
        ]

        assert ("120 min", "240 min") == released(facts, **self.YEARLY)
        assert ("360 min", "0 min") == released(facts, **self.YEARLY | {"beyond": "all"})

    def test_begins_anew_with_the_year(self):
        """Ten hours in December take nothing from April; only down time is used."""
        facts = [
            *self.work("w1", "2025-12-10T00:00Z", "2025-12-10T10:00Z"),
            *window("w2", "release", "2026-01-10T00:00Z", "2026-01-11T00:00Z"),
            *self.work("w3", "2026-04-10T00:00Z", "2026-04-10T06:00Z"),
        ]

        assert ("0 min", "360 min") == released(facts, **self.YEARLY)

    def test_a_window_over_new_year_draws_on_both(self):
        """Twelve hours on either side: ten of each are excused."""
        bound = terms(
            maintenance__release=RELEASE | {"longest": "48 hours", "must stay up": [], "budget": "10 hours per year"}
        )
        night = plan("release", "2025-12-31T12:00Z", "2026-01-01T12:00Z")
        (found,) = classify(bound, [night], Timeline.of([night.span]))

        assert (
            Timeline.of([span("2025-12-31T12:00Z", "2025-12-31T22:00Z"), span("2026-01-01T00:00Z", "2026-01-01T10:00Z")])
            == found.excused
        )

    def test_two_runs_of_one_window_share_a_year(self):
        """Eight hours, a pause, four hours: the last two of the second run are too much."""
        bound = terms(
            maintenance__release=RELEASE | {"longest": "48 hours", "must stay up": [], "budget": "10 hours per year"}
        )
        long = plan("release", "2026-03-01T00:00Z", "2026-03-01T20:00Z")
        lost = Timeline.of([span("2026-03-01T00:00Z", "2026-03-01T08:00Z"), span("2026-03-01T10:00Z", "2026-03-01T14:00Z")])
        (found,) = classify(bound, [long], lost)

        assert Timeline.of([span("2026-03-01T12:00Z", "2026-03-01T14:00Z")]) == Timeline.of([long.span]).subtract(
            found.excused
        )

    def test_asks_each_year_once_and_none_that_lies_between(self):
        """Two runs of 2024 and one over the new year of 2027: three years, though 2025 lies between."""
        years = turns_of("year", terms().statement_period.zone)
        time = Timeline.of([
            span("2024-03-01T00:00Z", "2024-03-01T08:00Z"), span("2024-05-01T00:00Z", "2024-05-01T08:00Z"),
            span("2026-12-31T20:00Z", "2027-01-01T04:00Z"),
        ])  # fmt: skip

        assert [2024, 2026, 2027] == [year.start.utc().year for year in spans_of(years, time)]

    def test_may_be_written_as_at_most(self):
        """`at most: 10 hours per year` says the same."""
        keys = {"longest": "48 hours", "must_stay_up": [], "at_most": "10 hours per year", "measured": "whole window"}
        facts = self.work("w1", "2026-04-10T00:00Z", "2026-04-10T12:00Z")

        assert ("120 min", "600 min") == released(facts, **keys)

    def test_says_when_nothing_is_used(self):
        """A window without down time."""
        bound = terms(maintenance__release={**RELEASE, "must stay up": [], "budget": "10 hours per year"})
        found = run_trials(
            bound, bound.maintenance["release"], plan("release", "2026-04-10T08:00Z", "2026-04-10T09:00Z"), around()
        )

        assert "nothing of the 600 min per year is used" == found[-1].words


class TestInside:
    KEYS: ClassVar = {"longest": "48 hours", "must_stay_up": [], "inside": "sundays"}
    SUNDAYS: ClassVar = {"zone": "UTC", "open": ["sun 02:00-06:00"], "day": "none"}

    def judged(self, start: str, end: str, **keys):
        blocks = promised(
            maintenance__release=RELEASE | {"longest": "48 hours", "must stay up": [], "inside": "sundays"} | keys,
            calendars__sundays=self.SUNDAYS, **PRODUCT,
        )  # fmt: skip
        calendars = {
            "from": "2020-01-01", "to": "2040-01-01", "zones": {"UTC": [["1900-01-01T00:00:00.000000Z", 0]]}, "closed": {},
        }  # fmt: skip
        facts = [*window("w", "release", start, end), *down(start, end)]
        return account(blocks, facts, calendars=calendars)

    def test_what_lies_outside_the_window_counts(self):
        """Sunday from two to six; work from five to seven: the last hour counts."""
        found = self.judged("2026-04-12T05:00Z", "2026-04-12T07:00Z")

        assert "60 min" == show(found.finding.quantity("down"))

    def test_or_all_of_it(self):
        """The other sense."""
        found = self.judged("2026-04-12T05:00Z", "2026-04-12T07:00Z", beyond="all")

        assert "120 min" == show(found.finding.quantity("down"))

    def test_inside_it_is_excused(self):
        """From three to four on a Sunday."""
        assert "0 min" == show(self.judged("2026-04-12T03:00Z", "2026-04-12T04:00Z").finding.quantity("down"))

    def test_an_empty_window_lies_nowhere_else(self):
        """No time at all is outside nothing."""
        bound = terms(
            calendars__sundays=self.SUNDAYS | {"open": "always"},
            maintenance__release=RELEASE | {"inside": "sundays", "must stay up": []},
        )
        empty = plan("release", "2026-04-12T05:00Z", "2026-04-12T05:00Z")

        assert "inside sundays hours" == run_trials(bound, bound.maintenance["release"], empty, around())[0].words


class TestApproval:
    KEYS: ClassVar = {"longest": "48 hours", "must_stay_up": [], "approval": ["customer"]}
    HOUR = ("2026-04-10T10:00Z", "2026-04-10T11:00Z")

    def answered(self, when: str, agreed: bool = True, party: str = "customer"):
        said: dict[str, Any] = {"window": "w", "party": party, "by": "Ada"}
        head = header(f"answer-{when}-{party}-{agreed}", when)
        return WindowApproved(**head, **said) if agreed else WindowRefused(**head, **said, because="no")

    @pytest.mark.parametrize(
        ("answers", "excused"),
        [
            ([("2026-04-09T10:00Z", True, "customer")], "60 min"),
            ([("2026-04-10T10:00Z", True, "customer")], "60 min"),
            ([("2026-04-10T10:01Z", True, "customer")], "0 min"),
            ([("2026-04-09T10:00Z", True, "provider")], "0 min"),
            ([("2026-04-09T10:00Z", True, "customer"), ("2026-04-09T12:00Z", False, "customer")], "0 min"),
            ([("2026-04-09T10:00Z", False, "customer"), ("2026-04-09T12:00Z", True, "customer")], "60 min"),
            ([], "0 min"),
        ],
    )
    def test_must_be_there_before_the_start(self, answers, excused):
        """By whoever has to agree; the last word before the start holds."""
        facts = [*window("w", "release", *self.HOUR), *down(*self.HOUR), *(self.answered(*one) for one in answers)]

        assert excused == released(facts, **self.KEYS)[1]

    def test_a_kind_that_fails_and_has_no_other_excuses_nothing(self):
        """The last of a chain: all of its down time counts, and the reasons say why."""
        blocks = promised(
            maintenance__release=RELEASE | {"longest": "48 hours", "must stay up": [], "approval": ["customer"]}, **PRODUCT
        )
        found = account(blocks, [*window("w", "release", *self.HOUR), *down(*self.HOUR)])
        bound = terms(maintenance__release=RELEASE | {"must stay up": [], "approval": ["customer"]})
        (judged,) = classify(bound, [plan("release", *self.HOUR)], Timeline.of([span(*self.HOUR)]))

        assert "60 min" == show(found.finding.quantity("down"))
        assert any("customer had not agreed when it began" in line for line in tell(judged.tell()))


class TestNotice:
    @pytest.mark.parametrize(
        ("asked", "notice", "passed"),
        [
            ("at least 1 month", "2026-03-09T15:00Z", True),
            ("at least 1 month", "2026-03-10T00:00Z", False),
            ("at least 30 calendar days", "2026-03-10T23:00Z", True),
            ("at least 30 calendar days", "2026-03-11T00:00Z", False),
        ],
    )
    def test_may_be_asked_in_months_and_calendar_days(self, asked, notice, passed):
        """Counted on dates: the day of the notice does not count, the last one has to be over."""
        bound = terms(maintenance__release=RELEASE | {"notice": asked, "must stay up": []})
        work = plan("release", "2026-04-10T00:00Z", "2026-04-10T01:00Z", notice)

        assert passed is run_trials(bound, bound.maintenance["release"], work, around())[0].passed


class TestAlike:
    def test_cancelled_work_makes_no_interruption_longer(self):
        """Eight seconds of work beside cancelled work for eight more: the second eight have no excuse of their own."""
        bound = terms(maintenance__release=RELEASE | {"must stay up": []})
        first = plan("release", "2026-04-10T08:00:00Z", "2026-04-10T08:00:08Z", name="w1")
        second = replace(plan("release", "2026-04-10T08:00:08Z", "2026-04-10T08:00:16Z", name="w2"), is_cancelled=True)
        found = classify(bound, [first, second], Timeline.of([span("2026-04-10T08:00:00Z", "2026-04-10T08:00:16Z")]))

        assert [first.span] == list(found[0].excused)
        assert at("2026-04-10T08:00:08Z") == found[0].excused.spans[-1].end


class TestBeyond:
    @pytest.mark.parametrize(("beyond", "passed"), [("surplus", True), ("all", False)])
    def test_cites_what_makes_it_too_much_and_what_becomes_of_it(self, beyond, passed):
        """The clause of the bound and that of what lies beyond it, each with the reading behind it."""
        kind = replace(terms().maintenance["scheduled"], beyond=Term(beyond, ("C-2",), ("what-is-beyond",)))
        over = Timeline.of([span("2026-04-10T08:00Z", "2026-04-10T09:00Z")])
        tested = with_surplus(kind, "longest", Term(HOUR, ("C-1",), ("how-long",)), over, "two hours")

        assert (passed, ("C-1", "C-2"), ("how-long", "what-is-beyond")) == (tested.passed, tested.clauses, tested.readings)
