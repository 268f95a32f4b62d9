"""What a mail says, once it is read: plain values, made in the child and checked again when they leave it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """One mailbox. `address` is in small letters, and empty where none could be read."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


NOBODY = Person("")


@dataclass(frozen=True, slots=True)
class Ours:
    """
    By what we know our own marks on a mail.

    `authserv_id`: the name that our own mail server writes at the head of Authentication-Results (RFC 8601); empty, and no
    sender is ever verified. `domains`: what stands behind the @ of the message ids that we make.
    """

    authserv_id: str = ""
    domains: tuple[str, ...] = ()


class Standing(StrEnum):
    """Whether the sender is who the mail says. Only VERIFIED carries any authority."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Authenticity:
    standing: Standing
    because: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is no text to read. `name` is safe as the name of a file; `type` is what the sender claims."""

    name: str
    type: str
    content: bytes
    is_inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """
    A mail server's word on a mail of ours (RFC 3464).

    `of`: our message ids. `is_final`: it was not delivered and will not be; otherwise it is late, or arrived.
    """

    of: tuple[str, ...]
    recipients: tuple[str, ...]
    is_final: bool
    action: str = ""
    status: str = ""
    diagnosis: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """
    A mail as read. Message ids are without their angle brackets; all text is clean of NULs and lone surrogates.

    `text` is the whole; `new_text` is without the quoted rest. `html` is cleaned, refers to no remote picture, and to
    pictures of the mail as `cid:...`. `automatic`, `own_loop`: None, or the reason. `is_only_listed`: the one reason for
    `automatic` is a mailing list, or a wish for no automatic answers, so a person may have written it. `doubts`: what was
    odd or cut.
    """

    sender: Person
    recipients: tuple[Person, ...]
    reply_to: tuple[Person, ...]
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: str
    text: str
    new_text: str
    html: str
    remote_pictures: int
    attachments: tuple[Attachment, ...]
    automatic: str | None
    is_only_listed: bool
    bounce: Bounce | None
    own_loop: str | None
    authenticity: Authenticity
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """
    A mail that was not read, and what a plain look at its first lines gave.

    `may_read_later`: the machine was in the way (no memory, no process, no time), not the mail.
    """

    reason: str
    sender: Person = NOBODY
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    may_read_later: bool = False
