"""Invoices, tickets, claims: rows and facts that say the same; decisions by people, held against the judge."""

from fractions import Fraction

import pytest

from tests.apps.watched import KEY, at, observe, pack, sign, watch
from upheld.apps.billing import queries, services
from upheld.apps.desk.services import Report, Sender, open_ticket
from upheld.apps.ledger.queries import facts_of
from upheld.apps.probes.services import ingest
from upheld.core.facts import ClaimDecided, ClaimFiled, InvoiceIssued, InvoicePaid, TicketOpened, of_kind
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR, MINUTE

pytestmark = pytest.mark.django_db

FIVE_HOURS = 5 * 60 * 60
AFTER = at(FIVE_HOURS) + HOUR
DETAILS = ("date and time", "users")


@pytest.fixture(autouse=True)
def agreement(settings, tmp_path):
    """Acorn's shop was down for five hours: February is missed, five full hours are worth money."""
    settings.UPHELD_SAMPLES = tmp_path / "samples"
    agreement = sign()
    watch()
    bad = [observe(number, number * 10 - 10, "bad") for number in range(1, FIVE_HOURS // 10 + 1)]
    ingest(batch=pack(*bad, observe(FIVE_HOURS // 10 + 1, FIVE_HOURS)), at=AFTER)
    return agreement


def file(agreement, **changes):
    given = {"credit": "tenfold", "outage_name": "O-1", "channel": "email", "details": DETAILS, "filed_at": AFTER, **changes}
    return services.file_claim(agreement=agreement, by="person-2", at=AFTER, **given)


def document_it(agreement):
    return open_ticket(
        agreement=agreement, way="email", report=Report("Down", outage="O-1"), sender=Sender("person-2"), at=AFTER
    )


def decide(claim, granted=True, because="all is there", by="person-1", **changes):
    return services.decide_claim(claim=claim, granted=granted, because=because, by=by, at=AFTER + HOUR, **changes)


class TestInvoice:
    def issue(self, agreement, amount="EUR 720.00"):
        return services.issue_invoice(
            agreement=agreement, number="2026-7", amount=Money.parse(amount), issued_at=AFTER, due_at=AFTER + DAY * 14,
            by="person-1", at=AFTER,
        )  # fmt: skip

    def test_is_a_row_and_a_fact_once(self, agreement):
        assert self.issue(agreement) == self.issue(agreement)

        [fact] = of_kind(facts_of(KEY), InvoiceIssued)
        assert ("2026-7", "EUR 720.00", AFTER + DAY * 14, 1) == (
            fact.invoice,
            str(fact.amount),
            fact.due_at,
            len(queries.invoices_of(agreement)),
        )

    def test_refuses_another_one_under_its_number(self, agreement):
        self.issue(agreement)

        with pytest.raises(services.InvoiceDiffers, match=r"is on record over EUR 720\.00"):
            self.issue(agreement, "EUR 1.00")

    def test_is_paid_once(self, agreement):
        """The first record of the payment stays."""
        invoice = self.issue(agreement)
        services.record_payment(invoice=invoice, paid_at=AFTER + DAY, by="person-1", at=AFTER + DAY)

        services.record_payment(invoice=invoice, paid_at=AFTER + DAY * 2, by="person-1", at=AFTER + DAY * 2)

        assert [AFTER + DAY] == [fact.occurred_at for fact in of_kind(facts_of(KEY), InvoicePaid)]


class TestClaim:
    def test_is_recorded_with_its_ticket(self, agreement):
        ticket = document_it(agreement)

        claim = file(agreement, ticket=ticket.name)

        facts = facts_of(KEY)
        assert ("C-1", "T-1", "O-1", DETAILS, "T-1") == (
            claim.name,
            of_kind(facts, TicketOpened)[0].ticket,
            of_kind(facts, ClaimFiled)[0].outage,
            of_kind(facts, ClaimFiled)[0].details,
            of_kind(facts, ClaimFiled)[0].ticket,
        )

    def test_is_judged_by_the_agreement(self, agreement):
        document_it(agreement)

        judged = queries.judge_claim(file(agreement), AFTER + MINUTE)

        assert judged is not None
        assert (True, Fraction(5)) == (judged.checked.accepted, judged.units)

    def test_that_lacks_something_is_recorded_all_the_same(self, agreement):
        """What it lacks is said; nothing that a customer sends is dropped."""
        judged = queries.judge_claim(file(agreement, details=()), AFTER + MINUTE)

        assert judged is not None
        assert ("no-ticket" in judged.checked.refused_for, 1) == (True, len(of_kind(facts_of(KEY), ClaimFiled)))

    def test_for_an_unknown_credit_is_refused(self, agreement):
        with pytest.raises(services.CannotFile, match="promises no credit 'gold'; it promises tenfold"):
            file(agreement, credit="gold")

    def test_for_an_unknown_outage_is_refused(self, agreement):
        with pytest.raises(services.CannotFile, match="no outage is called 'O-9'"):
            file(agreement, outage_name="O-9")

    def test_for_somebody_elses_outage_is_refused(self, agreement):
        """Two customers never meet."""
        with pytest.raises(services.CannotFile, match="another agreement"):
            file(sign("birch-harbour"))

    def test_of_an_unknown_name_is_told_so(self):
        with pytest.raises(queries.UnknownClaim, match="no claim is called"):
            queries.claim("C-9")

    def test_that_waits_comes_first(self, agreement):
        document_it(agreement)
        decide(file(agreement))
        file(agreement)

        assert ["C-2", "C-1"] == [claim.name for claim in queries.list_claims(agreement)]


class TestDecide:
    def test_is_a_persons_and_has_a_reason(self, agreement):
        document_it(agreement)

        decide(file(agreement))

        [fact] = of_kind(facts_of(KEY), ClaimDecided)
        assert ("C-1", True, "person-1", "all is there") == (fact.claim, fact.granted, fact.by, fact.because)

    def test_without_a_reason_is_refused(self, agreement):
        with pytest.raises(services.CannotDecide, match="say why"):
            decide(file(agreement), because=" ")

    def test_against_the_agreement_is_never_silent(self, agreement):
        """A claim without a ticket is granted out of goodwill: only by saying so, and the fact says what was set aside."""
        claim = file(agreement)
        with pytest.raises(services.CannotDecide, match=r"by the agreement C-1 is refused for no-ticket"):
            decide(claim)

        decide(claim, because="goodwill", against_the_judge=True)

        [fact] = of_kind(facts_of(KEY), ClaimDecided)
        assert fact.because.startswith("goodwill (against the agreement: by the agreement C-1 is refused for no-ticket")

    def test_a_good_claim_is_not_refused_silently_either(self, agreement):
        document_it(agreement)

        with pytest.raises(services.CannotDecide, match="by the agreement C-1 is to be granted; refuse it against that"):
            decide(file(agreement), granted=False)

    def test_is_done_once(self, agreement):
        """First writer wins; the second one is told who it was."""
        document_it(agreement)
        claim = file(agreement)
        decide(claim)

        with pytest.raises(services.CannotDecide, match="C-1 was granted by person-1"):
            decide(claim, by="person-3")
