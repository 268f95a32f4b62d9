"""What people write to our bot: linked by a code, a ticket or a message on one, answered in the same chat."""

import json
from typing import Any

import pytest
from django.db import connection

from tests.apps.desk.ground import MONDAY, STAFF, after, answer, recorded, sign
from tests.apps.oncall.people import add_person
from tests.at_once import run_at_once
from upheld.apps.desk import queries, services
from upheld.apps.desk.jobs import take_in_updates, write_waiting_chats
from upheld.apps.desk.models import Inbound, Message, Ticket
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.parties.models import Role, User
from upheld.core.facts import MessageSent
from upheld.core.timeline import DAY, SECOND

pytestmark = pytest.mark.django_db
CHAT, OTHER_CHAT = 700_100, 700_200


@pytest.fixture
def agreement():
    return sign()


@pytest.fixture
def ana(agreement):
    return User.objects.create(
        email="ana@acorn.example", name="Ana", role=Role.CUSTOMER, customer=agreement.customer, customer_role="member",
        password="!", created_at=MONDAY.utc(),
    )  # fmt: skip


class Bot:
    """Brings updates as Telegram does, each with the next number."""

    def __init__(self) -> None:
        self.number = 0

    def bring(self, text: str, at: Any, *, chat: int = CHAT, kind: str = "private", **more: Any) -> Inbound:
        self.number += 1
        message = {
            "message_id": self.number, "date": at.micros // SECOND.micros, "chat": {"id": chat, "type": kind},
            "from": {"id": chat, "first_name": "Ana", "last_name": "Acorn"}, "text": text, **more,
        }  # fmt: skip
        return self.bring_bytes(json.dumps({"update_id": self.number, "message": message}).encode(), at)

    def bring_bytes(self, raw: bytes, at: Any) -> Inbound:
        kept = services.keep_inbound(channel="telegram", raw=raw, received_at=at)
        take_in_updates(at)
        write_waiting_chats(at)
        return Inbound.objects.get(pk=kept.pk)


@pytest.fixture
def bot():
    return Bot()


@pytest.fixture
def linked(ana, bot):
    bot.bring(f"/start {services.offer_chat_code(user=ana, at=MONDAY)}", after(1))
    Outgoing.objects.all().delete()
    return ana


def sent_to(chat):
    return list(Outgoing.objects.filter(kind="telegram", to=str(chat)).order_by("pk").values_list("body", flat=True))


class TestLinking:
    def test_by_a_code_that_was_shown(self, ana, bot):
        """From then on the chat speaks for whoever was shown it."""
        code = services.offer_chat_code(user=ana, at=MONDAY)

        bot.bring(f"/start {code.lower()}", after(5))

        assert ana == queries.owner_of(CHAT)
        assert ["This chat is linked to Ana. What you write here becomes a ticket."] == sent_to(CHAT)

    def test_a_code_is_good_once(self, ana, bot):
        """Whoever reads it over a shoulder afterwards links nothing."""
        code = services.offer_chat_code(user=ana, at=MONDAY)

        bot.bring(f"/start {code}", after(5))
        bot.bring(f"/start {code}", after(6), chat=OTHER_CHAT)

        assert (ana, None) == (queries.owner_of(CHAT), queries.owner_of(OTHER_CHAT))

    @pytest.mark.parametrize("minute", [30, 31])
    def test_a_code_is_good_for_half_an_hour(self, ana, bot, minute):
        """And the latest alone."""
        code = services.offer_chat_code(user=ana, at=MONDAY)

        bot.bring(f"/start {code}", after(minute))

        assert queries.owner_of(CHAT) is None
        assert sent_to(CHAT)[0].startswith("This code is not good")

    def test_ends_with_the_person(self, linked, bot, agreement):
        """Somebody whose access was closed writes like somebody whom nobody knows."""
        User.objects.filter(pk=linked.pk).update(is_active=False)

        bot.bring("It is me", after(10))

        assert "nobody is known by this chat" == Ticket.objects.get().held_because

    def test_a_chat_in_which_staff_are_paged_opens_no_ticket(self, agreement, bot):
        """They are told where tickets are answered; whoever only begins a chat reads its number, to be paged there."""
        ways = add_person("Ada").ways
        ways.create(
            kind="telegram", address=str(CHAT), is_for_urgent=True, is_for_other=True, code_digest="x",
            code_until_at=MONDAY.utc(), verified_at=MONDAY.utc(),
        )  # fmt: skip

        bot.bring("I am on it", after(10))
        bot.bring("/start", after(11), chat=OTHER_CHAT)

        assert 0 == Ticket.objects.count()
        assert sent_to(CHAT)[0].startswith("You are paged here")
        assert sent_to(OTHER_CHAT)[0].endswith(f"The number of this chat is {OTHER_CHAT}.")


class TestWriting:
    def test_opens_a_ticket_under_the_one_agreement(self, agreement, linked, bot):
        """Its clocks run from when Telegram had it; the confirmation is a machine's and stops none."""
        bot.bring("The search is slow\nSince this morning.", after(10))

        ticket = Ticket.objects.get()
        assert ("T-1", "telegram", "The search is slow", True, after(10).utc()) == (
            ticket.name, ticket.channel, ticket.subject, ticket.is_verified, ticket.received_at,
        )  # fmt: skip
        assert ["customer", "machine"] == [fact.author for fact in recorded(agreement, MessageSent)]
        assert sent_to(CHAT)[0].startswith("T-1:\nYour message has arrived")

    def test_goes_on_with_its_ticket(self, linked, bot):
        """What is written next belongs there, until it is named otherwise or begun anew."""
        bot.bring("First", after(10))
        bot.bring("And more", after(11))
        bot.bring("/new Second", after(12))
        bot.bring("T-1 once more", after(13))

        said = Message.objects.filter(author="customer").order_by("pk").values_list("ticket__number", "text")
        assert [(1, "First"), (1, "And more"), (2, "Second"), (1, "T-1 once more")] == list(said)

    def test_nobody_names_a_ticket_of_others(self, linked, bot, agreement):
        """A name alone opens no door."""
        services.hold_ticket(
            way="email", report=services.Report("Theirs"), sender=services.Sender("somebody"), because="nobody knows",
            at=MONDAY,
        )  # fmt: skip

        bot.bring("T-1 let me in", after(10))

        assert [1, 1] == [Ticket.objects.get(number=number).messages.filter(author="customer").count() for number in (1, 2)]

    def test_answers_go_back_to_the_chat_once(self, linked, bot):
        """However often the worker looks, and notes never."""
        bot.bring("First", after(10))
        ticket = Ticket.objects.get()
        answer(ticket, after(20), text="We look into it.")
        services.write_note(ticket=ticket, said=services.Said("She is angry"), by=STAFF, shown_as="Eve", at=after(21))

        for minute in (21, 22):
            write_waiting_chats(after(minute))

        assert ["T-1, Eve:\nWe look into it."] == sent_to(CHAT)[1:]

    def test_an_unlinked_chat_is_held_and_told_how_to_say_who_it_is(self, agreement, bot):
        """One held ticket for the chat, however much is written."""
        for minute in (10, 11, 12):
            bot.bring(f"Help {minute}", after(minute))

        [ticket] = Ticket.objects.all()
        assert ("nobody is known by this chat", 3) == (
            ticket.held_because,
            ticket.messages.filter(author="customer").count(),
        )
        assert "/start CODE" in sent_to(CHAT)[0]
        assert [] == recorded(agreement, MessageSent)

    def test_files_are_named_and_not_fetched(self, linked, bot):
        """Whoever answers knows that something is missing, and whoever wrote how to hand it over."""
        bot.bring("See here", after(10), document={"file_id": "x", "file_name": "log.txt"})

        assert "With it came log.txt, which stays in Telegram" in Message.objects.get(author="customer").text

    def test_long_after_it_is_another_matter(self, linked, bot):
        """As with every channel: fourteen days after it was resolved."""
        bot.bring("First", after(10))
        services.resolve(ticket=Ticket.objects.get(), by=STAFF, because="done", at=after(20))

        bot.bring("Again", after(20) + DAY * 15)

        assert [1, 2] == list(Ticket.objects.order_by("number").values_list("number", flat=True))


class TestKeeping:
    def test_the_same_update_twice_is_one_message(self, linked, bot):
        """Telegram brings again what was not confirmed in time."""
        first = bot.bring("First", after(10))
        again = bot.bring_bytes(bytes(first.raw), after(11))

        assert (first.pk, 1) == (again.pk, Message.objects.filter(author="customer").count())

    @pytest.mark.parametrize("raw", [b"{", b"[]", b'{"update_id": 1, "message": {"text": "x"}}', b"\xff\x00"])
    def test_what_cannot_be_read_is_held_for_a_person(self, bot, agreement, raw):
        """Nothing that came is lost."""
        kept = bot.bring_bytes(raw, after(10))

        assert ("unreadable", "it cannot be read") == (kept.state, Ticket.objects.get().held_because)

    def test_a_letter_that_no_database_keeps_is_left_out(self, linked, bot):
        """A NUL, or half a letter, is no reason to lose the rest."""
        bot.bring("a\x00b\ud800c", after(10))

        assert "abc" == Message.objects.get(author="customer").text

    @pytest.mark.parametrize("update", [{"update_id": 1, "edited_message": {}}, {"update_id": 1, "my_chat_member": {}}])
    def test_what_is_no_message_says_so(self, bot, agreement, update):
        """Kept, with the reason; nobody is asked to answer."""
        kept = bot.bring_bytes(json.dumps(update).encode(), after(10))

        assert ("ignored", "it is no new message: an edit, a reaction") == (kept.state, kept.because)

    def test_a_group_is_no_way_in(self, linked, bot):
        """Anybody in it could speak for whoever linked it."""
        kept = bot.bring("hello all", after(10), kind="group")

        assert ("ignored", 0) == (kept.state, Ticket.objects.count())


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_an_update_once():
    """Both find it waiting: one ticket comes of it."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    message = {"message_id": 1, "date": 1, "chat": {"id": CHAT, "type": "private"}, "text": "Help"}
    raw = json.dumps({"update_id": 1, "message": message}).encode()
    services.keep_inbound(channel="telegram", raw=raw, received_at=MONDAY)

    run_at_once(lambda: take_in_updates(after(1)), lambda: take_in_updates(after(1)))

    assert (1, 2) == (Ticket.objects.count(), Message.objects.count())
