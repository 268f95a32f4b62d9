"""Claims in the portal: evidence by one click, claims for a whole period, the appeal, and the clocks of both sides."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.billing.models import Claim, Credit
from upheld.apps.billing.services import decide_claim
from upheld.apps.billing.services.claims_appeals import decide_appeal
from upheld.apps.oncall.models import Message
from upheld.core.timeline import DAY, Instant

pytestmark = pytest.mark.django_db


@pytest.fixture
def credit(lived, db) -> Credit:
    """July's credit of Acorn, which is given on a claim and is for the whole period."""
    return Credit.objects.create(
        number=1, agreement=lived.agreements["acorn"], credit="tenfold", kind="right", amount="EUR 100.00",
        found="EUR 100.00", reason="1 full hour; the whole period comes to EUR 100.00.", proposed_at=cast.SIGNED.utc(),
        needs_claim=True, claim_by_at=(cast.NOW + DAY * 2).utc(), clauses=["TP-45"],
        period_from_at=Instant.parse("2026-07-01T00:00Z").utc(), period_to_at=Instant.parse("2026-08-01T00:00Z").utc(),
    )  # fmt: skip


def said(client, address):
    return said_of(client.get(address))


def said_of(answer):
    return plain(read(answer))


class TestEvidence:
    def test_is_attached_by_one_click(self, clients, lived):
        """The facts about the outage go with the claim, and its page links each of them."""
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"
        offered = said(clients["acorn-member"], place)

        answer = clients["acorn-member"].post(place, {"ticket": "T-1", "evidence": "yes"})

        claim = Claim.objects.order_by("-number")[0]
        assert "of the ledger" in offered
        assert [64] == list({len(digest) for _, digest in claim.evidence})
        assert "Evidence" in said(clients["acorn-reader"], answer["Location"])

    def test_is_left_out_where_nobody_wants_it(self, clients, lived):
        """Without the click no fact is attached."""
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"

        clients["acorn-member"].post(place, {"ticket": "T-1", "evidence": ""})

        assert [] == Claim.objects.order_by("-number")[0].evidence


class TestDetails:
    def test_are_asked_for_with_their_last_instant(self, clients, lived):
        """Nothing that was not typed yet is told as given; what is needed, and until when, stands above the fields."""
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"

        before = said(clients["acorn-member"], place)
        after = said_of(clients["acorn-member"].post(place, {"d-date and time": "all day", "ticket": "T" * 51}))

        asked = "functional areas, date and time, usernames and emails, estimated minutes and ticket number"
        assert f"Not known yetAll details that are asked for are givenTP-54clause Still to give: {asked}." in before
        assert f"Needed with the claim: {asked}. Without all of them the claim cannot be granted." in before
        assert "Its last instant is known once the outage is over. Functional areas (needed)" in before
        assert "Still to give: functional areas, usernames and emails, estimated minutes and ticket number." in after

    def test_stand_on_its_page_for_both_sides_in_the_customers_words(self, clients, lived):
        """Whoever decides reads the grounds where they decide; the ledger keeps only which questions were answered."""
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"
        sent = {"d-date and time": "all day", "d-functional areas": "time sheets\nand reports", "ticket": "T-1"}

        answer = clients["acorn-member"].post(place, sent)

        claim = Claim.objects.order_by("-number")[0]
        written = "functional areas: time sheets; and reports; date and time: all day"
        assert f"In your words{written}" in said(clients["acorn-reader"], answer["Location"])
        assert f"In their words{written}" in said(clients["tom"], f"/claims/{claim.name}")
        Message.objects.filter(key=f"{claim.name}:filed").update(body="erased")
        assert "In their words" not in said(clients["tom"], f"/claims/{claim.name}")


class TestPeriod:
    def test_is_offered_with_its_last_instant(self, clients, credit):
        """What may be claimed, what it is worth, and how much time is left."""
        told = said(clients["acorn-reader"], "/portal/claims")

        assert "July 2026 may be claimed: tenfold, EUR 100.00" in told
        assert "2 d left" in told

    def test_is_claimed_as_a_whole(self, clients, credit):
        """The claim names the period, and is not offered a second time."""
        place = f"/portal/claims/{credit.name}/file"

        answer = clients["acorn-member"].post(place, {"d-date and time": "all of July"})

        claim = Claim.objects.order_by("-number")[0]
        Credit.objects.filter(pk=credit.pk).update(state="claimed", claim=claim)
        assert (303, "", credit.period_from_at) == (answer.status_code, claim.outage, claim.period_from_at)
        assert "the period from" in said(clients["acorn-reader"], answer["Location"])
        assert 404 == clients["acorn-member"].get(place).status_code

    def test_is_nobody_elses(self, clients, credit):
        """Another customer finds nothing at the address."""
        assert 404 == clients["kettle-member"].get(f"/portal/claims/{credit.name}/file").status_code


class TestCredits:
    def test_stand_there_with_their_course(self, clients, credit):
        """What is at the provider's discretion is never passed over in silence, and what was decided has its reason."""
        Credit.objects.update(kind="discretion", needs_claim=False)
        before = said(clients["acorn-reader"], "/portal/claims")
        Credit.objects.update(
            state="granted", decided_by="person-1", confirmed_by="person-2", decided_at=cast.NOW.utc(),
            because="we were slow", paid="next invoice",
        )  # fmt: skip

        after = said(clients["acorn-reader"], "/portal/claims")

        assert "two persons decide, and you are told" in before
        assert ("we were slow" in after, "Paid: next invoice." in after) == (True, True)

    def test_are_nobody_elses(self, clients, credit):
        """Another customer reads nothing of them."""
        assert credit.name not in said(clients["kettle-reader"], "/portal/claims")


class TestAppeal:
    @pytest.fixture
    def refused(self, lived, db) -> Claim:
        """Acorn's claim, refused."""
        return decide_claim(
            claim=lived.claims["acorn"], granted=False, because="no ticket", by="person-1", at=cast.NOW.before(DAY)
        )

    def test_is_on_record_and_told(self, clients, refused):
        """The reason stands on the page, the provider gets a mail, and there is no second form."""
        place = f"/portal/claims/{refused.name}"
        before = said(clients["acorn-member"], place)

        answer = clients["acorn-member"].post(f"{place}/appeal", {"because": "we telephoned"})

        after = said(clients["acorn-member"], place)
        assert (303, True, False) == (answer.status_code, "Appeal…" in before, "Appeal…" in after)
        assert "we telephoned" in after
        assert Message.objects.filter(key=f"{refused.name}:appealed").exists()

    def test_needs_a_reason(self, clients, refused):
        """Without one it is not sent, and the page says so."""
        answer = clients["acorn-member"].post(f"/portal/claims/{refused.name}/appeal", {})

        assert (422, True) == (answer.status_code, "Say why" in plain(read(answer)))

    def test_is_not_a_readers(self, clients, refused):
        """A reader reads."""
        assert 403 == clients["acorn-reader"].post(f"/portal/claims/{refused.name}/appeal", {"because": "no"}).status_code

    def test_that_was_decided_is_told_with_its_reason(self, clients, refused):
        """What became of it stands below the first decision."""
        clients["acorn-member"].post(f"/portal/claims/{refused.name}/appeal", {"because": "we telephoned"})
        refused.refresh_from_db()
        decide_appeal(claim=refused, granted=True, because="the call is on record", by="person-2", at=cast.NOW)

        told = said(clients["acorn-reader"], f"/portal/claims/{refused.name}")

        assert "the call is on record" in told
        assert "was granted" in heading(clients["acorn-reader"].get(f"/portal/claims/{refused.name}"))
