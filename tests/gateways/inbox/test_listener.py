"""A listener says 250 only for what was kept, takes mail for our addresses alone, and bears what mailers do."""

import smtplib
import socket
from dataclasses import replace

import pytest

from upheld.core.timeline import Instant
from upheld.gateways.inbox import Arrived, Listener, Listening, Protocol

NOW = Instant.parse("2026-02-14T12:00Z")
LMTP = Listening(port=0)
SMTP = Listening(port=0, protocol=Protocol.SMTP)
LETTER = b"Subject: down\r\n\r\nIt is down.\r\n"
PEOPLE = ["help@example.com", "desk@example.com"]


def is_ours(address: str) -> bool:
    if address.startswith("broken"):
        raise OSError("the database is away")
    return address.endswith("@example.com")


@pytest.mark.parametrize("settings", [LMTP, SMTP], ids=["lmtp", "smtp"])
class TestEveryProtocol:
    def test_tells_the_envelope(self, settings):
        """Who sent, to whom, and when it was handed over; the null path is empty."""
        kept: list[Arrived] = []
        with Listener(settings, kept.append, is_ours, lambda: NOW) as listener, connect(listener, settings) as client:
            answers = hand_over(client, "<>", LETTER)

        assert [250] * (2 if settings is LMTP else 1) == answers
        assert [Arrived(LETTER, "", tuple(PEOPLE), NOW, len(LETTER))] == kept

    @pytest.mark.parametrize(("address", "code"), [("eve@example.net", 550), ("broken@example.com", 451)])
    def test_takes_mail_for_our_addresses_alone(self, settings, address, code):
        """Somebody else's address is refused for good; one that cannot be told now, for now."""
        kept: list[Arrived] = []
        with (
            Listener(settings, kept.append, is_ours, lambda: NOW) as listener,
            connect(listener, settings) as client,
            pytest.raises(smtplib.SMTPRecipientsRefused) as refusal,
        ):
            client.sendmail("anna@example.org", [address], LETTER)

        assert ([], code) == (kept, refusal.value.recipients[address][0])

    def test_refuses_what_is_too_large(self, settings):
        """552, for each recipient where the protocol wants it, and the conversation goes on."""
        kept: list[Arrived] = []
        small = replace(settings, largest=2_000)
        with Listener(small, kept.append, is_ours, lambda: NOW) as listener, connect(listener, settings) as client:
            answers = hand_over(client, "anna@example.org", b"x\r\n" * 2_000)
            client.sendmail("anna@example.org", PEOPLE[:1], LETTER)

        assert ([552] * (2 if settings is LMTP else 1), [LETTER]) == (answers, [arrived.raw for arrived in kept])

    def test_bears_long_lines(self, settings):
        """A line of 100,000 bytes breaks a rule of SMTP; the customer's mail is kept all the same."""
        kept: list[Arrived] = []
        long = LETTER + b"y" * 100_000 + b"\r\n"
        with Listener(settings, kept.append, is_ours, lambda: NOW) as listener, connect(listener, settings) as client:
            client.sendmail("anna@example.org", PEOPLE[:1], long)

        assert [long] == [arrived.raw for arrived in kept]

    def test_takes_no_half_mail(self, settings):
        """The connection breaks before the last dot: nothing was promised, nothing is kept."""
        kept: list[Arrived] = []
        with Listener(settings, kept.append, is_ours, lambda: NOW) as listener:
            client = connect(listener, settings)
            client.ehlo_or_helo_if_needed()
            client.mail("anna@example.org")
            client.rcpt(PEOPLE[0])
            client.docmd("DATA")
            client.send(b"Subject: half\r\n\r\nIt is")
            client.close()
            with connect(listener, settings) as other:
                other.sendmail("anna@example.org", PEOPLE[:1], LETTER)

        assert [LETTER] == [arrived.raw for arrived in kept]

    def test_sends_away_one_connection_too_many(self, settings):
        """421: a flood of connections takes no memory; who was in stays in."""
        few = replace(settings, most_connections=1)
        with Listener(few, lambda arrived: None, is_ours, lambda: NOW) as listener, connect(listener, settings) as client:
            client.noop()
            with socket.create_connection(("127.0.0.1", listener.port), timeout=5) as second:
                greeting = second.recv(100)
            client.sendmail("anna@example.org", PEOPLE[:1], LETTER)

        assert b"421" == greeting[:3]

    def test_hides_no_second_mail_in_a_first(self, settings):
        """A dot between bare line feeds ends no mail (SMTP smuggling): all of it is one mail."""
        kept: list[Arrived] = []
        hidden = (
            b"Subject: one\r\n\r\nx\n.\nMAIL FROM:<boss@example.com>\nRCPT TO:<desk@example.com>\nDATA\nSubject: two\n\ny"
        )
        with Listener(settings, kept.append, is_ours, lambda: NOW) as listener, connect(listener, settings) as client:
            client.ehlo_or_helo_if_needed()
            client.mail("anna@example.org")
            client.rcpt(PEOPLE[0])
            client.docmd("DATA")
            client.send(hidden + b"\r\n.\r\n")
            client.getreply()

        assert [hidden + b"\r\n"] == [arrived.raw for arrived in kept]


def test_a_taken_port_is_said_at_the_start():
    """Not when the first mail is missed."""
    with Listener(LMTP, print, is_ours, lambda: NOW) as first:
        second = Listener(replace(LMTP, port=first.port), print, is_ours, lambda: NOW)

        with pytest.raises(OSError, match="in use"):
            second.start()


def connect(listener: Listener, settings: Listening) -> smtplib.SMTP:
    speak = smtplib.LMTP if settings.protocol is Protocol.LMTP else smtplib.SMTP
    return speak("127.0.0.1", listener.port, timeout=10)


def hand_over(client: smtplib.SMTP, sender: str, raw: bytes) -> list[int]:
    """The codes after the last dot: one for each recipient in LMTP, where Python's own client reads one alone."""
    client.ehlo_or_helo_if_needed()
    client.docmd("MAIL", f"FROM:{sender if sender == '<>' else f'<{sender}>'}")
    for to in PEOPLE:
        client.rcpt(to)
    client.docmd("DATA")
    client.send(raw + b".\r\n")
    return [client.getreply()[0] for _ in (PEOPLE if isinstance(client, smtplib.LMTP) else [1])]
