"""What was asked and used in a month, held against the rules of that very instant."""

from typing import Any

from tests.core.orchard import JUNE, bound, told
from upheld.core.access import judge_access
from upheld.core.explain import Finding, Verdict, tell


def turned(on: bool, at: str):
    return told("switch-turned", at, f"turn-{at}", switch="support-user", on=on, side="customer")


def used(at: str, ended: str = "", what: str = "pages", **fields: Any):
    return told("access-used", at, f"use-{at}", who="staff", what=what, ended_at=ended or None, **fields)


def judge(*facts, **places: Any) -> dict[str, Finding]:
    return {found.rule: found for found in judge_access(bound(**places), facts, JUNE)}


ON, OFF = turned(True, "2025-06-10T10:00Z"), turned(False, "2025-06-10T11:00Z")


def test_answers_every_request():
    """One finding each, with the answer and its reason; those of other months are not asked."""
    asked = told("access-asked", "2025-06-10T10:00Z", "A", who="customer", what="root")
    open_one = told("access-asked", "2025-06-10T10:00Z", "C", who="staff", what="servers")
    found = judge(asked, open_one, told("access-asked", "2025-07-10T10:00Z", "B", who="customer", what="root"))

    assert ["access/asked/A", "access/asked/C"] == list(found)
    assert ["refused", "no", "never"] == [found["access/asked/A"].value, *(v for _, v in found["access/asked/A"].quantities)]
    assert "allowed" == found["access/asked/C"].value


def test_a_use_within_the_rules_is_kept():
    """In while the switch was on, out when it went off."""
    found = judge(ON, OFF, used("2025-06-10T10:00Z", "2025-06-10T11:00Z"), used("2025-06-10T10:30Z"))["access/uses"]
    assert (Verdict.MET, "0 uses against the rules") == (found.verdict, found.shown)


def test_a_turn_at_its_very_beginning_ends_nothing():
    """Off and on again at ten: it is on at ten, and who comes in then may stay; off at eleven ends who came before it."""
    off, on = (
        told("switch-turned", "2025-06-10T10:00Z", name, switch="support-user", on=on, side="customer")
        for name, on in (("first-off", False), ("then-on", True))
    )
    found = judge(off, on, OFF, used("2025-06-10T10:00Z", "2025-06-10T10:30Z"))["access/uses"]
    assert Verdict.MET == found.verdict


def test_a_use_against_the_rules_is_missed():
    """In before the switch was on: the finding is missed and says which use."""
    found = judge(ON, used("2025-06-10T09:59Z"))["access/uses"]
    assert (Verdict.MISSED, "1 use against the rules") == (found.verdict, found.shown)
    assert ("OR-6", "OR-8") == found.clauses


def test_whoever_stays_when_the_switch_goes_off_is_against_the_rules():
    """Allowed at ten, still in after eleven."""
    found = judge(ON, OFF, used("2025-06-10T10:00Z", "2025-06-10T11:01Z"))["access/uses"]
    assert Verdict.MISSED == found.verdict
    assert any("support-user was off from Tue 10 Jun 2025 11:00 UTC" in words for words in tell(found.why))


def test_a_second_open_door_is_enough_to_stay():
    """Where another rule keeps it open, the switch ends nothing; two switches end it when both are off."""
    always = {"access__more": {"who": ["staff"], "what": ["pages"], "rule": "always"}}
    second = {
        "access__more": {"who": ["staff"], "what": ["pages"], "rule": "while on", "switch": "late"},
        "switches__late": {"held by": "customer", "at first": True, "takes effect": "at once"},
    }
    stay = used("2025-06-10T10:00Z", "2025-06-10T11:01Z")

    assert Verdict.MET == judge(ON, OFF, stay, **always)["access/uses"].verdict
    assert Verdict.MET == judge(ON, OFF, stay, **second)["access/uses"].verdict
    off = told("switch-turned", "2025-06-10T11:00:30Z", "late-off", switch="late", on=False, side="customer")
    found = judge(ON, OFF, off, stay, **second)["access/uses"]
    assert any("late was off from" in words for words in tell(found.why))


def test_a_use_ends_with_its_own_end():
    """A look into the contents that outlasts its own end is against the rules."""
    kept = {"what": "contents", "purpose": "error", "ticket": "T", "person": "mara", "until_at": "2025-06-10T12:00Z"}
    verdicts = {
        ended: judge(used("2025-06-10T10:00Z", ended, **kept))["access/uses"].verdict
        for ended in ("2025-06-10T12:00Z", "2025-06-10T12:00:01Z")
    }
    assert [Verdict.MET, Verdict.MISSED] == list(verdicts.values())


def test_an_agreement_without_access_says_nothing():
    """No rule, no finding, whatever was asked."""
    assert {} == judge(used("2025-06-10T10:00Z"), access={}, switches={})
    assert {} == judge()
