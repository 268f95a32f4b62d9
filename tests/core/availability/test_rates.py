"""Requests and intervals: figures that published agreements give with their own arithmetic."""

from fractions import Fraction
from typing import ClassVar

import pytest

from tests.core.availability.made import down, finding, promised, requests, runs, stated
from tests.core.sample import outage, window
from tests.core.sums import find_wrong_sums
from upheld.core.explain import Count, Share, show, tell

MEAN = {"counting": "mean error rate", "each": "1 hour", "idle": "good", "target": "at least 99.9 %"}
BAD = {"counting": "bad intervals", "each": "5 minutes", "target": "at least 99.5 %"}
DOWN = BAD | {"bad_when": {"down": "at least 5 minutes"}}
FEW = BAD | {"bad_when": {"requests": "at least 10", "error rate": "more than 50 %"}}
RATIO = {"counting": "requests", "target": "at least 99.9 %"}
NIGHT = ("2026-04-14T20:00Z", "2026-04-14T21:00Z")


def figure(facts, keys, **named) -> Fraction:
    found = finding(promised(**keys), facts, **named)
    assert [] == find_wrong_sums([found])
    assert isinstance(found.value, Share), found.value
    return found.value.exact


def verdict(facts, keys, **named) -> str:
    return str(finding(promised(**keys), facts, **named).verdict.value)


class TestMeanErrorRate:
    HOURS = (
        requests("2026-04-01T00:00Z", "2026-04-01T01:00Z", 100, 100),
        requests("2026-04-01T01:00Z", "2026-04-01T03:00Z", 100, 36),
        requests("2026-04-01T08:00Z", "2026-05-01T00:00Z", 100_000, 0),
    )

    def test_is_the_plain_mean_of_all_hours(self):
        """1 + 2 x 0.36 over 720 hours, five of them without a request: 17957/18000."""
        assert Fraction(17957, 18000) == figure(self.HOURS, MEAN)

    def test_idle_hours_may_leave_the_base(self):
        """The five hours without requests are then no hours: 1.72 over 715."""
        assert 1 - Fraction(172, 71_500) == figure(self.HOURS, MEAN | {"idle": "out of base"})

    def test_counts_of_one_hour_are_added_before_they_are_divided(self):
        """9 of 10 failed, and 0 of 90: the rate of the hour is 9 %, not 45 %."""
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-01T00:10Z", 10, 9),
            requests("2026-04-01T00:10Z", "2026-04-01T01:00Z", 90, 0),
        ]

        assert 1 - Fraction(9, 100) / 720 == figure(facts, MEAN)

    def test_hours_in_excused_work_are_good_or_none(self):
        """All requests of a night of announced work fail: the hour leaves the base, or counts as good."""
        facts = [requests(*NIGHT, 50, 50), *window("w", "scheduled", *NIGHT, notice="2026-04-01T00:00Z")]

        assert 1 == figure(facts, MEAN)
        assert "719 intervals" == show(finding(promised(**MEAN), facts).quantity("intervals"))
        up = MEAN | {"maintenance__scheduled__counts_as": "up"}
        assert ("720 intervals", Fraction(1)) == (
            show(finding(promised(**up), facts).quantity("intervals")),
            figure(facts, up),
        )

    def test_an_hour_that_nobody_saw_leaves_the_verdict_open_where_it_could_turn_it(self):
        """Half a month unseen: up to 360 hours may have failed altogether."""
        seen = [requests("2026-04-01T00:00Z", "2026-04-16T00:00Z", 1000, 0)]
        found = finding(promised(**MEAN), seen, seen=False)

        assert ("100.0000 %", "50.0000 %", "undecided") == (found.shown, show(found.lower), found.verdict.value)  # type: ignore[arg-type]
        assert "missed" == verdict(seen, MEAN | {"unmeasured": "down"}, seen=False)
        assert "met" == verdict(seen, MEAN | {"unmeasured": "out of base"}, seen=False)
        assert "met" == verdict(seen, MEAN | {"unmeasured": "up"}, seen=False)

    def test_of_no_hour_at_all_is_undefined(self):
        """Where idle hours leave the base and all are idle, there is nothing to divide by."""
        found = finding(promised(**MEAN | {"idle": "out of base"}), [])

        assert ("undefined", "undefined") == (found.shown, found.verdict.value)
        assert any("there is no interval to divide by" in line for line in tell(found.why))


class TestBadIntervals:
    def test_fifteen_minutes_down_are_three_of_five(self):
        """3 of 8,640 five-minute intervals: 2879/2880."""
        assert Fraction(2879, 2880) == figure(down("2026-04-10T10:00Z", "2026-04-10T10:15Z"), DOWN)

    def test_an_interval_needs_enough_requests_and_enough_failures(self):
        """Nine are too few, half is not more than half: only six of ten are bad."""
        facts = [
            requests("2026-04-10T10:00Z", "2026-04-10T10:05Z", 9, 9),
            requests("2026-04-10T10:05Z", "2026-04-10T10:10Z", 10, 5),
            requests("2026-04-10T10:10Z", "2026-04-10T10:15Z", 10, 6),
        ]

        assert Fraction(8639, 8640) == figure(facts, FEW)

    def test_ten_bad_ones_of_a_month(self):
        """10 of 8,640: 863/864, which keeps 99.5 %; 44 of them miss it."""
        assert Fraction(863, 864) == figure([requests("2026-04-10T10:00Z", "2026-04-10T10:50Z", 100, 60)], FEW)
        many = [requests("2026-04-10T10:00Z", "2026-04-10T13:40Z", 100, 60)]
        assert (Fraction(2149, 2160), "missed") == (figure(many, FEW), verdict(many, FEW))

    def test_kinds_that_are_left_out_count_in_neither_sum(self):
        """Throttled answers are no errors, and no requests."""
        facts = [
            requests("2026-04-10T10:00Z", "2026-04-10T10:05Z", 10, 2),
            requests("2026-04-10T10:00Z", "2026-04-10T10:05Z", 100, 100, kind="throttled requests"),
        ]

        assert 1 == figure(facts, FEW | {"leave_out": ["throttled requests"]})
        assert Fraction(8639, 8640) == figure(facts, FEW)

    def test_slow_answers_make_an_interval_bad(self):
        """More than two seconds; the slowest count of the interval decides."""
        slow = BAD | {"bad_when": {"response time": "more than 2 seconds"}}
        facts = [
            requests("2026-04-10T10:00Z", "2026-04-10T10:05Z", 5, 0, response_time=2_000_000),
            requests("2026-04-10T10:05Z", "2026-04-10T10:07Z", 5, 0, response_time=1_000_000),
            requests("2026-04-10T10:07Z", "2026-04-10T10:10Z", 5, 0, response_time=2_000_001),
            requests("2026-04-10T10:10Z", "2026-04-10T10:15Z", 5, 0),
        ]

        assert Fraction(8639, 8640) == figure(facts, slow)

    def test_bounds_come_from_the_edges_of_outages(self):
        """Surely down for four minutes, perhaps for eleven: no interval or two."""
        facts = down("2026-04-10T10:02Z", "2026-04-10T10:11Z", good="2026-04-10T10:00Z", bad="2026-04-10T10:06Z")
        found = finding(promised(**DOWN), facts)

        assert ("99.9884 %", "99.9768 %", "100.0000 %") == (found.shown, show(found.lower), show(found.upper))  # type: ignore[arg-type]

    def test_tells_of_each_why_it_is_bad(self):
        """So long down, so many requests failed, or both: as much as there was, and nothing that was not counted."""
        keys = BAD | {"bad_when": {"any": [{"down": "at least 5 minutes"}, {"error rate": "more than 50 %"}]}}
        facts = [
            *down("2026-04-10T10:00Z", "2026-04-10T10:10Z"),
            requests("2026-04-10T10:05Z", "2026-04-10T10:10Z", 1000, 900),
            requests("2026-04-10T10:10Z", "2026-04-10T10:15Z", 10, 6),
        ]
        told = [step.words for step in finding(promised(**keys), facts).why.walk() if step.value == Count(1, "bad interval")]

        assert [
            "Fri 10 Apr 2026 10:00–10:05 UTC: 5 min down",
            "Fri 10 Apr 2026 10:05–10:10 UTC: 5 min down, 900 of 1,000 requests failed",
            "Fri 10 Apr 2026 10:10–10:15 UTC: 6 of 10 requests failed",
        ] == told

    def test_many_are_told_in_short(self):
        """A day down has 288 bad intervals; the tree opens 200 of them and adds up all the same."""
        found = finding(promised(**DOWN), down("2026-04-10T00:00Z", "2026-04-11T00:00Z"))

        assert [] == find_wrong_sums([found])
        assert any("88 bad intervals  further ones" in line for line in tell(found.why))

    def test_idle_intervals_that_are_down_stay(self):
        """Where idle ones leave the base, one that was seen down does not."""
        keys = BAD | {
            "bad_when": {"any": [{"error rate": "more than 5 %"}, {"down": "at least 5 minutes"}]},
            "idle": "out of base",
        }

        assert 0 == figure(down("2026-04-10T10:00Z", "2026-04-10T10:10Z"), keys)

    def test_the_time_before_the_agreement_has_no_intervals(self):
        """Looked at from the middle of the month, what is ahead counts as good."""
        found = finding(promised(**DOWN), down("2026-04-10T10:00Z", "2026-04-10T10:15Z"), as_of="2026-04-15T00:00Z")

        assert (Fraction(2879, 2880), "not known yet") == (found.value.exact, found.verdict.value)  # type: ignore[union-attr]


class TestRequests:
    @pytest.mark.parametrize(
        ("as_of", "known"), [("2026-04-30T23:59:59Z", "not known yet"), ("2026-05-01T00:00Z", "missed")]
    )
    def test_are_known_at_the_end_of_the_month(self, as_of, known):
        """Until then requests to come can mend the ratio; at its last midnight nothing more comes."""
        assert known == verdict([requests("2026-04-01T00:00Z", "2026-04-15T00:00Z", 100, 9)], RATIO, as_of=as_of)

    def test_is_the_ratio_of_sums(self):
        """100 of 100,000 failed: exactly 99.9 %."""
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-15T00:00Z", 40_000, 90),
            requests("2026-04-15T00:00Z", "2026-04-30T00:00Z", 60_000, 10),
        ]

        assert (Fraction(999, 1000), "met") == (figure(facts, RATIO), verdict(facts, RATIO))

    def test_those_of_other_months_and_parts_are_not_counted(self):
        """A count belongs to the period in which it begins."""
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-02T00:00Z", 100, 1),
            requests("2026-03-31T23:00Z", "2026-04-01T01:00Z", 100, 100),
            requests("2026-04-02T00:00Z", "2026-04-03T00:00Z", 100, 100, component="mail"),
        ]

        assert Fraction(99, 100) == figure(facts, RATIO)

    def test_a_record_that_is_bad_failed_as_a_whole(self):
        """One request of three seconds where two are allowed."""
        keys = RATIO | {"bad_when": {"response time": "more than 2 seconds"}}
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-01T00:01Z", 1, 0, response_time=3_000_000),
            requests("2026-04-01T00:01Z", "2026-04-01T00:02Z", 3, 0, response_time=1_000_000),
        ]

        assert Fraction(3, 4) == figure(facts, keys)

    def test_excused_work_takes_requests_out_or_forgives_them(self):
        """Fifty fail in announced work: they are in neither sum, or count as answered."""
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-02T00:00Z", 950, 0),
            requests(*NIGHT, 50, 50),
            *window("w", "scheduled", *NIGHT, notice="2026-03-01T00:00Z"),
        ]
        found = finding(promised(**RATIO), facts)
        up = finding(promised(**RATIO | {"maintenance__scheduled__counts_as": "up"}), facts)

        assert ("950 requests", "100.0000 %") == (show(found.quantity("requests")), found.shown)
        assert ("1,000 requests", "100.0000 %") == (show(up.quantity("requests")), up.shown)

    @pytest.mark.parametrize(
        ("cause", "counted", "shown"),
        [("storm", "1,000 requests", "100.0000 %"), ("dropped", "950 requests", "100.0000 %"),
         ("own", "1,000 requests", "95.0000 %")],
    )  # fmt: skip
    def test_those_of_an_outage_count_as_its_cause_does(self, cause, counted, shown):
        """Fifty fail in an outage: as answered in a storm, gone where the cause leaves the base, and else as ours."""
        facts = [
            requests("2026-04-01T00:00Z", "2026-04-02T00:00Z", 950, 0),
            requests(*NIGHT, 50, 50),
            *outage("o1", *NIGHT, cause),
        ]
        found = finding(promised(**RATIO), facts)

        assert (counted, shown) == (show(found.quantity("requests")), found.shown)

    @pytest.mark.parametrize(("idle", "answer"), [(None, "undefined"), ("good", "met"), ("out of base", "undefined")])
    def test_without_a_request_nothing_failed_or_nothing_can_be_said(self, idle, answer):
        """`idle` says which."""
        assert answer == verdict([], RATIO | ({"idle": idle} if idle else {}))

    def test_requests_that_nobody_counted_leave_it_open(self):
        """What failed in the time without counts cannot be known."""
        seen = [requests("2026-04-01T00:00Z", "2026-04-16T00:00Z", 1000, 0)]

        assert "undecided" == verdict(seen, RATIO, seen=False)
        assert "met" == verdict(seen, RATIO | {"unmeasured": "up"}, seen=False)

    def test_a_running_month_can_still_mend(self):
        """Half of the requests failed so far; more may come."""
        assert "not known yet" == verdict(
            [requests("2026-04-01T00:00Z", "2026-04-02T00:00Z", 10, 5)], RATIO, as_of="2026-04-03T00:00Z"
        )

    def test_many_failures_are_told_in_short(self):
        """Three hundred records with failures: two hundred opened, the rest in one line, all added up."""
        facts = [
            requests(f"2026-04-{day:02d}T{hour:02d}:00Z", f"2026-04-{day:02d}T{hour:02d}:30Z", 10, 1)
            for day in range(1, 16)
            for hour in range(20)
        ]
        found = finding(promised(**RATIO), facts)

        assert [] == find_wrong_sums([found])
        assert any("in 100 further records" in line for line in tell(found.why))

    def test_before_the_agreement_nobody_was_promised_anything(self):
        """Requests before the signing are not counted."""
        facts = [
            *runs("one", "2026-04-10T00:00Z"),
            requests("2026-04-05T00:00Z", "2026-04-06T00:00Z", 100, 100),
            requests("2026-04-15T00:00Z", "2026-04-16T00:00Z", 100, 1),
        ]

        assert Fraction(99, 100) == figure(facts, RATIO | {"part_period": "trimmed"})

    @pytest.mark.parametrize(("target", "asked"), [("at least 99.9 %", "; at least 99.9 % was promised"), ("none", "")])
    def test_say_what_was_promised_where_anything_was(self, target, asked):
        """The reasons of the figure name its target, and of a figure without one none."""
        found = finding(promised(**RATIO | {"target": target}), [requests("2026-04-01T00:00Z", "2026-04-15T00:00Z", 100, 0)])

        assert f"of Wed 1 Apr 2026 00:00 – Fri 1 May 2026 00:00 UTC{asked}" == found.why.words


class TestErrorMinutes:
    KEYS: ClassVar = {"each": "1 minute", "bad_when": {"error rate": "more than 5 %"}, "target": "at least 99.9 %"}

    def test_sixty_minutes_of_a_month(self):
        """60 of 43,200 minutes with more than 5 % errors: 99.86 %."""
        facts = [requests("2026-04-10T10:00Z", "2026-04-10T11:00Z", 1000, 60)]
        found = finding(promised(**self.KEYS), facts)

        assert (1 - Fraction(60, 43_200), "missed") == (found.value.exact, found.verdict.value)  # type: ignore[union-attr]
        assert "60 requests".replace("60", "1,000") == show(found.quantity("requests"))

    def test_exactly_five_per_cent_is_no_downtime(self):
        """More than five is asked."""
        assert 1 == figure([requests("2026-04-10T10:00Z", "2026-04-10T11:00Z", 1000, 50)], self.KEYS)

    @pytest.mark.parametrize(
        ("start", "end", "found"),
        [
            ("2026-04-30T23:59Z", "2026-05-01T00:00Z", True), ("2026-05-01T00:00Z", "2026-05-01T00:01Z", False),
            ("2026-04-01T00:00Z", "2026-04-01T00:01Z", True), ("2026-03-31T23:59Z", "2026-04-01T00:00Z", False),
        ],
    )  # fmt: skip
    def test_those_of_other_months_are_no_outage_of_this_one(self, start, end, found):
        """A minute of errors up to the last midnight is one; those that begin with it, or end with the first, are not."""
        seen = stated(promised(**self.KEYS), [requests(start, end, 10, 9)]).judged.accounts[0].outages

        assert found == bool(seen)

    def test_they_join_what_monitors_saw(self):
        """Down from half past nine to half past ten, and errors from ten to eleven: ninety minutes."""
        facts = [*down("2026-04-10T09:30Z", "2026-04-10T10:30Z"), requests("2026-04-10T10:00Z", "2026-04-10T11:00Z", 10, 9)]
        found = stated(promised(**self.KEYS), facts).judged.accounts[0]

        assert "90 min" == show(found.finding.quantity("down"))
        assert [] == find_wrong_sums([found.finding])
        assert ["outage", "requests"] == [outage.id.partition("-")[0] for outage in found.outages]


class TestKindsOfRequests:
    """What agreements with limits by kind say: some calls never count, some never as failed, some fail by being slow."""

    HOUR = ("2026-04-10T10:00Z", "2026-04-10T11:00Z")
    SLOW: ClassVar = {"any": [
        {"kind": ["get"], "time per MB": "more than 2 seconds"},
        {"not": {"kind": ["get"]}, "response time": "more than 60 seconds"},
    ]}  # fmt: skip

    @pytest.mark.parametrize(("effect", "rate"), [
        ("up", Fraction(1, 1000)), ("out of base", Fraction(1, 950)), ("down", Fraction(51, 1000)),
    ])  # fmt: skip
    @pytest.mark.parametrize("counting", [MEAN, RATIO])
    def test_a_kind_counts_in_the_way_that_is_said(self, effect: str, rate: Fraction, counting: dict[str, str]):
        """One of 950 reads failed, and fifty that were not tried again: 1/1000, 1/950 or 51/1000."""
        facts = [requests(*self.HOUR, 950, 1), requests(*self.HOUR, 50, 50, kind="untried")]
        hours = 720 if counting is MEAN else 1

        assert 1 - rate / hours == figure(facts, counting | {"kinds": {"untried": effect}})

    @pytest.mark.parametrize("counting", [MEAN, RATIO])
    def test_what_is_too_slow_for_its_kind_and_size_failed(self, counting: dict[str, str]):
        """Ten million bytes in 21 seconds and a list in 61 fail; in 20 seconds, and in 60, they do not."""
        facts = [
            requests(*self.HOUR, 1, 0, kind="get", bytes=10_000_000, response_time=21_000_000),
            requests(*self.HOUR, 1, 0, kind="get", bytes=10_000_000, response_time=20_000_000),
            requests(*self.HOUR, 1, 0, kind="list", response_time=61_000_000),
            requests(*self.HOUR, 1, 0, kind="list", response_time=60_000_000),
        ]
        found = finding(promised(**counting | {"bad_when": self.SLOW}), facts)

        assert ("4 requests", "2 failed requests") == (
            show(found.quantity("requests")), show(found.quantity("failed requests"))
        )  # fmt: skip

    def test_a_kind_that_counts_as_answered_is_never_too_slow(self):
        """A list that took a minute counts as answered, since all lists do."""
        facts = [requests(*self.HOUR, 1, 1, kind="list", response_time=61_000_000)]

        assert 1 == figure(facts, RATIO | {"bad_when": self.SLOW, "kinds": {"list": "up"}})

    def test_says_which_requests_count_otherwise_than_they_came(self):
        """One was answered too slowly, two were not tried again: both stand in the reasons with their records."""
        facts = [
            requests(*self.HOUR, 1, 0, kind="list", response_time=61_000_000),
            requests(*self.HOUR, 2, 2, kind="untried"),
        ]
        found = finding(promised(**MEAN | {"bad_when": self.SLOW, "kinds": {"untried": "up"}}), facts)
        told = {step.words: (show(step.value), step.facts) for step in found.why.because if step.value is not None}

        assert ("1 request", (facts[0].id,)) == told["answered, and count as failed"]
        assert ("2 requests", (facts[1].id,)) == told["failed, and count as answered: untried"]

    def test_how_a_kind_counts_is_told_with_its_reading(self):
        """The finding names the reading that chose it."""
        facts = [requests(*self.HOUR, 1, 1, kind="untried")]
        blocks = promised(**RATIO, kinds={"untried": "reading untried"})
        blocks["readings"]["untried"] = {"we read": "up", "senses": ["up", "out of base"]}

        assert "untried" in finding(blocks, facts).why.readings
