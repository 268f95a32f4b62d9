"""A report that begins from a template: which are offered to a customer, what they fill in, what the ticket gets."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import fields_of, plain, read
from upheld.apps.desk.queries import tags_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import remove_template, save_template

pytestmark = pytest.mark.django_db

PLACE = f"/portal/report/{cast.ACORN}/high"
BEGUN = f"{PLACE}?template=New+colleague"


@pytest.fixture(autouse=True)
def template(db):
    return save_template(
        name="New colleague", kind="request", subject="Access for somebody at {customer}", text="Asked by {me}",
        tags=["access"], is_offered=True, by="person-1", at=cast.NOW,
    )  # fmt: skip


class TestBeginning:
    def test_is_offered_above_the_form(self, clients):
        """A link to those that are theirs: none for staff alone, none about what their agreement does not cover."""
        save_template(name="Ours", subject="x", by="person-1", at=cast.NOW)
        save_template(name="Far", subject="x", by="person-1", at=cast.NOW, topic="moon", is_offered=True)
        page = read(clients["acorn-member"].get(PLACE))

        links = [one.text for one in page.find("a") if "?template=" in one.attributes.get("href", "")]
        assert ["New colleague"] == links
        assert [404, 404] == [
            clients["acorn-member"].get(f"{PLACE}?template={name}").status_code for name in ("Ours", "Far")
        ]
        assert "Begin with" not in plain(read(clients["acorn-reader"].get(PLACE)))

    def test_fills_in_the_report(self, clients):
        """The form has its words, sent on as they are or changed; the ticket gets the tags, which nobody sees here."""
        filled = fields_of(clients["acorn-member"].get(BEGUN), PLACE)
        answer = clients["acorn-member"].post(PLACE, {**filled, "text": "Asked by all of us"})

        ticket = read_ticket(answer["Location"].rpartition("/")[2])
        assert ("request", "Asked by Acorn member") == (filled["kind"], filled["text"])
        assert ("Access for somebody at Acorn Legal", ["access"]) == (ticket.subject, tags_of(ticket))
        assert "Asked by all of us" == ticket.messages.get().text

    def test_goes_on_where_it_was_removed(self, clients, template):
        """Between looking and sending the template was removed: the report is taken, without its tags."""
        filled = fields_of(clients["acorn-member"].get(BEGUN), PLACE)
        remove_template(template=template)
        answer = clients["acorn-member"].post(PLACE, filled)

        assert [] == tags_of(read_ticket(answer["Location"].rpartition("/")[2]))
