"""Disputes in the portal: a complaint that names rule, statement and figure, with evidence that the ledger can prove."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries import links_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import Said, reply
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
        assert disputed.name not in plain(read(clients["kettle-reader"].get("/portal/disputes")))
