"""The live chat in the portal: what it is not for goes on elsewhere, what is said appears, its clock tells why it runs."""

import pytest

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import plain, read
from tests.interfaces.portal.test_agreed import sign_for_acorn
from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import pass_on_changed, set_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def bound(lived, monkeypatch) -> Agreement:
    """Acorn under an agreement with a chat that its subscription includes."""
    signed: Agreement = sign_for_acorn(monkeypatch, "redtrack", package="live-chat")
    return signed


@pytest.fixture
def start(bound) -> str:
    return f"/portal/chat/{bound.key}"


@pytest.fixture
def chat(clients, start) -> Ticket:
    """Begun by a member just now, on a Friday afternoon."""
    told = {"topic": "any", "text": "How do I see yesterday?", "urgent": "yes"}
    answer = clients["acorn-member"].post(start, told)
    return read_ticket(answer["Location"].rpartition("/")[2])


class TestBeginning:
    def test_says_who_has_a_chat(self, clients, bound):
        """Of each agreement, whether it has one."""
        said = plain(read(clients["acorn-reader"].get("/portal/chat")))

        assert ("Somebody is there now." in said, "It has no live chat" in said) == (True, True)

    def test_asks_first_what_it_is_about(self, clients, start):
        """What it is not for stands there with its clause, and where it goes on."""
        said = plain(read(clients["acorn-member"].get(start)))

        assert ("Funnel setup" in said, "It goes on by email." in said, "RT-27" in said) == (True, True, True)

    def test_is_a_ticket_by_chat(self, chat):
        assert ("live-chat", True, "question") == (chat.channel, chat.is_urgent, chat.kind)

    def test_of_what_it_is_not_for_goes_on_by_mail(self, clients, start):
        """Said before it is sent; then a ticket of the second line, and the page of that."""
        before = plain(read(clients["acorn-member"].get(f"{start}?topic=funnel-setup")))
        answer = clients["acorn-member"].post(start, {"topic": "funnel-setup", "text": "Build it"})

        assert "The chat is not for this (RT-26, RT-27, RT-28): it goes on by email." in before
        found = read_ticket(answer["Location"].rpartition("/")[2])
        assert ("email", f"/portal/tickets/{found.name}") == (found.channel, answer["Location"])

    def test_without_the_subscription_it_says_so(self, clients, lived, monkeypatch):
        """With its clause, and what to do instead."""
        bound = sign_for_acorn(monkeypatch, "redtrack", package="personal-manager")

        answer = clients["acorn-member"].get(f"/portal/chat/{bound.key}")

        assert 409 == answer.status_code
        assert "no part of your subscription" in plain(read(answer))
        assert "RT-28" in plain(read(answer))

    @pytest.mark.parametrize("topic", ["nothing-like-it", "any&x=1&topic=wrong"])
    def test_of_an_unknown_topic_is_not_there(self, clients, start, topic):
        assert 404 == clients["acorn-member"].get(f"{start}?topic={topic}").status_code

    def test_needs_words(self, clients, start):
        count = Ticket.objects.count()

        assert 422 == clients["acorn-member"].post(start, {"topic": "any", "text": " "}).status_code
        assert count == Ticket.objects.count()


class TestRoom:
    def test_tells_its_line_and_its_clock(self, clients, chat):
        """Somebody is there by the hours of the channel; the clock of the chat runs, with its reasons."""
        said = plain(read(clients["acorn-reader"].get(f"/portal/chats/{chat.name}")))

        assert ("The first line has it" in said, "Somebody is there now." in said) == (True, True)
        assert ("Chat: 10 min" in said, "RT-29" in said) == (True, True)

    def test_brings_only_what_came_since(self, clients, chat):
        """An answer appears once; asked again, there is nothing to bring."""
        ground.answer(chat, cast.NOW, text="On the reports page.")
        place = f"/portal/chats/{chat.name}/after"
        first, again = (clients["acorn-reader"].get(f"{place}/{number}") for number in (1, 2))

        assert ("On the reports page." in first.content.decode(), 204) == (True, again.status_code)
        assert "How do I see yesterday?" not in first.content.decode()
        assert f"{place}/2" in first.content.decode()

    def test_takes_what_the_customer_says(self, clients, chat):
        """It is there at once, also without scripts."""
        answer = clients["acorn-member"].post(f"/portal/chats/{chat.name}", {"text": "And last week?"}, follow=True)

        assert "And last week?" in plain(read(answer))
        assert 2 == chat.messages.count()

    def test_shows_that_it_was_handed_over(self, clients, chat):
        """To the second line, with the channel and the clause."""
        set_topic(ticket=chat, topic="complex-integration", by="person-2", at=cast.NOW)
        pass_on_changed(at=cast.NOW)

        said = plain(read(clients["acorn-reader"].get(f"/portal/chats/{chat.name}")))
        assert ("Second line" in said, "It goes on by email" in said, "RT-27" in said) == (True, True, True)

    def test_is_nobody_elses(self, clients, chat):
        places = (f"/portal/chats/{chat.name}", f"/portal/chats/{chat.name}/after/0")

        assert [404, 404] == [clients["kettle-manager"].get(place).status_code for place in places]
        assert 404 == clients["kettle-manager"].post(places[0], {"text": "hello"}).status_code

    def test_is_no_page_of_another_ticket(self, clients, lived):
        """A ticket that came otherwise has a page of its own."""
        assert 404 == clients["acorn-member"].get(f"/portal/chats/{lived.tickets['acorn'].name}").status_code

    def test_is_shown_as_such_in_the_queue(self, clients, chat):
        assert "live chat" in plain(read(clients["tom"].get("/desk")))
