"""
By what an answer finds its ticket: ids that we make, a tag in the subject, and an address that carries a token.

The ids are the surest, the tag the weakest: anybody can write `[T-7]`. Whether a writer may add to a ticket is never decided
here.
"""

import hmac
import re
from hashlib import sha256

TAG = re.compile(r"\[(T-[0-9]{1,12})\]")
TICKET = re.compile(r"T-[0-9]{1,12}")
TOKEN_LETTERS = 16


def make_message_id(key: str, sender: str) -> str:
    """The message id of the mail with that key, without angle brackets: the same over all attempts."""
    return f"upheld.{sha256(key.encode()).hexdigest()[:32]}@{domain_of(sender) or 'upheld'}"


def domain_of(sender: str) -> str:
    """What stands behind the @, in letters as the network has them; empty where it is no domain."""
    domain = sender.rpartition("@")[2].rstrip("> ").lower()
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def tag_subject(subject: str, ticket: str) -> str:
    """The subject with the ticket in front, once, however often it went to and fro."""
    return subject if f"[{ticket}]" in subject else f"[{ticket}] {subject}".rstrip()


def read_tags(subject: str) -> tuple[str, ...]:
    """The tickets that a subject names."""
    return tuple(dict.fromkeys(TAG.findall(subject)))


def make_reply_address(desk: str, ticket: str, secret: bytes) -> str:
    """The desk's address with ticket and token behind a plus, for servers that deliver such (RFC 5233)."""
    local, _, domain = desk.rpartition("@")
    return f"{local}+{ticket.lower()}.{make_token(ticket, secret)}@{domain}"


def read_reply_address(address: str, desk: str, secret: bytes) -> str | None:
    """The ticket of an address that we made, or None for any other."""
    local, _, domain = desk.lower().rpartition("@")
    found = re.fullmatch(rf"{re.escape(local)}\+(t-[0-9]+)\.([0-9a-f]+)@{re.escape(domain)}", address.lower())
    if found is None or not TICKET.fullmatch(ticket := found[1].upper()):
        return None
    return ticket if hmac.compare_digest(found[2], make_token(ticket, secret)) else None


def make_token(ticket: str, secret: bytes) -> str:
    return hmac.digest(secret, f"reply:{ticket.lower()}".encode(), "sha256").hex()[:TOKEN_LETTERS]
