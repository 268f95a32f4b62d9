"""A person is erased: nothing of them is in any row, and the ledger, its facts and its figures are what they were."""

import json

import pytest
from django.core import serializers

from tests.apps.desk.ground import MONDAY, STAFF, after, open_one, sign
from upheld.apps.desk import services as desk
from upheld.apps.desk.models import Exhibit, Inbound, Message
from upheld.apps.erasure import queries, services
from upheld.apps.erasure.services.rewriting import list_tables, rewrite_bytes, rewrite_text
from upheld.apps.ledger.queries import facts_of, verify_ledger
from upheld.apps.parties.models import Mark, Role, Token, User
from upheld.apps.parties.queries import ERASED, open_marks
from upheld.apps.parties.services import add_contact, add_token, add_user, mark_of
from upheld.core.facts import PersonErased
from upheld.gateways.sealing import list_erased, take_key

pytestmark = pytest.mark.django_db

NAME, ADDRESS, NUMBER = "Odalys Quillfinch", "odalys@acorn.example", "+49 151 2345678"


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.UPHELD_KEYS = tmp_path / "keys"
    settings.UPHELD_MAIL = tmp_path / "mail"
    return settings.UPHELD_KEYS


@pytest.fixture
def agreement():
    return sign()


@pytest.fixture
def odalys(agreement) -> User:
    return add_user(
        email=ADDRESS, name=NAME, role=Role.CUSTOMER, password="walnut-harbour-41", at=MONDAY, customer=agreement.customer
    )


def erase(**given):
    return services.erase_person(**{"address": ADDRESS, "by": STAFF, "at": after(60), **given})


def written() -> str:
    """All rows of ours, as they would be written out."""
    return "\n".join(serializers.serialize("json", table._base_manager.all()) for table in list_tables())


class TestErasing:
    def test_leaves_nothing_in_rows(self, agreement, odalys):
        """Own words, other people's words about the person, ways in and marks: all of it goes."""
        by = desk.Sender(by=f"person-{odalys.pk}", shown_as=NAME, user=odalys, address=ADDRESS)
        told = desk.Report(subject="Quillfinch cannot sign in", text=f"Call {NUMBER}")
        ticket = desk.open_ticket(agreement=agreement, way="portal", report=told, sender=by, at=MONDAY)
        desk.write_note(
            ticket=ticket, said=desk.Said(text=f"{NAME} rang from {NUMBER}, {ADDRESS}"), by="person-99", shown_as="Tom",
            at=after(5),
        )  # fmt: skip
        desk.receive_instruction(ticket=ticket, by=f"person-{odalys.pk}", what="Feed the quillfinch", at=after(6))
        add_token(user=odalys, name="script", at=MONDAY)

        erase(also=[NUMBER])

        left = written().casefold()
        assert [] == [word for word in ("quillfinch", "odalys", "2345678") if word in left]
        assert 0 == Token.objects.count()
        assert Message.objects.get(ticket=ticket, author="person").text.startswith(f"person-{odalys.pk} rang from ")
        assert 0 == Mark.objects.filter(owner=f"person-{odalys.pk}").count()

    def test_leaves_tables_of_the_customer_and_no_document(self, agreement, odalys):
        """What the person handed over: figures that name nobody stay, a document may hold anything and goes."""
        table, paper = (desk.Attached("Quillfinch.csv", "text/csv", b"at,result\n"), desk.Attached("a.pdf", "", b"%PDF"))
        for kind, file in (("measurements", table), ("document", paper)):
            desk.keep_exhibit(
                customer=agreement.customer, kind=kind, file=file, says=f"From {NAME}", by=f"person-{odalys.pk}",
                shown_as=NAME, at=MONDAY,
            )  # fmt: skip

        erase()

        kept = Exhibit.objects.order_by("number").values_list("content", "says", "file_name", "shown_as")
        assert [(b"at,result\n", "", "erased", ERASED), (b"", "", "erased", ERASED)] == [
            (bytes(content), *told) for content, *told in kept
        ]

    def test_changes_no_hash(self, agreement, odalys):
        """Every fact from before is what it was; one more says that the person was erased, by the mark alone."""
        ticket = open_one(agreement)
        desk.resolve(ticket=ticket, by=f"person-{odalys.pk}", because=f"{NAME} agreed", at=after(10))
        before = facts_of(agreement.key)

        erased = erase()

        facts = facts_of(agreement.key)
        assert ([], "") == (erased.kept, queries.say_kept(erased))
        assert before == facts[:-1]
        assert (True, f"person-{odalys.pk}") == (isinstance(facts[-1], PersonErased), erased.person)
        assert [] == verify_ledger(agreement.key)
        assert "quillfinch" not in json.dumps([fact.to_json() for fact in facts]).casefold()
        assert f"{ERASED} agreed" == open_marks(f"person-{odalys.pk} agreed")

    def test_tells_which_facts_name_the_person_still(self, agreement):
        """A name that nobody knew to be one when it was recorded stays, and is told by ledger and number alone."""
        ticket = open_one(agreement)
        desk.resolve(ticket=ticket, by=STAFF, because=f"{NAME} agreed", at=after(10))
        [number] = [place for place, fact in enumerate(facts_of(agreement.key)) if NAME in str(fact)]
        add_contact(customer=agreement.customer, name=NAME, email=ADDRESS)

        erased = erase()

        assert [f"fact {number} of {agreement.key}"] == erased.kept
        assert "1 that never change name the person in clear" in queries.say_kept(erased)
        assert "Quillfinch" not in queries.say_kept(erased)

    def test_of_somebody_who_only_wrote(self, agreement):
        """A mail from nobody we know: its bytes, its words and its sender go."""
        kept = Inbound.objects.create(
            digest="d", channel="email", envelope_from=ADDRESS, raw=b"From: odalys", received_at=MONDAY.utc(), state="read"
        )

        erase()

        kept.refresh_from_db()
        assert (b"", "", True) == (bytes(kept.raw), kept.envelope_from, ADDRESS not in written())

    def test_of_a_number_takes_what_came_by_sms(self, agreement, odalys):
        """What somebody on call wrote back: their number stands in its bytes as a provider spells it."""
        odalys.ways.create(
            kind="sms", address="+442079460123", is_for_urgent=True, is_for_other=True, code_until_at=MONDAY.utc()
        )
        kept = Inbound.objects.create(
            digest="s", channel="sms", envelope_from="+442079460123", raw=b"From=%2B442079460123&Body=ack+4711",
            received_at=MONDAY.utc(), state="read",
        )  # fmt: skip

        erase()

        kept.refresh_from_db()
        assert (b"", "") == (bytes(kept.raw), kept.envelope_from)

    def test_takes_a_contact_away(self, agreement):
        """Nobody writes to them any more."""
        add_contact(customer=agreement.customer, name=NAME, email=ADDRESS)
        mark_of(ADDRESS)

        erase()

        contacts = agreement.customer.contacts.filter(email=ADDRESS)
        assert (0, 0) == (contacts.count(), Mark.objects.filter(value=ADDRESS).count())

    def test_is_kept_outside_and_ends_the_key_of_backups(self, agreement, odalys, keys):
        """So that a backup from before is erased again, and ends one day."""
        first = take_key(keys / "backups").name

        erase()

        [erased] = list_erased(keys)
        assert (f"person-{odalys.pk}", "key-1", "key-2") == (erased.person, first, take_key(keys / "backups").name)
        assert ADDRESS not in (keys / "erased.jsonl").read_text()

    def test_is_done_again_after_an_older_backup(self, agreement, odalys):
        """The rows are there again; the list finds them."""
        erase()
        User.objects.filter(pk=odalys.pk).update(email=ADDRESS, name=NAME)

        again = services.erase_again(by="upheld", at=after(90))

        assert [f"person-{odalys.pk}"] == [erased.person for erased in again]
        assert "quillfinch" not in written().casefold()
        assert [] == services.erase_again(by="upheld", at=after(91))

    def test_of_nobody_is_refused(self, agreement):
        """A slip of the pen erases nobody."""
        with pytest.raises(services.CannotErase, match="nothing is kept of"):
            erase(address="nobody@acorn.example")

    def test_of_the_only_administrator_is_refused(self):
        """Somebody has to be able to sign in."""
        add_user(
            email="mara@example.org", name="Mara Ellis", role=Role.ADMINISTRATOR, password="walnut-harbour-41", at=MONDAY
        )  # fmt: skip

        with pytest.raises(services.CannotErase, match="only administrator"):
            erase(address="mara@example.org")


class TestRewriting:
    def test_takes_whole_words(self, agreement, odalys):
        """Another person whose name begins alike stays."""
        spell = queries.spell_person(queries.find_subject(ADDRESS))

        text = rewrite_text(f"{NAME} and odalys quillfinches", spell=spell, person="person-1")
        assert "person-1 and odalys quillfinches" == text

    @pytest.mark.parametrize(
        "raw",
        [b"Odalys Quillfinch", b"=?utf-8?q?Odalys_Quillfinch?=", b"T2RhbHlzIFF1aWxsZmluY2g=\r\n", b"Odalys Quill=\r\nfinch"],
    )
    def test_reads_the_codings_of_mail(self, raw, agreement, odalys):
        """Plain, quoted printable, base64, and a line that was broken."""
        spell = queries.spell_person(queries.find_subject(ADDRESS))

        assert ERASED.encode() == rewrite_bytes(raw, spell=spell)
        assert b"Ada" == rewrite_bytes(b"Ada", spell=spell)
