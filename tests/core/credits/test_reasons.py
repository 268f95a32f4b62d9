"""The reasons of a credit: which of its steps are the sum of what stands under them."""

from typing import Any

import pytest

from tests.core.credits.owed import down, state_credits
from tests.core.credits.test_shapes import CLOCK
from tests.core.sample import header
from upheld.core.explain import Step
from upheld.core.facts import TicketOpened

OUTAGES = {"pays": "EUR 5", "per": "outage", "touching": "as one", "for each": "full hour"}
TICKETS = {"pays": "EUR 5", "per": "ticket", "for each": "case", "when": {"respond": "missed"}}
TICKET = TicketOpened(**header("t", "2025-06-02T10:00Z"), ticket="T-1", channel="email")


def step_of(words: str, *facts: Any, credit: dict[str, Any]) -> Step:
    found = state_credits({"one": credit}, *down(300), *facts, clocks={"respond": CLOCK})
    return next(step for finding in found.findings for step in finding.why.walk() if step.words == words)


class TestUnits:
    @pytest.mark.parametrize(
        ("words", "credit", "adds", "parts"),
        [
            ("counted per interruption", {**OUTAGES, "counted": "per outage"}, True, 1),
            ("counted over the period", {**OUTAGES, "counted": "over the period"}, False, 1),
            ("counted per case", TICKETS, True, 1),
        ],
    )
    def test_add_up_where_each_counts_for_itself(self, words, credit, adds, parts):
        """Hours of each interruption, or cases, add up; hours of a period are reckoned from all its time at once."""
        found = step_of(words, TICKET, credit=credit)

        assert (adds, parts) == (found.adds, len(found.because))
