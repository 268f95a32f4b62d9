"""Opening a ticket for a customer, recording a call, writing macros: what is asked first, what is refused, what is kept."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, OPENED, said
from tests.interfaces.console.reading import fields_of, problems_on, read
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Macro
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import CallReceived, TicketOpened, of_kind

pytestmark = pytest.mark.django_db

HERE = "/desk/open?agreement=acorn-code-enigma&priority=urgent"
REPORT = {
    "agreement": "acorn-code-enigma", "priority": "urgent", "way": "email", "person": "", "subject": "It is down",
    "text": "All of it", "kind": "incident", "asked-0": "yes", "asked-1": "none", "asked-2": "",
}  # fmt: skip


def recorded(desk, kind):
    return of_kind(facts_of(desk.agreement.key), kind)


class TestOpening:
    def test_asks_first_whose_it_is(self, tom):
        """Without an agreement there is no form to fill in; with one, what it asks before such a report is in it."""
        assert 'name="subject"' not in tom.get("/desk/open").content.decode()
        assert "asked-0" in tom.get(HERE).content.decode()
        assert "asked-0" not in tom.get("/desk/open?agreement=acorn-code-enigma").content.decode()
        assert 404 == tom.get("/desk/open?agreement=x").status_code

    def test_is_a_fact_as_the_customer_told_it(self, tom, desk):
        """The ticket is the customer's, by the way that was named, with the wish and the answers to what was asked."""
        answer = tom.post("/desk/open", REPORT)

        opened = recorded(desk, TicketOpened)[-1]
        assert (303, f"/desk/{opened.ticket}") == (answer.status_code, answer["Location"])
        assert ("email", "urgent", "customer", 2) == (opened.channel, opened.priority, opened.opened_by, len(opened.told))
        assert "It is down" in said(tom.get(answer["Location"]))

    def test_what_we_found_ourselves_is_a_note(self, tom, desk):
        """No clock runs for what no customer reported; his first message begins it."""
        tom.post("/desk/open", {**REPORT, "way": "ours"})

        opened = recorded(desk, TicketOpened)[-1]
        ticket = queries.ticket(opened.ticket)
        assert "staff" == opened.opened_by
        assert [False] == [one.is_public for one in queries.messages_of(ticket)]

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"subject": ""}, "#f-subject"), ({"way": ""}, "#f-way"), ({"kind": "x"}, "#f-kind"),
            ({"subject": "x" * 501}, "#f-subject"),
        ],
    )  # fmt: skip
    def test_is_refused_at_its_field(self, tom, desk, sent, field):
        """No ticket, and what was typed stays."""
        before = len(recorded(desk, TicketOpened))
        answer = tom.post("/desk/open", {**REPORT, **sent})

        assert (422, [field]) == (answer.status_code, [place for place, _ in problems_on(answer)])
        assert "All of it" in said(answer)
        assert before == len(recorded(desk, TicketOpened))

    def test_what_must_be_asked_must_be_answered(self, tom, desk):
        """The clause of the question stands in the refusal."""
        asks = queries.desk_of(desk.agreement, [], NOW)[0].desk.priorities["urgent"].asks
        must = next(place for place, one in enumerate(asks) if one.must)
        [(field, words)] = problems_on(tom.post("/desk/open", {**REPORT, f"asked-{must}": ""}))

        assert f"#f-asked-{must}" == field
        assert ", ".join(asks[must].clauses) in words.replace("\u00a0", " ")

    def test_is_done_now(self, tom):
        """Nobody opens tickets in the past."""
        assert 403 == tom.get("/desk/open?as_of=2025-06-16T09:00Z").status_code


class TestCall:
    def test_shows_the_answer_first(self, tom, desk):
        """Before anything is kept the agreement says: too early, until when; without a ticket, one comes first."""
        assert "Telephone: closed until 10:15 London" in said(tom.get("/desk/call?ticket=t-1"))
        assert "Telephone: a ticket comes first" in said(tom.get("/desk/call?agreement=acorn-code-enigma"))
        assert [] == recorded(desk, CallReceived)

    def test_is_kept_with_it(self, tom, desk):
        """The call is a fact; the ticket's page says how it was."""
        sent = {"ticket": "T-1", "agreement": "acorn-code-enigma", "caller": "", "came": "", "words": "asked for news"}
        answer = tom.post("/desk/call", sent)

        assert (303, "/desk/T-1") == (answer.status_code, answer["Location"])
        assert "too early: asked for news" in said(tom.get("/desk/T-1"))
        assert NOW == recorded(desk, CallReceived)[-1].occurred_at

    def test_may_have_come_before(self, tom, desk):
        """With its own time, to the minute, in the agreement's zone."""
        sent = fields_of(tom.get("/desk/call?ticket=T-1"), "/desk/call") | {"came": "Mon 16 Jun 2025 10:05 London"}
        tom.post("/desk/call", sent)

        assert OPENED.micros + 5 * 60 * 10**6 == recorded(desk, CallReceived)[-1].occurred_at.micros

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"came": "soon"}, "#f-came"), ({"came": "Mon 16 Jun 2025 11:05 London"}, "#f-came"),
            ({"words": "x" * 4001}, "#f-words"),
        ],
    )  # fmt: skip
    def test_is_refused_at_its_field(self, tom, desk, sent, field):
        """A time that is none, or lies ahead; too many words."""
        answer = tom.post("/desk/call", {"ticket": "T-1", "agreement": "", "caller": "", "came": "", "words": "", **sent})

        assert (422, [field]) == (answer.status_code, [place for place, _ in problems_on(answer)])
        assert [] == recorded(desk, CallReceived)

    @pytest.mark.parametrize("ticket", ["T-99", "T-4"])
    def test_about_what_cannot_be_told(self, tom, ticket):
        """No such ticket, or one that is held: said at the field."""
        answer = tom.get(f"/desk/call?ticket={ticket}")

        assert 200 == answer.status_code
        assert 'id="m-ticket"' in answer.content.decode()


class TestMacros:
    def test_are_written_by_an_administrator(self, mara, tom):
        """Mara writes one, everybody reads it, Tom may not."""
        sent = {
            "name": "thanks",
            "text": "Dear {requester}",
            "use": "answer",
            "says": "update",
            "then": "wait",
            "tags": "shop",
        }

        assert 403 == tom.post("/desk/macros", sent).status_code
        assert 303 == mara.post("/desk/macros", sent).status_code
        assert "an answer with an update; then it waits for the customer; tags it shop" in said(tom.get("/desk/macros"))
        assert "An administrator writes macros" in said(tom.get("/desk/macros"))

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"name": ""}, "#f-name"), ({"text": "Dear {nobody}"}, "#f-text"), ({"use": "note", "says": "ETA"}, "#f-says"),
            ({"text": "x" * 4001}, "#f-text"), ({"then": "sleep"}, "#f-then"), ({"tags": "a_b"}, "#f-tags"),
        ],
    )  # fmt: skip
    def test_are_refused_at_their_field(self, mara, sent, field):
        """Nothing is kept that nobody could use."""
        answer = mara.post("/desk/macros", {"name": "thanks", "text": "Thanks", "use": "answer", "says": "", **sent})

        assert (422, [field], 0) == (answer.status_code, [place for place, _ in problems_on(answer)], Macro.objects.count())

    def test_can_be_removed(self, mara):
        """It is gone from the list; a second time there is nothing to remove."""
        mara.post("/desk/macros", {"name": "thanks", "text": "Thanks", "use": "note", "says": ""})

        assert [303, 404] == [mara.post("/desk/macros/remove", {"macro": "thanks"}).status_code for _ in range(2)]
        assert "No macro is kept" in said(mara.get("/desk/macros"))


class TestAttainment:
    def test_states_its_denominator_and_names_what_is_left_out(self, tom, desk):
        """What is settled counts, what runs is running; every run due is one of met, missed, running, left out."""
        ground.answer(desk.urgent, NOW)
        twin = tom.get("/desk/attainment.json").json()
        whole = next(row for row in twin["rows"] if row["priority"] == "all")

        assert 3 == whole["due"] == whole["met"] + whole["missed"] + whole["running"] + len(whole["left_out"])
        assert "1 of 1 settled" in said(tom.get("/desk/attainment"))

    def test_says_how_content_customers_were(self, tom, desk):
        """The mean of what was said, of how many it is, and where somebody was not content."""
        before = said(tom.get("/desk/attainment"))
        services.resolve(ticket=desk.quiet, by=ground.STAFF, because="mended", at=NOW)
        services.rate(ticket=desk.quiet, score=2, by=ground.CUSTOMER, at=NOW)
        page = tom.get("/desk/attainment")

        assert "nobody said how content Said of 0 of 1 settled ticket." in before
        assert "2.0 of 5 Said of 1 of 2 settled tickets: 1 gave 2." in said(page)
        assert ["T-2"] == [link.text for link in read(page).find("a") if link.attributes["href"] == "/desk/T-2"]

    def test_is_the_figure_of_the_statement(self, tom, desk):
        """The share is the one that the reasons behind it show."""
        ground.answer(desk.urgent, NOW)
        page = read(tom.get("/desk/attainment"))
        [link] = [one for one in page.find("a") if "/why/" in one.attributes["href"]]

        assert "100.0000 %" in said(tom.get("/desk/attainment"))
        assert "100.0000 %" in said(tom.get(link.attributes["href"]))

    def test_is_a_table_for_other_programs(self, tom):
        """The same rows, a line each."""
        lines = tom.get("/desk/attainment.csv").content.decode().splitlines()
        rows = tom.get("/desk/attainment.json").json()["rows"]

        assert lines[0].startswith("agreement,period_start,period_end,clock,clauses,priority,due,met,missed")
        assert len(rows) + 1 == len(lines)

    def test_keeps_to_the_period(self, tom):
        """In May nothing ran; a period that cannot be read is told."""
        assert "No clock was settled in this period" in said(tom.get("/desk/attainment?period=2025-05"))
        assert 400 == tom.get("/desk/attainment?period=soon").status_code
        assert 404 == tom.get("/desk/attainment?agreement=x").status_code
