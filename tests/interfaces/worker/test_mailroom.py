"""Mail handed over is kept, becomes a ticket, and its answer leaves; settings by which no mail can come are refused."""

import smtplib
from email.message import EmailMessage

import pytest

from upheld.apps.desk.models import Inbound, Ticket
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.gateways.inbox import Protocol, Security, UnfitInbox
from upheld.interfaces.worker.mailroom import Mailroom, read_listening, read_mailbox
from upheld.interfaces.worker.work import list_telling, take_in_mail


class TestDoor:
    @pytest.mark.django_db(transaction=True)
    def test_takes_what_is_for_the_desk(self, settings):
        """By LMTP, as a mail server brings it: on record before the server is told so; another address is refused."""
        settings.UPHELD_INBOX_LISTEN = "lmtp://127.0.0.1:0"
        settings.UPHELD_INBOX_ADDRESSES = ["help@harbour.example"]
        room = Mailroom()
        room.open()
        try:
            assert room._listener is not None
            with smtplib.LMTP("127.0.0.1", room._listener.port) as server:
                mail = EmailMessage()
                mail["From"], mail["Subject"] = "eve@nowhere.example", "Hello"
                mail.set_content("Is anybody there?")
                refused = server.send_message(mail, to_addrs=["Help+t-7@harbour.example", "boss@harbour.example"])
        finally:
            room.close()

        take_in_mail(Instant(now_us()))

        [kept], [ticket] = Inbound.objects.all(), Ticket.objects.all()
        assert ({"boss@harbour.example"}, "read", "Hello") == (set(refused), kept.state, ticket.subject)

    def test_is_not_opened_where_none_is_named(self):
        room = Mailroom()
        room.open()

        room.close()

        assert room._listener is None


class TestSettings:
    def test_name_a_mailbox(self):
        found = read_mailbox("imaps://help%40x.example:se%2Fcret@mail.example/Support/In?kept=Done")

        assert ("mail.example", 993, Security.TLS) == (found.host, found.port, found.security)
        assert ("help@x.example", "se/cret", "Support/In", "Done") == (
            found.user, found.password, found.folder, found.kept_folder,
        )  # fmt: skip

    def test_name_a_door(self):
        found = read_listening("smtp://127.0.0.1:8025")

        assert ("127.0.0.1", 8025, Protocol.SMTP) == (found.host, found.port, found.protocol)

    @pytest.mark.parametrize("url", ["pop3://mail.example", "imaps://", "imap://mail.example", "imaps://u:p@h:many/INBOX"])
    def test_no_mailbox(self, url):
        with pytest.raises(UnfitInbox):
            read_mailbox(url)

    @pytest.mark.parametrize("url", ["http://127.0.0.1", "lmtp://", "lmtp://127.0.0.1:x"])
    def test_no_door(self, url):
        with pytest.raises(UnfitInbox):
            read_listening(url)


def test_mail_is_among_what_the_worker_does():
    names = [job.name for job in list_telling()]

    assert {"take in mail", "write answers", "recalculate what changed"} <= set(names)
