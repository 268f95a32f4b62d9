"""The queue shows what is due next, finds and chooses tickets, and says so in its heading."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, said
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.desk import services
from upheld.interfaces.console.desk import queue

pytestmark = pytest.mark.django_db


def subjects(answer) -> list[str]:
    rows = [row for row in read(answer).find("tr") if row.find("th") and row.find("a")]
    return [plain(row.find("a")[0]) for row in rows]


class TestQueue:
    def test_held_first_then_by_what_is_due(self, tom):
        """What nobody can judge yet leads with its reason, then the clock that ends first; what is over is not there."""
        answer = tom.get("/desk")

        assert ["T-4 It does not work", "T-1 Checkout times out", "T-2 Colours of the basket"] == subjects(answer)
        assert "No contact has this address." in said(answer)
        assert "T-1 is due next: respond, 6 min left" == heading(answer)

    def test_what_needs_a_priority_stands_above_what_has_nothing_due(self, tom, desk):
        """Its time cannot be said before somebody decides: the row says so; once it is over it needs nothing."""
        for ticket in (desk.urgent, desk.quiet):
            ground.answer(ticket, NOW)
        unset = ground.open_one(desk.agreement, NOW, subject="No wish at all")
        before, shown = [one.split(" ")[0] for one in subjects(tom.get("/desk"))], said(tom.get("/desk"))
        services.resolve(ticket=unset, by=ground.STAFF, because="said thanks", at=NOW)
        after = said(tom.get("/desk?state=every"))

        assert ["T-4", unset.name] == before[:2]
        assert "needs a priority" in shown
        assert "needs a priority" not in after

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=checkout", ["T-1"]), ("q=thanks", ["T-3"]), ("q=T-2", ["T-2"]), ("q=nothing", []),
            ("state=resolved", ["T-3"]),
            ("state=every&sort=newest", ["T-4", "T-3", "T-2", "T-1"]), ("priority=urgent", ["T-1"]), ("held=held", ["T-4"]),
            ("customer=acorn", ["T-1", "T-2"]), ("agreement=acorn-code-enigma&kind=incident", ["T-1", "T-2"]),
            ("kind=question", []), ("tag=slow", ["T-2"]), ("who=mine", ["T-2"]), ("who=nobody", ["T-4", "T-1"]),
            ("q=basket&who=mine", ["T-2"]), ("after=1", ["T-1", "T-2"]), ("sort=nonsense", ["T-4", "T-1", "T-2"]),
        ],
    )  # fmt: skip
    def test_is_chosen_by_its_address(self, tom, desk, query, found):
        """Every filter, the search and the order stand in the query; together they all hold."""
        services.set_tags(ticket=desk.quiet, names=["slow"])
        services.assign(ticket=desk.quiet, to=desk.people["tom"], at=NOW)

        assert found == [subject.split(" ")[0] for subject in subjects(tom.get(f"/desk?{query}"))]

    def test_turns_its_pages(self, tom, monkeypatch):
        """What does not fit is one step further, with everything else as it was asked for."""
        monkeypatch.setattr(queue, "AT_ONCE", 2)
        first = tom.get("/desk?kind=incident")
        [later] = [link for link in read(first).find("a") if plain(link) == "Tickets after these"]
        second = tom.get(later.attributes["href"])

        assert (["T-4", "T-1"], ["T-2"]) == tuple([one.split(" ")[0] for one in subjects(page)] for page in (first, second))
        assert "kind=incident&after=2" in later.attributes["href"].replace("&amp;", "&")

    @pytest.mark.parametrize("after", ["-1", "x", "1000000000000", "²"])
    def test_a_place_that_is_none_is_told(self, tom, after):
        """Nothing is guessed of an address that means nothing."""
        assert 400 == tom.get(f"/desk?after={after}").status_code

    def test_an_empty_desk_says_how_a_ticket_comes(self, mara, desk):
        """No blank table."""
        answer = mara.get("/desk?who=mine")

        assert "No ticket is like that" == heading(answer)

    def test_is_of_now(self, tom):
        """What is due next has no past: the page says where the past of a ticket is."""
        answer = tom.get("/desk?as_of=2025-06-16T09:05Z")

        assert (409, "The queue is of now") == (answer.status_code, heading(answer))
