"""Mails that come to the demo's desk: written like any other, kept as bytes, read by the same reader."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from upheld.apps.desk.queries import find_by_mail, our_marks
from upheld.apps.desk.services import keep_inbound, take_in
from upheld.core.timeline import Instant
from upheld.gateways.reading import read_mail

TO = "help@provider.example"
"""Never sent there: the bytes are handed to the desk as a mail server would."""
Ticket = Any
"""A row of the desk, as its queries give it."""


class NotTaken(RuntimeError):
    """A mail that was kept and is no ticket; the message says why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody writes. `number` makes its id: the same letter brought twice is one mail."""

    name: str
    address: str
    subject: str
    text: str
    number: str

    @property
    def mail_id(self) -> str:
        return f"{self.number}@{self.address.partition('@')[2]}"


def bring(letter: Letter, *, received_at: Instant, at: Instant) -> Ticket:
    """The ticket on which the mail stands, received as of then and read now. Raises NotTaken."""
    if known := find_by_mail([letter.mail_id]):
        return known
    ours = our_marks()
    kept = keep_inbound(
        channel="email", raw=write_bytes(letter, received_at), received_at=received_at, envelope_from=letter.address
    )
    kept = take_in(inbound=kept, read=lambda raw, sender: read_mail(raw, ours, envelope_from=sender), at=at)
    ticket = find_by_mail([letter.mail_id])
    if ticket is None:
        raise NotTaken(f"the mail was kept and is {kept.state}: {kept.because or 'the worker reads it in a moment'}")
    return ticket


def write_bytes(letter: Letter, sent_at: Instant) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = formataddr((letter.name, letter.address)), TO, letter.subject
    mail["Date"], mail["Message-ID"] = format_datetime(sent_at.utc()), f"<{letter.mail_id}>"
    mail.set_content(letter.text)
    return mail.as_bytes()
