"""Proposing, confirming, refusing. What a confirmation brings about is done by whoever asks for it, in one transaction."""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from upheld.apps.approvals.models import OPEN, Approval
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.approvals")


class SamePerson(ValueError):
    """Whoever proposed it cannot confirm it."""


class AlreadyDecided(ValueError):
    """The proposal was confirmed or refused before."""


class AlreadyProposed(ValueError):
    """Something else waits for a second person for the same subject."""


class NoReason(ValueError):
    """A proposal or a refusal without a reason."""


def propose(
    *, kind: str, subject: str, content: Mapping[str, Any], because: str, by: str, at: Instant, agreement: str = ""
) -> Approval:
    """
    Put something before a second person. The same proposal of the same person again is the one that waits already.

    Raises AlreadyProposed where another one waits for the subject, and NoReason.
    """
    because = because.strip()
    if not because:
        raise NoReason("say why: the second person decides by this reason")
    made = {"content": dict(content), "because": because, "proposed_by": by}
    with transaction.atomic():
        approval, is_new = Approval.objects.filter(OPEN).get_or_create(
            kind=kind, agreement=agreement, subject=subject, defaults={**made, "proposed_at": at.utc()}
        )
    if not is_new and any(getattr(approval, name) != value for name, value in made.items()):
        raise AlreadyProposed(
            f"{approval.name} waits for {subject} since {approval.proposed_at:%Y-%m-%d %H:%M} UTC, proposed by "
            f"{approval.proposed_by}; let a second person decide it, or refuse it, before you propose something else"
        )
    if is_new:
        log.info("proposed", extra={"approval": approval.name, "kind": kind, "by": by})
    return approval


def confirm(*, approval: Approval, by: str, at: Instant) -> Approval:
    """
    Confirm as the second person, once. Call it in the transaction that then does what was proposed.

    Raises SamePerson, AlreadyDecided.
    """
    if by == approval.proposed_by:
        raise SamePerson(f"{by} proposed {approval.name}; a second person has to confirm it")
    with transaction.atomic():
        done = Approval.objects.filter(OPEN, pk=approval.pk).update(confirmed_by=by, confirmed_at=at.utc())
        return settle(approval, bool(done), "confirmed", by)


def refuse(*, approval: Approval, by: str, at: Instant, because: str) -> Approval:
    """Refuse it, with the reason; whoever proposed it may take it back so. Raises AlreadyDecided, NoReason."""
    because = because.strip()
    if not because:
        raise NoReason(f"say why {approval.name} is refused: whoever proposed it reads this reason")
    with transaction.atomic():
        done = Approval.objects.filter(OPEN, pk=approval.pk).update(
            refused_by=by, refused_at=at.utc(), refused_because=because
        )
        return settle(approval, bool(done), "refused", by)


def settle(approval: Approval, is_done: bool, deed: str, by: str) -> Approval:
    """The row as it now is; AlreadyDecided where somebody was faster."""
    approval.refresh_from_db()
    if not is_done:
        how = "confirmed" if approval.confirmed_at else "refused"
        raise AlreadyDecided(f"{approval.name} was {how} by {approval.confirmed_by or approval.refused_by} before")
    log.info(deed, extra={"approval": approval.name, "by": by})
    return approval
