"""Credits on invoices: taken off once, by the invoice that the clause means, within its period, before tax."""

import pytest

from tests.apps.billed import AFTER, ANNA, APRIL, BEN, MARCH, draft, look_after, sign
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Credit, Invoice
from upheld.apps.billing.queries.credits import left_of, tell_parts
from upheld.apps.billing.services.credits_applying import AlreadyApplied, apply_credit
from upheld.apps.ledger.queries import facts_of
from upheld.apps.statements.services import prepare
from upheld.core.facts import CreditApplied, of_kind
from upheld.core.money import Money
from upheld.core.timeline import DAY
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

IN_MAY = APRIL.end + DAY


@pytest.fixture
def agreement():
    made = sign(signed_at=MARCH.start)
    look_after(made, 1, MARCH.start)
    return made


def grant(agreement, amount="GBP 5.00", number=1):
    """A credit that two persons granted; how one arises is told elsewhere."""
    return Credit.objects.create(
        number=number, agreement=agreement, credit="prorated", kind="discretion", state="granted", amount=amount,
        found=amount, reason="As found.", paid="next invoice", subject=f"O-{number}", decided_by=ANNA, confirmed_by=BEN,
        period_from_at=MARCH.start.utc(), period_to_at=MARCH.end.utc(), proposed_at=AFTER.utc(), decided_at=AFTER.utc(),
        because="As found.",
    )  # fmt: skip


def issue(agreement, period=MARCH, at=AFTER):
    return services.issue_draft(agreement=agreement, period=period, by=ANNA, at=at)


def test_a_granted_credit_is_taken_off_before_tax(agreement):
    """By hand: 200.00 and 250.00 less 5.00 are 445.00; 20 % of it 89.00; 534.00 to pay. The draft said the same."""
    grant(agreement)
    seen = draft(agreement, MARCH, AFTER)

    invoice = issue(agreement)

    [fact] = of_kind(facts_of(agreement.key), CreditApplied)
    assert ("GBP 445.00", "GBP 89.00", "GBP 534.00") == (invoice.net, invoice.tax, invoice.amount)
    assert (invoice.amount, invoice.content) == (str(seen.amount), seen.content)
    assert MARCH.contains(fact.occurred_at)
    assert ("applied", invoice.number) == Credit.objects.values_list("state", "invoice__number").get()


def test_it_is_taken_off_once(agreement):
    """The next month's invoice is the full fee again, and the judge's statement of March has the sum that was issued."""
    grant(agreement)
    issue(agreement)

    april = issue(agreement, APRIL, IN_MAY)
    told = prepare(agreement=agreement, period="2026-03", by=ANNA, at=IN_MAY, signer=FakeSigner())

    assert ("GBP 300.00", 1) == (april.amount, len(of_kind(facts_of(agreement.key), CreditApplied)))
    assert b'"gross":{"money":"GBP 534.00"' in bytes(told.content)


def test_one_that_is_larger_than_the_invoice_is_taken_off_in_parts(agreement):
    """March bears 450.00 before tax, April 250.00: of 600.00, then 50.00 behind it, nothing is lost and nothing owed."""
    grant(agreement, "GBP 600.00", 1)
    grant(agreement, "GBP 50.00", 2)

    march, april = issue(agreement), issue(agreement, APRIL, IN_MAY)

    assert ("GBP 0.00", "GBP 60.00") == (march.amount, april.amount)
    taken = [(one.id, str(one.amount)) for one in of_kind(facts_of(agreement.key), CreditApplied)]
    assert [("CR-1-applied-1", "GBP 450.00"), ("CR-1-applied-2", "GBP 150.00"), ("CR-2-applied", "GBP 50.00")] == taken
    assert {("applied", april.number)} == set(Credit.objects.values_list("state", "invoice__number"))


def test_what_is_left_of_one_stays_granted(agreement):
    """It waits for the next invoice with what is left, and says so."""
    row = grant(agreement, "GBP 600.00")
    issue(agreement)

    row.refresh_from_db()
    assert ("granted", "GBP 150.00") == (row.state, str(left_of(row)))
    assert ["GBP 150.00"] == [str(one.amount) for one in queries.credits_to_apply(agreement, AFTER)]
    assert "GBP 450.00 off invoice INV-2026-0001; GBP 150.00 waits for the next" in tell_parts(row)


def test_no_more_than_is_left_is_taken_off(agreement):
    """Whoever asks for more, or for nothing, is refused; the same invoice again changes nothing."""
    row = grant(agreement, "GBP 600.00")
    march = issue(agreement)
    april = issue(agreement, APRIL, IN_MAY)
    other = grant(agreement, "GBP 20.00", 2)

    again = apply_credit(credit=row.pk, invoice=march, by=ANNA, at=IN_MAY)
    assert ("applied", april.pk) == (again.state, again.invoice_id)
    for amount in (Money.parse("GBP 21.00"), Money.parse("GBP 0.00")):
        with pytest.raises(AlreadyApplied, match="is left of CR-2"):
            apply_credit(credit=other.pk, invoice=march, by=ANNA, at=IN_MAY, amount=amount)


def test_a_waiting_one_is_taken_off_by_the_invoice_that_is_issued_first(agreement):
    """Two periods wait for their invoice: each draft is as it would be issued now; the later one issued, it is the next."""
    grant(agreement, "GBP 600.00")
    both = queries.list_drafts(IN_MAY, agreement)
    assert ["GBP 450.00", "GBP 250.00"] == [str(one.amount) for found in both for one in found.waiting]
    assert [one.content for one in both] == [draft(agreement, period, IN_MAY).content for period in (MARCH, APRIL)]

    later = issue(agreement, APRIL, IN_MAY)

    left = [str(one.amount) for found in queries.list_drafts(IN_MAY, agreement) for one in found.waiting]
    assert ("GBP 0.00", ["GBP 350.00"]) == (later.amount, left)


def test_one_of_exactly_the_fee_leaves_nothing_to_pay(agreement):
    """An invoice over nothing is paid when it is issued."""
    grant(agreement, "GBP 450.00")

    invoice = issue(agreement)

    assert ("GBP 0.00", "paid") == (invoice.amount, queries.standing_of(invoice, AFTER).state)
    assert invoice.paid_at is not None


def test_one_stays_granted_when_nothing_is_issued(agreement):
    """A refused invoice takes nothing off: it is one transaction."""
    grant(agreement)

    with pytest.raises(services.CannotIssue, match="is due at"):
        services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER, due_at=AFTER.before(DAY))

    assert ("granted", 0) == (Credit.objects.get().state, Invoice.objects.count())
