"""What staff do on a ticket: each by a plain form, each a fact where something is promised, each refused at its field."""

from io import BytesIO
from pathlib import Path

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, said
from tests.interfaces.console.reading import problems_on, read
from upheld.apps.desk import queries, services
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import (
    AnswerWaived,
    FaultIdentified,
    HoldClosed,
    HoldOpened,
    InformationCompleted,
    MessageSent,
    PrioritySet,
    TicketMerged,
    TicketOpened,
    TicketReopened,
    TicketResolved,
    WorkStarted,
    of_kind,
)

pytestmark = pytest.mark.django_db


def recorded(desk, kind):
    return of_kind(facts_of(desk.agreement.key), kind)


def do(client, deed, name="T-1", **fields):
    return client.post(f"/desk/{name}/do/{deed}", fields)


def go(client, deed, name="T-1", **fields):
    """A deed that is done, and the page that follows."""
    answer = do(client, deed, name, **fields)
    assert 303 == answer.status_code, said(answer)
    return said(client.get(answer["Location"]))


class TestAnswering:
    def test_sends_words_and_files_and_stops_the_clock(self, tom, desk):
        """The answer is a fact with what it holds; the file is kept; nothing runs any more; the toast leads to the fact."""
        file = BytesIO(b"log")
        file.name = "a.log"
        page = go(tom, "reply", reply="We look into it.", says="update", files=file)

        [*_, said] = recorded(desk, MessageSent)
        assert ("person", True, ("update",)) == (said.author, said.is_public, said.says)
        assert b"log" == queries.attachment(desk.urgent, 2, 1).content
        assert "Your reply on T-1 is sent." in page
        assert "Met respond: 9 min of 15 min" in page

    def test_taken_is_mine_and_offered_no_more(self, tom, desk):
        """With one press; whoever has it is not asked again."""
        before, after = said(tom.get("/desk/T-1")), go(tom, "take")

        assert (desk.people["tom"], True, False) == (
            queries.ticket("T-1").assignee, "Take it" in before, "Take it" in after
        )  # fmt: skip

    def test_settled_tells_the_customer_where_it_is_said(self, tom, desk):
        """By a machine's message, which stops no clock; without that they hear nothing."""
        go(tom, "resolve", resolved="Restarted the queue", tell="yes")
        go(tom, "resolve", name="T-2", resolved="They know", tell="no")

        [*_, told] = queries.visible_messages(desk.urgent)
        assert ("machine", True) == (told.author, "Restarted the queue" in told.text)
        assert 1 == len(queries.visible_messages(desk.quiet))
        assert "resolved" == queries.ticket("T-1").state

    def test_that_crosses_another_message_is_shown_it_first(self, tom, desk):
        """Two people do not answer at once: what was typed stays, and sent again after reading it goes out."""
        seen = 'name="seen" value="1"'
        begun = tom.get("/desk/T-1").content.decode()
        ground.write_back(desk.urgent, NOW, "It works again.")

        crossed = do(tom, "reply", reply="We look into it.", seen="1")
        sent = do(tom, "reply", reply="We look into it.", seen="2")

        assert (True, 422, 303) == (seen in begun, crossed.status_code, sent.status_code)
        assert "Meanwhile Ana wrote message 2" in said(crossed)
        assert "We look into it." in crossed.content.decode()

    def test_the_second_button_asks(self, tom, desk):
        """A question is one, whatever else the answer holds."""
        go(tom, "reply", reply="Which browser?", says="update", ask="question")

        assert ("update", "question") == recorded(desk, MessageSent)[-1].says

    def test_a_note_is_for_staff(self, tom, desk):
        """The note is not public, and stops nothing."""
        page = go(tom, "note", note="php-fpm is full")

        assert not recorded(desk, MessageSent)[-1].is_public
        assert "the customer does not see it" in page
        assert "Respond6 min left" in page

    @pytest.mark.parametrize(
        ("deed", "fields", "field"),
        [
            ("reply", {"reply": " "}, "#f-reply"), ("note", {"note": ""}, "#f-note"),
            ("reply", {"reply": "x", "says": "y"}, "#f-reply"),
        ],
    )  # fmt: skip
    def test_without_words_is_refused(self, tom, desk, deed, fields, field):
        """Nothing is sent, and the sentence stands at the field."""
        before = len(facts_of(desk.agreement.key))
        answer = do(tom, deed, **fields)

        assert 422 == answer.status_code
        assert [field] == [place for place, _ in problems_on(answer)]
        assert before == len(facts_of(desk.agreement.key))

    def test_too_many_files_are_refused(self, tom, desk):
        """Eleven files are one too many; what was written stays in the field."""
        files = [BytesIO(b"x") for _ in range(11)]
        for number, file in enumerate(files):
            file.name = f"{number}.txt"
        answer = do(tom, "reply", reply="See these", files=files)

        assert "at most 10" in problems_on(answer)[0][1]
        assert "See these" in said(answer)

    def test_sent_twice_is_done_once(self, tom, desk):
        """A double click is one answer."""
        for _ in range(2):
            assert 303 == do(tom, "reply", reply="Once.", once="abc").status_code

        assert 1 == sum(one.text == "Once." for one in queries.messages_of(desk.urgent))

    def test_a_macro_is_filled_in(self, tom, desk):
        """Without a script: the page comes with the text in the field, names filled in."""
        services.save_macro(name="hello", text="Dear {requester}, {ticket} of {customer}", by="person-1", at=NOW)
        page = read(tom.get("/desk/T-1?macro=hello"))

        assert ["Dear Ana, T-1 of Acorn"] == [one.text for one in page.find("textarea") if one.attributes["name"] == "reply"]
        assert 404 == tom.get("/desk/T-1?macro=none").status_code

    def test_a_macro_brings_what_follows_it(self, tom, desk):
        """The page comes with both chosen; sent as it is, the ticket waits by that answer and has the tag."""
        services.save_macro(
            name="ask",
            text="Which page, {requester}?",
            by="person-1",
            at=NOW,
            says=("question",),
            then="wait",
            tags=("shop",),
        )
        page = tom.get("/desk/T-1?macro=ask").content.decode()

        told = go(tom, "reply", reply="Which page, Ana?", says="question", then="wait", **{"add-tags": "shop"})

        assert ('<option value="wait" selected>' in page, 'name="add-tags" value="shop"' in page) == (True, True)
        assert "it waits for the customer" in told
        assert ("waiting", ["shop"]) == (
            queries.ticket("T-1").state, queries.tags_of(queries.ticket("T-1"))
        )  # fmt: skip


class TestDeciding:
    @pytest.mark.parametrize(
        ("deed", "fields", "kind"),
        [
            ("work", {}, WorkStarted), ("information", {}, InformationCompleted), ("fault", {}, FaultIdentified),
            ("priority", {"priority": "high", "decided": "one shop"}, PrioritySet),
            ("resolve", {"resolved": "restarted"}, TicketResolved),
            ("waive", {"thanks": "1", "needless": "thanks"}, AnswerWaived),
        ],
    )  # fmt: skip
    def test_is_a_fact(self, tom, desk, deed, fields, kind):
        """Each is recorded once, in the name of who did it."""
        before = len(recorded(desk, kind))
        go(tom, deed, **fields)

        assert before + 1 == len(recorded(desk, kind))
        assert f"person-{desk.people['tom'].pk}" == recorded(desk, kind)[-1].source

    def test_somebody_gets_it_and_gives_it_back(self, tom, desk):
        """Nothing is promised by it: no fact."""
        before = len(facts_of(desk.agreement.key))

        assert "T-1 is with Mara Ellis now." in go(tom, "assign", assignee=str(desk.people["mara"].pk))
        assert "T-1 is nobody’s now." in go(tom, "assign", assignee="")
        assert [("#f-assignee", "Name one of the people on the page")] == problems_on(
            do(tom, "assign", assignee=str(desk.people["lena"].pk))
        )
        assert before == len(facts_of(desk.agreement.key))

    def test_tags_are_set_as_written(self, tom, desk):
        """Words with spaces or commas between them."""
        go(tom, "tags", tags="Checkout, slow")

        assert ["checkout", "slow"] == queries.tags_of(desk.urgent)
        assert "#f-tags" == problems_on(do(tom, "tags", tags="ä"))[0][0]

    def test_an_over_one_goes_on(self, tom, desk):
        """Opened again with a reason, and only then."""
        assert [("#f-reopened", "The reason is missing")] == problems_on(do(tom, "reopen", "T-3"))
        go(tom, "reopen", "T-3", reopened="it came back")

        assert "it came back" == recorded(desk, TicketReopened)[-1].because

    def test_what_the_agreement_does_not_know_is_refused(self, tom, desk):
        """The sentence names what it knows."""
        [(field, words)] = problems_on(do(tom, "priority", priority="yesterday"))

        assert "#f-priority" == field
        assert "knows no priority 'yesterday'; it knows" in words


class TestWaiting:
    def test_for_a_third_party_is_told_as_agreements_write_it(self, tom, desk):
        """By the word that `pauses` in agreements have: under another one no clock would stand still."""
        offered = [
            one.attributes["value"] for one in read(tom.get("/desk/T-1")).find("option") if one.text == "a third party"
        ]
        go(tom, "hold", waits=offered[0], evidence="V-77")

        assert {"third-party"} == set(offered)
        assert "waiting for: third-party" in Path("agreements/redtrack.md").read_text("utf-8")
        assert ("third-party", "V-77") == (
            recorded(desk, HoldOpened)[-1].waiting_for, recorded(desk, HoldOpened)[-1].evidence
        )  # fmt: skip

    def test_needs_what_proves_it(self, tom, desk):
        """For the customer a public message that asked, for others a reference; then a fact, and its end another."""
        assert "needs the public message that asked" in problems_on(do(tom, "hold", waits="customer"))[0][1]
        ((field, words),) = problems_on(do(tom, "hold", waits="third-party"))
        assert ("#f-evidence", True) == (field, "needs a reference" in words)
        assert "is not a time" in problems_on(do(tom, "hold", waits="customer", until="soon"))[0][1]
        go(tom, "reply", reply="Which browser?", ask="question")
        go(tom, "hold", waits="customer", asked="2")

        assert ("customer", "T-1-m2") == (
            recorded(desk, HoldOpened)[-1].waiting_for,
            recorded(desk, HoldOpened)[-1].evidence,
        )
        assert "Waits for the customer since" in said(tom.get("/desk/T-1"))
        go(tom, "go-on", hold="1", came="they telephoned")
        assert "they telephoned" == recorded(desk, HoldClosed)[-1].because
        assert 404 == do(tom, "go-on", hold="9", came="x").status_code


class TestTies:
    def test_two_become_one(self, tom, desk):
        """Merged, the page of the one leads to the other, and takes no deeds."""
        page = go(tom, "merge", "T-2", into="t-1")

        assert "T-1" == recorded(desk, TicketMerged)[-1].into
        assert "T-2 is part of T-1 now" in page
        assert "It was merged into T-1" in said(tom.get("/desk/T-2"))
        refused = do(tom, "reply", "T-2", reply="x")
        assert (409, True) == (refused.status_code, "do it there" in said(refused))

    def test_a_later_message_becomes_a_ticket(self, tom, desk):
        """Split at a message of the customer, the new ticket has its words and its own fact."""
        ground.write_back(desk.urgent, NOW, text="Also, the logo is wrong.")
        page = go(tom, "split", message="2", subject="Logo")

        assert "T-1" == recorded(desk, TicketOpened)[-1].split_from
        assert "Also, the logo is wrong." in page

    def test_are_linked_both_ways(self, tom):
        """Each page names the other; one that is not there is refused."""
        go(tom, "link", about="related", other="T-2")

        assert "T-1 Checkout times out" in said(tom.get("/desk/T-2"))
        assert "#f-other" == problems_on(do(tom, "link", about="related", other="T-99"))[0][0]
        assert "#f-about" == problems_on(do(tom, "link", about="x", other="T-2"))[0][0]


class TestHeld:
    def test_is_adopted_as_of_when_it_came(self, tom, desk):
        """Whose it is said, all of it is on record, and its clocks run from then."""
        page = go(tom, "adopt", "T-4", agreement=desk.agreement.key)

        assert "T-4" == recorded(desk, TicketOpened)[-1].ticket
        assert "its clocks run from when it came" in page
        assert "is held" not in page


def test_what_is_no_deed_is_nowhere(tom):
    """An address that no deed has."""
    assert 404 == do(tom, "explode").status_code
    assert 404 == do(tom, "work", "T-99").status_code


def test_nothing_is_done_in_the_past(tom):
    """Who looks from another instant changes nothing."""
    assert 403 == tom.post("/desk/T-1/do/work?as_of=2025-06-16T09:05Z").status_code
