"""A mailbox gives each mail away after it was kept, and not before, whatever happens to the server."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.gateways.inbox.mailbox_server import MailboxServer, open_mailbox_server
from upheld.core.timeline import Instant
from upheld.gateways.inbox import Arrived, ImapInbox, Mailbox, Security, UnfitInbox

NOON = Instant.parse("2026-02-14T12:00Z")
NOW = Instant.parse("2026-02-14T12:30Z")
LETTER = b"From: anna@example.org\r\nSubject: down\r\n\r\nIt is down.\r\n"
OTHER = LETTER.replace(b"down", b"slow")


@pytest.fixture
def server():
    with open_mailbox_server() as server:
        yield server


def mailbox_of(server: MailboxServer, **changes) -> Mailbox:
    plain = Mailbox("127.0.0.1", "desk", "walnut", server.port, Security.PLAIN, seconds_to_wait=5)
    return replace(plain, seconds_between_looks=0.2, seconds_between_retries=0.1, **changes)


def inbox_of(server: MailboxServer, keep: Callable[[Arrived], None], **changes) -> ImapInbox:
    return ImapInbox(mailbox_of(server, **changes), keep, lambda: NOW)


class TestTakeAll:
    def test_brings_the_bytes_and_when_the_server_took_them(self, server):
        """The clock of a ticket begins when the mail server had the mail, not when somebody looked."""
        kept: list[Arrived] = []
        server.deliver(LETTER)

        inbox_of(server, kept.append).take_all()

        assert [Arrived(LETTER, None, (), NOON, len(LETTER))] == kept
        assert ([LETTER], {}) == (server.moved, server.mails)

    def test_never_says_a_mail_came_later_than_now(self, server):
        """A mail server whose clock is ahead moves no clock of ours into the future."""
        kept: list[Arrived] = []
        server.deliver(LETTER)
        early = Instant.parse("2026-02-14T11:59Z")

        ImapInbox(mailbox_of(server), kept.append, lambda: early).take_all()

        assert [early] == [arrived.arrived_at for arrived in kept]

    @pytest.mark.parametrize(
        ("abilities", "kept_folder", "words"),
        [
            ("IMAP4rev1 MOVE", "Upheld", ["MOVE"]),
            ("IMAP4rev1 UIDPLUS", "Upheld", ["COPY", "STORE", "EXPUNGE"]),
            ("IMAP4rev1", "Upheld", ["COPY", "STORE"]),
            ("IMAP4rev1", "", ["STORE"]),
        ],
    )
    def test_marks_as_the_server_is_able_to(self, server, abilities, kept_folder, words):
        """By MOVE, by copy and removal, or by a keyword: taken once, and in a second look not again."""
        server.abilities = abilities
        kept: list[Arrived] = []
        server.deliver(LETTER)

        inbox_of(server, kept.append, kept_folder=kept_folder).take_all()

        said = [line.removeprefix("UID ").split()[0] for line in server.commands]
        assert words == [word for word in said if word in {"MOVE", "COPY", "STORE", "EXPUNGE"}]
        assert len(kept) == 1

    def test_refuses_a_mailbox_where_no_mark_stays(self, server):
        """Without folder and without keywords, every mail would come again for ever: said at the start."""
        server.permanent = "\\Seen"

        with pytest.raises(UnfitInbox, match="name a folder"):
            inbox_of(server, print, kept_folder="").take_all()

    def test_leaves_what_was_not_kept(self, server):
        """The disk is full for one mail: that one stays on the server, the other one is not held up by it."""
        kept: list[bytes] = []

        def keep(arrived: Arrived) -> None:
            if b"slow" in arrived.raw and not kept:
                raise OSError("disk full")
            kept.append(arrived.raw)

        server.deliver(OTHER)
        server.deliver(LETTER)
        inbox = inbox_of(server, keep)

        assert (1, [OTHER]) == (inbox.take_all(), list(server.mails.values()))
        assert (1, [LETTER, OTHER]) == (inbox.take_all(), kept)

    @pytest.mark.parametrize("moment", ["MOVE", "LITERAL", "FETCH", "SEARCH"])
    def test_brings_a_mail_again_when_the_connection_broke(self, server, moment):
        """Cut before the mark: it comes a second time, with the same digest. Cut in its bytes: only whole ones count."""
        kept: list[Arrived] = []
        server.deliver(LETTER)
        server.cuts.append(moment)
        inbox = inbox_of(server, kept.append)

        with pytest.raises((OSError, EOFError)):
            inbox.take_all()
        inbox.take_all()

        assert {kept[0].digest} == {arrived.digest for arrived in kept}
        assert [LETTER] * (2 if moment == "MOVE" else 1) == [arrived.raw for arrived in kept]
        assert {} == server.mails

    def test_survives_new_numbers(self, server):
        """UIDVALIDITY changes while the mailbox is away: the old numbers mean other mails, and none is taken by mistake."""
        kept: list[bytes] = []
        server.deliver(LETTER)
        server.deliver(OTHER)
        server.cuts.append("MOVE")
        inbox = inbox_of(server, lambda arrived: kept.append(arrived.raw))
        with pytest.raises(OSError):  # noqa: PT011 (whatever the break is called)
            inbox.take_all()
        server.renumber()

        inbox.take_all()

        assert ([LETTER, OTHER, LETTER], sorted([LETTER, OTHER])) == (kept, sorted(server.moved))

    def test_gives_the_beginning_of_a_mail_that_is_too_large(self, server):
        """It is not lost: what is held says that it was cut, and the whole stays in the mailbox's folder."""
        kept: list[Arrived] = []
        server.deliver(LETTER)

        inbox_of(server, kept.append, largest=30).take_all()

        assert (LETTER[:30], True, len(LETTER)) == (kept[0].raw, kept[0].is_cut, kept[0].whole_size)
        assert [LETTER] == server.moved


class TestRun:
    def test_tells_of_a_mail_while_it_waits(self, server):
        """IDLE: a mail that comes later is brought at once, not at the next look."""
        kept: list[bytes] = []
        stop = threading.Event()
        inbox = inbox_of(server, lambda arrived: kept.append(arrived.raw))
        inbox._mailbox = replace(inbox._mailbox, seconds_between_looks=60)
        thread = threading.Thread(target=inbox.run, args=[stop])
        thread.start()
        wait_until(lambda: "IDLE" in server.commands)

        server.deliver(LETTER)
        wait_until(lambda: bool(server.moved))
        stop.set()
        thread.join(10)

        assert ([LETTER], False) == (kept, thread.is_alive())

    @pytest.mark.parametrize("abilities", ["IMAP4rev1 IDLE MOVE", "IMAP4rev1 MOVE"])
    def test_comes_back_after_the_server_went(self, server, abilities, monkeypatch):
        """The connection breaks in the middle: a pause, a new one, and the mail is there; the trouble was told meanwhile."""
        monkeypatch.setattr("upheld.gateways.inbox.imap.FIRST_PAUSE_SECONDS", 0.05)
        server.abilities = abilities
        server.cuts += ["SELECT", "FETCH"]
        server.deliver(LETTER)
        kept: list[bytes] = []
        stop = threading.Event()
        inbox = inbox_of(server, lambda arrived: kept.append(arrived.raw))
        thread = threading.Thread(target=inbox.run, args=[stop])
        thread.start()

        wait_until(lambda: bool(server.moved))
        stop.set()
        thread.join(10)

        assert ([LETTER], 1, "") == (kept, inbox.standing.kept, inbox.standing.trouble)

    def test_says_why_it_cannot(self, server):
        """A wrong password: the reason is there to be shown, the password is not in it."""
        stop = threading.Event()
        inbox = ImapInbox(replace(mailbox_of(server), password="hazel"), print, lambda: NOW)
        thread = threading.Thread(target=inbox.run, args=[stop])
        thread.start()

        wait_until(lambda: "AUTHENTICATIONFAILED" in inbox.standing.trouble)
        stop.set()
        thread.join(10)

        assert ("hazel" in inbox.standing.trouble, inbox.standing.is_connected) == (False, False)


@pytest.mark.parametrize(
    ("host", "fits"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("mail.example.org", False)]
)
def test_a_password_crosses_no_network_in_clear(host, fits):
    """Plain connections are for this machine alone."""
    if fits:
        assert Mailbox(host, "desk", security=Security.PLAIN).host == host
        return
    with pytest.raises(UnfitInbox, match="in clear"):
        Mailbox(host, "desk", security=Security.PLAIN)


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < give_up_at, "it did not come to that within 15 s"
        time.sleep(0.02)
