"""How a person is reached: an address counts once its owner typed in the code that was sent there."""

import logging
import secrets
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F

from upheld.apps.oncall.models import ContactWay, Kind
from upheld.apps.oncall.services.addresses import check_address
from upheld.apps.oncall.services.outbox import write_message
from upheld.apps.parties.models import User
from upheld.core.timeline import MINUTE, Instant

log = logging.getLogger("upheld.oncall")

CODE_LASTS = MINUTE * 30
BETWEEN_CODES = MINUTE
MOST_TRIES = 5
MOST_WAYS = 12


class UnfitWay(ValueError):
    """A way that cannot be added or confirmed; the message says what to do."""


def add_way(*, user: User, kind: str, address: str, for_urgent: bool, for_other: bool, at: Instant) -> ContactWay:
    """
    A way to reach this person, and a code on its way there; asked for again, a new code. Raises UnfitWay, UnfitRecipient.
    """
    if not for_urgent and not for_other:
        raise UnfitWay("say what this way is for: pages that are urgent, pages that are not, or both")
    if kind == Kind.WEBHOOK:
        raise UnfitWay("a program behind a webhook cannot read you a code; an administrator makes it a channel")
    address = check_address(kind, address)
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        if user.ways.count() >= MOST_WAYS and not user.ways.filter(kind=kind, address=address).exists():
            raise UnfitWay(f"{MOST_WAYS} ways are enough; remove one first")
        waiting = user.ways.filter(kind=kind, address=address, verified_at__isnull=True)
        if waiting.filter(code_until_at__gt=(at + CODE_LASTS).before(BETWEEN_CODES).utc()).exists():
            raise UnfitWay("a code went there less than a minute ago; wait for it, or ask again in a minute")
        way, _ = ContactWay.objects.update_or_create(
            user=user, kind=kind, address=address,
            defaults={
                "is_for_urgent": for_urgent, "is_for_other": for_other, "code_digest": digest(user, address, code),
                "code_until_at": (at + CODE_LASTS).utc(), "code_tries": 0,
            },
        )  # fmt: skip
        if way.verified_at is None:
            text = f"Your code is {code}. It confirms to Upheld ({settings.UPHELD_URL}) that you can be reached here."
            if kind == Kind.PHONE:
                spelled = ", ".join(code)
                text = f"This is Upheld. Your code is {spelled}. I repeat: {spelled}."
            write_message(
                kind=kind, to=address, subject="Your code", body=text, key=f"way-{way.pk}-{way.code_digest[:16]}", at=at
            )  # fmt: skip
    return way


def verify_way(*, way: ContactWay, code: str, at: Instant) -> None:
    """The person typed in what was sent there: pages go there from now on. Raises UnfitWay."""
    if way.verified_at is not None:
        return
    # Counted before it is compared, in its own statement: many tries at once do not make more of them.
    tries = ContactWay.objects.filter(pk=way.pk, code_tries__lt=MOST_TRIES, code_until_at__gt=at.utc())
    if not tries.update(code_tries=F("code_tries") + 1):
        raise UnfitWay("this code is too old, or was tried too often; ask for a new one")
    if not secrets.compare_digest(way.code_digest, digest(way.user, way.address, code.strip())):
        raise UnfitWay(f"this is not the code that was sent to {way.address}")
    ContactWay.objects.filter(pk=way.pk, verified_at__isnull=True).update(verified_at=at.utc())
    log.info("way confirmed", extra={"person": way.user_id, "kind": way.kind})


def digest(user: User, address: str, code: str) -> str:
    # The secret of the installation goes in: six digits alone could be tried out by whoever reads the table.
    return sha256(f"{settings.SECRET_KEY}:{user.pk}:{address}:{code}".encode()).hexdigest()


def remove_way(*, way: ContactWay) -> None:
    """Nothing goes there any more, but for what is on its way."""
    way.delete()
