"""Every inbox keeps the same contract: mailboxes scripted and real, listeners by SMTP and LMTP, the fake of the tests."""

import contextlib
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import refuse_or_skip
from tests.gateways.inbox.mailbox_server import open_mailbox_server
from tests.gateways.inbox.real_servers import MISSING, MailServers, are_installed
from tests.gateways.inbox.test_imap import wait_until
from upheld.core.timeline import Instant
from upheld.gateways.inbox import (
    Arrived,
    FakeInbox,
    ImapInbox,
    Keep,
    Listener,
    Listening,
    Mailbox,
    Protocol,
    Security,
)

NOW = Instant.parse("2030-01-01T00:00Z")
BODY = b"From: anna@example.org\r\nSubject: caf\xc3\xa9\r\n\r\n.\r\nfrom here\r\n" + b"x" * 3000 + b"\r\n\xff\xfe\r\n"
# Postfix breaks longer lines, and adds fields to the header: the text is what goes through as it is.
TEXT = b"caf\xc3\xa9\r\n.\r\nfrom here\r\n" + b"x" * 900 + b"\r\n"
LETTER = b"From: anna@example.org\r\nSubject: down\r\n\r\n" + TEXT


class Route:
    """How a mail gets to an inbox: `bring` delivers once, `take` lets what waits be kept."""

    def __init__(self, bring: Callable[[bytes], None], take: Callable[[], object]) -> None:
        self.bring = bring
        self.take = take


@pytest.fixture(params=["fake", "imap", pytest.param("dovecot", marks=pytest.mark.root), "smtp", "lmtp"])
def open_route(request):
    """Given who keeps, the way to it."""
    servers: MailServers | None = None
    if request.param == "dovecot":
        if not are_installed():
            refuse_or_skip(MISSING)
        servers = request.getfixturevalue("mail_servers")
    with contextlib.ExitStack() as stack:
        yield lambda keep: stack.enter_context(ROUTES[request.param](keep, servers))


@contextlib.contextmanager
def open_fake(keep: Keep, _: MailServers | None) -> Iterator[Route]:
    inbox = FakeInbox(keep)
    yield Route(lambda raw: inbox.waiting.append(Arrived(raw, None, (), NOW, len(raw))), inbox.take_all)


@contextlib.contextmanager
def open_imap(keep: Keep, _: MailServers | None) -> Iterator[Route]:
    with open_mailbox_server() as server:
        mailbox = Mailbox("127.0.0.1", "desk", "walnut", server.port, Security.PLAIN)
        yield Route(server.deliver, ImapInbox(mailbox, keep, lambda: NOW).take_all)


@contextlib.contextmanager
def open_dovecot(keep: Keep, servers: MailServers | None) -> Iterator[Route]:
    assert servers is not None
    user = f"contract-{time.monotonic_ns()}"
    mailbox = Mailbox("127.0.0.1", user, "walnut", servers.imaps, ca_file=servers.certificate)
    yield Route(
        lambda raw: send(raw, servers.lmtp, is_lmtp=True, to=f"{user}@example.com"),
        ImapInbox(mailbox, keep, lambda: NOW).take_all,
    )


@contextlib.contextmanager
def open_listener(keep: Keep, protocol: Protocol) -> Iterator[Route]:
    """Whoever hands over tries again while he is told to, as mail servers do; here: at the next `take`."""
    with Listener(Listening(port=0, protocol=protocol), keep, lambda address: True, lambda: NOW) as listener:
        queue: list[bytes] = []

        def take() -> None:
            for raw in list(queue):
                with contextlib.suppress(smtplib.SMTPDataError):
                    send(raw, listener.port, is_lmtp=protocol is Protocol.LMTP)
                    queue.remove(raw)

        yield Route(queue.append, take)


ROUTES = {
    "fake": open_fake,
    "imap": open_imap,
    "dovecot": open_dovecot,
    "smtp": lambda keep, _: open_listener(keep, Protocol.SMTP),
    "lmtp": lambda keep, _: open_listener(keep, Protocol.LMTP),
}


def send(raw: bytes, port: int, *, is_lmtp: bool, to: str = "desk@example.com", sender: str = "anna@example.org") -> None:
    speak = smtplib.LMTP if is_lmtp else smtplib.SMTP
    with speak("127.0.0.1", port, timeout=10) as client:
        client.sendmail(sender, [to], raw)


class TestEveryInbox:
    def test_brings_every_byte(self, open_route):
        """Letters of any set, dots at the start of lines, long lines: what was sent is what is kept."""
        kept: list[Arrived] = []
        route = open_route(kept.append)

        route.bring(BODY)
        route.take()

        [arrived] = kept
        assert arrived.raw.endswith(BODY)
        assert (False, True) == (arrived.is_cut, arrived.arrived_at <= NOW)

    def test_brings_a_mail_again_until_it_was_kept(self, open_route):
        """The keeper fails twice: the mail is not lost, and once it was kept it does not come again."""
        calls: list[bytes] = []

        def keep(arrived: Arrived) -> None:
            calls.append(arrived.raw)
            if len(calls) <= 2:
                raise OSError("disk full")

        route = open_route(keep)
        route.bring(BODY)
        for _ in range(5):
            route.take()

        assert 3 == len(calls)

    def test_brings_others_past_one_that_cannot_be_kept(self, open_route):
        """One poisoned mail holds up nobody."""
        kept: list[bytes] = []

        def keep(arrived: Arrived) -> None:
            if b"poison" in arrived.raw:
                raise ValueError("this one never")
            kept.append(arrived.raw)

        route = open_route(keep)
        for raw in (b"Subject: poison\r\n\r\nx\r\n", BODY):
            route.bring(raw)
        route.take()

        assert [True] == [raw.endswith(BODY) for raw in kept]


@pytest.mark.root
def test_a_mail_goes_the_whole_way(mail_servers, tmp_path: Path):
    """By SMTP to Postfix, by LMTP to Dovecot, by IMAP with TLS to us; the return path is on it, and it is moved away."""
    kept: list[Arrived] = []
    send(LETTER, mail_servers.smtp, is_lmtp=False, to="whole@example.com")
    mailbox = Mailbox("127.0.0.1", "whole", "walnut", mail_servers.imaps, ca_file=mail_servers.certificate)
    inbox = ImapInbox(mailbox, kept.append, lambda: NOW)

    give_up_at = time.monotonic() + 20
    while not kept and time.monotonic() < give_up_at:
        inbox.take_all()
        time.sleep(0.1)

    assert [(True, True)] == [(TEXT in arrived.raw, b"Return-Path: <anna@example.org>" in arrived.raw) for arrived in kept]
    assert 0 == inbox.take_all()
    assert 1 == len(list((mail_servers.folder / "mail/whole/.Upheld").glob("*/*")))


@pytest.mark.root
def test_postfix_hands_over_to_us(mail_servers):
    """Our listener as the last hop of a real server: it is refused twice, asked again by the server itself, kept once."""
    calls: list[Arrived] = []

    def keep(arrived: Arrived) -> None:
        calls.append(arrived)
        if len(calls) <= 2:
            raise OSError("disk full")

    settings = Listening(port=mail_servers.desk, name="desk.example.com")
    with Listener(settings, keep, lambda address: address == "help@desk.example.com", lambda: NOW):
        send(LETTER, mail_servers.smtp, is_lmtp=False, to="help@desk.example.com")
        give_up_at = time.monotonic() + 30
        while len(calls) < 3 and time.monotonic() < give_up_at:
            time.sleep(0.1)
        time.sleep(1.5)

    assert 3 == len(calls)
    assert ("anna@example.org", ("help@desk.example.com",)) == (calls[-1].envelope_from, calls[-1].envelope_to)
    assert TEXT in calls[-1].raw


@pytest.mark.root
@pytest.mark.parametrize("kept_folder", ["Upheld", ""])
def test_dovecot_tells_of_a_mail(mail_servers, kept_folder):
    """IDLE with a real server: told at once, not at the next look; moved or marked by a keyword, it comes once."""
    kept: list[bytes] = []
    user = f"idle-{kept_folder.lower() or 'keyword'}"
    mailbox = Mailbox(
        "127.0.0.1", user, "walnut", mail_servers.imaps, ca_file=mail_servers.certificate, kept_folder=kept_folder
    )
    inbox = ImapInbox(mailbox, lambda arrived: kept.append(arrived.raw), lambda: NOW)
    stop = threading.Event()
    thread = threading.Thread(target=inbox.run, args=[stop])
    thread.start()
    try:
        wait_until(lambda: inbox.standing.is_connected)
        time.sleep(0.5)
        send(LETTER, mail_servers.lmtp, is_lmtp=True, to=f"{user}@example.com")
        wait_until(lambda: inbox.standing.kept == 1)
        send(LETTER, mail_servers.lmtp, is_lmtp=True, to=f"{user}@example.com")
        wait_until(lambda: inbox.standing.kept == 2)
    finally:
        stop.set()
        thread.join(20)

    assert (2, 0) == (len(kept), inbox.take_all())
