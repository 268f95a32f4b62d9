"""No fact is recorded with a person in it: marks stand there, the same for the same person, and they can be erased."""

from typing import Any

import pytest

from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.apps.parties import queries, services
from upheld.apps.parties.marking import mark_people
from upheld.apps.parties.models import Mark, Role
from upheld.core.facts import InstructionReceived, PersonNamed, TicketOpened, TicketResolved
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")


def make(kind, **fields):
    told = {"id": "f-1", "agreement": "acorn-hosting", "occurred_at": NOON, "recorded_at": NOON, "source": "person-9"}
    return kind(**{**told, **fields})


def recorded() -> list[Any]:
    return list(facts_of("acorn-hosting"))


@pytest.fixture
def ada():
    acorn = services.add_customer(slug="acorn", name="Acorn Legal")
    return services.add_user(
        email="ada@acorn.example", name="Ada Lovelace", role=Role.CUSTOMER, password="walnut-harbour-41", at=NOON,
        customer=acorn,
    )  # fmt: skip


class TestMarks:
    def test_are_the_same_for_the_same_person(self):
        """Whatever the case of the letters; another address has another mark."""
        assert services.mark_of("Ada@Acorn.example") == services.mark_of(" ada@acorn.example ")
        assert services.mark_of("ada@acorn.example") != services.mark_of("eve@acorn.example")

    def test_are_salted(self):
        """Whoever has only the ledger cannot find the value by trying: erased and made anew, the mark is another."""
        before = services.mark_of("ada@acorn.example")
        Mark.objects.all().delete()

        assert before != services.mark_of("ada@acorn.example")

    def test_are_the_pseudonym_of_who_signs_in(self, ada):
        """An address that somebody wrote and the person who signs in by it are one and the same."""
        assert f"person-{ada.pk}" == services.mark_of("ADA@acorn.example")

    def test_of_a_telephone_number_do_not_depend_on_how_it_is_written(self):
        """Blanks and strokes are for the eye."""
        assert services.mark_of("+49 151 234-5678") == services.mark_of("+491512345678")


class TestTexts:
    @pytest.mark.parametrize(
        "who", ["eve@acorn.example", "Eve.Holt+x@mail.acorn.example", "+49 151 2345678", "0151 23456789", "+44 20 7946 0958"]
    )
    def test_hold_no_address_and_no_number(self, who):
        """Each becomes a mark, wherever it stands; the words around it stay."""
        text = services.mark_text(f"Call {who}, then wait.")

        assert who not in text
        assert ("Call ", ", then wait.") == (text[:5], text[-12:])
        assert 1 == len(queries.MARKED.findall(text))

    def test_hold_no_full_name(self, ada):
        """However the letters are; a word that only begins like a name stays."""
        text = services.mark_text("ADA LOVELACE said so, Ada Lovelaces too")

        assert f"person-{ada.pk} said so, Ada Lovelaces too" == text

    @pytest.mark.parametrize(
        "text",
        ["answered 500 after 3.2 s", "from 2026-02-14 12:00 to 14-02-2026", "GBP 0.00123456789", "the disk T-1 is full",
         "sha256 00112233445566778899aabbccddeeff of it", "10.0.0.1:8080 does not answer", "INV-2026-000123 is paid"],
    )  # fmt: skip
    def test_that_name_nobody_stay(self, text, ada):
        """Times, amounts, digests and numbers of things are no telephone numbers."""
        assert text == services.mark_text(text)

    def test_are_shown_with_names_while_these_are_kept(self, ada):
        """And say so once they are not."""
        stranger = services.mark_text("eve@acorn.example wrote to ada@acorn.example")
        assert "eve@acorn.example wrote to Ada Lovelace" == queries.open_marks(stranger)

        Mark.objects.all().delete()
        assert "a person since erased wrote to Ada Lovelace" == queries.open_marks(stranger)


class TestFacts:
    def test_are_the_very_same_where_nobody_stands_in_them(self):
        """Nothing is looked up and nothing is made for what machines tell."""
        fact = make(TicketResolved, ticket="T-1", by="person-9")

        assert [fact] == list(mark_people([fact]))

    def test_are_recorded_with_marks(self, ada):
        """A person named by an address is who signs in by it; a stranger has a mark; names are gone from the reasons."""
        record(
            facts=[
                make(PersonNamed, id="f-1", role="web-admin", person="Ada@acorn.example"),
                make(PersonNamed, id="f-2", role="deputy", person="eve@acorn.example"),
                make(TicketResolved, id="f-3", ticket="T-1", by="person-9", because="Ada Lovelace agreed"),
            ]
        )
        named, other, resolved = recorded()

        assert f"person-{ada.pk}" == named.person
        assert services.mark_of("eve@acorn.example") == other.person
        assert f"person-{ada.pk} agreed" == resolved.because

    def test_hold_nothing_of_an_instruction_but_its_mark(self):
        """What customers write in their own words stands apart, and is shown while it is kept."""
        record(facts=[make(InstructionReceived, instruction="I-1", by="person-9", what="Delete the zebra shop")])
        (told,) = recorded()

        assert "zebra" not in told.what
        assert "Delete the zebra shop" == queries.name_of_mark(told.what)

    def test_hold_long_answers_apart(self):
        """A short one decides what counts, so it stays."""
        long = "what happened: the zebra ran through the whole shop and broke all that was in it"
        record(facts=[make(TicketOpened, ticket="T-1", channel="portal", told=("volume: 120", long))])
        (opened,) = recorded()

        assert "volume: 120" == opened.told[0]
        assert opened.told[1].startswith("what happened: words-")

    def test_are_the_same_fact_after_a_person_came_on_record(self):
        """Recorded again with what is known since, it is not another fact."""
        fact = make(TicketResolved, ticket="T-1", by="person-9", because="Ada Lovelace agreed")
        record(facts=[fact])
        services.add_user(
            email="ada@example.org", name="Ada Lovelace", role=Role.STAFF, password="walnut-harbour-41", at=NOON
        )
        record(facts=[fact])

        assert 1 == len(recorded())
