"""Claims and their credits: claimed, decided, appealed; evidence by digest; claims for a whole period."""

import pytest
from django.db import IntegrityError, transaction

from tests.apps.billing.ground import MARCH, break_down, measure, propose, sign_with
from tests.apps.watched import KEY, at, observe, pack, sign, watch
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Claim, Credit
from upheld.apps.billing.queries.claims import list_evidence
from upheld.apps.billing.queries.credits import granted_otherwise
from upheld.apps.billing.services.claims_appeals import CannotAppeal, appeal_claim, decide_appeal
from upheld.apps.billing.services.credits import propose_credits
from upheld.apps.desk.services import Report, Sender, open_ticket
from upheld.apps.findings.queries import period_at
from upheld.apps.ledger.queries import fact_of, facts_of
from upheld.apps.probes.services import ingest
from upheld.core.facts import ClaimAppealed, ClaimDecided, ClaimFiled, ClaimSupported, of_kind
from upheld.core.proof import leaf_hash
from upheld.core.timeline import DAY, HOUR, Instant
from upheld.pages.words.facts_of_money import say_correction

pytestmark = pytest.mark.django_db

FIVE_HOURS = 5 * 60 * 60
AFTER = at(FIVE_HOURS) + HOUR
DETAILS = ("date and time", "users")


@pytest.fixture
def agreement(settings, tmp_path):
    """Acorn's shop was down for five hours, and a ticket says so."""
    settings.UPHELD_SAMPLES = tmp_path / "samples"
    agreement = sign()
    watch()
    bad = [observe(number, number * 10 - 10, "bad") for number in range(1, FIVE_HOURS // 10 + 1)]
    ingest(batch=pack(*bad, observe(FIVE_HOURS // 10 + 1, FIVE_HOURS)), at=AFTER)
    open_ticket(agreement=agreement, way="email", report=Report("Down", outage="O-1"), sender=Sender("person-2"), at=AFTER)
    return agreement


def file(agreement, **changes):
    given = {"credit": "tenfold", "outage_name": "O-1", "channel": "email", "details": DETAILS, "filed_at": AFTER, **changes}
    return services.file_claim(agreement=agreement, by="person-2", at=AFTER, **given)


def decide(claim, granted=True, **changes):
    return services.decide_claim(
        claim=claim, granted=granted, because="as found", by="ada", at=AFTER + HOUR, against_the_judge=True, **changes
    )


def credits():
    return [(row.subject, row.state, row.amount) for row in Credit.objects.order_by("number")]


class TestCreditOfAClaim:
    def test_is_claimed_granted_and_worth_what_the_judge_gives(self, agreement):
        """Filed, its credit is claimed; granted, the credit is granted with the amount of the finding."""
        claim = file(agreement)
        before = credits()

        decide(claim)

        assert [("O-1", "claimed", "EUR 53.57")] == before
        assert [("O-1", "granted", "EUR 53.57")] == credits()

    def test_is_refused_with_its_claim(self, agreement):
        """Refused, the credit names the claim, who refused it, why, and each failing condition with its figures."""
        decide(file(agreement, filed_at=AFTER + DAY * 20), granted=False)

        [row] = Credit.objects.all()
        assert ("refused", "ada") == (row.state, row.decided_by)
        assert "the claim C-1 was refused by ada: as found" in row.because
        sentence = "not met: The claim came within 5 business days after the end of the outage"
        assert f"By the agreement: {sentence}. Claim Fri 6 Mar 2026 18:00 UTC; 5 business days after" in row.because

    def test_is_granted_where_one_of_two_claims_is(self, agreement):
        """A second claim for the same outage brings no second credit."""
        decide(file(agreement, details=()), granted=False)
        decide(file(agreement))

        assert [("O-1", "granted", "EUR 53.57")] == credits()

    def test_appears_once_the_period_says_so(self, agreement):
        """However often the worker looks afterwards, it is the same credit."""
        decide(file(agreement))
        period = period_at(agreement, AFTER)

        for _ in range(3):
            propose_credits(agreement=agreement, period=period, at=Instant.parse("2026-03-02T00:00Z"))

        assert [("O-1", "granted", "EUR 53.57")] == credits()


class TestEvidence:
    def test_is_kept_by_the_digests_of_its_leaves(self, agreement):
        """What supports a claim cannot be exchanged: the ledger keeps id and digest of each fact."""
        facts = [fact.id for fact in list_evidence(agreement, "O-1")]

        claim = file(agreement, evidence=facts)

        [told] = of_kind(facts_of(KEY), ClaimSupported)
        assert len(facts) >= 2
        assert ([name for name, _ in claim.evidence], told.digests[0]) == (
            list(told.facts),
            leaf_hash(fact_of(KEY, facts[0]).leaf).hex(),
        )

    def test_that_the_ledger_does_not_have_is_refused(self, agreement):
        """A claim is supported by what is recorded, and by nothing else."""
        with pytest.raises(services.CannotFile, match="no fact 'invented'"):
            file(agreement, evidence=["invented"])
        assert 0 == Claim.objects.count()


class TestPeriod:
    def test_is_claimed_as_a_whole(self):
        """Where time is counted over the period, a claim without an outage is for the period that it names."""
        agreement = sign_with(counted="over the period", per="claim")
        measure()
        break_down()
        [row] = propose(agreement)

        claim = file(agreement, outage_name="", period_from_at=row.period.start, filed_at=MARCH)

        [fact] = of_kind(facts_of(KEY), ClaimFiled)
        judged = queries.judge_claim(claim, MARCH)
        assert (row.period.start, "") == (fact.period_from_at, fact.outage)
        assert judged is not None
        assert ["claim-late"] == [code for code in judged.checked.refused_for if code == "claim-late"]
        row.refresh_from_db()
        assert ("claimed", claim.pk) == (row.state, row.claim_id)

    def test_without_a_name_is_the_last_one_that_was_over(self, agreement):
        """Who names neither outage nor period means the month before."""
        claim = file(agreement, outage_name="", period_from_at=None)

        assert Instant.parse("2026-01-01T00:00Z") == Instant.of(claim.period_from_at)

    def test_that_has_not_begun_is_refused(self, agreement):
        """Nobody claims for time to come."""
        with pytest.raises(services.CannotFile, match="has not begun"):
            file(agreement, outage_name="", period_from_at=AFTER + DAY * 40)


class TestAppeal:
    def refused(self, agreement):
        return decide(file(agreement), granted=False)

    def test_is_decided_by_another_person_and_grants_the_credit(self, agreement):
        """The refusal stays on record; what holds is the second decision."""
        claim = appeal_claim(claim=self.refused(agreement), because="our ticket says so", by="person-2", at=AFTER + DAY)

        done = decide_appeal(claim=claim, granted=True, because="right", by="bob", at=AFTER + DAY * 2)

        decisions = of_kind(facts_of(KEY), ClaimDecided)
        assert [(False, "ada"), (True, "bob")] == [(fact.granted, fact.by) for fact in decisions]
        assert (False, True, True) == (done.granted, done.appeal_granted, done.is_granted)
        assert ["our ticket says so"] == [fact.because for fact in of_kind(facts_of(KEY), ClaimAppealed)]
        assert [("O-1", "granted", "EUR 53.57")] == credits()

    def test_beyond_what_the_agreement_owes_is_told_beside_a_statement(self, agreement):
        """A statement keeps the agreement's answer; what a person gave stands beside it, the last word alone."""
        claim = appeal_claim(claim=self.refused(agreement), because="our ticket says so", by="person-2", at=AFTER + DAY)
        before = facts_of(KEY)
        decide_appeal(claim=claim, granted=True, because="right", by="bob", at=AFTER + DAY * 2)
        refused, accepted = ([{"claim": "C-1", "accepted": each}] for each in (False, True))

        (told,) = granted_otherwise(facts_of(KEY), refused)

        assert "Claim C-1 was granted by decision, beyond what the agreement owes: right" == say_correction(told)
        assert ([], []) == (granted_otherwise(before, refused), granted_otherwise(facts_of(KEY), accepted))

    def test_against_the_agreement_names_what_was_set_aside(self, agreement):
        """Where the agreement owes the credit, whoever refuses it on appeal too says so in the fact."""
        claim = appeal_claim(claim=self.refused(agreement), because="our ticket says so", by="person-2", at=AFTER + DAY)

        decide_appeal(claim=claim, granted=False, because="as before", by="bob", at=AFTER + DAY * 2)

        *_, last = of_kind(facts_of(KEY), ClaimDecided)
        assert "as before (against the agreement: by the agreement C-1 is to be granted)" == last.because

    def test_waits_first_among_claims(self, agreement):
        """An appeal waits for a person like a claim that nobody decided."""
        appeal_claim(claim=self.refused(agreement), because="no", by="person-2", at=AFTER + DAY)
        decide(file(agreement))

        assert ["C-1", "C-2"] == [claim.name for claim in queries.list_claims(agreement)]

    def test_by_the_first_person_is_not_decided(self, agreement):
        """Who refused does not judge the appeal, neither by the service nor in the database."""
        claim = appeal_claim(claim=self.refused(agreement), because="no", by="person-2", at=AFTER + DAY)

        with pytest.raises(services.CannotDecide, match="somebody else decides the appeal"):
            decide_appeal(claim=claim, granted=True, because="right", by="ada", at=AFTER + DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(
                appeal_granted=True, appeal_decided_by="ada", appeal_decided_at=AFTER.utc(), appeal_answer="right"
            )

    def test_is_one(self, agreement):
        """A second appeal, and a second decision on it, are told so."""
        claim = appeal_claim(claim=self.refused(agreement), because="no", by="person-2", at=AFTER + DAY)

        with pytest.raises(CannotAppeal, match="there is one"):
            appeal_claim(claim=claim, because="still no", by="person-2", at=AFTER + DAY)
        decide_appeal(claim=claim, granted=False, because="as before", by="bob", at=AFTER + DAY)
        with pytest.raises(services.CannotDecide, match="a decision stands"):
            decide_appeal(claim=claim, granted=True, because="after all", by="cyd", at=AFTER + DAY)

    def test_is_against_a_refusal_with_a_reason(self, agreement):
        """What was granted, or not decided, is not appealed; nor is anything without a reason."""
        claim = file(agreement)

        with pytest.raises(CannotAppeal, match="was not refused"):
            appeal_claim(claim=claim, because="no", by="person-2", at=AFTER)
        with pytest.raises(CannotAppeal, match="say why"):
            appeal_claim(claim=decide(claim, granted=False), because=" ", by="person-2", at=AFTER)
