"""Passing on who may instruct for a customer, by page and by program alike: whoever has the word now names another."""

from typing import Any

from django.conf import settings

from upheld.apps.duties import services
from upheld.apps.duties.queries import ways_of_change
from upheld.apps.oncall.services import write_message
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import Instant
from upheld.doors.letters import write_letter
from upheld.doors.naming import Agreement
from upheld.pages.words import say_instant

Fact = Any
User = Any
"""Rows and facts, as services and queries give them."""
MAIL, PORTAL = "email", "portal"


def choose_way(agreement: Agreement, at: Instant) -> str | None:
    """By which of the agreement's ways we can tell of it ourselves; None where it takes others alone. Raises CannotJudge."""
    ways = ways_of_change(agreement, at)
    return next((way for way in (PORTAL, MAIL) if not ways or way in ways), None)


def pass_word_on(*, agreement: Agreement, role: str, chosen: User, user: User, at: Instant) -> Fact:
    """
    Record that from now on `chosen` has a role, on the word of `user`; where the agreement asks for an e-mail, it is sent in
    their name with it. Raises CannotName, CannotJudge.
    """
    way = choose_way(agreement, at)
    named = services.name_person(
        agreement=agreement, role=role, person=pseudonym_of(chosen), channel=way or "", received_at=at,
        by=pseudonym_of(user), at=at,
    )  # fmt: skip
    if way == MAIL:
        subject, text = write_letter(
            "person_named", customer=agreement.customer.name, agreement=agreement.key, role=role.replace("-", " "),
            person=f"{chosen.name} <{chosen.email}>", by=f"{user.name} <{user.email}>",
            at=say_instant(at, full=True, exact=True),
        )  # fmt: skip
        key = f"{agreement.key}:{named.id}"
        write_message(kind="mail", to=settings.UPHELD_EMAIL_FROM, subject=subject, body=text, key=key, at=at)
    return named
