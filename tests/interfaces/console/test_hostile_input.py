"""What nobody writes on purpose, and what somebody writes on purpose: it is told what is wrong, and nothing breaks."""

import time

import pytest

from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import WindowPlanned

FAR_INSTANTS = ("0001-01-01T00:00Z", "1600-01-01T00:00Z", "9999-12-31T23:59:59Z", "2026-07-01T00:00:00+23:59")
PLACES = (
    "/now", "/services", "/services/teamplify/acorn-legal", "/outages", "/maintenance", "/maintenance/plan",
    "/agreements", "/statements", "/statements/acorn-legal/teamplify/2026-07", "/facts", "/people", "/settings",
    "/on-call", "/on-call/pages", "/on-call/pages/P-1", "/on-call/policies", "/on-call/rotas/nights", "/on-call/me",
    "/on-call/rotas/nights/change",
)  # fmt: skip
PERIODS = ("0001-01", "0000-00", "9998-12", "9999-99", "1899-12", "2042-12", "2026-13", "٢٠٢٦-٠٧")


@pytest.mark.parametrize("written", FAR_INSTANTS)
def test_a_page_of_a_far_instant_is_shown_or_refused(tom, written):
    """However far the chosen instant lies: an answer, never a failure of ours."""
    for place in PLACES:
        answer = tom.get(place, {"as_of": written})

        assert answer.status_code < 500, (place, written)


@pytest.mark.parametrize("period", PERIODS)
def test_a_far_period_is_shown_or_refused(tom, period):
    """The same for periods."""
    for place in (
        f"/statements/acorn-legal/teamplify/{period}",
        f"/why/acorn-legal-teamplify/{period}/availability/uptime",
        f"/services/teamplify/acorn-legal?period={period}",
        f"/services/teamplify/acorn-legal.csv?period={period}",
    ):
        assert tom.get(place).status_code < 500, place


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("31 Dec 9999 23:30 UTC", "31 Dec 9999 23:59 UTC"),
        ("1 Jan 0001 00:30 UTC", "1 Jan 0001 01:30 UTC"),
        ("5 Sep 2026 10:00 UTC", "5 Sep 2962 10:00 UTC"),
        ("5 Sep 2026 10:00 UTC", "5 Sep 2062 10:00 UTC"),
        ("4 Sep 2092 10:00 UTC", "4 Sep 2092 11:00 UTC"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_work_of_a_slip_of_the_pen_is_answered_soon(tom, starts, ends):
    """A year that was mistyped: a verdict or a refusal, and not minutes of thought."""
    wish = {"service": "acorn-legal-teamplify", "kind": "scheduled", "starts": starts, "ends": ends, "reason": "x"}
    began = time.process_time()

    answer = tom.get("/maintenance/plan/verdict", wish)

    assert answer.status_code < 500
    assert time.process_time() - began < 10


def test_words_from_another_keyboard_are_kept_in_one_spelling(tom):
    """Letters in parts, as some systems write them, and what no text holds: the words arrive, and nothing fails."""
    answer = tom.post(
        "/maintenance/plan",
        {
            "service": "acorn-legal-teamplify", "kind": "scheduled", "starts": "12 Sep 2026 20:00 UTC",
            "ends": "12 Sep 2026 21:00 UTC", "reason": "Cafe\u0301\0 moves", "deed": "draft",
        },
    )  # fmt: skip

    planned = [fact for fact in facts_of("acorn-legal-teamplify") if isinstance(fact, WindowPlanned)]
    assert (303, "Caf\u00e9 moves") == (answer.status_code, planned[-1].reason)
