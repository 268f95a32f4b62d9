"""What is done at the desk comes to what the judge makes of the same story told as facts."""

from functools import lru_cache

import pytest

from tests.apps.desk.ground import shipped
from tools.cases import besides, deeds, tickets
from tools.cases.question import Agreement, Question

pytestmark = pytest.mark.django_db

MORNING = "2025-06-16T09:00Z"
CLOCKS = [
    ("teamplify", {"clock": "respond", "start": MORNING, "priority": "high", "channel": "website"}),
    ("teamplify", {"clock": "respond", "start": MORNING, "priority": "high", "channel": "email"}),
    (
        "teamplify",
        {"clock": "respond", "start": MORNING, "channel": "email", "priority": "medium",
         "raised_at": "2025-06-16T10:00Z", "information_complete_at": "2025-06-16T10:30Z"},
    ),
    ("teamplify", {"clock": "respond", "start": MORNING, "priority": "low", "channel": "telegram"}),
    (
        "teamplify",
        {"clock": "respond", "start": MORNING, "priority": "high", "channel": "website",
         "events": [{"at": "2025-06-16T10:01Z", "what": "reply"}, {"at": "2025-06-16T10:01Z", "what": "work started"}]},
    ),
    ("teamplify", {"clock": "progress", "start": MORNING, "priority": "high", "channel": "website"}),
    ("code-enigma", {"clock": "respond", "start": MORNING, "priority": "normal", "topic": "patching"}),
    ("code-enigma", {"clock": "respond", "start": MORNING, "priority": "urgent", "topic": "websites"}),
    (
        "code-enigma",
        {"clock": "respond", "start": MORNING, "priority": "high", "events": [{"at": "2025-06-16T10:00Z", "what": "reply"}]},
    ),
    (
        "flosum",
        {"clock": "first-response", "start": MORNING, "priority": "other",
         "events": [{"at": "2025-06-16T09:01Z", "what": "auto-reply"}, {"at": "2025-06-18T10:00Z", "what": "reply"}]},
    ),
    (
        "flosum",
        {"clock": "ongoing-response", "start": MORNING, "priority": "availability",
         "events": [{"at": "2025-06-16T10:00Z", "what": "reply"}]},
    ),
    (
        "flosum",
        {"clock": "update", "start": MORNING, "priority": "other", "pauses": [["2025-06-17T09:00Z", "2025-06-18T09:00Z"]],
         "events": [{"at": "2025-06-20T10:00Z", "what": "reply"}]},
    ),
    (
        "funnelflux",
        {"clock": "resolve", "start": MORNING, "priority": "critical", "topic": "database-copy",
         "pauses": [["2025-06-16T10:00Z", "2025-06-16T11:30Z"]],
         "events": [{"at": "2025-06-16T16:29Z", "what": "resolution"}]},
    ),
    (
        "funnelflux",
        {"clock": "resolve", "start": MORNING, "priority": "critical",
         "pauses": [["2025-06-16T10:00Z", "2025-06-16T11:30Z"]],
         "events": [{"at": "2025-06-16T16:29Z", "what": "resolution"}]},
    ),
    ("funnelflux", {"clock": "restore", "start": MORNING}),
    ("funnelflux", {"clock": "restore", "start": "2025-06-15T23:59Z"}),
    (
        "redtrack",
        {"clock": "chat", "start": MORNING, "channel": "live-chat", "urgent": True, "package": ["live-chat"],
         "high_load": [["2025-06-16T08:00Z", "2025-06-16T08:59Z"]]},
    ),
    (
        "redtrack",
        {"clock": "respond", "start": MORNING, "channel": "live-chat", "priority": "high", "package": ["activation"]},
    ),
    (
        "redtrack",
        {"clock": "respond", "start": MORNING, "channel": "email", "priority": "medium", "declared_closed": ["2025-06-17"],
         "pauses": [["2025-06-16T10:00Z", "2025-06-16T12:00Z"]], "events": [{"at": "2025-06-18T08:00Z", "what": "ETA"}]},
    ),
]  # fmt: skip
CALLS = [
    {"call": "2025-06-16T09:16Z", "ticket": {"at": MORNING, "priority": "urgent", "first_response": "2025-06-16T09:10Z"}},
    {"call": "2025-06-16T09:15Z", "ticket": {"at": MORNING, "priority": "urgent", "first_response": None}},
    {"call": "2025-06-16T12:00Z", "ticket": {"at": MORNING, "priority": "low", "first_response": None}},
    {"call": "2025-06-17T10:00Z", "ticket": {"at": MORNING, "priority": "normal", "first_response": None}},
    {"call": "2025-06-16T08:00Z", "ticket": None},
]
WORDS = [
    {"main": "ana@x", "backup": "bo@x", "changes": [], "by": "bo@x", "at": MORNING},
    {"main": "ana@x", "backup": "bo@x", "changes": [], "by": "eve@x", "at": MORNING},
    {"main": "ana@x", "backup": "bo@x", "by": "cy@x", "at": MORNING,
     "changes": [{"at": MORNING, "role": "main", "to": "cy@x"}]},
    {"main": "ana@x", "backup": "bo@x", "by": "ana@x", "at": MORNING,
     "changes": [{"at": "2025-06-16T09:01Z", "role": "main", "to": "cy@x"}]},
    {"main": "ana@x", "backup": "bo@x", "by": "bo@x", "at": MORNING,
     "changes": [{"at": MORNING, "role": "backup", "to": None}]},
]  # fmt: skip
PLANS = [
    ("flosum", {"deployment": "hosted", "region": "Germany", "kickoff": "2025-06-02"}),
    ("flosum", {"deployment": "hosted", "region": "France", "kickoff": "2025-06-02"}),
    ("flosum", {"deployment": "self-hosted", "region": None, "kickoff": "2025-12-24"}),
    ("redtrack", {"package": ["activation"], "kickoff": None}),
]


@lru_cache(maxsize=8)
def text_of(name: str) -> Agreement:
    read = shipped(name)
    assert read.document is not None
    return Agreement(read.document, read.calendars)


def ask(name, given, **readings):
    return Question(text_of(name), given, readings)


@pytest.mark.parametrize(("name", "given"), CLOCKS)
def test_clocks(name, given):
    """Reported, prioritised, paused and answered at the desk, a ticket is due and kept as the judge says."""
    question = ask(name, given)

    assert tickets.clock(question) == deeds.clock(question)


def test_clocks_of_another_sense():
    """A customer who signed another sense of the text is held to that sense."""
    given = {"clock": "respond", "start": "2025-06-14T09:00Z", "channel": "email", "priority": "high"}
    usual, other = ask("redtrack", given), ask("redtrack", given, **{"delay-24h": "none"})

    due = [deeds.clock(question)["due"] for question in (usual, other)]

    assert [tickets.clock(question)["due"] for question in (usual, other)] == due
    assert due[0] != due[1]


@pytest.mark.parametrize("given", CALLS)
def test_calls(given):
    """The log labels a call as the judge does."""
    question = ask("code-enigma", given)

    assert tickets.telephone(question) == deeds.telephone(question)


@pytest.mark.parametrize("given", WORDS)
def test_instructions(given):
    question = ask("teamplify", given)

    assert besides.instruction(question) == deeds.instruction(question)


@pytest.mark.parametrize(("name", "given"), PLANS)
def test_plans(name, given):
    question = ask(name, given)

    assert besides.plan(question) == deeds.plan(question)
