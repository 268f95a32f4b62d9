"""Where a ticket goes, what is known of it, and the whole desk at once."""

from cProfile import Profile
from random import Random
from typing import Any

import pytest

from tests.core.clocks.agreement import (
    CLOCK,
    LATER,
    about,
    at,
    bound,
    changed,
    desk,
    failed,
    held,
    loaded,
    put,
    resolved,
    run,
    said,
    ticket,
)
from upheld.core.availability import read_outages
from upheld.core.clocks import find_incidents, find_window, look_at_desk
from upheld.core.explain import Verdict
from upheld.core.facts import Fact
from upheld.core.terms import Terms
from upheld.core.timeline import HOUR, MINUTE, Instant, Span

MON, TUE = "2026-02-02", "2026-02-03"


def with_clocks(**more: Any) -> Terms:
    chat = {**CLOCK, "when": {"channel": "chat"}, "hours": "always", "within": "10 minutes"}
    mail = {**CLOCK, "when": {"channel": "mail"}, "hours": "always", "within": "2 hours"}
    channels = {
        "chat": {"opens ticket": True, "when": {"package": "chat"}, "not for": ["plans"], "sends to": "mail"},
        "mail": {"opens ticket": True},
    }
    topics = {
        "plans": {"covered": True}, "chatter": {"covered": True, "clock": ["chat"]},
        "wish": {"covered": True, "clock": "none"},
        "elsewhere": {"covered": False}, "single": {"covered": False, "when": {"restore": "single"}},
    }  # fmt: skip
    places = {
        "clocks": {"chat": chat, "respond": mail}, "channels": channels, "topics": topics,
        "parameters": {"package": {"kind": "names", "usual": "chat"}}, **more,
    }  # fmt: skip
    return bound(changed(**places))


class TestRouting:
    def due(self, clock: str = "chat", values: dict[str, str] | None = None, **told: Any) -> Instant | None:
        blocks_terms = with_clocks() if values is None else self.terms_for(values)
        return run(ticket(f"{MON}T09:00Z", **{"channel": "chat", **told}), terms=blocks_terms, clock=clock).due_at

    def terms_for(self, values: dict[str, str]) -> Terms:
        chosen = with_clocks().document.blocks
        return bound(dict(chosen), values)

    def test_a_channel_that_takes_it(self):
        """Ten minutes in the chat, and no time by mail."""
        assert at(f"{MON}T09:10Z") == self.due()
        assert None is self.due("respond")

    def test_a_topic_that_is_not_for_it_goes_on(self):
        """To the mail, with its two hours."""
        assert None is self.due(topic="plans")
        assert at(f"{MON}T11:00Z") == self.due("respond", topic="plans")

    def test_a_channel_that_is_not_in_the_package_goes_on(self):
        """Who has no chat is answered by mail."""
        assert at(f"{MON}T11:00Z") == self.due("respond", {"package": "nothing"})

    def test_a_channel_nobody_knows_is_taken_as_it_is(self):
        """No clock speaks of it."""
        assert None is self.due(channel="pigeon")

    def test_channels_that_send_to_each_other_end(self):
        """A circle is left where it closes."""
        channels = {
            "chat": {"opens ticket": True, "when": {"package": "x"}, "sends to": "mail"},
            "mail": {"opens ticket": True, "when": {"package": "x"}, "sends to": "chat"},
        }
        assert None is run(ticket(f"{MON}T09:00Z", channel="chat"), terms=with_clocks(channels=channels)).due_at

    @pytest.mark.parametrize(
        ("topic", "words"),
        [
            ("wish", "for wish no time is promised"), ("elsewhere", "elsewhere is not covered"),
            ("chatter", "its topic has chat"),
        ],
    )  # fmt: skip
    def test_a_topic_without_that_time(self, topic: str, words: str):
        """What is not covered, has no time, or has another one."""
        found = run(ticket(f"{MON}T09:00Z", topic=topic), terms=with_clocks())

        assert ("no time", None) == (found.state, found.due_at)
        assert words in found.why.words

    def test_a_topic_found_by_what_was_told(self):
        """A ticket that tells of a single restore is of that topic, unless staff say otherwise."""
        facts = ticket(f"{MON}T09:00Z", told=("restore: single", "no colon", "volume: 120"))

        assert "single is not covered" in run(facts, terms=with_clocks()).why.words
        assert at(f"{MON}T11:00Z") == run([*facts, about(f"{MON}T09:30Z", "plans")], terms=with_clocks()).due_at

    def test_what_was_told_chooses_a_case(self):
        """More than a hundred of something: a case of its own; what was not told is not there."""
        cases = {"large": {"when": {"volume": "more than 100"}, "within": "9 hours"}, "rest": {"otherwise": True}}
        terms = bound(changed(clocks={"respond": {**CLOCK, "hours": "always", "within": "1 hour", "cases": cases}}))

        assert at(f"{MON}T18:00Z") == run(ticket(f"{MON}T09:00Z", told=("volume: 120",)), terms=terms).due_at
        assert at(f"{MON}T10:00Z") == run(ticket(f"{MON}T09:00Z"), terms=terms).due_at


class TestTold:
    clock = {**CLOCK, "hours": "always", "within": "1 hour"}  # noqa: RUF012

    def due(self, asked: str, told: str) -> Any:
        cases = {"large": {"when": {"volume": asked}, "within": "9 hours"}, "rest": {"otherwise": True}}
        terms = bound(changed(clocks={"respond": {**self.clock, "cases": cases}}))
        return run(ticket(f"{MON}T09:00Z", told=(f"volume: {told}",)), terms=terms)

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("more than 100", "120"),
            ("more than 100 GB", "120 GB"),
            ("more than 10 %", "12 %"),
            ("more than 1 hour", "2 hours"),
        ],
    )
    def test_a_figure_is_read_by_its_kind(self, asked: str, told: str):
        """A number, a size, a share, a length."""
        assert at(f"{MON}T18:00Z") == self.due(asked, told).due_at

    @pytest.mark.parametrize("told", ["a lot", "2 hours", "5 business days"])
    def test_a_figure_of_another_kind_leaves_the_case_open(self, told: str):
        """Nobody knows which case holds; nothing fails."""
        found = self.due("more than 100", told)

        assert ("not known", Verdict.NOT_YET_KNOWN) == (found.state, found.verdict)

    def test_a_condition_that_cannot_be_asked_stops_nothing(self):
        """Neither as the clock's own, nor as a pause."""
        own = bound(changed(clocks={"respond": {**self.clock, "when": {"volume": "more than 100"}}}))
        pause = bound(changed(clocks={"respond": {**self.clock, "pauses": [{"volume": "more than 100"}]}}))
        facts = ticket(f"{MON}T09:00Z", told=("volume: a lot",))

        assert "not known" == run(facts, terms=own).state
        assert at(f"{MON}T10:00Z") == run(facts, terms=pause).due_at


class TestHighLoad:
    cases = {  # noqa: RUF012
        "slow": {"when": {"high load": True}, "within": "60 minutes"}, "quick": {"otherwise": True},
    }  # fmt: skip

    def due(self, *facts: Fact, high_load: str = "declared before") -> Instant | None:
        clock = {**CLOCK, "hours": "always", "within": "10 minutes", "cases": self.cases}
        terms = bound(changed(clocks={"respond": clock}, desk__high_load=high_load))
        return run([*ticket(f"{MON}T09:00Z"), *facts], terms=terms).due_at

    def test_stretches_a_time_that_it_covers(self):
        """Declared from half past eight to eleven."""
        assert at(f"{MON}T10:00Z") == self.due(loaded(f"{MON}T08:30Z", f"{MON}T11:00Z"))

    def test_counts_from_when_it_was_declared_on(self):
        """Declared afterwards it stretches nothing, nor where the agreement knows none."""
        after = loaded(f"{MON}T08:30Z", f"{MON}T11:00Z", f"{MON}T09:30Z")
        whole = loaded(f"{MON}T06:30Z", f"{MON}T07:00Z", f"{MON}T09:30Z")

        assert at(f"{MON}T09:10Z") == self.due(after) == self.due(whole)
        assert at(f"{MON}T09:10Z") == self.due(loaded(f"{MON}T08:30Z", f"{MON}T11:00Z"), high_load="none")


class TestState:
    def test_new_in_progress_waiting_resolved(self):
        """What a condition sees of a ticket through its life."""
        facts = [
            *ticket(f"{MON}T08:00Z"), said(f"{MON}T09:00Z"), *held(f"{MON}T10:00Z", f"{MON}T11:00Z"),
            resolved(f"{MON}T12:00Z"), put(f"{MON}T12:30Z", "low"),
        ]  # fmt: skip
        matter = desk(facts).matters["T-1"]
        seen = [matter.known_at(at(f"{MON}T{hour}:30Z"))["state"] for hour in ("08", "09", "10", "11", "12")]

        assert ["new", "in-progress", "waiting", "in-progress", "resolved"] == seen
        assert (("provider",), ("customer",)) == tuple(
            matter.known_at(at(f"{MON}T{hour}:30Z"))["waiting for"] for hour in ("09", "10")
        )
        assert () == matter.facts_at("weather", at(f"{MON}T09:30Z")) == matter.facts_at("priority", Instant(-(10**18)))


class TestIncidents:
    def test_outages_that_touch_are_one(self):
        """Two records that touch, and one apart; a running one has no end."""
        facts = [*failed(f"{MON}T10:00Z", f"{MON}T11:00Z"), *failed(f"{MON}T11:00Z", f"{MON}T12:00Z", "O-2"),
                 *failed(f"{MON}T14:00Z", name="O-3")]  # fmt: skip
        found = find_incidents(bound(), read_outages(bound(), facts, at(f"{MON}T15:00Z")))

        assert [("O-1", False), ("O-3", True)] == [(one.id, one.is_running) for one in found]
        assert Span(at(f"{MON}T10:00Z"), at(f"{MON}T12:00Z")) == found[0].span

    def test_a_clock_of_outages_needs_no_ticket(self):
        """It runs on the incident itself; a stronger excuse lets it stand still beside an own cause."""
        clock = {**CLOCK, "hours": "always", "starts": "outage start", "stops": "outage end", "within": "2 hours",
                 "pauses": [{"responsible": "outside"}]}  # fmt: skip
        terms = bound(changed(clocks={"mend": clock}))
        facts = failed(f"{MON}T10:00Z", f"{MON}T13:00Z", storm=(f"{MON}T11:00Z", f"{MON}T12:00Z"))
        (found,) = desk(facts, terms=terms).runs["mend"]

        assert ("O-1", HOUR * 2, Verdict.MET) == (found.matter, found.used, found.verdict)


class TestWindow:
    cases = {  # noqa: RUF012
        "weekday": {"when": {"start": "in weekdays"}, "within": "6 hours"},
        "weekend": {"when": {"start": "outside weekdays"}, "within": "12 hours"},
    }

    def window(self, start: str, end: str, crossing: str = "case at start", **more: Any) -> Any:
        clock = {**CLOCK, "when": {"priority": "high"}, "hours": "always", "crossing": crossing, "cases": self.cases, **more}
        return find_window(bound(changed(clocks={"mend": clock})), "mend", Span(at(start), at(end)))

    def test_what_is_allowed_without_any_ticket(self):
        """Friday night six hours, Sunday night twelve, or the shorter, or each in proportion."""
        friday, sunday = ("2026-02-06T23:00Z", "2026-02-07T09:00Z"), ("2026-02-08T23:00Z", "2026-02-09T13:00Z")

        assert (HOUR * 6, HOUR * 12) == (self.window(*friday), self.window(*sunday))
        assert (HOUR * 6, HOUR * 6) == (self.window(*friday, "shorter"), self.window(*sunday, "shorter"))
        assert (HOUR * 11, MINUTE * 390) == (self.window(*friday, "in proportion"), self.window(*sunday, "in proportion"))
        assert HOUR * 12 == self.window("2026-02-08T10:00Z", "2026-02-08T20:00Z", "shorter")

    @pytest.mark.parametrize(
        ("start", "end", "hours"),
        [
            ("2026-02-08T14:00Z", "2026-02-08T20:00Z", 12), ("2026-02-08T10:00Z", "2026-02-09T04:00Z", 12),
            ("2026-02-08T14:00Z", "2026-02-09T00:00Z", 12), ("2026-02-08T14:00Z", "2026-02-09T00:01Z", 6),
        ],
    )  # fmt: skip
    def test_is_shorter_only_of_the_cases_that_it_reaches(self, start, end, hours):
        """Monday's six hours count where it lasts into Monday, and is not over its Sunday's twelve by then."""
        assert HOUR * hours == self.window(start, end, "shorter")

    def test_none_where_it_hangs_on_more_than_the_calendar(self):
        """A time by priority cannot be told without a ticket; nor can one of a clock that is not there."""
        span = Span(at(f"{MON}T09:00Z"), at(f"{MON}T10:00Z"))

        assert None is find_window(bound(), "respond", span)
        assert None is find_window(bound(), "mend", span)

    def test_a_calendar_without_edges_crosses_nothing(self):
        """A case of a calendar that never closes goes on."""
        cases = {"on": {"when": {"start": "in always"}, "within": "6 hours"}, "off": {"otherwise": True, "within": "1 hour"}}

        assert HOUR * 6 == self.window("2026-02-06T23:00Z", "2026-02-07T09:00Z", "shorter", cases=cases)

    def test_a_shorter_time_where_one_side_has_none(self):
        """A case without a time shortens nothing."""
        cases = {"weekday": {"when": {"start": "in weekdays"}, "within": "6 hours"},
                 "weekend": {"when": {"start": "outside weekdays"}, "within": "none"}}  # fmt: skip

        assert HOUR * 6 == self.window("2026-02-06T23:00Z", "2026-02-07T09:00Z", "shorter", cases=cases)


def many(number: int) -> list[Fact]:
    facts: list[Fact] = []
    for each in range(number):
        start = str(at(f"{MON}T00:00Z") + MINUTE * (7 * each))
        facts += ticket(start, ("high", "low")[each % 2], f"T-{each}")
        facts.append(said(str(Instant.parse(start) + MINUTE * (each % 90)), name=f"T-{each}"))
    return facts


def test_the_order_of_recording_decides_nothing():
    """The same facts in any order give the same runs, with the same reasons."""
    facts = many(40)
    shuffled = list(facts)
    Random(5).shuffle(shuffled)

    assert desk(facts).runs == desk(shuffled).runs


def test_a_list_of_tickets_needs_no_reasons():
    """The same figures, with one sentence each."""
    facts = many(20)
    told = {run.rule: (run.due_at, run.used, run.verdict, run.why.words) for run in desk(facts).runs["respond"]}
    short = look_at_desk(bound(), facts, LATER, reasons=False).runs["respond"]

    assert told == {run.rule: (run.due_at, run.used, run.verdict, run.why.words) for run in short}
    assert {()} == {run.why.because for run in short}


def test_the_work_grows_with_the_tickets():
    """Counted in calls: four times the tickets, hardly more than four times the work."""

    def count_calls(facts: list[Fact]) -> int:
        profile = Profile()
        profile.enable()
        desk(facts)
        profile.disable()
        return sum(entry.callcount for entry in profile.getstats())

    assert count_calls(many(400)) < count_calls(many(100)) * 5
