"""A chat with our bot becomes somebody's: by a code that they were shown where they are signed in, good once."""

import logging
import secrets
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from upheld.apps.desk.models import Chat, ChatCode
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import MINUTE, Instant

log = logging.getLogger("upheld.desk")

CODE_LASTS = MINUTE * 30
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12
"""Sixty bits: nobody finds one by trying while it is good."""


def offer_chat_code(*, user: User, at: Instant) -> str:
    """A code by which this person links a chat within half an hour; the one before it is good no more."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    ChatCode.objects.update_or_create(
        user=user, defaults={"digest": digest(code), "until_at": (at + CODE_LASTS).utc()}
    )  # fmt: skip
    return code


def link_chat(*, number: int, code: str, at: Instant) -> Chat | None:
    """The chat is theirs from now on; None where the code is not good, or its person may not write for a customer."""
    with transaction.atomic():
        rows = ChatCode.objects.select_for_update(of=("self",)).select_related("user__customer")
        found = rows.filter(digest=digest(code), until_at__gt=at.utc()).first()
        if found is None or not may_act_for_customer(found.user):
            return None
        found.delete()
        linked, _ = Chat.objects.update_or_create(number=number, defaults={"user": found.user, "linked_at": at.utc()})
    log.info("chat linked", extra={"person": linked.user_id})
    return linked


def unlink_chats(*, user: User) -> None:
    """Nobody speaks for this person from any chat any more; codes that were shown are good no more."""
    Chat.objects.filter(user=user).delete()
    ChatCode.objects.filter(user=user).delete()


def digest(code: str) -> str:
    return sha256(f"{settings.SECRET_KEY}:chat:{code.strip().upper()}".encode()).hexdigest()
