"""Tickets in the portal: reported with the agreement's own questions, their clocks and telephone told with the reason."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from tests.interfaces.portal.test_agreed import section, sign_for_acorn
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries import rating_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import Attached, Said, close_hold, open_hold, reply, resolve, write_note
from upheld.apps.ledger.queries import known_facts
from upheld.core.facts import PrioritySet
from upheld.core.timeline import DAY, Instant
from upheld.doors import addresses, asking

pytestmark = pytest.mark.django_db

PLACE = f"/portal/report/{cast.ACORN}/high"
REPORT = {"kind": "incident", "subject": "Nobody can sign in", "text": "Since noon, all of us.", "outage": ""}


@pytest.fixture
def ticket(clients) -> Ticket:
    """Reported by a member just now."""
    answer = clients["acorn-member"].post(PLACE, REPORT)
    return read_ticket(answer["Location"].rpartition("/")[2])


class TestWaysIn:
    def test_without_a_promise_say_so_before_and_after(self, clients, lived, monkeypatch):
        """An agreement that knows mail and chat alone: the form names both, and the toast promises nothing."""
        sign_for_acorn(monkeypatch, "redtrack", package="live-chat")
        page = clients["acorn-member"].get("/portal/report/acorn-redtrack/any")
        told = {"kind": "question", "subject": "Which report?", "text": "The last one"}
        after = clients["acorn-member"].post("/portal/report/acorn-redtrack/any", told, follow=True)

        said = plain(read(page))
        assert "promises times for what comes by live chat and email (support@redtrack.io)" in said
        assert "no time runs for it" in said
        assert "no time runs for what comes from here" in plain(read(after))

    def test_that_the_agreement_names_promise_their_time(self, clients):
        """The portal is a way in of this one: nothing is said."""
        page = plain(read(clients["acorn-member"].get("/portal/report/acorn-legal-teamplify/high")))

        assert "no time runs" not in page


class TestReporting:
    def test_offers_the_agreements_own_words(self, clients):
        """Each priority with what it means, and its clause."""
        said = plain(read(clients["acorn-member"].get("/portal/report")))

        assert "The software, or most of it, cannot be used." in said
        assert "TP-66" in said

    def test_opens_a_ticket_whose_time_runs(self, clients, ticket):
        """A row, a fact, and the clock of the wished priority or why none runs."""
        page = clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}")

        assert ("high", "Acorn member") == (ticket.wish, ticket.messages.get().shown_as)
        assert [f"{ticket.name}-opened"] == [
            fact.id for fact in known_facts(cast.ACORN)[1] if fact.id.startswith(f"{ticket.name}-opened")
        ]
        assert f"{ticket.name}: Nobody can sign in" == heading(page)
        assert "Clocks" in plain(read(page))

    def test_is_not_offered_to_readers(self, clients):
        """They read who reports, and find no form."""
        seen = clients["acorn-reader"].get(PLACE)

        assert "Your managers and members report problems" in plain(read(seen))
        sent = [one.attributes.get("action") for one in read(seen).find("form") if one.attributes["method"] == "post"]
        assert PLACE not in sent

    def test_says_who_decides(self, clients):
        """Teamplify's staff do; the wish stays."""
        assert "You wish how pressing it is; we decide" in plain(read(clients["acorn-member"].get(PLACE)))

    def test_says_what_is_missing(self, clients):
        """Nothing is opened, and what was typed is kept."""
        count = Ticket.objects.count()
        answer = clients["acorn-member"].post(PLACE, {**REPORT, "subject": ""})

        assert (422, count) == (answer.status_code, Ticket.objects.count())
        assert "Since noon, all of us." in answer.content.decode()

    def test_sent_twice_opens_one(self, clients):
        """A second click of the same form leads to the same ticket."""
        once = re.search(r'name="once" value="([^"]+)"', clients["acorn-member"].get(PLACE).content.decode())
        assert once is not None
        answers = [clients["acorn-member"].post(PLACE, {**REPORT, "once": once[1]}) for _ in range(2)]

        assert 1 == len({answer["Location"] for answer in answers})
        assert 1 == Ticket.objects.filter(subject=REPORT["subject"]).count()


class TestOverdue:
    @pytest.mark.parametrize("place", ["/portal/", "/portal/tickets"])
    def test_is_said_in_every_list(self, clients, ticket, monkeypatch, place):
        """Before its time a ticket says when it is due; after it, that the time was then and is over."""
        ground.raise_to(ticket, "high", cast.NOW)
        before = plain(read(clients["acorn-reader"].get(place)))
        for module in (addresses, asking):
            monkeypatch.setattr(module, "now_us", lambda: (cast.NOW + DAY * 6).micros)
        after = plain(read(clients["acorn-reader"].get(place)))
        alone = plain(read(clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}")))

        assert (True, False) == (" is due " in before, "and is over" in before)
        assert (True, True, True) == ("over its time" in after, " was due " in after, "and is over." in after)
        assert (True, True) == ("It was due" in alone, "and is over." in alone)

    def test_needs_a_priority_first(self, clients, ticket):
        """A clock that cannot be timed before a priority is decided says that, and counts nothing."""
        said = plain(read(clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}")))

        assert ": needs a priority" in said
        assert "0 s used" not in said


class TestOneTicket:
    def test_shows_answers_and_no_notes(self, clients, ticket):
        """What staff say among themselves is not there, nor its files."""
        reply(ticket=ticket, said=Said(text="We are on it."), by="person-2", shown_as="Tom Okafor", at=cast.NOW)
        note = write_note(
            ticket=ticket, said=Said(text="Their fault, I think", attached=[Attached("a.txt", "text/plain", b"secret")]),
            by="person-2", shown_as="Tom Okafor", at=cast.NOW,
        )  # fmt: skip
        said = plain(read(clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}")))
        file = clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}/files/{note.number}/1")

        assert ("We are on it." in said, "Their fault" in said, 404) == (True, False, file.status_code)

    def test_says_for_whom_it_waits(self, clients, ticket):
        """What was asked of the customer is a link to it; somebody else's reference stands there; what is over does not."""
        place, asks = f"/portal/tickets/{ticket.name}", Said(text="Which browser?", says=("question",))
        asked = reply(ticket=ticket, said=asks, by="person-2", shown_as="Tom Okafor", at=cast.NOW)
        yours = open_hold(ticket=ticket, by="person-2", waiting_for="customer", asked_in=asked, at=cast.NOW)
        before = clients["acorn-reader"].get(place)
        close_hold(hold=yours, because="said", by="person-2", at=cast.NOW)
        open_hold(ticket=ticket, by="person-2", waiting_for="third-party", evidence="HP-4711", at=cast.NOW)
        after = section(clients["acorn-reader"].get(place), "waits")

        links = [one.attributes["href"] for one in read(before).find("a") if one.text == "What we asked"]
        assert (True, [f"{place}#m{asked.number}"]) == ("Waits for you" in section(before, "waits"), links)
        assert (True, True, False) == (
            "Waits for a third party" in after, "Their reference: HP-4711." in after, "for you" in after,
        )  # fmt: skip

    def test_shows_what_was_answered_when_it_was_reported(self, clients, ticket):
        """Both sides see the same answers to the questions of the agreement."""
        Ticket.objects.filter(pk=ticket.pk).update(told=["who cannot sign in: everybody: all of us"])
        said = section(clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}"), "told")

        assert (True, True) == ("Who cannot sign in" in said, "everybody: all of us" in said)

    def test_says_what_is_doubtful_of_a_mail(self, clients, ticket):
        """The customer too knows that what they sent came damaged."""
        ticket.messages.filter(number=1).update(doubts=["the file a.pdf came damaged"])

        said = plain(read(clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}")))
        assert "Note: The file a.pdf came damaged." in said

    def test_takes_a_message_with_a_file(self, clients, ticket):
        """The file comes back as it was, saved and never shown as a page of ours."""
        page = SimpleUploadedFile("wörk.html", b"<script>alert(1)</script>", "text/html")
        sent = clients["acorn-member"].post(f"/portal/tickets/{ticket.name}", {"text": "Here it is", "files": page})
        found = clients["acorn-reader"].get(f"/portal/tickets/{ticket.name}/files/2/1")

        assert (303, b"<script>alert(1)</script>") == (sent.status_code, found.content)
        assert ("application/octet-stream", "nosniff") == (found["Content-Type"], found["X-Content-Type-Options"])
        assert found["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in found["Content-Security-Policy"]

    def test_takes_no_empty_message(self, clients, ticket):
        """A message has words."""
        assert 422 == clients["acorn-member"].post(f"/portal/tickets/{ticket.name}", {"text": " "}).status_code

    @pytest.mark.parametrize("what", ["", "/files/1/1", ".json"])
    def test_is_nobody_elses(self, clients, ticket, what):
        """Of another customer's ticket nothing is there: not the page, not a file, and no form reaches it."""
        place = f"/portal/tickets/{ticket.name}{what}"

        assert 404 == clients["kettle-manager"].get(place).status_code
        assert clients["kettle-manager"].post(place, {"text": "hello"}).status_code in (404, 405)
        assert 1 == ticket.messages.count()

    def test_is_listed_for_its_customer_alone(self, clients, ticket):
        """In the list and on the first page, of theirs only."""
        for place in ("/portal/tickets", "/portal/"):
            assert ticket.name in plain(read(clients["acorn-reader"].get(place)))
            assert "Nobody can sign in" not in plain(read(clients["kettle-reader"].get(place)))


class TestRating:
    """How content the customer is: said below what is settled, by whoever may write there."""

    def test_is_asked_once_it_is_settled(self, clients, ticket):
        """Before, there is nothing to be content with; the last word stands, and a reader reads it."""
        place = f"/portal/tickets/{ticket.name}"
        early = plain(read(clients["acorn-member"].get(place)))
        resolve(ticket=ticket, by="person-1", because="mended", at=Instant.of(ticket.opened_at))
        asked = plain(read(clients["acorn-member"].get(place)))

        for score, words in (("2", "It took long"), ("5", "But then it was fine")):
            sent = clients["acorn-member"].post(f"{place}/rating", {"score": score, "words": words})
            assert 303 == sent.status_code

        seen = plain(read(clients["acorn-reader"].get(place)))
        assert ("How content are you?" in early, "How content are you?" in asked) == (False, True)
        assert ("Very content, 5 of 5" in seen, "But then it was fine" in seen, "It took long" in seen) == (
            True,
            True,
            False,
        )

    @pytest.mark.parametrize("score", ["", "0", "6", "five"])
    def test_is_one_of_five(self, clients, ticket, score):
        """What is none is refused at its field, and what was said to it stays."""
        resolve(ticket=ticket, by="person-1", because="mended", at=Instant.of(ticket.opened_at))

        sent = clients["acorn-member"].post(f"/portal/tickets/{ticket.name}/rating", {"score": score, "words": "So-so"})

        assert (422, None) == (sent.status_code, rating_of(ticket))
        assert "Choose one of the five" in plain(read(sent))
        assert "So-so" in sent.content.decode()


class TestPressing:
    """The priority is the customer's to say where the agreement says so, and nowhere else."""

    def test_is_said_where_it_is_theirs(self, clients, lived, monkeypatch):
        """Their word moves the clock, and is a fact of their side."""
        agreement = sign_for_acorn(monkeypatch, "code-enigma")
        row = ground.open_one(agreement, cast.NOW, wish="normal")
        page = plain(read(clients["acorn-member"].get(f"/portal/tickets/{row.name}")))

        sent = clients["acorn-member"].post(f"/portal/tickets/{row.name}/priority", {"priority": "high", "because": "Sales"})

        [fact] = [one for one in known_facts(agreement.key)[1] if isinstance(one, PrioritySet)]
        assert (303, "customer", "high", "Sales") == (sent.status_code, fact.side, fact.priority, fact.because)
        assert "How pressing is it?" in page

    def test_is_ours_otherwise(self, clients, ticket):
        """Nothing asks for it, and what is sent all the same sets nothing."""
        page = plain(read(clients["acorn-member"].get(f"/portal/tickets/{ticket.name}")))

        sent = clients["acorn-member"].post(f"/portal/tickets/{ticket.name}/priority", {"priority": "low"})

        assert "Your agreement leaves it to us" in plain(read(sent))
        assert "How pressing is it?" not in page
        assert [] == [one for one in known_facts(cast.ACORN)[1] if isinstance(one, PrioritySet)]
