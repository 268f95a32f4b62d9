"""Credits arise from findings, once for each clause, period and subject; people decide; nothing changes silently."""

from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.billing.ground import LATER, MARCH, break_down, february, measure, propose, sign_with
from tests.apps.watched import KEY
from upheld.apps.approvals.services import SamePerson
from upheld.apps.billing.jobs.credits import find_due, propose_due
from upheld.apps.billing.models import Credit
from upheld.apps.billing.queries import credits as queries
from upheld.apps.billing.queries.credits_found import find_owed
from upheld.apps.billing.services import credits_applying, credits_decided, issue_invoice
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import CreditApplied, CreditDecided, of_kind
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR, Instant

pytestmark = pytest.mark.django_db


def decide(credit, granted=True, because="as the agreement says", by="ada", at=LATER):
    return credits_decided.decide_credit(credit=credit, granted=granted, because=because, by=by, at=at)


def confirm(approval, by="bob", at=LATER):
    return credits_decided.confirm_credit(approval=approval, by=by, at=at)


def bill(agreement, number="2026-8", at=LATER):
    return issue_invoice(
        agreement=agreement, number=number, amount=Money.parse("EUR 720.00"), issued_at=at, due_at=at + DAY * 14, by="ada",
        at=at,
    )  # fmt: skip


class TestPropose:
    def test_makes_a_row_for_each_outage_that_adds_up_to_the_finding(self):
        """Two outages, two credits; together they are the amount that the judge gives, to the cent."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        break_down("O-2", "2026-02-20T00:00Z", "2026-02-20T03:30Z")

        rows = propose(agreement)

        value = state_of(agreement, february(agreement), MARCH).judged.credits[0].finding.value
        assert ["O-1", "O-2"] == [row.subject for row in rows]
        assert value == Money(sum((Money.parse(row.amount).amount for row in rows), Fraction(0)), "EUR")

    def test_again_changes_nothing(self):
        """However often the worker looks, there is one row for each."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()

        assert propose(agreement) == propose(agreement) == propose(agreement, LATER)

    def test_of_a_period_that_was_kept_makes_none(self):
        """No miss, no credit."""
        agreement = sign_with(claim="not needed")
        measure()

        assert [] == propose(agreement)

    def test_follows_a_late_fact_while_nobody_decided(self):
        """A longer outage is worth more; one that was nobody's fault is withdrawn, and the row says so."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [before] = propose(agreement)
        break_down("O-1b", "2026-02-14T17:00Z", "2026-02-14T19:00Z")

        [after] = propose(agreement, LATER)

        assert ("EUR 53.57", before.pk, "EUR 75.00", "proposed") == (before.amount, after.pk, after.amount, after.state)

    def test_withdraws_what_is_not_owed_any_more_and_brings_it_back(self):
        """A cause that excuses the outage takes the proposal back; the row stays, with an amount of nothing."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        propose(agreement)
        break_down("O-1", "2026-02-14T12:00Z", "2026-02-14T17:00Z", "storm")

        [row] = propose(agreement, LATER)

        assert ("withdrawn", "EUR 0.00") == (row.state, row.amount)

    def test_leaves_a_decided_one_and_shows_the_difference(self):
        """What was granted stays as it was granted; what is found now stands beside it."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)
        break_down("O-1b", "2026-02-14T17:00Z", "2026-02-14T19:00Z")

        [after] = propose(agreement, LATER + HOUR)

        assert (row.amount, "granted") == (after.amount, after.state)
        assert "EUR 21.43" == queries.difference_of(after)

    def test_is_refused_twice_by_the_database(self):
        """Past every service, the same clause, period, kind and subject cannot be written twice."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        row.pk, row.number = None, 99

        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


class TestOtherMeasures:
    def test_time_is_granted_in_its_own_measure_and_goes_on_no_invoice(self):
        """Days that put off the end of the term are days: granted as such, never turned into money."""
        agreement = sign_with(
            claim="not needed",
            pays="1 elapsed day of service",
            times="1 x",
            paid="end of the term",
            **{"as": "term extension"},
        )
        measure()
        break_down()
        [row] = propose(agreement)

        decide(row)

        assert ("granted", "5 days", None, "") == (row.state, row.amount, row.money, queries.difference_of(row))
        assert [] == queries.credits_to_apply(agreement, LATER)
        with pytest.raises(credits_decided.CannotDecideCredit, match="is 5 days; a correction is an amount in days"):
            credits_decided.correct_credit(credit=row, amount="EUR 1.00", because="so", by="ada", at=LATER)

    def test_an_undefined_amount_is_shown_and_not_granted(self):
        """Where two bands leave a gap, the credit is there, without an amount that anybody could grant."""
        gap = [{"uptime": "under 90 %", "pays": "10 %"}]
        agreement = sign_with(claim="not needed", bands=gap, gap="undefined", times="1 x", per="period", pays=None)
        measure()
        break_down()
        [row] = propose(agreement)

        with pytest.raises(credits_decided.CannotDecideCredit, match="leaves the amount undefined"):
            decide(row)
        assert ("proposed", "") == (row.state, row.amount)
        break_down("O-1", "2026-02-14T12:00Z", "2026-02-14T17:00Z", "storm")
        assert [("withdrawn", "")] == [(one.state, one.amount) for one in propose(agreement, LATER)]


class TestShare:
    @settings(max_examples=15, deadline=None)
    @given(order=st.permutations([0, 1, 2]), number=st.integers(0, 3))
    def test_adds_up_whatever_was_granted_first(self, order, number):
        """In whichever order people grant, granted rows come to what the judge gives for just these lines."""
        with transaction.atomic():
            agreement = sign_with(claim="not needed", pays="0.333 %", times="1 x")
            measure()
            for place, hours in enumerate((5, 3, 7)):
                break_down(f"O-{place}", f"2026-02-1{place}T00:00Z", f"2026-02-1{place}T0{hours}:30Z")
            rows = propose(agreement)
            for place in order[:number]:
                decide(rows[place])
            given = [row for row in Credit.objects.order_by("number") if row.is_given]
            judged = state_of(agreement, february(agreement), LATER).judged.credits[0]
            lines = [line for line in judged.lines if line.thing.key in {row.subject for row in given}]

            assert (judged.settle(lines).amount or 0) == sum((Money.parse(row.amount).amount for row in given), Fraction(0))
            transaction.set_rollback(True)

    def test_of_an_interruption_that_grew_at_its_beginning_keeps_the_decided_name(self):
        """An earlier outage that touches is part of the credit that was decided, not a second one."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)
        break_down("O-0", "2026-02-14T10:00Z", "2026-02-14T12:00Z")

        found = find_owed(state_of(agreement, february(agreement), LATER), [row])

        assert ["O-1"] == [one.subject for one in found]


class TestDecide:
    def test_by_right_is_one_persons(self):
        """What is owed by right is granted by one person, with a fact."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)

        assert decide(row) is None

        [fact] = of_kind(facts_of(KEY), CreditDecided)
        assert ("granted", True, "ada", "as the agreement says") == (row.state, fact.granted, fact.by, fact.because)

    def test_at_discretion_waits_for_a_second_person(self):
        """What may be given is given, or refused, by two; the judge then says so too."""
        agreement = sign_with(claim="not needed", granted="at discretion")
        measure()
        break_down()
        [row] = propose(agreement)

        waiting = decide(row)

        assert waiting is not None
        with pytest.raises(SamePerson):
            confirm(waiting, by="ada")
        done = confirm(waiting)
        judged = state_of(agreement, february(agreement), LATER + HOUR).judged.credits[0]
        assert ("granted", "ada", "bob", "granted") == (done.state, done.decided_by, done.confirmed_by, judged.state)

    def test_refusing_a_right_waits_for_a_second_person(self):
        """Nobody alone takes away what the agreement gives."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)

        done = confirm(decide(row, granted=False, because="paid by cheque"))

        assert ("refused", "bob") == (done.state, done.confirmed_by)

    def test_happens_once(self):
        """The second decision is told who was first."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)

        with pytest.raises(credits_decided.CannotDecideCredit, match="a decision stands"):
            decide(row, by="bob")

    def test_needs_a_reason(self):
        """Nothing is decided without one."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)

        with pytest.raises(credits_decided.CannotDecideCredit, match="say why"):
            decide(row, because=" ")

    def test_of_what_needs_a_claim_is_the_claims(self):
        """A credit that is given on a claim is not given without one."""
        agreement = sign_with()
        measure()
        break_down()
        [row] = propose(agreement)

        with pytest.raises(credits_decided.CannotDecideCredit, match="it is given on a claim, and none came yet"):
            decide(row)

    def test_in_the_database_discretion_needs_two(self):
        """Past every service, one person alone gives nothing at discretion."""
        agreement = sign_with(claim="not needed", granted="at discretion")
        measure()
        break_down()
        [row] = propose(agreement)

        with pytest.raises(IntegrityError), transaction.atomic():
            Credit.objects.filter(pk=row.pk).update(
                state="granted", decided_by="ada", decided_at=LATER.utc(), because="kindness"
            )


class TestApply:
    def test_waits_for_the_invoice_that_the_clause_names(self):
        """Paid on the invoice of the period after confirmation: granted in March, so April's."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)

        [waiting] = queries.credits_to_apply(agreement, LATER)

        assert (row.name, Instant.parse("2026-04-01T00:00Z"), row.money) == (waiting.name, waiting.from_at, waiting.amount)
        assert (False, True) == (waiting.is_for(february(agreement)), waiting.is_for(None))

    def test_takes_it_off_once(self):
        """The same invoice again changes nothing; another one is refused."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)
        invoice = bill(agreement)

        first = credits_applying.apply_credit(credit=row.pk, invoice=invoice, by="ada", at=LATER)
        again = credits_applying.apply_credit(credit=row, invoice=invoice, by="ada", at=LATER)

        [fact] = of_kind(facts_of(KEY), CreditApplied)
        assert ("applied", first.amount, "tenfold") == (again.state, str(fact.amount), fact.credit)
        with pytest.raises(credits_applying.AlreadyApplied, match="taken off invoice 2026-8"):
            credits_applying.apply_credit(credit=row, invoice=bill(agreement, "2026-9"), by="ada", at=LATER)
        assert [] == queries.credits_to_apply(agreement, LATER)


class TestJob:
    def test_proposes_for_each_period_that_is_over(self):
        """February is over and has its credit; March runs and has none yet."""
        agreement = sign_with(claim="not needed")
        measure()
        break_down()

        changed = propose_due(MARCH)

        assert (1, ["EUR 53.57"]) == (changed, [row.amount for row in Credit.objects.all()])
        assert [] == find_due(agreement, MARCH + HOUR)

    def test_looks_again_when_the_ledger_grew(self):
        """A late fact brings each recent period in step."""
        agreement = sign_with(claim="not needed")
        measure()
        propose_due(MARCH)
        break_down()

        assert february(agreement) in find_due(agreement, LATER)

    def test_lets_a_credit_lapse_after_its_last_instant(self):
        """What had to be claimed and was not is lapsed."""
        agreement = sign_with()
        measure()
        break_down()
        [row] = propose(agreement, Instant.parse("2026-03-01T00:00Z") + HOUR)

        Credit.objects.filter(pk=row.pk).update(claim_by_at=MARCH.utc())
        propose_due(MARCH + HOUR)

        row.refresh_from_db()
        assert "lapsed" == row.state
