"""Machines do not answer machines: whatever is wired to whatever, it falls silent."""

from collections import deque
from collections.abc import Mapping
from email import message_from_bytes

import pytest

from upheld.core.timeline import Instant
from upheld.gateways.mail import Mail, Writer, may_answer_automatically, say_why_silent, write_letter
from upheld.gateways.reading import Mail as ReadMail
from upheld.gateways.reading import Ours, Reader, Unreadable

NOON = Instant.parse("2026-02-14T12:00Z")
OURS = Ours("mx.example.com", ("example.com",))
HUMAN = b"From: anna@example.org\nSubject: down\nMessage-ID: <1@example.org>\n"


@pytest.fixture(scope="module")
def reader():
    with Reader(OURS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ("", None),
        ("Auto-Submitted: no", None),
        ("Auto-Submitted: No (a person)", None),
        ("Auto-Submitted: auto-replied", "Auto-Submitted"),
        ("Precedence: bulk", "Precedence"),
        ("Precedence: first-class", None),
        ("X-Autoreply: yes", "X-Autoreply"),
        ("X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress"),
        ("X-Auto-Response-Suppress: None", None),
        ("List-Id: <all.example.org>", "mailing list"),
        ("Return-Path: <>", "null"),
        ("Return-Path: <anna@example.org>", None),
        ("Subject: Out of office", None),
        ("X-Upheld-Loop: example.com", "our own"),
        ("X-Upheld-Loop: example.net", None),
        ("Authentication-Results: mx.example.com; dmarc=fail header.from=example.org", "forged"),
    ],
)
def test_a_machine_answers_people_alone(reader, fields, because):
    """Each reason is told; without one, an answer may go. `Auto-Submitted: no` is a person's."""
    mail = reader.read(fields.encode() + (b"\n" if fields else b"") + HUMAN + b"\nIt is down.\n")

    told = say_why_silent(mail)

    assert (because is None, because or "") == (
        may_answer_automatically(mail),
        because if because and because in str(told) else "",
    )


@pytest.mark.parametrize(
    "address", ["no-reply@x.org", "noreply@x.org", "MAILER-DAEMON@x.org", "list-request@x.org", "bounces@x.org"]
)
def test_nobody_is_answered_who_does_not_read(reader, address):
    """An answer would bounce, or start a conversation between machines."""
    assert not may_answer_automatically(reader.read(f"From: {address}\nSubject: x\n\ny\n".encode()))


def test_what_could_not_be_read_is_not_answered():
    """It may be a bounce as well as a cry for help: a person looks."""
    assert "not read" in str(say_why_silent(Unreadable("too deep")))


class Desk:
    """A desk of ours that acknowledges whatever it may."""

    def __init__(self, address: str, reader: Reader) -> None:
        self.address = address
        self._reader = reader

    def answer(self, raw: bytes) -> tuple[str, bytes] | None:
        mail = self._reader.read(raw)
        assert isinstance(mail, ReadMail)
        if not may_answer_automatically(mail):
            return None
        key = f"{self.address}:{mail.message_id}"
        answer = Mail(mail.sender.address, mail.subject, "We have it.\n", key, NOON, Writer.ANSWERING_MACHINE)
        return answer.to, write_letter(answer, self.address).as_bytes()


class Responder:
    """A mailbox whose owner is away: it answers all mail, also of machines, and marks its answers in one way."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def answer(self, raw: bytes) -> tuple[str, bytes] | None:
        sender = message_from_bytes(raw)["From"]
        return sender, f"From: anna@example.org\nTo: {sender}\nSubject: away\n{self._mark}\n\nBack soon.\n".encode()


@pytest.mark.parametrize("mark", ["Auto-Submitted: auto-replied", "Precedence: junk", "X-Autoreply: yes", "Return-Path: <>"])
def test_a_desk_and_an_absence_fall_silent(reader, mark):
    """Acknowledged once, told of the absence once: two messages."""
    machines: dict[str, Desk | Responder] = {"desk@example.com": Desk("desk@example.com", reader)}
    machines["anna@example.org"] = Responder(mark)

    assert 2 == count_messages(machines, "desk@example.com", HUMAN + b"\nIt is down.\n")


@pytest.mark.parametrize("first", ["desk@example.com", "desk@example.net"])
def test_two_desks_fall_silent(reader, first):
    """A person's mail is answered once, by the desk it went to; the other desk does not answer the answer."""
    with Reader(Ours(domains=("example.net",))) as theirs:
        desks = {"desk@example.com": Desk("desk@example.com", reader), "desk@example.net": Desk("desk@example.net", theirs)}
        [other] = desks.keys() - {first}
        letter = f"From: {other}\nTo: {first}\nSubject: down\nMessage-ID: <1@x>\n\nIt is down.\n".encode()

        assert 1 == count_messages(desks, first, letter)


def count_messages(machines: Mapping[str, Desk | Responder], to: str, raw: bytes) -> int:
    """How many mails the machines write before all are silent; ten are too many."""
    waiting, written = deque([(to, raw)]), 0
    while waiting and written < 10:
        at, letter = waiting.popleft()
        if at in machines and (answer := machines[at].answer(letter)):
            written += 1
            waiting.append(answer)
    return written
