"""The heads of the day by mail: an agreement's own, the one over all ledgers, and the proof that it covers the other."""

import json
from typing import Any

from django.conf import settings

from upheld.apps.agreements.queries import version_at
from upheld.apps.ledger.platform import ProvenHead, write_proven
from upheld.apps.parties.queries import UnknownParty, provider_name
from upheld.apps.witnesses.services import mail_heads
from upheld.core.timeline import Instant
from upheld.gateways.mail import Enclosure
from upheld.interfaces.worker.letters import NAMELESS, write
from upheld.pages.words import say_count

Agreement = Any
"""A row of the agreements, as their queries give it."""
FILE = "head.json"


def mail_heads_of_the_day(at: Instant) -> int:
    """Write to everybody who is to get the heads, once a day; how many mails."""

    def tell(agreement: Agreement, proven: ProvenHead) -> tuple[str, str, tuple[Enclosure, ...]]:
        return tell_heads(agreement, proven, at)

    return mail_heads(write=tell, at=at)


def tell_heads(agreement: Agreement, proven: ProvenHead, at: Instant) -> tuple[str, str, tuple[Enclosure, ...]]:
    """Subject, text and files of one mail."""
    try:
        provider = provider_name()
    except UnknownParty:
        provider = NAMELESS
    letter = write(
        "heads",
        {},
        provider=provider,
        day=f"{at.utc():%Y-%m-%d}",
        agreement=version_at(agreement, at).title,
        origin=proven.head.origin,
        size=say_count(proven.head.size, "fact"),
        signed_at=str(proven.head.signed_at),
        root=proven.head.root.hex(),
        index=str(proven.index),
        heads=say_count(proven.platform.size, "head"),
        platform_root=proven.platform.root.hex(),
        url=settings.UPHELD_URL,
    )
    content = json.dumps(write_proven(proven), ensure_ascii=False, indent=1) + "\n"
    return letter.subject, letter.text, (Enclosure(FILE, "application/json", content.encode()),)
