"""Notices: told, told too late, told in part, missing, still to be told."""

from typing import Any

import pytest

from tests.core.orchard import JUNE, LATER, bound, state, told
from tests.core.sample import outage, window
from upheld.core.duties import Trigger, judge_notices
from upheld.core.explain import Finding, Verdict, show, tell
from upheld.core.timeline import Instant

STARTS = "2025-06-10T20:00Z"
WORK = Trigger(("regular",), "w1", Instant.parse(STARTS), ("w1-planned",))


def sent(at: str, notice: str = "works", about: str = "w1", states: tuple[str, ...] = ()):
    return told(
        "notice-sent", at, f"{notice}-{at}", notice=notice, about=about, to="ops@x.example", by="email", states=states
    )


def judge(*facts, triggers=(WORK,), as_of: Instant = LATER, **places: Any) -> dict[str, Finding]:
    return {found.rule: found for found in judge_notices(bound(**places), facts, triggers, JUNE, as_of)}


@pytest.mark.parametrize(
    ("facts", "state_told", "verdict"),
    [
        ([sent("2025-06-09T20:00Z")], "told", Verdict.MET),
        ([sent("2025-06-09T20:01Z")], "too late", Verdict.MISSED),
        ([sent("2025-06-09T20:01Z"), sent("2025-06-08T20:00Z")], "told", Verdict.MET),
        ([sent("2025-06-09T20:00Z", states=("start",))], "incomplete", Verdict.MISSED),
        ([sent("2025-06-09T20:00Z", states=("start", "end"))], "told", Verdict.MET),
        ([sent("2025-06-09T20:00Z", about="w2")], "missing", Verdict.MISSED),
        ([sent("2025-06-09T20:00Z", "outages")], "missing", Verdict.MISSED),
        ([told("notice-given", "2025-06-09T20:00Z", window="w1", to="ops", by="email")], "told", Verdict.MET),
    ],
)
def test_a_notice_is_in_time_and_whole(facts, state_told, verdict):
    """At exactly a day ahead it is in time; it states all, is about this event, and is of this rule."""
    found = judge(*facts)["notices/works"]
    assert (verdict, state_told) == (found.verdict, found.why.because[0].value)


def test_says_what_is_missing():
    """How often it was to be told, to whom and how, and each event under it."""
    found = judge()["notices/works"]
    assert ("1 notice missing", "no") == (found.shown, found.quantity("met"))
    assert "works: 1 time to be told to ops@x.example, by email" == found.why.words
    assert any("w1, Tue 10 Jun 2025 20:00 UTC: nothing was sent" in line for line in tell(found.why))


@pytest.mark.parametrize(
    ("as_of", "verdict"), [("2025-06-09T20:00Z", Verdict.NOT_YET_KNOWN), ("2025-06-09T20:01Z", Verdict.MISSED)]
)
def test_may_still_be_told_while_there_is_time(as_of, verdict):
    """Until a day before the work nothing is missing yet."""
    assert verdict == judge(as_of=Instant.parse(as_of))["notices/works"].verdict


@pytest.mark.parametrize(
    ("as_of", "verdict"), [("2025-06-10T21:59:59Z", Verdict.NOT_YET_KNOWN), ("2025-06-10T22:00Z", Verdict.MISSED)]
)
def test_is_missing_from_the_instant_of_the_event_on(as_of, verdict):
    """Where nothing says how long ahead: until the event it may still be told, at the event it was not."""
    alarm = Trigger(("alarm",), "a", Instant.parse("2025-06-10T22:00Z"), ())
    assert verdict == judge(triggers=[alarm], as_of=Instant.parse(as_of))["notices/alarms"].verdict


def test_is_not_owed_within_the_hours():
    """An alarm at noon on a Tuesday is not told to the one on call; one at night is."""
    day, night = (Trigger(("alarm",), name, Instant.parse(f"2025-06-10T{name}Z"), ()) for name in ("12:00", "22:00"))
    assert {} == judge(triggers=[day])
    assert "notices/alarms" in judge(triggers=[day, night])


def test_other_events_and_other_months_set_nothing_off():
    """A rule speaks of its own events, in the month."""
    july = Trigger(("regular",), "w9", Instant.parse("2025-07-10T20:00Z"), ())
    assert {} == judge(triggers=[Trigger(("party",), "p", WORK.at, ()), july])


class TestStatement:
    @staticmethod
    def notices(*facts, **places: Any) -> dict[str, Finding]:
        found = state(list(facts), **places).findings
        return {one.rule: one for one in found if one.rule.startswith("notices/")}

    def test_looks_at_windows_outages_and_events(self):
        """A window that was told, an outage of whose end nobody was told, an alarm."""
        facts = [
            *window("w1", "regular", STARTS, "2025-06-10T21:00Z", notice="2025-06-08T00:00Z"),
            *outage("o1", "2025-06-12T08:00Z", "2025-06-12T09:00Z"),
            sent("2025-06-12T08:05Z", "outages", "o1"),
            told("event-happened", "2025-06-12T22:00Z", event="alarm", name="a1"),
        ]
        found = self.notices(*facts)
        expected = {"notices/works": Verdict.MET, "notices/outages": Verdict.MET, "notices/alarms": Verdict.MISSED}
        assert expected == {rule: one.verdict for rule, one in found.items()}

    def test_a_cancelled_window_and_an_outage_of_another_month_set_nothing_off(self):
        """What will not be done need not be told; a running outage has no end to tell of."""
        cancelled = told("window-cancelled", "2025-06-05T00:00Z", window="w1", because="rain")
        before = outage("o0", "2025-05-01T00:00Z", "2025-05-02T00:00Z")
        assert {} == self.notices(*window("w1", "regular", STARTS, "2025-06-10T21:00Z"), cancelled, *before)
        running = self.notices(*outage("o1", "2025-06-12T08:00Z", None))
        assert ["1 to be told"] == [show(one.quantity("count")) for one in running.values()]

    @pytest.mark.parametrize(("end", "told_of"), [(None, "1 to be told"), ("2025-06-12T09:00Z", "2 to be told")])
    def test_an_outage_that_runs_has_no_end_to_tell_of(self, end, told_of):
        """Seen in the middle of the month: its beginning alone; once it is over its end as well."""
        found = self.notices(*outage("o1", "2025-06-12T08:00Z", end), as_of=Instant.parse("2025-06-20T00:00Z"))

        assert told_of == show(found["notices/outages"].quantity("count"))
