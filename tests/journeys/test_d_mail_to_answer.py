"""A customer's mail, through real servers: a ticket whose clock runs, an answer that stops it, a thread that holds."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import OperationalError

from tests.gateways.inbox.conftest import mail_servers  # noqa: F401  (a fixture)
from tests.gateways.inbox.real_servers import MailServers
from tests.gateways.inbox.test_every_inbox import send
from tests.gateways.inbox.test_round_trip import receive
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk import jobs as desk
from upheld.apps.desk.models import Author, Run, State, Ticket
from upheld.apps.desk.services import Said, reply, resolve, set_priority
from upheld.apps.oncall import jobs as telling
from upheld.apps.parties.models import Role
from upheld.apps.parties.services import add_customer, add_user, name_provider
from upheld.core.timeline import DAY, MINUTE, Instant
from upheld.gateways.clock import now_us
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.worker.mailroom import Mailroom
from upheld.interfaces.worker.work import take_in_mail
from upheld.language import check

DESK, CUSTOMER = "help@desk.example.com", "juergen@example.com"
SHIPPED = Path(__file__).parents[2] / "agreements"

pytestmark = [pytest.mark.root, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agreement(settings, tmp_path, mail_servers: MailServers) -> Agreement:  # noqa: F811
    """RedTrack's text binds Acorn; mail to the desk is handed over at its door, and leaves by the real server."""
    settings.UPHELD_INBOX_LISTEN = f"lmtp://127.0.0.1:{mail_servers.desk}"
    settings.UPHELD_INBOX_ADDRESSES, settings.UPHELD_EMAIL_FROM = [DESK], DESK
    settings.UPHELD_EMAIL_URL, settings.UPHELD_MAIL = f"smtp://127.0.0.1:{mail_servers.smtp}", tmp_path
    at = Instant(now_us())
    name_provider(name="Harbour")
    customer = add_customer(slug="acorn", name="Acorn")
    add_user(
        email=CUSTOMER, name="Jürgen", role=Role.CUSTOMER, password="a long sentence 41", at=at, customer=customer
    )  # fmt: skip
    source = (SHIPPED / "redtrack.md").read_text(encoding="utf-8")
    checked = check(source, as_of=at)
    assert checked.document is not None
    return sign_agreement(
        key="acorn-redtrack", customer=customer,
        version=add_version(source=source, document=checked.document, calendars=checked.calendars, at=at),
        parameters={"setup-by-specialist": "no", "sample-every": "1 minute"}, signed_at=at.before(DAY), by="person-1", at=at,
        signer=FakeSigner(),
    )  # fmt: skip


def write(servers: MailServers, number: int, subject: str, text: str, *more: str) -> None:
    head = [f"From: {CUSTOMER}", f"To: {DESK}", f"Subject: {subject}", f"Message-ID: <{number}@example.com>", *more]
    raw = "\r\n".join([*head, "", text, ""]).encode()
    send(raw, servers.smtp, is_lmtp=False, to=DESK, sender=CUSTOMER)


def work_until(holds: Callable[[], bool]) -> None:
    """The worker's rounds, until something is so."""
    give_up_at = time.monotonic() + 30
    while True:
        assert time.monotonic() < give_up_at, "not within 30 s"
        # The rows of a test on SQLite lie in memory: there, and only there, two threads are refused instead of waiting.
        with suppress(OperationalError):
            if holds():
                return
            take_in_mail(at := Instant(now_us()))
            desk.write_waiting_mails(at)
            telling.deliver_due(at)
        time.sleep(0.1)


def test_question_answer_and_thanks(agreement: Agreement, mail_servers: MailServers) -> None:  # noqa: F811
    """The clock runs from the server's time, the confirmation stops nothing, the answer does, and the thread is one."""
    room = Mailroom()
    room.open()
    try:
        write(mail_servers, 1, "Site is slow", "Every page takes a minute.")
        work_until(lambda: Ticket.objects.exists())
        ticket = Ticket.objects.get()
        now = Instant(now_us())
        set_priority(ticket=ticket, priority="high", by="person-1", because="seen", at=now)
        work_until(lambda: ticket.messages.filter(author=Author.MACHINE, outgoing__sent_at__isnull=False).exists())
        confirmed = receive(mail_servers, "juergen")
        running = Run.objects.get(ticket=ticket, clock="respond")

        reply(ticket=ticket, said=Said("We restart the cache."), by="person-1", shown_as="Sam", at=Instant(now_us()))
        work_until(lambda: not ticket.messages.filter(author=Author.PERSON, outgoing__sent_at__isnull=True).exists())
        answered = receive(mail_servers, "juergen")
        stopped = Run.objects.get(ticket=ticket, clock="respond")

        resolve(ticket=ticket, by="person-1", because="restarted", at=Instant(now_us()))
        write(mail_servers, 2, "AW: other words", "Still slow.", f"In-Reply-To: <{answered.message_id}>")
        work_until(lambda: ticket.messages.filter(author=Author.CUSTOMER).count() == 2)
    finally:
        room.close()

    ticket.refresh_from_db()
    assert 1 == Ticket.objects.count()
    assert ("running", "stopped") == (running.state, stopped.state)
    assert running.due_us is not None
    assert Instant.of(ticket.received_at) + MINUTE * 60 <= Instant(running.due_us)
    assert (State.IN_PROGRESS, ("1@example.com",)) == (ticket.state, confirmed.references[:1])
    assert confirmed.automatic is not None
    assert answered.automatic is None
    assert ("Sam", f"[{ticket.name}] Re: Site is slow") == (answered.sender.name, answered.subject)
    assert configured.UPHELD_EMAIL_FROM == answered.sender.address
