"""A cause that needs a second person's approval holds once somebody else has given it, and not before."""

import pytest

from tests.core.sample import approval, outage, state
from upheld.core.explain import Value
from upheld.core.facts import Fact
from upheld.core.timeline import MINUTE

FLOOD = outage("O-1", "2024-02-14T10:00Z", "2024-02-14T12:00Z", "flood")


def sums(*facts: Fact) -> tuple[Value, Value]:
    """Counted down, and excused."""
    finding = state("2024-02", [*FLOOD, *facts]).judged.accounts[0].finding
    return finding.quantity("down"), finding.quantity("up by exclusion")


class TestApproval:
    def test_is_waited_for(self):
        """Until then the time keeps the usual cause, and the statement says what it waits for."""
        statement = state("2024-02", FLOOD)

        assert (MINUTE * 120, MINUTE * 0) == sums()
        assert statement.held == ("O-1-cause: cause 'flood' waits for a second person; until then the time keeps its own",)

    def test_of_a_second_person_makes_the_cause_hold(self):
        """The approval stands among the facts of the figure."""
        approved = approval("O-1", "Tom", "2024-02-15T10:00Z")
        statement = state("2024-02", [*FLOOD, approved])

        assert (MINUTE * 0, MINUTE * 120) == sums(approved)
        assert approved.id in statement.judged.accounts[0].finding.facts
        assert () == statement.held

    def test_of_the_same_person_is_none(self):
        """Mara put the cause; Mara cannot approve it."""
        assert (MINUTE * 120, MINUTE * 0) == sums(approval("O-1", "Mara", "2024-02-15T10:00Z"))

    @pytest.mark.parametrize("cause", ["storm"])
    def test_is_not_asked_for_where_the_agreement_asks_for_none(self, cause):
        """Most causes hold by their evidence alone."""
        facts = outage("O-1", "2024-02-14T10:00Z", "2024-02-14T12:00Z", cause)
        finding = state("2024-02", facts).judged.accounts[0].finding

        assert MINUTE * 120 == finding.quantity("up by exclusion")
