"""Coming into a customer's data from the console: told before, seen at once, ended by hand."""

import pytest

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import fields_of, heading, plain, problems_on, read
from upheld.apps.duties.queries import list_running
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.queries import customer
from upheld.apps.parties.services import add_customer
from upheld.core.facts import AccessUsed, of_kind

pytestmark = pytest.mark.django_db

KEY = "acorn-legal-funnelflux"
SENT = {
    "agreement": KEY, "who": "staff", "what": "database contents", "purpose": "error-resolution", "ticket": "OPS-7",
    "until": "2026-08-28T15:50Z",
}  # fmt: skip


@pytest.fixture
def bound(lived, monkeypatch):
    """Acorn has the agreement that says who comes in for what."""
    monkeypatch.setattr(ground, "add_customer", lambda **given: customer("acorn-legal"))
    return ground.sign("funnelflux", key=KEY)


class TestComingIn:
    def test_offers_what_the_agreement_knows(self, tom, bound):
        """Its purposes, in its words; and an end is filled in."""
        page = tom.get("/access")

        assert "Nobody is in a customer’s data" == heading(page)
        assert "error resolution" in plain(read(page))
        assert {"purpose": "error-resolution", "agreement": KEY}.items() <= fields_of(page, "/access").items()

    def test_is_seen_with_all_that_was_told(self, tom, lena, bound):
        """By us, and by the customer in the same moment."""
        assert 303 == tom.post("/access", SENT).status_code

        page, theirs = plain(read(tom.get("/access"))), plain(read(lena.get("/portal/access")))
        assert "Tom Okafor (staff) is in database contents until" in page
        assert "Tom Okafor (staff) is in database contents" in theirs
        assert "For: error-resolution, ticket OPS-7." in theirs

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"purpose": "curiosity"}, "purpose"),
            ({"ticket": ""}, "ticket"),
            ({"ticket": "T-99"}, "ticket"),
            ({"until": "soon"}, "until"),
        ],
    )
    def test_is_refused_at_its_field(self, tom, bound, change, field):
        """With the agreement's own reason; nobody is in."""
        answer = tom.post("/access", {**SENT, **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])
        assert [] == list_running(bound, cast.NOW)

    def test_names_a_ticket_of_that_customer(self, tom, bound):
        """FF-25: of ours only one that is on record, and not another customer's."""
        own, foreign = ground.open_one(bound), ground.open_one(bound)
        foreign.customer = add_customer(slug="elsewhere", name="Elsewhere")
        foreign.save()

        answers = [tom.post("/access", {**SENT, "ticket": one.name}) for one in (foreign, own)]

        assert [422, 303] == [answer.status_code for answer in answers]
        assert [own.name] == [one.ticket for one in list_running(bound, cast.NOW)]

    def test_ends_by_hand(self, tom, bound):
        """Once; it is on record as used."""
        tom.post("/access", SENT)
        end = fields_of(tom.get("/access"), "/access/end")
        answers = [tom.post("/access/end", {"agreement": end["agreement"], "name": end["name"]}) for _ in range(2)]

        assert [303, 409] == [answer.status_code for answer in answers]
        assert 1 == len(of_kind(facts_of(KEY), AccessUsed))
