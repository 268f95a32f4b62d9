"""Facts that the judge cannot use are shown with the reason, never dropped."""

from dataclasses import replace

from tests.core.sample import claim, header, outage, state, window
from tests.core.spans import at
from upheld.core.facts import CauseAssigned, InvoiceIssued, OutageOpened
from upheld.core.money import Money


class TestFindUnusable:
    def test_of_a_clean_month_is_nothing(self):
        """Everything named is known."""
        facts = [*outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own"), claim("2025-06-12T10:00Z", "o1")]

        assert () == state("2025-06", facts).held

    def test_says_of_each_why(self):
        """Another component, a closing and a cause of no outage, an unknown cause, kind and outage, another currency."""
        opened, _, cause = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "aliens")
        _, closed, lost = outage("o9", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own")
        assert isinstance(opened, OutageOpened)
        assert isinstance(lost, CauseAssigned)
        head, due = header("i", "2025-05-01T00:00Z"), at("2025-06-01T00:00Z")
        issued = InvoiceIssued(**head, invoice="i", amount=Money.parse("GBP 5.00"), due_at=due)
        party = window("w1", "party", "2025-06-11T06:00Z", "2025-06-11T13:00Z")
        facts = [replace(opened, component="mail"), cause, closed, lost, *party, claim("2025-06-12T10:00Z", "o7"), issued]

        assert (
            "o1-opened: component 'mail' is not in the agreement; nothing of it is judged",
            "o9-closed: no outage is called 'o9'; it closes nothing",
            "o1-cause: cause 'aliens' is not in the agreement; the time keeps its usual cause",
            "o9-cause: no outage is called 'o9'; its cause is put on nothing",
            "w1-planned: maintenance of kind 'party' is not in the agreement; it excuses nothing",
            "i: the invoice is in GBP, the agreement's money in EUR; it is not added to what is overdue",
            "C-1: no outage is called 'o7'; the claim cannot be judged",
        ) == state("2025-06", facts).held
