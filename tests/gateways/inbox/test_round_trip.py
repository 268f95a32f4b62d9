"""Letters through real servers, there and back: a thread that holds, and a bounce that finds its letter."""

import time
from pathlib import Path

import pytest

from tests.gateways.inbox.real_servers import MailServers
from tests.gateways.inbox.test_every_inbox import send
from upheld.core.timeline import Instant
from upheld.gateways.inbox import Arrived, ImapInbox, Listener, Listening, Mailbox
from upheld.gateways.mail import Mail, Writer, make_message_id, may_answer_automatically, open_mailer, tag_subject
from upheld.gateways.reading import Mail as ReadMail
from upheld.gateways.reading import Ours, read_mail

NOW = Instant.parse("2030-01-01T00:00Z")
NOON = Instant.parse("2026-02-14T12:00Z")
DESK = "Support <support@example.com>"
OURS = Ours("mail.example.com", ("example.com",))
QUESTION = (
    "From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.com>\r\nTo: support@example.com\r\nSubject: Shop is down\r\n"
    "Message-ID: <question@example.com>\r\nDate: Sat, 14 Feb 2026 12:00:00 +0000\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSeit 12 Uhr lädt nichts.\r\n"
)

pytestmark = pytest.mark.root


def receive(servers: MailServers, user: str) -> ReadMail:
    """The next mail in a mailbox, as read."""
    kept: list[Arrived] = []
    mailbox = Mailbox("127.0.0.1", user, "walnut", servers.imaps, ca_file=servers.certificate)
    give_up_at = time.monotonic() + 30
    while not kept and time.monotonic() < give_up_at:
        ImapInbox(mailbox, kept.append, lambda: NOW).take_all()
        time.sleep(0.1)
    assert kept, f"nothing came for {user} within 30 s"
    mail = read_mail(kept[0].raw, OURS)
    assert isinstance(mail, ReadMail)
    return mail


def test_a_thread_holds(mail_servers: MailServers, tmp_path: Path):
    """The customer asks, a person answers, the customer answers that with a quotation: each finds the one before it."""
    mailer = open_mailer(f"smtp://127.0.0.1:{mail_servers.smtp}", folder=tmp_path, sender=DESK)
    send(QUESTION.encode(), mail_servers.smtp, is_lmtp=False, to="support@example.com", sender="juergen@example.com")
    question = receive(mail_servers, "support")

    answer = Mail(
        question.sender.address,
        tag_subject(f"Re: {question.subject}", "T-7"),
        "Wir schauen nach.\n",
        "T-7-m2",
        NOON,
        Writer.PERSON,
        question.message_id,
        (question.message_id,),
    )
    mailer.send(answer)
    answered = receive(mail_servers, "juergen")

    quoted = "On Sat, Feb 14, 2026 at 12:05 PM Support <support@example.com> wrote:\r\n\r\n> Wir schauen nach.\r\n"
    reply = (
        f"From: juergen@example.com\r\nTo: support@example.com\r\nSubject: Re: {answered.subject}\r\n"
        f"Message-ID: <thanks@example.com>\r\nIn-Reply-To: <{answered.message_id}>\r\n"
        f"References: <question@example.com> <{answered.message_id}>\r\n\r\nThanks, it is up.\r\n\r\n{quoted}"
    )
    send(reply.encode(), mail_servers.smtp, is_lmtp=False, to="support@example.com", sender="juergen@example.com")
    thanks = receive(mail_servers, "support")

    ours = make_message_id("T-7-m2", DESK)
    assert ("Jürgen", "Seit 12 Uhr lädt nichts.") == (question.sender.name, question.text.strip())
    assert (ours, ("question@example.com",), None) == (answered.message_id, answered.in_reply_to, answered.automatic)
    assert ((ours,), ("question@example.com", ours)) == (thanks.in_reply_to, thanks.references)
    assert ("Thanks, it is up.", None, True) == (thanks.new_text, thanks.own_loop, may_answer_automatically(thanks))


def test_a_bounce_finds_its_letter(mail_servers: MailServers, tmp_path: Path):
    """The address is refused for good: the server's report names our letter, and nobody answers it."""
    mailer = open_mailer(f"smtp://127.0.0.1:{mail_servers.smtp}", folder=tmp_path, sender="bounced@example.com")
    settings = Listening(port=mail_servers.desk, name="desk.example.com")
    with Listener(settings, lambda arrived: None, lambda address: False, lambda: NOW):
        mailer.send(Mail("gone@desk.example.com", "Hello", "Are you there?\n", "T-8-m1", NOON, Writer.PERSON))
        bounced = receive(mail_servers, "bounced")

    assert bounced.bounce is not None
    assert ((make_message_id("T-8-m1", "bounced@example.com"),), True) == (bounced.bounce.of, bounced.bounce.is_final)
    assert (("gone@desk.example.com",), "5.1.1") == (bounced.bounce.recipients, bounced.bounce.status)
    assert (None, False) == (bounced.own_loop, may_answer_automatically(bounced))
