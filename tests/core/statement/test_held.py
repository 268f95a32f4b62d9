"""Facts that the judge cannot use are shown with the reason, never dropped."""

from dataclasses import replace

from tests.core.sample import CALENDARS, claim, covered, header, outage, state, window
from tests.core.spans import at
from tests.core.terms.changed import GONE, changed
from upheld.core.facts import CauseAssigned, InvoiceIssued, OutageOpened
from upheld.core.money import Money
from upheld.core.statement import build
from upheld.core.terms import Document


def billed(amount: str) -> InvoiceIssued:
    """An invoice of May, due in June."""
    head, due = header("i", "2025-05-01T00:00Z"), at("2025-06-01T00:00Z")
    return InvoiceIssued(**head, invoice="i", amount=Money.parse(amount), due_at=due)


class TestFindUnusable:
    def test_of_a_clean_month_is_nothing(self):
        """Everything named is known."""
        facts = [*outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own"), claim("2025-06-12T10:00Z", "o1")]

        assert () == state("2025-06", facts).held

    def test_an_invoice_in_the_agreements_money_is_used(self):
        """Pounds are held where the agreement pays in euros; where it speaks of no money, nothing is in another one."""
        bare = changed(money=GONE, credits=GONE, claims=GONE)
        seen = covered("2025-06-01T00:00Z", "2025-07-01T00:00Z")
        silent = build(Document(bare), CALENDARS, [seen, billed("GBP 5.00")], "2025-06", at("2030-01-01T00:00Z"))

        assert () == state("2025-06", [billed("EUR 5.00")]).held == silent.held
        assert 1 == len(state("2025-06", [billed("GBP 5.00")]).held)

    def test_says_of_each_why(self):
        """Another component, a closing and a cause of no outage, an unknown cause, kind and outage, another currency."""
        opened, _, cause = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "aliens")
        _, closed, lost = outage("o9", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own")
        assert isinstance(opened, OutageOpened)
        assert isinstance(lost, CauseAssigned)
        party = window("w1", "party", "2025-06-11T06:00Z", "2025-06-11T13:00Z")
        facts = [replace(opened, component="mail"), cause, closed, lost, *party, claim("2025-06-12T10:00Z", "o7")]
        facts.append(billed("GBP 5.00"))

        assert (
            "o1-opened: component 'mail' is not in the agreement; nothing of it is judged",
            "o9-closed: no outage is called 'o9'; it closes nothing",
            "o1-cause: cause 'aliens' is not in the agreement; the time keeps its usual cause",
            "o9-cause: no outage is called 'o9'; its cause is put on nothing",
            "w1-planned: maintenance of kind 'party' is not in the agreement; it excuses nothing",
            "i: the invoice is in GBP, the agreement's money in EUR; it is not added to what is overdue",
            "C-1: no outage is called 'o7'; the claim cannot be judged",
        ) == state("2025-06", facts).held
