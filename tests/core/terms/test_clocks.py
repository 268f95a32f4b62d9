"""From the terms of a desk to rules: every kind of time, every name known, or what is wrong and what to write."""

from typing import Any

import pytest

from tests.core.clocks.agreement import BLOCKS, CALENDARS, CLOCK, bound, changed, refused
from upheld.core.service_hours import ServiceHours
from upheld.core.terms import Document, Terms, bind
from upheld.core.terms.clocks import Bound, Trigger
from upheld.core.terms.place import TermProblem
from upheld.core.timeline import DAY, HOUR, Duration

PLAIN = {**CLOCK, "within": "1 hour"}


def with_clock(**keys: Any) -> dict[str, Any]:
    return changed(clocks={"respond": {**PLAIN, **{key.replace("_", " "): value for key, value in keys.items()}}})


def problems(**keys: Any) -> list[str]:
    return [problem.removeprefix("clocks/respond/") for problem in refused(with_clock(**keys))]


class TestClock:
    def test_keeps_clauses_and_readings(self):
        """The time allowed cites its own clause and that of its hours."""
        readings = {"how-long": {"question": "?", "we read": "1 hour", "senses": ["1 hour", "2 hours"], "because": "…"}}
        blocks = changed(clocks={"respond": {**PLAIN, "within": "reading how-long"}}, readings=readings)
        cites = {"clocks/respond": ("HH-1",), "readings/how-long": ("HH-9",)}
        terms = bind(Document(blocks, cites), CALENDARS, {}, {"how-long": "2 hours"})
        assert not isinstance(terms, list)
        within = terms.desk.clocks["respond"].each[0].rule.within

        assert (("HH-1", "HH-9"), ("how-long",)) == (within.clauses, within.readings)
        assert within.value is not None
        assert HOUR * 2 == within.value.open

    @pytest.mark.parametrize(
        ("within", "length", "days", "kind"),
        [
            ("30 minutes", Duration(1_800_000_000), 0, ""), ("1 week", DAY * 7, 0, ""),
            ("2 business hours", HOUR * 2, 0, ""),
            ("2 business days", HOUR * 16, 0, ""), ("2 open business days", HOUR * 16, 0, ""),
            ("2 whole business days", HOUR * 0, 2, "whole"), ("1 closing business day", HOUR * 0, 1, "closing"),
            ("3 calendar days", HOUR * 0, 3, "dates"),
        ],
    )  # fmt: skip
    def test_reads_every_kind_of_time(self, within: str, length: Duration, days: int, kind: str):
        """Open days are their length in open hours; the others end with a day."""
        allowed = bound(with_clock(within=within)).desk.clocks["respond"].each[0].rule.within.value
        assert allowed is not None

        assert (length, days, kind) == (allowed.open, allowed.days, allowed.kind)

    def test_reads_events_and_bounds(self):
        """One event or several; so much in all or more than the target."""
        starts = {"all": ["received", "information complete"]}
        terms = bound(with_clock(starts=starts, at_latest={"from": "received", "in all": "2 hours"}))
        clock = terms.desk.clocks["respond"].each[0].rule

        assert Trigger("all", ("received", "information complete")) == clock.starts.value
        assert ("received and information complete", "received") == (
            str(clock.starts.value),
            str(Trigger("any", ("received",))),
        )
        assert Bound("received", HOUR * 2, False) == clock.at_latest.value

    def test_a_bound_may_be_none(self):
        """A reading may say that there is none; no bound is then kept beside the clock's own time."""
        clock = bound(with_clock(at_latest="none")).desk.clocks["respond"].each[0].rule

        assert clock.at_latest.value is None

    @pytest.mark.parametrize(
        ("keys", "problem"),
        [
            ({"strength": "hard"}, "strength: 'hard' is not one of promise, objective, limit"),
            ({"starts": "full moon"}, "starts: 'full moon' starts or stops no clock"),
            ({"stops": {"none": ["received"]}}, "stops: {'none': ['received']} is no event; write one, or {any:"),
            ({"hours": "lunch"}, "hours: no calendar is called 'lunch'"),
            ({"within": "2 lunch hours"}, "within: no calendar is called 'lunch'"),
            ({"within": "2 months"}, "within: '2 months' is no time for a clock; write days, hours or minutes"),
            ({"within": "2 weekdays days"}, "within: calendar weekdays does not say what a day is; give it a `day`"),
            ({"within": "soon"}, "within: 'soon' is not a length of time"),
            ({"at latest": "soon"}, "at latest: 'soon' is no bound; write {from: received, target plus: 24 hours} or"),
            ({"at latest": {"from": "received", "in all": "2 business days"}}, "at latest: {'from': 'received', 'in all'"),
            ({"at latest": {"from": "received", "of all": "2 hours"}}, "at latest: {'from': 'received', 'of all'"),
            (
                {"within": "2 whole business days", "at latest": {"from": "received", "target plus": "2 hours"}},
                "at latest: 2 whole business days is no length to which time could be added; write in all: …",
            ),
            ({"pauses": ["lunch"]}, "pauses: ['lunch'] are no conditions; write a list such as [{waiting for: customer}]"),
            ({"pauses": [{"in": "business"}]}, "pauses: hours are no pause; the clock's own hours say when it runs"),
            ({"pauses": [{"cause": "storms"}]}, "cause: no cause is called 'storms'; nearest is 'storm'"),
            ({"pauses": [{"weather": "bad"}]}, "weather: 'weather' is not known of a ticket"),
            ({"when": {"weather": "bad"}}, "weather: 'weather' is not known of a ticket"),
            ({"stops": "resolved"}, "after reopen: 'after reopen' is missing; it must be said"),
            ({"repeats": "often"}, "repeats: 'often' is not one of at each stop, at each start, never"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, keys: dict[str, Any], problem: str):
        """Each with its path and what to write instead."""
        assert any(found.startswith(problem) for found in problems(**keys)), problems(**keys)

    @pytest.mark.parametrize("key", ["strength", "pauses", "evidence", "within"])
    def test_misses_what_must_be_said(self, key: str):
        """Nothing is defaulted that can change a verdict."""
        blocks = with_clock()
        del blocks["clocks"]["respond"][key]

        assert [f"clocks/respond/{key}: '{key}' is missing; it must be said, since it can change a verdict"] == refused(
            blocks
        )

    def test_a_clock_that_something_else_can_stop_need_not_say_what_reopening_does(self):
        """Nor one without a time."""
        stops = {"any": ["resolved", "reply by a person"]}

        assert "stays stopped" == bound(with_clock(stops=stops)).desk.clocks["respond"].each[0].rule.after_reopen.value
        assert [] == problems(stops="resolved", within="none")

    def test_the_cases_begin_and_stop_alike(self):
        """Which case holds may change while the clock runs."""
        cases = {"one": {"when": {"priority": "high"}, "starts": "identified"}, "two": {"when": {"priority": "low"}}}

        assert ["clocks/respond/starts: the cases differ in `starts`; give each a clock of its own"] == refused(
            with_clock(cases=cases)
        )

    def test_a_pause_behind_a_reading_knows_it(self):
        """`pauses: reading …` may stand for a list, or for none."""
        senses = {"stand still": [{"waiting for": "customer"}], "run on": "none"}
        readings = {"waiting": {"question": "?", "we read": "stand still", "senses": senses, "because": "…"}}
        blocks = changed(clocks={"respond": {**PLAIN, "pauses": "reading waiting"}}, readings=readings)
        still, on = (bound(blocks, waiting=sense).desk.clocks["respond"].each[0].rule for sense in senses)

        assert (1, 0) == (len(still.pauses), len(on.pauses))
        assert ("waiting",) == still.pause_term.readings

    def test_an_outage_clock_is_known(self):
        """It starts and stops with outages alone."""
        outage = bound(with_clock(starts="outage start", stops="outage end")).desk.clocks["respond"].each[0].rule

        assert outage.is_about_outages
        assert not bound(with_clock()).desk.clocks["respond"].each[0].rule.is_about_outages


class TestDesk:
    @pytest.mark.parametrize(
        ("places", "problem"),
        [
            ({"desk__priority_set_by": "matrix"}, "desk/matrix: must say which priority comes of which impact and urgency"),
            (
                {"desk__matrix": {"many": "high"}},
                "desk/matrix: {'many': 'high'} is no matrix; write {impact: {urgency: priority}}",
            ),
            ({"desk__matrix": {"many": {"now": "hihg"}}}, "desk/matrix: nothing is called 'hihg' there; nearest is 'high'"),
            ({"desk__priority_set_by": "chance"}, "desk/priority set by: 'chance' is not one of staff, customer, matrix"),
            ({"channels__mail": {"hours": "business"}}, "channels/mail/opens ticket: 'opens ticket' is missing"),
            (
                {"channels__mail": {"opens ticket": True, "hours": "moonlight"}},
                "channels/mail/hours: no calendar is called 'moonlight'",
            ),
            (
                {"channels__mail": {"opens ticket": True, "first priority": "urgent"}},
                "channels/mail/first priority: nothing is called 'urgent' there",
            ),
            (
                {"channels__mail": {"opens ticket": True, "sends to": "chat"}},
                "channels/mail/sends to: nothing is called 'chat'",
            ),
            (
                {"topics__plans": {"covered": True}, "channels__mail": {"opens ticket": True, "not for": ["plan"]}},
                "channels/mail/not for: nothing is called 'plan' there; nearest is 'plans'",
            ),
            (
                {"channels__mail": {"opens ticket": True, "when": {"weather": "bad"}}},
                "channels/mail/when/weather: 'weather' is not known of a ticket",
            ),
            ({"topics__plans": {"clock": "respond"}}, "topics/plans/covered: 'covered' is missing"),
            (
                {"topics__plans": {"covered": True, "clock": "respnd"}},
                "topics/plans/clock: nothing is called 'respnd' there",
            ),
            (
                {"topics__plans": {"covered": True, "when": {"weather": "bad"}}},
                "topics/plans/when/weather: 'weather' is not known of a ticket",
            ),
            ({"priorities__high": {"by phone": "may"}}, "priorities/high/is: 'is' is missing"),
            (
                {"priorities__high": {"is": "it burns", "before reporting": ["smoke"]}},
                "priorities/high/before reporting: ['smoke'] are no questions; write [{ask: …, must: true}]",
            ),
            ({"telephone": {"number": "+1"}}, "telephone/needs ticket: 'needs ticket' is missing"),
            (
                {"telephone": {"number": "+1", "needs ticket": True, "priorities": ["hgh"], "opens after": "answer"}},
                "telephone/opens after: nothing is called 'answer' there",
            ),
            (
                {"telephone": {"number": "+1", "needs ticket": True, "priorities": ["hgh"], "opens after": "none"}},
                "telephone/priorities: nothing is called 'hgh' there; nearest is 'high'",
            ),
        ],
    )
    def test_says_what_is_wrong(self, places: dict[str, Any], problem: str):
        """Each with its path and what to write instead."""
        found = refused(changed(**places))

        assert any(one.startswith(problem) for one in found), found

    def test_reads_what_is_asked_before_reporting(self):
        """Questions with their own clauses, or those of the priority."""
        asks = [{"ask": "is the site down for others", "must": True, "cite": "HH-7"}, {"ask": "a trace"}]
        blocks = changed(priorities__high={"is": "it burns", "before reporting": asks, "by phone": "may"})
        high = bound(blocks).desk.priorities["high"]

        assert [("is the site down for others", True, ("HH-7",)), ("a trace", False, ())] == [
            (one.ask, one.must, one.clauses) for one in high.asks
        ]
        assert "may" == high.by_phone

    def test_a_channel_may_say_when_somebody_is_there(self):
        """By a calendar of the agreement; where it says nothing, nothing is known of it."""
        channels = {"chat": {"opens ticket": True, "hours": "business"}, "mail": {"opens ticket": True}}

        found = bound(changed(channels=channels)).desk.channels

        assert ("business", None) == (found["chat"].hours and found["chat"].hours.value.name, found["mail"].hours)

    def test_a_question_cites_what_asks_for_it(self):
        """The clause that carries out the questions, not the one that says what the priority means."""
        blocks = changed(priorities__high={"is": "it burns", "before reporting": [{"ask": "a trace"}]})
        cites = {"priorities/high": ("HH-3",), "priorities/high/before reporting": ("HH-4",)}
        found = bind(Document(blocks, cites), CALENDARS, {}, {})

        assert isinstance(found, Terms)
        high = found.desk.priorities["high"]
        assert (("HH-3",), ("HH-4",)) == (high.clauses, high.asks[0].clauses)

    def test_an_agreement_without_a_desk_has_none(self):
        """Staff would set priorities, and no load stretches anything."""
        blocks = changed()
        del blocks["desk"]
        desk = bound(blocks).desk

        assert ("staff", "none", None) == (desk.set_by.value, desk.high_load.value, desk.telephone)


class TestBackups:
    duty = {"of": "shop", "every": "night", "must be": ["encrypted"], "evidence": ["tickets"]}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("key", "value", "problem"),
        [
            ("every", "nite", "every: no calendar is called 'nite'; nearest is 'night', and it is no length"),
            ("every", "always", "every: calendar 'always' never closes, so it has no openings to count"),
            ("every", "2 business days", "every: '2 business days' is not judged yet; write the name of a calendar"),
            ("of", "shp", "of: nothing is called 'shp' there; nearest is 'shop'"),
            ("must be", 5, "must be: 5 stands where a text is expected"),
        ],
    )
    def test_says_what_is_wrong(self, key: str, value: Any, problem: str):
        """Each with its path and what to write instead."""
        found = refused(changed(backups__cloud={**self.duty, key: value}))

        assert any(one.startswith(f"backups/cloud/{problem}") for one in found), found

    def test_reads_a_night_or_an_age(self):
        """Each opening of a calendar, or a length that the newest copy may have."""
        night = bound(changed(backups__cloud=self.duty)).desk.backups["cloud"].every.value
        age = bound(changed(backups__cloud={**self.duty, "every": "24 hours"})).desk.backups["cloud"].every.value

        assert isinstance(night, ServiceHours)
        assert DAY == age


class TestClosedDays:
    def closed(self, written: Any, values: dict[str, str] | None = None, **more: Any) -> list[str]:
        calendar = {"zone": "UTC", "open": ["mon-fri 09:00-17:00"], "closed": written, "day": "none"}
        readings = more.pop("chosen", {})
        parameters = {"season": {"kind": "dates", "optional": True}}
        terms = bound(changed(calendars__shop=calendar, parameters=parameters, **more), values or {}, **readings)
        return sorted(str(day) for day in terms.calendars["shop"].closed)

    def test_days_that_a_customer_declares(self):
        """At first hand, by a list with `plus`, or none where nothing is declared."""
        lists = {"days": {"items": ["2026-01-01"], "plus": "parameter season"}}
        season = {"season": "2026-12-25, 2026-12-28"}

        assert ["2026-12-25", "2026-12-28"] == self.closed(["parameter season"], season)
        assert ["2026-01-01", "2026-12-25", "2026-12-28"] == self.closed(["days"], season, lists=lists)
        assert [] == self.closed(["parameter season"])

    def test_days_of_another_sense(self):
        """They were frozen as the agreement reads; another sense is read from the terms."""
        senses = {
            "no effect": "none",
            "closed": ["every 29 February", "every 25 December", "2026-05-01", "soon", "2026-99-99"],
        }
        readings = {"holidays": {"question": "?", "we read": "no effect", "senses": senses, "because": "…"}}
        found = self.closed("reading holidays", readings=readings, chosen={"holidays": "closed"})

        assert [] == self.closed("reading holidays", readings=readings)
        assert {"2024-02-29", "2026-05-01", "2026-12-25"} < set(found)
        assert 5 + 20 + 1 == len(found)

    def test_a_day_that_cannot_be_read_closes_nothing(self):
        """The check of the file says so; a statement does not fail over it."""
        senses = {"no": "none", "odd": ["every 31 February"]}
        readings = {"holidays": {"question": "?", "we read": "no", "senses": senses, "because": "…"}}

        assert [] == self.closed("reading holidays", readings=readings, chosen={"holidays": "odd"})
        assert [] == self.closed(["reading nothing", 5])


def test_the_sample_binds():
    """The small agreement of the tests has no problem of its own."""
    found = bind(Document(BLOCKS, {}), CALENDARS, {}, {})

    assert not isinstance(found, list) or [TermProblem] == [type(one) for one in found]
    assert ["respond"] == list(bound().desk.clocks)
