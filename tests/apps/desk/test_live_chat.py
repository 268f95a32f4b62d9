"""The live chat: who has it, who is there, what it is not for, and how it goes on elsewhere (RT-26 to RT-32)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.desk.ground import CUSTOMER, MONDAY, STAFF, after, answer, rows_of, runs_by_core, sign, write_back
from upheld.apps.desk import queries, services
from upheld.apps.desk.jobs import pass_on_chats, write_waiting_mails
from upheld.apps.desk.models import Ticket
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.parties.models import Role, User
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db
SUNDAY = Instant.parse("2025-06-15T12:00Z")


@pytest.fixture
def agreement():
    return sign("redtrack", package="live-chat")


@pytest.fixture
def ana(agreement):
    return User.objects.create(
        email="ana@acorn.example", name="Ana", role=Role.CUSTOMER, customer=agreement.customer, customer_role="member",
        password="!", created_at=MONDAY.utc(),
    )  # fmt: skip


def begin(agreement, ana, at=MONDAY, **report):
    told = services.Report(**{"subject": "A question", "text": "How do I see yesterday?", **report})
    sender = services.Sender(by=CUSTOMER, shown_as="Ana", user=ana)
    return services.start_chat(agreement=agreement, report=told, sender=sender, at=at)


def mailed():
    return list(Outgoing.objects.filter(kind="mail").order_by("pk").values_list("to", "body"))


class TestDoor:
    def test_says_whether_somebody_is_there(self, agreement):
        """By the hours of the channel: on a Sunday nobody is, and it says from when somebody is again."""
        doors = [queries.look_at_chat(agreement, at) for at in (MONDAY, SUNDAY)]

        assert [(True, True, False), (True, False, True)] == [
            (door.is_offered, door.is_open, door.opens_at is not None) for door in doors if door
        ]
        opens_at = doors[1].opens_at if doors[1] else None
        assert opens_at is not None
        opening = queries.look_at_chat(agreement, opens_at)
        assert opening is not None
        assert opening.is_open

    def test_names_what_it_is_not_for_and_where_that_goes(self, agreement):
        """With the clauses that say so."""
        door = queries.look_at_chat(agreement, MONDAY)

        assert door is not None
        assert ("funnel-setup" in door.not_for, "email", "RT-27" in door.clauses) == (True, door.sends_to, True)

    def test_is_not_there_where_the_agreement_has_none(self):
        assert queries.look_at_chat(sign("flosum"), MONDAY) is None


class TestStart:
    def test_is_a_ticket_by_the_channel_of_the_agreement(self, agreement, ana):
        """Its clocks are those of the chat."""
        ticket = begin(agreement, ana)

        assert ("live-chat", {"chat"}) == (
            ticket.channel,
            {clock for (clock, _), run in rows_of(ticket).items() if run[0] == "running"},
        )
        assert rows_of(ticket) == runs_by_core(agreement, ticket, MONDAY)

    def test_when_nobody_is_there_the_customer_reads_until_when(self, agreement, ana):
        """By a machine, which stops no clock."""
        ticket = begin(agreement, ana, at=SUNDAY)

        assert ["customer", "machine"] == [one.author for one in queries.messages_after(ticket, 0)]
        assert queries.messages_after(ticket, 1)[0].text.startswith("Nobody is at the chat until Mon 16 Jun 2025")

    def test_without_the_subscription_it_is_refused_with_its_clause(self):
        """Before anything is written."""
        agreement = sign("redtrack", package="personal-manager")

        with pytest.raises(services.CannotDo, match="no part of this subscription"):
            begin(agreement, None)
        assert 0 == Ticket.objects.count()


class TestPassOn:
    def test_what_it_is_not_for_goes_on_by_mail_at_once(self, agreement, ana):
        """The customer reads so with its clause, and answers come by mail from then on."""
        ticket = begin(agreement, ana, topic="funnel-setup")
        answer(ticket, after(60), text="We build it with you.")
        write_waiting_mails(after(61))

        assert ("email", "ana@acorn.example") == (ticket.channel, ticket.address)
        said = [body for to, body in mailed() if to == "ana@acorn.example"]
        assert 2 == len(said)
        assert "The chat is not for funnel-setup (RT-26, RT-27, RT-28). It goes on by email" in said[0]
        assert said[1].startswith("We build it with you.")

    def test_first_line_finds_what_it_is_about(self, agreement, ana):
        """Once: the clocks are those of the second line, and what was said in the chat is not mailed again."""
        ticket = begin(agreement, ana)
        answer(ticket, after(2), text="Let me look.")
        services.set_topic(ticket=ticket, topic="complex-integration", by=STAFF, at=after(3))

        for minute in (3, 4):
            pass_on_chats(after(minute))
            write_waiting_mails(after(minute))

        ticket.refresh_from_db()
        assert "email" == ticket.channel
        assert ["The chat is not for complex-integration"] == [body[:39] for _, body in mailed()]
        services.reckon(ticket=ticket, at=after(4))
        assert rows_of(ticket) == runs_by_core(agreement, ticket, after(4))

    def test_what_it_is_for_stays(self, agreement, ana):
        ticket = begin(agreement, ana)

        assert (False, "live-chat") == (services.pass_on(ticket=ticket, at=after(1)), ticket.channel)


class TestTalking:
    def test_what_was_said_since_is_asked_by_number(self, agreement, ana):
        """Notes are not in it, whatever their number."""
        ticket = begin(agreement, ana)
        services.write_note(ticket=ticket, said=services.Said("hm"), by=STAFF, shown_as="Eve", at=after(1))
        answer(ticket, after(2))
        write_back(ticket, after(3))

        assert [[1, 3, 4], [3, 4], [4], []] == [
            [one.number for one in queries.messages_after(ticket, number)] for number in (0, 1, 3, 4)
        ]

    def test_who_waits_longest_stands_first(self, agreement, ana):
        """Only those in which the customer spoke last."""
        first, second, answered = (begin(agreement, ana, at=after(minute)) for minute in (1, 2, 3))
        answer(answered, after(4))
        answer(first, after(5))
        write_back(first, after(6))

        with CaptureQueriesContext(connection) as asked:
            waiting = queries.chats_waiting()

        assert [second, first] == waiting
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{asked[0]['sql']}")
            plan = str(cursor.fetchall())
        assert "desk_tickets_by_channel" in plan or connection.vendor != "sqlite"
