"""Grave deeds ask for the password again, where it was given too long ago; what was typed into the form is not lost."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from upheld.core.timeline import MINUTE, Instant
from upheld.doors import asking, tries
from upheld.doors.refusing import TooMany
from upheld.pages.contexts.access import PasswordPage
from upheld.pages.contexts.parts import Field, Form, Problem

LASTS = MINUTE * 15
"""How long a password counts for money, corrections, terms, erasing and keys."""
KEPT = "confirmed_at_us"
PASSWORD = "password-again"
WRONG = "This is not your password"
wrong_of = tries.Tries(most=5)


def note_sign_in(sender: Any, request: HttpRequest, user: Any, **others: Any) -> None:
    """Whoever has just signed in has given the password."""
    # The doors' own clock: an hour that stands still for all of them stands still here too.
    request.session[KEPT] = asking.now_us()  # type: ignore[attr-defined]


user_logged_in.connect(note_sign_in, dispatch_uid="upheld.doors.confirming")


def ask_again(asked: asking.Asked) -> PasswordPage | None:
    """
    The page that asks for the password; None where it counts still, or came right with the form.

    The page holds all that was sent and sends it to the same address, so the deed is done as if nothing had been between.
    Raises TooMany.
    """
    if is_fresh(asked.request, asked.at):
        return None
    given = asked.request.POST.get(PASSWORD, "")
    if not given:
        return make_page(asked)
    key = str(asked.user.pk)
    if wrong_of.are_too_many(key, asked.at):
        raise TooMany()
    if not asked.user.check_password(given):
        wrong_of.note(key, asked.at)
        return make_page(asked, WRONG)
    wrong_of.forget(key)
    # A password that was hashed in an older way has just been hashed anew: nobody is signed out by that.
    update_session_auth_hash(asked.request, asked.user)
    asked.request.session[KEPT] = asked.at.micros
    return None


def is_fresh(request: HttpRequest, at: Instant) -> bool:
    kept = request.session.get(KEPT)
    return isinstance(kept, int) and at - Instant(kept) <= LASTS


def make_page(asked: asking.Asked, wrong: str = "") -> PasswordPage:
    sent = [(name, value) for name, values in asked.request.POST.lists() for value in values if name not in ASIDE]
    return PasswordPage(
        answer="Your password, once more",
        says="This cannot be undone quietly, and you signed in a while ago. What you wrote is kept; it is done right after.",
        form=Form(
            url=asked.request.get_full_path(), deed="Go on", hidden=tuple(sent), not_done="Nothing was done yet.",
            problems=(Problem(PASSWORD, wrong),) if wrong else (),
            fields=(Field(name=PASSWORD, label="Password", kind="password", autocomplete="current-password"),),
        ),
    )  # fmt: skip


ASIDE = frozenset({"csrfmiddlewaretoken", PASSWORD, "once"})
"""Made anew with the page."""
