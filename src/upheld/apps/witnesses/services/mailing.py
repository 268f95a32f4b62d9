"""The heads of each day by mail, to the addresses that are named for an agreement."""

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.ledger.platform import ProvenHead, platform_head, prove_head
from upheld.apps.ledger.queries import NotRecorded
from upheld.apps.oncall.models import Kind
from upheld.apps.oncall.services import Letter, write_message
from upheld.apps.witnesses.models import HeadReader, Mailing
from upheld.core.timeline import Instant
from upheld.gateways.mail import Enclosure, Writer

log = logging.getLogger("upheld.witnesses")

MOST_READERS = 20

Write = Callable[[Agreement, ProvenHead], tuple[str, str, tuple[Enclosure, ...]]]
"""Subject, text and files of the mail with an agreement's heads."""


class UnfitReader(ValueError):
    """No mail address, or one more than an agreement may have."""


def add_reader(*, agreement: Agreement, address: str, by: str, at: Instant) -> HeadReader:
    """Mail the heads of an agreement to this address from the next mailing on. Raises UnfitReader."""
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise UnfitReader(f"expected a mail address, came {address[:80]!r}") from None
    there = HeadReader.objects.filter(agreement=agreement)
    if not there.filter(address__iexact=address).exists() and there.count() >= MOST_READERS:
        raise UnfitReader(f"the heads of an agreement go to at most {MOST_READERS} addresses: remove one first")
    made, _ = HeadReader.objects.get_or_create(
        agreement=agreement, address=address, defaults={"added_at": at.utc(), "added_by": by}
    )
    return made


def remove_reader(*, agreement: Agreement, address: str) -> None:
    """Mail the heads there no more; what was written already is still sent."""
    HeadReader.objects.filter(agreement=agreement, address__iexact=address.strip()).delete()


def mail_heads(*, write: Write, at: Instant) -> int:
    """
    Write the heads of the day to everybody who was named; once a day of UTC, however often it is asked. How many mails.

    Nothing before the first head is signed. The outbox sends them, and tries again.
    """
    head = platform_head()
    day = at.utc().date()
    if head is None or Mailing.objects.filter(day=day).exists():
        return 0
    with transaction.atomic():
        mailing, is_new = Mailing.objects.get_or_create(
            day=day, defaults={"at": at.utc(), "size": head.size, "note": head.note}
        )
        if not is_new:
            return 0
        for agreement in Agreement.objects.filter(head_readers__isnull=False).distinct().order_by("key"):
            try:
                with transaction.atomic():
                    mailing.written += mail_agreement(agreement, mailing, write, at)
            except Exception:
                # One whose heads cannot be told keeps back nobody else's.
                log.exception("heads cannot be mailed", extra={"agreement": agreement.key})
        mailing.save(update_fields=["written"])
    log.info("heads mailed", extra={"count": mailing.written, "size": mailing.size})
    return mailing.written


def mail_agreement(agreement: Agreement, mailing: Mailing, write: Write, at: Instant) -> int:
    try:
        proven = prove_head(agreement.key)
    except NotRecorded:
        return 0
    subject, text, files = write(agreement, proven)
    letter = Letter(writer=Writer.MACHINE, enclosed=files)
    readers = list(agreement.head_readers.order_by("pk"))
    for reader in readers:
        key = f"heads-{mailing.day}:{reader.pk}"
        write_message(kind=Kind.MAIL, to=reader.address, subject=subject, body=text, key=key, at=at, letter=letter)
    return len(readers)
