"""What a plain look at the first lines of a mail gives, where the mail itself was not read. Bounded, and never an error."""

import re

from upheld.gateways.reading.header import decode_words
from upheld.gateways.reading.letters import clean_line, decode_letters
from upheld.gateways.reading.limits import LONGEST_ID, LONGEST_NAME, LONGEST_SUBJECT
from upheld.gateways.reading.mail import Person, Unreadable

LOOKED_AT = 200_000
LONGEST_LINE = 4_000
FIELD = re.compile(rb"^(from|subject|message-id|in-reply-to|references)[ \t]{0,9}:(.*(?:\r?\n[ \t].*){0,50})", re.I | re.M)
ADDRESS = re.compile(r"[^\s@<>\"(),;:]{1,128}@[^\s@<>\"(),;:]{1,253}")
ID = re.compile(r"<([^<>\s]{1,500})>")


def salvage_mail(raw: bytes, reason: str) -> Unreadable:
    """Sender, subject and ids, wherever in the first lines they stand."""
    found: dict[str, str] = {}
    for name, value in FIELD.findall(raw[:LOOKED_AT])[:200]:
        found.setdefault(name.decode("ascii").lower(), " ".join(decode_letters(value[:LONGEST_LINE]).split()))
    sender = found.get("from", "")
    address = list(ADDRESS.finditer(sender))[-1:]
    ids = ID.findall(found.get("in-reply-to", "") + found.get("references", ""))
    message_id = ID.search(found.get("message-id", ""))
    name = sender[: address[0].start()].strip(' <"') if address else sender
    return Unreadable(
        reason=clean_line(reason, 500),
        sender=Person(
            clean_line(address[0][0].lower(), LONGEST_ID) if address else "", clean_line(decode_words(name), LONGEST_NAME)
        ),
        subject=clean_line(decode_words(found.get("subject", "")), LONGEST_SUBJECT),
        message_id=clean_line(message_id[1], LONGEST_ID) if message_id else "",
        references=tuple(clean_line(one, LONGEST_ID) for one in dict.fromkeys(ids)),
    )
