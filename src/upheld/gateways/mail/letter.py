"""A mail, and the face of whoever takes it."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Protocol

from upheld.core.timeline import Instant


class UnfitMail(ValueError):
    """A mail that cannot be written: a line break in its subject, or no address where one belongs."""


class NotTaken(Exception):
    """The mail was not taken. `for_ever`: trying again cannot help."""

    def __init__(self, because: str, *, for_ever: bool = False) -> None:
        super().__init__(because)
        self.for_ever = for_ever


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address. `key` stays the same over all attempts, so that a mailbox recognises a double."""

    to: str
    subject: str
    text: str
    key: str
    at: Instant


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand the mail over for good; raises NotTaken."""
        ...


def write_letter(mail: Mail, sender: str) -> EmailMessage:
    """The mail as RFC 5322 has it, marked as written by a machine (RFC 3834); raises UnfitMail."""
    letter = EmailMessage(policy=SMTP)
    try:
        letter["From"] = sender
        letter["To"] = mail.to
        letter["Subject"] = mail.subject
    except ValueError as wrong:
        raise UnfitMail(f"the mail {mail.key!r}: {wrong}") from None
    letter["Date"] = format_datetime(mail.at.utc())
    letter["Message-ID"] = (
        f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2].rstrip('>') or 'upheld'}>"
    )
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(mail.text)
    return letter
