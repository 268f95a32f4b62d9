"""A mail, and the face of whoever takes it."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from enum import Enum
from typing import Any, Protocol

from upheld.core.timeline import Instant
from upheld.gateways.mail.thread import domain_of, make_message_id
from upheld.gateways.reading.marks import LOOP_FIELD

MOST_REFERENCES = 20


class UnfitMail(ValueError):
    """A mail that cannot be written: a line break in its subject, or no address where one belongs."""


class NotTaken(Exception):
    """The mail was not taken. `for_ever`: trying again cannot help."""

    def __init__(self, because: str, *, for_ever: bool = False) -> None:
        super().__init__(because)
        self.for_ever = for_ever


class Writer(Enum):
    """Who wrote a mail. What machines write says so (RFC 3834, 5), so that no machine answers it."""

    MACHINE = "auto-generated"
    ANSWERING_MACHINE = "auto-replied"
    PERSON = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """
    One mail to one address. `key` stays the same over all attempts, so that a mailbox recognises a double.

    Message ids are without angle brackets; `in_reply_to` and `references` are those of the conversation, oldest first.
    `sender_name` stands before our address; `reply_to` is where answers shall go, if not there.
    """

    to: str
    subject: str
    text: str
    key: str
    at: Instant
    writer: Writer = Writer.MACHINE
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reply_to: str = ""
    sender_name: str = ""
    html: str = ""
    enclosures: tuple[Enclosure, ...] = ()


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand the mail over for good; raises NotTaken."""
        ...


class WholeIds(EmailPolicy):
    """Ids stay as they are: the library would encode long ones as words, and threads would break."""

    def fold(self, name: str, value: Any) -> str:
        return fold_ids(name, str(value)) if name in ID_FIELDS else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return fold_ids(name, str(value)).encode("ascii") if name in ID_FIELDS else super().fold_binary(name, value)


ID_FIELDS = ("Message-ID", "In-Reply-To", "References", LOOP_FIELD)
POLICY = WholeIds(linesep=SMTP.linesep)


def fold_ids(name: str, value: str) -> str:
    words = "\r\n ".join(value.split())
    return f"{name}: {words}\r\n"


def write_letter(mail: Mail, sender: str) -> EmailMessage:
    """The mail as RFC 5322 has it; raises UnfitMail."""
    letter = EmailMessage(policy=POLICY)
    domain = domain_of(sender) or "upheld"
    try:
        letter["From"] = name_sender(mail.sender_name, sender)
        letter["To"] = mail.to
        letter["Subject"] = mail.subject
        if mail.reply_to:
            letter["Reply-To"] = mail.reply_to
        letter["Date"] = format_datetime(mail.at.utc())
        letter["Message-ID"] = f"<{make_message_id(mail.key, sender)}>"
        answered = [one for one in [mail.in_reply_to] if is_fit_id(one)]
        earlier = [one for one in dict.fromkeys([*mail.references, *answered]) if is_fit_id(one)]
        if answered:
            letter["In-Reply-To"] = f"<{answered[0]}>"
        if earlier:
            kept = earlier if len(earlier) <= MOST_REFERENCES else earlier[:1] + earlier[1 - MOST_REFERENCES :]
            letter["References"] = " ".join(f"<{one}>" for one in kept)
        letter[LOOP_FIELD] = domain
        if mail.writer is not Writer.PERSON:
            letter["Auto-Submitted"] = mail.writer.value
            letter["X-Auto-Response-Suppress"] = "All"
        letter.set_content(mail.text)
        if mail.html:
            letter.add_alternative(mail.html, subtype="html")
        for enclosure in mail.enclosures:
            main, _, kind = enclosure.type.partition("/")
            is_fit = main.isascii() and main.isalnum() and kind and main not in {"multipart", "message"}
            kinds = (main, kind) if is_fit else ("application", "octet-stream")
            letter.add_attachment(enclosure.content, maintype=kinds[0], subtype=kinds[1], filename=enclosure.name)
    except (ValueError, UnicodeError, IndexError) as wrong:
        raise UnfitMail(f"the mail {mail.key!r}: {wrong}") from None
    return letter


def name_sender(name: str, sender: str) -> str | Address:
    """Our address, with the name of whoever writes in front of it; raises ValueError."""
    return Address(display_name=name, addr_spec=parseaddr(sender)[1]) if name else sender


def is_fit_id(written: str) -> bool:
    """Whether an id may stand in a header as it is. Customers' mailers make ids that may not; they are left out."""
    return (
        bool(written)
        and written.isascii()
        and written.isprintable()
        and not set(written) & set("<> ")
        and len(written) <= 500
    )


def find_return_path(mail: Mail, sender: str) -> str:
    """Where bounces go: nowhere for an automatic answer, lest two machines bounce for ever (RFC 3834, 3.3)."""
    return "" if mail.writer is Writer.ANSWERING_MACHINE else parseaddr(sender)[1]
