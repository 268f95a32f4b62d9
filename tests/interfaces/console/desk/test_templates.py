"""Templates of tickets: who writes them, what is refused, and how a ticket begins from one."""

import pytest

from tests.interfaces.console.desk.conftest import NOW, said
from tests.interfaces.console.reading import fields_of, problems_on
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Ticket, TicketTemplate

pytestmark = pytest.mark.django_db

SENT = {
    "name": "New colleague", "offered": "yes", "kind": "request", "topic": "", "impact": "", "urgency": "",
    "subject": "Access for a new colleague of {customer}", "text": "Asked by {me}", "tags": "Access, people",
}  # fmt: skip
OPEN = "/desk/open?agreement=acorn-code-enigma&template=New+colleague"


@pytest.fixture
def template(db) -> TicketTemplate:
    return services.save_template(
        name=SENT["name"], kind=SENT["kind"], subject=SENT["subject"], text=SENT["text"], tags=["access", "people"],
        topic="moon", by="person-1", at=NOW,
    )  # fmt: skip


class TestWriting:
    def test_is_an_administrators(self, mara, tom):
        """Mara writes one, everybody reads it, Tom may not; it can be changed where it stands, and removed once."""
        assert 403 == tom.post("/desk/templates", SENT).status_code
        assert 303 == mara.post("/desk/templates", SENT).status_code

        page = said(tom.get("/desk/templates"))
        assert "1 template is kept" in page
        assert "Service request; tags access people." in page
        assert "For our people, and customers in the portal. By Mara Ellis." in page
        assert "An administrator writes templates" in page
        changed = fields_of(mara.get("/desk/templates?template=New+colleague"), "/desk/templates")
        assert {**SENT, "tags": "access people"} == {name: changed.get(name, "") for name in SENT}
        sent = {"template": "New colleague"}
        assert [303, 404] == [mara.post("/desk/templates/remove", sent).status_code for _ in range(2)]
        assert "No template is kept" in said(mara.get("/desk/templates"))

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"name": ""}, "#f-name"), ({"subject": ""}, "#f-subject"), ({"text": "Dear {requester}"}, "#f-text"),
            ({"subject": "For {ticket}"}, "#f-subject"), ({"kind": "claim"}, "#f-kind"), ({"kind": "x"}, "#f-kind"),
            ({"tags": "a_b"}, "#f-tags"), ({"text": "x" * 4001}, "#f-text"), ({"topic": "x" * 101}, "#f-topic"),
        ],
    )  # fmt: skip
    def test_is_refused_at_its_field(self, mara, sent, field):
        """Nothing is kept that nobody could begin from."""
        answer = mara.post("/desk/templates", {**SENT, **sent})

        assert (422, [field]) == (answer.status_code, [place for place, _ in problems_on(answer)])
        assert 0 == TicketTemplate.objects.count()


class TestBeginning:
    def test_fills_in_what_is_known(self, tom, template):
        """The form comes back filled in, with the blanks of customer and staff; what the agreement knows not is left out."""
        filled = fields_of(tom.get(OPEN), "/desk/open")

        assert ("request", "access people") == (filled["kind"], filled["tags"])
        assert "Access for a new colleague of Acorn" in filled["subject"]
        assert "Asked by Tom Okafor" in filled["text"]
        assert not filled.get("topic")
        assert "tags" not in fields_of(tom.get("/desk/open?agreement=acorn-code-enigma"), "/desk/open")

    def test_is_still_to_be_changed(self, tom, template):
        """What was changed is what is opened, and the ticket has the tags that were sent."""
        sent = fields_of(tom.get(OPEN), "/desk/open") | {"way": "email", "subject": "Two colleagues", "tags": "people"}
        answer = tom.post("/desk/open", sent)

        ticket = queries.ticket(answer["Location"].rpartition("/")[2])
        assert ("Two colleagues", "request", ["people"]) == (ticket.subject, ticket.kind, queries.tags_of(ticket))

    def test_refuses_a_word_that_is_no_tag(self, tom, template):
        """At its field; nothing is opened, and the template stays chosen."""
        before = Ticket.objects.count()
        sent = fields_of(tom.get(OPEN), "/desk/open") | {"way": "email", "tags": "a_b"}
        answer = tom.post("/desk/open", sent)

        assert (422, ["#f-tags"]) == (answer.status_code, [place for place, _ in problems_on(answer)])
        assert "New colleague" == fields_of(answer, "/desk/open")["template"]
        assert before == Ticket.objects.count()

    def test_from_one_that_is_not_there(self, tom, template):
        """It says so, as for every name that nothing has."""
        assert 404 == tom.get("/desk/open?template=none").status_code
        assert 200 == tom.get("/desk/open?template=New+colleague").status_code
