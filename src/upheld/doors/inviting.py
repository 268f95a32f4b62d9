"""Inviting a colleague, by page and by program alike: the person and the mail with the link, both or neither."""

from typing import Any

from upheld.apps.oncall.services import write_message
from upheld.apps.parties import services
from upheld.core.timeline import Instant
from upheld.doors.passwords import name_mail, tell_link, tell_provider

User = Any
Customer = Any
"""Rows, as their queries give them."""
ROLES = ("manager", "member", "reader")


def invite_colleague(*, customer: Customer, name: str, email: str, role: str, by: str, at: Instant) -> User:
    """A new person of a customer, who chooses a password by the link. Raises AddressTaken, ValidationError."""
    user, token = services.invite_user(email=email, name=name, customer=customer, customer_role=role, at=at)
    send_invitation(user, token, by, at)
    return user


def invite_again(*, user: User, by: str, at: Instant) -> None:
    """A new link for one who has not come yet; the earlier one ends."""
    token = services.offer_password(user=user, at=at, lasting=services.INVITATION_LASTS)
    send_invitation(user, token, by, at)


def waits(user: User) -> bool:
    """Whether somebody was invited and has not come yet."""
    return bool(user.is_active and not user.has_usable_password())


def send_invitation(user: User, token: str, by: str, at: Instant) -> None:
    until = at + services.INVITATION_LASTS
    subject, text = tell_link("invitation", user, token, until, provider=tell_provider(), by=by)
    write_message(kind="mail", to=user.email, subject=subject, body=text, key=name_mail(token), at=at)
