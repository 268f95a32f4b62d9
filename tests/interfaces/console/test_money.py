"""Credits and claims in the console: what waits, why, what other readings give, and decisions by one person or two."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.sample import covered, outage
from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.approvals.queries import list_waiting
from upheld.apps.billing.models import Claim, Credit
from upheld.apps.billing.queries.credits_otherwise import Otherwise
from upheld.apps.billing.services import file_claim
from upheld.apps.billing.services.claims_appeals import appeal_claim
from upheld.apps.billing.services.credits import propose_credits
from upheld.apps.findings.queries import period_at
from upheld.apps.fleet.models import Service
from upheld.apps.ledger.services import record
from upheld.apps.oncall.models import Message
from upheld.apps.parties.queries import customer
from upheld.core.money import Money
from upheld.core.timeline import DAY, Instant, Span
from upheld.interfaces.console.money import telling
from upheld.language.checking import check

pytestmark = pytest.mark.django_db

KEY = "acorn-legal-funnelflux"
YES = {"decision": "granted", "because": "it took too long"}


@pytest.fixture
def tracker(lived, db) -> Agreement:
    """Acorn's other agreement leaves credits to the provider's discretion; in July a restore took half a day."""
    text = (cast.AGREEMENTS / "funnelflux.md").read_text(encoding="utf-8")
    checked = check(text, as_of=cast.NOW)
    assert checked.document is not None
    signed_at = Instant.parse("2026-06-01T00:00Z")
    agreement = sign_agreement(
        key=KEY, customer=customer("acorn-legal"), signed_at=signed_at, by="person-1", at=signed_at,
        version=add_version(source=text, document=checked.document, calendars=checked.calendars, at=signed_at),
        parameters={"sample-every": "1 minute", "currency": "EUR", "plan-price": "EUR 99.00"},
    )  # fmt: skip
    down = outage("O-77", "2026-07-14T02:00Z", "2026-07-14T13:30Z", "own-software")
    seen = covered("2026-07-01T00:00Z", "2026-08-01T00:00Z")
    record(facts=[replace(fact, agreement=KEY, **swap(fact)) for fact in (*down, seen)])
    propose_credits(agreement=agreement, period=period_at(agreement, Instant.parse("2026-07-14T00:00Z")), at=cast.NOW)
    return agreement


def swap(fact):
    return {"component": "redirects"} if hasattr(fact, "component") else {}


def page(client, address):
    return plain(read(client.get(address)))


class TestCredits:
    def test_list_says_what_waits_and_what_other_readings_give(self, tracker, tom):
        """The first thing on the page is what nobody decided, with its amount and those of other senses."""
        told = page(tom, "/credits")

        assert "1 credit waits" in heading(tom.get("/credits"))
        assert "slow restore" in told
        assert "Under other readings the period comes to" in told

    def test_at_discretion_takes_two_persons(self, tracker, tom, lived):
        """One proposes, another one confirms; the customer gets a mail once it is done, and not before."""
        [row] = Credit.objects.all()
        mara = sign_in(lived.people["mara"])

        first = tom.post(f"/credits/{row.name}/decide", YES)
        mails = Message.objects.filter(key__startswith=f"{row.name}:decided").count()
        waiting = page(mara, f"/credits/{row.name}")
        own = tom.post(f"/credits/{row.name}/confirm", {"approval": approval_of(row)})
        second = mara.post(f"/credits/{row.name}/confirm", {"approval": approval_of(row)})

        row.refresh_from_db()
        assert (303, 422, 303, "granted", 0) == (first.status_code, own.status_code, second.status_code, row.state, mails)
        assert "Tom Okafor proposes to grant it" in waiting
        [mail] = Message.objects.filter(key__startswith=f"{row.name}:decided")
        assert f"Credit {row.name} was granted: {row.amount}" == mail.subject

    def test_is_turned_down_with_a_reason_and_stays_open(self, tracker, tom, lived):
        """The second person may say no; then the credit waits as before."""
        [row] = Credit.objects.all()
        tom.post(f"/credits/{row.name}/decide", YES)

        sign_in(lived.people["mara"]).post(
            f"/credits/{row.name}/turn-down", {"approval": approval_of(row), "because": "look at the cause first"}
        )

        row.refresh_from_db()
        assert "proposed" == row.state
        assert "Decide" in page(tom, f"/credits/{row.name}")

    def test_page_shows_the_tree_of_reasons(self, tracker, tom):
        """The finding stands there with the clauses and facts behind it."""
        [row] = Credit.objects.all()

        told = page(tom, f"/credits/{row.name}")

        assert ("for the whole period" in told, "FF-33" in told, "Under other readings" in told) == (True, True, True)

    @pytest.mark.parametrize("sent", [{}, {"decision": "granted"}, {"decision": "perhaps", "because": "so"}])
    def test_is_not_decided_without_a_choice_and_a_reason(self, tracker, tom, sent):
        """What is missing is said on the page, and nothing is done."""
        [row] = Credit.objects.all()

        answer = tom.post(f"/credits/{row.name}/decide", sent)

        row.refresh_from_db()
        assert (422, "proposed") == (answer.status_code, row.state)

    def test_is_corrected_by_two(self, tracker, tom, lived):
        """A correction is a credit of its own; the first one stays as it was decided."""
        [row] = Credit.objects.all()
        mara = sign_in(lived.people["mara"])
        tom.post(f"/credits/{row.name}/decide", YES)
        mara.post(f"/credits/{row.name}/confirm", {"approval": approval_of(row)})

        wrong = tom.post(f"/credits/{row.name}/correct", {"amount": "much", "because": "we were slow"})
        tom.post(f"/credits/{row.name}/correct", {"amount": "EUR 2.00", "because": "we were slow"})
        mara.post(f"/credits/{row.name}/confirm", {"approval": approval_of(row)})

        assert 422 == wrong.status_code
        assert [("discretion", "granted"), ("correction", "granted")] == [
            (one.kind, one.state) for one in Credit.objects.order_by("number")
        ]
        month = f"{row.period_from_at:%Y-%m}"
        told = page(tom, f"/statements/acorn-legal/{tracker.version.document_id}/{month}")
        assert f"Credit {row.credit} is corrected by EUR 2.00: we were slow." in told.replace("\u00a0", " ")

    @pytest.mark.parametrize("address", ["/credits/CR-99", "/claims/C-99", "/credits/x"])
    def test_of_another_name_is_not_there(self, lived, tom, address):
        """An address of nothing says so."""
        assert 404 == tom.get(address).status_code

    def test_in_the_past_is_only_looked_at(self, tracker, tom):
        """Nobody decides yesterday."""
        [row] = Credit.objects.all()

        answer = tom.post(f"/credits/{row.name}/decide?as_of=2026-08-28T14:00Z", YES)

        assert 403 == answer.status_code


def approval_of(row: Credit) -> str:
    return next((one.name for one in list_waiting() if one.subject == row.name), "")


class TestClaims:
    @pytest.fixture
    def claim(self, lived, db) -> Claim:
        """Acorn claims its outage of the fourth of August, with nothing that the agreement asks for."""
        agreement = lived.agreements["acorn"]
        numbers = sorted(name for name in names_of(agreement))
        return file_claim(
            agreement=agreement, credit="tenfold", outage_name=numbers[1], channel="website", details=[],
            filed_at=cast.NOW.before(DAY), by="person-3", at=cast.NOW.before(DAY),
        )  # fmt: skip

    def test_page_lists_every_condition(self, claim, tom):
        """Met or not, each of the seven conditions stands there; what fails comes first."""
        told = page(tom, f"/claims/{claim.name}")

        asked = (
            "A ticket was opened", "All details that are asked for are given", "No invoice is overdue", "Uptime was not met",
            "The claim came within 5 business days after the end of the outage", "The provider answers for it",
            "The ticket came within 5 business days after the end of the outage",
        )  # fmt: skip
        assert [True] * 7 == [words in told for words in asked]
        faces = [told.index(words) for words in ("Not metA ticket", "Not known yetUptime", "MetNo invoice")]
        assert faces == sorted(faces)

    def test_says_what_other_readings_give_in_money(self, claim, tom, monkeypatch):
        """What another sense of a reading makes of its credit has its currency; where none makes another, that is said."""
        none = page(tom, f"/claims/{claim.name}")
        other = Otherwise("hour-price", "How many hours has the month?", "730 hours", Money(Fraction(10192, 100), "EUR"))
        august = Span(Instant.parse("2026-08-01T00:00Z"), Instant.parse("2026-09-01T00:00Z"))
        known = {(august, "credits/tenfold"): [other]}
        monkeypatch.setattr(telling, "worth_otherwise", lambda agreement, period, rule, as_of: known[period, rule])

        told = page(tom, f"/claims/{claim.name}").replace("\u00a0", " ")

        assert "No other sense of a reading changes what the credit of its month comes to." in none
        assert "Under other readings EUR 101.92: 730 hoursHow many hours has the month?" in told

    def test_is_refused_with_reason_and_mail(self, claim, tom):
        """The decision is on the page, and the customer is told how to appeal."""
        answer = tom.post(f"/claims/{claim.name}/decide", {"decision": "refused", "because": "no ticket was opened"})

        claim.refresh_from_db()
        [mail] = Message.objects.filter(key__startswith=f"{claim.name}:decided")
        assert (303, False) == (answer.status_code, claim.granted)
        assert ("no ticket was opened" in mail.body, "you may appeal once" in mail.body) == (True, True)

    def test_against_the_agreement_says_so(self, claim, tom):
        """Granting what the agreement refuses needs those words; then the fact names what was set aside."""
        sent = {"decision": "granted", "because": "a good customer"}
        first = tom.post(f"/claims/{claim.name}/decide", sent)

        second = tom.post(f"/claims/{claim.name}/decide", {**sent, "against": "yes"})

        claim.refresh_from_db()
        assert (422, 303, True) == (first.status_code, second.status_code, claim.granted)
        assert "against the agreement" in claim.because

    def test_appeal_is_decided_by_somebody_else(self, claim, tom, lived):
        """Who refused sees that another person decides; the other one has the form."""
        tom.post(f"/claims/{claim.name}/decide", {"decision": "refused", "because": "no ticket was opened"})
        claim.refresh_from_db()
        appeal_claim(claim=claim, because="it was by telephone", by="person-3", at=cast.NOW)
        mara = sign_in(lived.people["mara"])
        sent = {"decision": "granted", "because": "found in the call record"}

        own = tom.post(f"/claims/{claim.name}/appeal", sent)
        other = mara.post(f"/claims/{claim.name}/appeal", sent)

        claim.refresh_from_db()
        assert (422, 303, True) == (own.status_code, other.status_code, claim.is_granted)
        assert "On appeal granted by Mara Ellis" in page(tom, f"/claims/{claim.name}")
        assert "No claim waits" == heading(tom.get("/claims"))


def names_of(agreement):
    numbers = Service.objects.get(agreement=agreement.key).outages.values_list("number", flat=True)
    return [f"O-{number}" for number in numbers]
