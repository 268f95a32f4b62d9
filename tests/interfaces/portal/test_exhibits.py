"""Data in: a customer hands over files of their own, which are kept as they came and put forward as evidence."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import plain, read
from upheld.apps.billing.models import Claim
from upheld.apps.desk.models import Exhibit
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.ledger.queries import known_facts
from upheld.core.facts import ClaimFiled, of_kind

pytestmark = pytest.mark.django_db

PLACE = "/portal/records"
SEEN = b"at,result\n2026-07-14T10:00Z,no answer\n2026-07-14T10:01Z,503\n"
BAD = b"at,result\n2026-07-14 10:00,no answer\nyesterday,503\n2026-07-14T10:02Z,\n"


def hand_over(client, content=SEEN, kind="measurements", name="seen.csv"):
    return client.post(PLACE, {"kind": kind, "says": "Our own probe", "files": [SimpleUploadedFile(name, content)]})


def shown(client, place=PLACE):
    return plain(read(client.get(place)))


class TestHandingOver:
    def test_keeps_the_bytes_and_says_who_and_when(self, clients):
        """Size, digest and person stand in the list; the bytes are taken away as they came."""
        answer = hand_over(clients["acorn-member"])

        page = shown(clients["acorn-reader"])
        assert (303, [SEEN]) == (answer.status_code, [bytes(one.content) for one in Exhibit.objects.all()])
        assert "X-1 seen.csv" in page
        assert f"Measurements (CSV), {len(SEEN)} bytes, handed over by Acorn member. 2 rows." in page
        assert f"SHA-256 {sha256(SEEN).hexdigest()}" in page
        assert SEEN == clients["acorn-reader"].get(f"{PLACE}/handed-over/X-1").content

    def test_keeps_the_same_bytes_once(self, clients):
        """However often they are sent; another customer's are another's."""
        for who in ("acorn-member", "acorn-manager", "kettle-member"):
            hand_over(clients[who])

        assert 2 == len({one.customer_id for one in Exhibit.objects.all()}) == Exhibit.objects.count()

    def test_keeps_a_bad_table_and_names_each_place(self, clients):
        """By line and column, with what came and what would be read; the bytes are all there."""
        hand_over(clients["acorn-member"], BAD)

        page = shown(clients["acorn-reader"])
        assert "Not all can be read" in page
        assert "Line 2, column at: '2026-07-14 10:00' says no offset; write 2026-02-14T10:00Z." in page
        assert "Line 3, column at: 'yesterday' is no time; write" in page
        assert "Line 4, column result: it is empty." in page
        assert BAD == bytes(Exhibit.objects.get().content)

    @pytest.mark.parametrize(
        ("kind", "file", "words"),
        [("document", None, "Choose a file"), ("gossip", b"b", "Say what it is"), ("document", b"", "nothing is in it")],
    )
    def test_says_what_is_missing(self, clients, kind, file, words):
        files = {} if file is None else {"files": SimpleUploadedFile("a.txt", file)}
        answer = clients["acorn-member"].post(PLACE, {"kind": kind, **files})

        assert (422, 0) == (answer.status_code, Exhibit.objects.count())
        assert words in plain(read(answer))

    def test_of_others_is_not_there(self, clients):
        """Not in the list, not by its address."""
        hand_over(clients["acorn-member"])

        assert "X-1" not in shown(clients["kettle-manager"])
        assert 404 == clients["kettle-manager"].get(f"{PLACE}/handed-over/X-1").status_code


class TestRoom:
    def test_is_said_and_ends_with_a_plain_answer(self, clients, settings):
        """How much is used, what is allowed, what to do; nothing of what came with it is kept, and what is there stays."""
        settings.UPHELD_RECORDS_MEGABYTES = 1
        large = b"x" * 600_000
        hand_over(clients["acorn-member"], large, "document", "one.bin")
        files = [SimpleUploadedFile("small.bin", b"small"), SimpleUploadedFile("two.bin", large[1:])]

        answer = clients["acorn-member"].post(PLACE, {"kind": "document", "files": files})

        page = plain(read(answer))
        assert (422, 1) == (answer.status_code, Exhibit.objects.count())
        assert "There is no room for it: 600,005 of 1,000,000 bytes are used, 399,995 are left, and it has 599,999." in page
        assert "Ask us for more room, or attach it to a ticket; what you handed over before stays" in page
        assert "600 kB of 1 MB are used." in shown(clients["acorn-reader"])

    def test_is_each_customers_own(self, clients, settings):
        """What another one used is not counted, and the same bytes again take no room."""
        settings.UPHELD_RECORDS_MEGABYTES = 1
        large = b"x" * 1_000_000

        answers = [hand_over(clients[who], large, "document") for who in ("acorn-member", "acorn-member", "kettle-member")]

        assert [303, 303, 303] == [answer.status_code for answer in answers]
        assert "Ask us for more room, or attach files to a ticket." in shown(clients["acorn-reader"])


class TestTakingAway:
    def test_has_everything_in_ordinary_files(self, clients, lived):
        """Facts as the ledger has them, the signed text, statements, tickets with their files, claims, people, own files."""
        hand_over(clients["acorn-member"], name="../../seen.csv")

        answer = clients["acorn-reader"].get(f"{PLACE}/everything.zip")
        archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))

        names = archive.namelist()
        facts = archive.read(f"agreements/{cast.ACORN}/facts.jsonl")
        assert SEEN == archive.read("handed-over/X-1-seen.csv")
        assert clients["acorn-reader"].get(f"{PLACE}/{cast.ACORN}.jsonl").content == facts
        assert {"READ-ME.txt", "claims.json", "invoices.json", "people.json"} <= set(names)
        assert [f"statements/{cast.ACORN}/2026-07/1.json"] == [name for name in names if name.startswith("statements/")][-1:]
        assert [name for name in names if name.endswith("/ticket.json")]
        people = {person["name"] for person in json.loads(archive.read("people.json"))}
        assert {"Acorn manager", "Acorn member", "Acorn reader"} <= people

    def test_has_nothing_of_others(self, clients):
        hand_over(clients["acorn-member"])

        answer = clients["kettle-manager"].get(f"{PLACE}/everything.zip")
        archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))

        assert [] == [name for name in archive.namelist() if "acorn" in name or name.startswith("handed-over/")]
        assert [] == [name for name in archive.namelist() if b"Acorn" in archive.read(name)]


class TestEvidence:
    def test_of_a_claim_is_in_the_ledger_by_digest(self, clients, lived):
        """Chosen on the form of the claim; both sides find it on its page, and the fact names its digest."""
        hand_over(clients["acorn-member"])
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"

        offered = shown(clients["acorn-member"], place)
        answer = clients["acorn-member"].post(place, {"ticket": "T-1", "evidence": "", "exhibit": "X-1"})

        claim = Claim.objects.order_by("-number")[0]
        [filed] = [one for one in of_kind(known_facts(cast.ACORN)[1], ClaimFiled) if one.claim == claim.name]
        assert "X-1 seen.csv" in offered
        assert f"X-1: sha256 {sha256(SEEN).hexdigest()}, {len(SEEN)} bytes" in filed.details
        assert f"{PLACE}/handed-over/X-1" in clients["acorn-reader"].get(answer["Location"]).content.decode()
        tom = sign_in(lived.people["tom"])
        assert "/exhibits/X-1" in tom.get(f"/claims/{claim.name}").content.decode()
        assert SEEN == tom.get("/exhibits/X-1").content

    def test_of_a_dispute_is_in_the_ledger_by_digest(self, clients):
        """It goes with the complaint as a file of it."""
        hand_over(clients["acorn-member"])
        place = "/portal/statements/acorn-legal/teamplify/2026-07/1/dispute"

        answer = clients["acorn-member"].post(place, {"figure": "0", "text": "You were down longer.", "exhibit": "X-1"})

        ticket = read_ticket(answer["Location"].rpartition("/")[2])
        assert f"evidence 1: sha256 {sha256(SEEN).hexdigest()}, {len(SEEN)} bytes" in ticket.told
        assert [SEEN] == [bytes(one.content) for one in ticket.messages.get(number=1).attachments.all()]

    def test_of_others_cannot_be_chosen(self, clients, lived):
        """A name alone puts nothing forward."""
        hand_over(clients["kettle-member"])
        place = f"/portal/claims/file/{cast.ACORN}/tenfold/O-{lived.outages['acorn'][-1]}"

        assert 422 == clients["acorn-member"].post(place, {"exhibit": "X-1"}).status_code
