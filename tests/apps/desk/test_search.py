"""Tickets are found by their words, the same on SQLite and on PostgreSQL."""

import pytest

from upheld.apps.desk.models import Message, Ticket
from upheld.apps.desk.queries import Order, Wanted, search
from upheld.apps.desk.services import Report, Said, Sender, hold_ticket, receive, write_note
from upheld.core.timeline import MINUTE, Instant

pytestmark = pytest.mark.django_db

NOW = Instant.parse("2026-08-28T14:50Z")
JOAN = Sender(by="mail:joan", shown_as="Joan Pryce", address="joan@fenland.example")


def hold(subject: str, text: str = "") -> Ticket:
    return hold_ticket(way="email", report=Report(subject, text), sender=JOAN, because="nobody is known", at=NOW)


def found(words: str, **more) -> list[str]:
    return sorted(ticket.subject for ticket in search(words, **more))


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        ["checkout", "CHECKOUT", "check", "timeout 30", "Joan", "fenland.example", "Größe", "web-01", "T-1", "502gateway",
         "café's", "GRÖSSE", "ÜBERMAß", "  checkout   timeout "],
    )  # fmt: skip
    def test_finds_words_where_they_stand(self, words):
        """In the subject, the text, the name and the address, in any case, by how a word begins, whatever stands between."""
        hold("Checkout fails on web-01", "A timeout after 30 s: 502gateway, Größe of the café’s cart, GRÖSSE, Übermaß")
        hold("Another matter", "nothing to see")

        if words in ("Joan", "fenland.example"):
            assert ["Another matter", "Checkout fails on web-01"] == found(words)
        else:
            assert ["Checkout fails on web-01"] == found(words)

    @pytest.mark.parametrize(
        "words",
        ["", "   ", "heckout", "checkout absent", "' OR 1=1 --", '"', "*", "checkout AND", "T-999", "NEAR(", "Grosse"],
    )
    def test_finds_nothing_else(self, words):
        """No word is no search; every word must be there; signs of a query language are no words."""
        hold("Checkout fails", "Größe")

        assert [] == found(words)

    def test_a_word_may_stand_in_each_of_several_messages(self):
        """One word in the subject and one in a later message is one ticket found."""
        ticket = hold("Checkout fails")
        receive(ticket=ticket, said=Said("still the gateway"), sender=JOAN, at=NOW + MINUTE)

        assert ["Checkout fails"] == found("checkout gateway")

    def test_notes_are_for_staff(self):
        """What only staff wrote is found by staff alone."""
        write_note(ticket=hold("Checkout fails"), said=Said("php-fpm"), by="person-1", shown_as="Tom", at=NOW + MINUTE)

        assert (["Checkout fails"], []) == (found("php"), found("php", notes=False))

    def test_follows_what_changes(self):
        """A subject that changes is found by its new words only; what is gone is not found."""
        ticket = hold("Checkout fails", "gateway")
        ticket.subject = "Basket is empty"
        ticket.save()

        assert ([], ["Basket is empty"]) == (found("checkout"), found("basket"))
        Message.objects.filter(ticket=ticket).delete()
        assert [] == found("gateway")

    def test_keeps_to_what_is_wanted(self):
        """Words and filters hold together; pages follow each other."""
        for number in range(5):
            hold(f"Checkout {number}")
        Ticket.objects.filter(subject="Checkout 3").update(kind="question")
        pages = [search("checkout", order=Order.NEWEST, limit=2, after=after) for after in (0, 2, 4)]

        assert ["Checkout 3"] == found("checkout", wanted=Wanted(kind="question"))
        assert [["T-5", "T-4"], ["T-3", "T-2"], ["T-1"]] == [[one.name for one in page] for page in pages]

    def test_a_long_text_is_kept_and_found_by_its_beginning(self):
        """A megabyte of words is no error on either database."""
        hold("Long", "beginning " + " ".join(f"w{number}" for number in range(150_000)))

        assert ["Long"] == found("beginning")
