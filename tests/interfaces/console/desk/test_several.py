"""One deed on several tickets: what can be done is done, each refusal is told by name with its reason."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, said
from tests.interfaces.console.reading import read
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Ticket

pytestmark = pytest.mark.django_db

WHERE = "/desk/several"


def do(client, *tickets, query="", **fields):
    return client.post(
        f"{WHERE}{query}", {"ticket": tickets, **{name.replace("_", "-"): sent for name, sent in fields.items()}}
    )


def ticked(answer) -> list[str]:
    boxes = [one.attributes for one in read(answer).find("input") if one.attributes.get("type") == "checkbox"]
    return [box["value"] for box in boxes if "checked" in box]


class TestSeveral:
    def test_are_given_to_a_person(self, tom, desk):
        """Each is theirs, by the service of one; the page that follows names them and shows the same rows."""
        answer = do(
            tom, "T-2", "T-1", query="?state=every&kind=incident", deed="assign", assignee=str(desk.people["mara"].pk)
        )

        assert (303, "/desk?state=every&kind=incident") == (answer.status_code, answer["Location"])
        assert "Mara Ellis works now on T-1 and T-2." in said(tom.get(answer["Location"]))
        assert {"T-1", "T-2"} == {row.name for row in Ticket.objects.filter(assignee=desk.people["mara"])}

    def test_get_a_tag_and_lose_it(self, tom, desk):
        """Their other tags stay; what a ticket does not have is not taken from it, and said so."""
        services.set_tags(ticket=desk.quiet, names=["old"])
        do(tom, "T-1", "T-2", deed="tag", one_tag="Slow")
        both = [queries.tags_of(one) for one in (desk.urgent, desk.quiet)]
        answer = do(tom, "T-1", "T-2", deed="untag", one_tag="old")
        page = said(tom.get(answer["Location"]))

        assert [["slow"], ["old", "slow"]] == both
        assert [["slow"], ["slow"]] == [queries.tags_of(one) for one in (desk.urgent, desk.quiet)]
        assert "The tag old is taken from T-2." in page
        assert "1 ticket was left as it was" in page
        assert "T-1 has no tag 'old'." in page
        assert "left as it was" not in said(tom.get("/desk"))

    def test_get_a_note_made_of_a_macro(self, tom, desk):
        """Filled in on each, for the provider's people only; where something is not known, nothing is kept."""
        text = "{ticket} of {customer}: watch it"
        macro = services.save_macro(name="watch", text=text, is_public=False, by=ground.STAFF, at=NOW)
        answer = do(tom, "T-1", "T-4", deed="note", macro=macro.name)
        note = queries.messages_of(desk.urgent)[-1]

        assert ("T-1 of Acorn: watch it", False) == (note.text, note.is_public)
        assert 1 == len(queries.messages_of(desk.held))
        assert "T-4 has nothing for {customer}" in said(tom.get(answer["Location"]))

    def test_a_merged_and_an_unknown_one_are_refused_by_name(self, tom, desk):
        """The others are done all the same."""
        services.merge(ticket=desk.quiet, into=desk.urgent, by=ground.STAFF, at=NOW)
        answer = do(tom, "T-99", "T-1", "T-2", deed="assign", assignee="")
        page = said(tom.get(answer["Location"]))

        assert "Nobody works now on T-1." in page
        assert "2 tickets were left as they were" in page
        assert "T-2 was merged into T-1" in page
        assert "T-99: no ticket is called 'T-99'" in page

    def test_where_nothing_is_done_all_stays_as_it_was_chosen(self, tom, desk):
        """The boxes stay ticked, what was typed stands there, each reason is told."""
        answer = do(tom, "T-1", "T-2", deed="untag", one_tag="none-has-it")

        assert 422 == answer.status_code
        assert ["T-1", "T-2"] == ticked(answer)
        assert all(f"{name} has no tag 'none-has-it'." in said(answer) for name in ("T-1", "T-2"))
        assert 'value="none-has-it"' in answer.content.decode()

    @pytest.mark.parametrize(
        ("tickets", "fields", "words"),
        [
            ((), {"deed": "assign"}, "Choose tickets first"),
            ([f"T-{number}" for number in range(101)], {"deed": "assign"}, "At most 100 tickets are done at once"),
            (("T-1",), {"deed": "resolve"}, "Choose one of these"),
            (("T-1",), {"deed": "assign", "assignee": "joan"}, "Name one of the people on the page"),
            (("T-1",), {"deed": "tag", "one_tag": " "}, "Write the tag"),
            (("T-1",), {"deed": "tag", "one_tag": "two words"}, "no tag"),
            (("T-1",), {"deed": "note", "macro": "an-answer"}, "Choose one of the macros that are notes"),
        ],
    )
    def test_what_holds_for_all_is_refused_before_anything_is_done(self, tom, desk, tickets, fields, words):
        """The sentence stands at its field; no ticket is touched."""
        services.save_macro(name="an-answer", text="Dear {requester}", by=ground.STAFF, at=NOW)
        before = list(Ticket.objects.order_by("pk").values())
        answer = do(tom, *tickets, **fields)

        assert 422 == answer.status_code
        assert words in said(answer)
        assert before == list(Ticket.objects.order_by("pk").values())

    def test_each_row_has_a_box_that_says_which_ticket_it_chooses(self, tom, desk):
        """Boxes belong to the form by its name, so that rows and form need no script."""
        page = read(tom.get("/desk"))
        boxes = [one.attributes for one in page.find("input") if one.attributes.get("type") == "checkbox"]

        assert [("Choose T-4", "several"), ("Choose T-1", "several"), ("Choose T-2", "several")] == [
            (box["aria-label"], box["form"]) for box in boxes
        ]
        assert ["several"] == [one.attributes["id"] for one in page.find("form") if "id" in one.attributes]
