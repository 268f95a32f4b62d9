"""A time stamp by an authority of others under the head of each day: we could not have made the head later."""

import logging

from upheld.apps.ledger.platform import platform_head
from upheld.apps.witnesses.models import Stamp
from upheld.core.timeline import MINUTE, Instant
from upheld.gateways.stamping import Stamper

log = logging.getLogger("upheld.witnesses")

APART = MINUTE * 5
"""Clocks that differ by more are told of."""


def stamp_head(*, stamper: Stamper, authority: str, at: Instant) -> Stamp | None:
    """
    Have the head over all ledgers stamped, once a day of UTC; None where it is done, or while nothing is signed.

    Not inside a transaction: it waits for others. Raises the gateway's NotStamped; nothing is kept then, and it may be
    asked again.
    """
    head, day = platform_head(), at.utc().date()
    if head is None or Stamp.objects.filter(day=day).exists():
        return None
    stamped = stamper.stamp(head.note.encode())
    if stamped.at > at + APART or at > stamped.at + APART:
        log.warning("the clock of the authority is not ours", extra={"authority": authority, "stated": str(stamped.at)})
    made, is_new = Stamp.objects.get_or_create(
        day=day,
        defaults={
            "size": head.size,
            "note": head.note,
            "authority": authority,
            "token": stamped.token,
            "stamped_at": stamped.at.utc(),
        },
    )
    return made if is_new else None
