"""Disputes in the portal: a complaint that names rule, statement and figure, with evidence that the ledger can prove."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries import links_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import CannotDo, Said, reply
from upheld.apps.desk.services.disputing import decide_dispute
from upheld.apps.ledger.queries import known_facts

pytestmark = pytest.mark.django_db

STATEMENT = "/portal/statements/acorn-legal/teamplify/2026-07"
PLACE = f"{STATEMENT}/1/dispute"
LOG = b"we were down at noon"


def send(client, place=PLACE, figure="0", **told):
    body = {"figure": figure, "text": "You were down longer.", "files": SimpleUploadedFile("log.txt", LOG), **told}
    return client.post(place, body)


def told_of(ticket: Ticket, fact: str) -> list[str]:
    [found] = [one for one in known_facts(cast.ACORN)[1] if one.id == f"{ticket.name}-{fact}"]
    return list(getattr(found, "told", ()) or getattr(found, "says", ()))


@pytest.fixture
def disputed(clients) -> Ticket:
    return read_ticket(send(clients["acorn-member"])["Location"].rpartition("/")[2])


class TestFigure:
    def test_the_statement_and_its_reasons_lead_there(self, clients):
        """For who may act; a reader looks."""
        pages = {who: clients[who].get(STATEMENT).content.decode() for who in ("acorn-member", "acorn-reader")}

        assert [True, False] == [PLACE in pages[who] for who in ("acorn-member", "acorn-reader")]
        assert f"{PLACE}?figure=0" in clients["acorn-member"].get(f"{STATEMENT}/1/why/0").content.decode()

    def test_opens_a_complaint_that_names_it(self, disputed):
        told = told_of(disputed, "opened")

        assert "complaint" == disputed.kind
        assert f"disputed: statement {cast.ACORN}/2026-07/1" in told
        assert {"disputed rule", "disputed figure", "disputed verdict"} <= {line.partition(":")[0] for line in told}

    def test_its_evidence_is_in_the_ledger(self, clients, disputed):
        """By digest: of the words, of the file, and of a file that came later."""
        later = SimpleUploadedFile("more.txt", b"and again at one")
        clients["acorn-member"].post(f"/portal/tickets/{disputed.name}", {"text": "And this", "files": later})

        told = told_of(disputed, "opened")
        assert f"words: sha256 {sha256(b'You were down longer.').hexdigest()}" in told
        assert f"evidence 1: sha256 {sha256(LOG).hexdigest()}, {len(LOG)} bytes" in told
        assert [f"file sha256 {sha256(b'and again at one').hexdigest()}, 16 bytes"] == told_of(disputed, "m2")

    def test_its_page_shows_each_file_with_its_digest(self, clients, disputed, lived):
        """To both sides, also what came later."""
        later = SimpleUploadedFile("more.txt", b"and again at one")
        clients["acorn-member"].post(f"/portal/tickets/{disputed.name}", {"text": "And this", "files": later})

        ours = plain(read(clients["acorn-reader"].get(f"/portal/tickets/{disputed.name}")))
        theirs = plain(read(sign_in(lived.people["tom"]).get(f"/desk/{disputed.name}")))
        for content in (LOG, b"and again at one"):
            words = f"{len(content)} bytes, SHA-256 {sha256(content).hexdigest()}"
            assert (True, True) == (words in ours, words in theirs)

    @pytest.mark.parametrize("wrong", [{"figure": "999"}, {"figure": ""}, {"text": " "}])
    def test_that_is_not_named_or_not_explained_is_refused(self, clients, wrong):
        count = Ticket.objects.count()

        assert 422 == send(clients["acorn-member"], **wrong).status_code
        assert count == Ticket.objects.count()

    def test_of_others_is_not_there(self, clients):
        assert 404 == send(clients["kettle-manager"]).status_code


class TestClock:
    def test_is_linked_to_its_ticket(self, clients, lived):
        """The verdict on a clock is disputed on a ticket of its own, and each leads to the other."""
        ticket = lived.tickets["acorn"]
        clock = ticket.runs.order_by("pk")[0].clock

        answer = send(clients["acorn-member"], f"/portal/tickets/{ticket.name}/dispute", f"{clock}/1")

        found = read_ticket(answer["Location"].rpartition("/")[2])
        assert [("disputes", ticket)] == links_of(found)
        assert ("disputed by", found) in links_of(ticket)


class TestList:
    def test_says_how_each_stands(self, clients, disputed):
        """Waiting, then answered, with the answer."""
        before = clients["acorn-reader"].get("/portal/disputes")
        reply(ticket=disputed, said=Said(text="We look again."), by="person-2", shown_as="Tom Okafor", at=cast.NOW)
        after = plain(read(clients["acorn-reader"].get("/portal/disputes")))

        assert "1 of 1 disputes wait for our answer" == heading(before)
        assert ("Our answer: We look again." in after, "Answered" in after) == (True, True)
        assert f"log.txt, {len(LOG)} bytes, SHA-256 {sha256(LOG).hexdigest()}" in after
        assert disputed.name not in plain(read(clients["kettle-reader"].get("/portal/disputes")))


class TestDecision:
    def decide(self, disputed, is_accepted=True, because="The probe saw it too late."):
        return decide_dispute(
            ticket=disputed, is_accepted=is_accepted, because=because, by="person-2", shown_as="Tom Okafor", at=cast.NOW
        )

    @pytest.mark.parametrize(
        ("is_accepted", "says", "words"),
        [(True, "dispute accepted", "You are right"), (False, "dispute refused", "We hold to it")],
    )
    def test_is_read_by_the_customer_with_its_reason(self, clients, disputed, is_accepted, says, words):
        """Who decided, what, why: on their list, and in the ledger by its digest; the ticket is settled by it."""
        before = plain(read(clients["acorn-reader"].get("/portal/disputes")))
        self.decide(disputed, is_accepted)
        after = plain(read(clients["acorn-reader"].get("/portal/disputes")))

        disputed.refresh_from_db()
        digest = sha256(b"The probe saw it too late.").hexdigest()
        assert ("Waits for our answer" in before, "resolved") == (True, disputed.state)
        assert f"{words}, decided by Tom Okafor" in after
        assert "The probe saw it too late." in after
        assert [says, f"because sha256 {digest}"] == told_of(disputed, "m2")

    def test_of_what_is_settled_or_disputes_nothing_is_refused(self, lived, disputed):
        """Decided once; a later word of the customer opens it again, and it is decided anew."""
        self.decide(disputed)

        with pytest.raises(CannotDo, match="open it again"):
            self.decide(disputed)
        with pytest.raises(CannotDo, match="disputes nothing"):
            self.decide(lived.tickets["acorn"])

    def test_without_a_reason_is_none(self, disputed):
        with pytest.raises(CannotDo, match="say why"):
            self.decide(disputed, because=" ")

    def test_is_made_on_the_desk(self, clients, disputed):
        """The ticket's page asks whether the customer is right, and why; other tickets are not asked."""
        place = f"/desk/{disputed.name}/do/decide"
        shown = clients["tom"].get(f"/desk/{disputed.name}").content.decode()
        empty = clients["tom"].post(place, {"outcome": "", "why": "x"})
        done = clients["tom"].post(place, {"outcome": "refused", "why": "Our probes saw it from two places."})

        assert ("Decide the dispute" in shown, 422, 303) == (True, empty.status_code, done.status_code)
        assert "Refused" in plain(read(clients["acorn-member"].get("/portal/disputes")))
