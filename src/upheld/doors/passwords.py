"""A password by a one-time link: for whoever was invited, and for whoever forgot theirs. None is ever in a mail."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from upheld.apps.oncall.services import write_message
from upheld.apps.parties import services
from upheld.apps.parties.queries import UnknownParty, digest_token, find_link, find_user, provider_name
from upheld.core.timeline import HOUR, Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer
from upheld.doors.asking import Asked
from upheld.doors.letters import write_letter
from upheld.doors.refusing import Gone, TooMany
from upheld.doors.signing_in import address_of
from upheld.doors.tries import Tries
from upheld.pages.contexts.access import PasswordPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import say_instant

log = logging.getLogger("upheld.doors")
NAMELESS = "Your provider"
OVER = "It was used, it has ended, or a newer one was sent. Ask for another."
asked_for_one = Tries(most=3, within=HOUR)
"""Of one person, from wherever: nobody's letter box is filled by others."""
asked_from = Tries(most=10, within=HOUR)
tried_from = Tries(most=20)
"""Links that were tried from one address; they are random and long, so nobody tries them."""


def show_forgotten(asked: Asked) -> Answer:
    return PasswordPage(
        answer="Ask for a new password",
        says="If somebody signs in with this address, a mail with a link is on its way within a minute.",
        form=Form(
            url=reverse("forgotten"), deed="Send me the link",
            fields=(Field(name="name", label="E-mail address", kind="email", autocomplete="username"),),
        ),
    )  # fmt: skip


def send_link(asked: Asked) -> Answer:
    """The same words whether somebody has this address or not."""
    name, place = asked.sent("name").lower()[:320], address_of(asked.request)
    if asked_from.are_too_many(place, asked.at):
        log.warning("too many links asked for", extra={"address": place})
        raise TooMany()
    asked_from.note(place, asked.at)
    user = find_user(name)
    if user is not None and not asked_for_one.are_too_many(user.email, asked.at):
        asked_for_one.note(user.email, asked.at)
        mail_link(user, asked.at)
    return PasswordPage(
        answer="Look into your mail",
        says="If somebody signs in with this address, a link is on its way. It can be used once, within an hour.",
        link=Link("Sign in", reverse("sign-in")),
    )


def mail_link(user: Any, at: Instant) -> None:
    with transaction.atomic():
        token = services.offer_password(user=user, at=at)
        subject, text = tell_link("password", user, token, at + services.PASSWORD_LINK_LASTS, provider=tell_provider())
        write_message(kind="mail", to=user.email, subject=subject, body=text, key=name_mail(token), at=at)


def tell_link(template: str, user: Any, token: str, until: Instant, *, provider: str, by: str = "") -> tuple[str, str]:
    """Subject and text of the mail with the link."""
    url = f"{settings.UPHELD_URL}{reverse('password', args=[token])}"
    customer = user.customer.name if user.customer else provider
    return write_letter(
        template, provider=provider, customer=customer, name=user.name, by=by, url=url, until=say_instant(until, full=True)
    )


def name_mail(token: str) -> str:
    """The key of a link's mail: as one-time as the link, and no way back to it."""
    return f"sign-in-link:{digest_token(token)[:32]}"


def tell_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return NAMELESS


def show_choosing(asked: Asked, token: str) -> Answer:
    refuse_ended(asked, token)
    return make_choosing(token)


def refuse_ended(asked: Asked, token: str) -> None:
    place = address_of(asked.request)
    if tried_from.are_too_many(place, asked.at):
        raise TooMany()
    if find_link(token, asked.at) is None:
        tried_from.note(place, asked.at)
        raise Gone("This link leads nowhere any more", OVER, (Link("Ask for a new one", reverse("forgotten")),))


def make_choosing(token: str, problems: tuple[Problem, ...] = ()) -> PasswordPage:
    return PasswordPage(
        answer="Choose a password",
        says="You are signed in with it at once, and everywhere else signed out.",
        form=Form(
            url=reverse("password", args=[token]), deed="Take this password", not_done="The password was not taken.",
            problems=problems,
            fields=(
                Field(name="password", label="Password", kind="password", hint="At least 12 characters.",
                      autocomplete="new-password"),
            ),
        ),
    )  # fmt: skip


def choose(asked: Asked, token: str) -> Answer:
    refuse_ended(asked, token)
    try:
        user = services.take_password(token=token, password=asked.request.POST.get("password", ""), at=asked.at)
    except services.LinkIsOver as problem:
        raise Gone("This link leads nowhere any more", f"{problem}.", (Link("Sign in", reverse("sign-in")),)) from None
    except ValidationError as problem:
        problems = tuple(Problem("password", words) for words in problem.messages)
        return answer(asked, make_choosing(token, problems), status=422)
    login(asked.request, user)
    return to("home")
