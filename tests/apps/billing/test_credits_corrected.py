"""Corrections of given credits: by two persons, in the credit's own measure, each a credit and a fact of its own."""

import pytest

from tests.apps.billing.ground import LATER, MARCH, break_down, february, measure, propose, sign_with
from tests.apps.watched import KEY
from upheld.apps.approvals.services import AlreadyDecided
from upheld.apps.billing.models import Credit
from upheld.apps.billing.queries import credits as queries
from upheld.apps.billing.services import credits_decided
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import CreditCorrected, CreditDecided, of_kind
from upheld.core.money import NotMoney
from upheld.core.timeline import Span

pytestmark = pytest.mark.django_db


def decide(credit):
    return credits_decided.decide_credit(credit=credit, granted=True, because="as the agreement says", by="ada", at=LATER)


def confirm(approval, by="bob"):
    return credits_decided.confirm_credit(approval=approval, by=by, at=LATER)


class TestCorrect:
    def grant(self):
        agreement = sign_with(claim="not needed")
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)
        return agreement, row

    def correct(self, row, amount="EUR 4.00", by="ada"):
        return credits_decided.correct_credit(credit=row, amount=amount, because="the outage was longer", by=by, at=LATER)

    def test_is_a_second_credit_of_two_persons(self):
        """The granted credit stays; the difference is a credit of its own, with both names."""
        _, row = self.grant()

        made = confirm(self.correct(row))

        [fact] = of_kind(facts_of(KEY), CreditCorrected)
        assert ("correction", "EUR 4.00", row.pk, "granted") == (made.kind, made.amount, made.corrects_id, made.state)
        assert ("ada", "bob", "EUR 4.00") == (fact.by, fact.approved_by, str(fact.amount))

    def test_is_confirmed_once(self):
        """Confirmed twice, it is one correction."""
        _, row = self.grant()
        waiting = self.correct(row)
        confirm(waiting)

        with pytest.raises(AlreadyDecided):
            confirm(waiting, by="cyd")
        assert 1 == Credit.objects.filter(kind="correction").count()

    @pytest.mark.parametrize("amount", ["EUR 0.00", "USD 1.00"])
    def test_by_nothing_or_in_other_money_is_refused(self, amount):
        """A correction changes the amount, in its own money."""
        _, row = self.grant()

        with pytest.raises(credits_decided.CannotDecideCredit):
            self.correct(row, amount)

    @pytest.mark.parametrize(("said", "kept"), [("2 days", "2 days"), ("- 1 day", "-1 days"), ("1.5 days", "3/2 days")])
    def test_time_is_corrected_in_its_own_measure(self, said, kept):
        """Days are added or taken off by two persons; the ledger has both names and how much, and the decision stands."""
        agreement = self.grant_days()
        [row] = Credit.objects.all()

        made = confirm(self.correct(row, said))

        fact = of_kind(facts_of(KEY), CreditDecided)[-1]
        assert ("correction", kept, row.pk, "granted") == (made.kind, made.amount, made.corrects_id, made.state)
        assert (made.name + "-corrected", "ada", "bob", True) == (fact.id, fact.by, fact.source, fact.granted)
        assert f"{row.name} is corrected by {kept}: the outage was longer" == fact.because
        assert [fact] == queries.corrections_in(facts_of(KEY), february(agreement))
        assert [] == queries.corrections_in(facts_of(KEY), Span(MARCH, LATER))

    @pytest.mark.parametrize("amount", ["2 hours", "EUR 1.00", "0 days"])
    def test_time_is_not_corrected_in_another_measure(self, amount):
        """Days by hours, by money or by nothing are refused."""
        self.grant_days()
        [row] = Credit.objects.all()

        with pytest.raises(credits_decided.CannotDecideCredit):
            self.correct(row, amount)

    def test_what_is_neither_money_nor_time_is_refused(self):
        """Told in the words of amounts."""
        _, row = self.grant()

        with pytest.raises(NotMoney):
            self.correct(row, "a few days")

    def grant_days(self):
        days = {"claim": "not needed", "pays": "1 elapsed day of service", "times": "1 x", "paid": "end of the term"}
        agreement = sign_with(**days, **{"as": "term extension"})
        measure()
        break_down()
        [row] = propose(agreement)
        decide(row)
        return agreement
