"""Signing in and out, and light or dark."""

import logging

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from upheld.doors.addresses import Answer, to
from upheld.doors.answering import THEME_COOKIE, THEMES, answer, awaits_first_run
from upheld.doors.asking import Asked
from upheld.doors.frames import STATUS_URL, frame_for, tell_behind
from upheld.doors.refusing import TooMany
from upheld.doors.tries import Tries
from upheld.pages.contexts.access import SignInPage
from upheld.pages.contexts.parts import Field, Form, Problem

log = logging.getLogger("upheld.doors")

YEAR_SECONDS = 365 * 24 * 60 * 60
WRONG = "No person with this address and password; both are looked at together"
by_person = Tries(most=5)
"""Of one address for one person."""
by_address = Tries(most=20)
by_name = Tries(most=30)
"""For one person, from wherever."""


def show_sign_in(asked: Asked) -> Answer:
    if awaits_first_run():
        return to("set-up")
    if asked.is_signed_in:
        return HttpResponseRedirect(own_address(asked.request, asked.query("next")) or lead_home(asked))
    return make_sign_in(asked, asked.query("next"))


def sign_in(asked: Asked) -> Answer:
    """The same words for whatever is wrong: who may sign in is told to nobody."""
    name, place = asked.sent("name").lower()[:320], address_of(asked.request)
    keys = ((by_person, f"{place} {name}"), (by_address, place), (by_name, name))
    if any(tries.are_too_many(key, asked.at) for tries, key in keys):
        log.warning("too many tries to sign in", extra={"address": place})
        raise TooMany()
    user = authenticate(asked.request, username=name, password=asked.request.POST.get("password", ""))
    if user is None:
        for tries, key in keys:
            tries.note(key, asked.at)
        log.info("signing in failed", extra={"address": place})
        page = make_sign_in(asked, asked.sent("next"), name, WRONG)
        return answer(asked, page, status=422)
    login(asked.request, user)
    by_person.forget(f"{place} {name}")
    return HttpResponseRedirect(own_address(asked.request, asked.sent("next")) or reverse("home"), status=303)


def make_sign_in(asked: Asked, behind: str, name: str = "", wrong: str = "") -> SignInPage:
    known = own_address(asked.request, behind)
    return SignInPage(
        behind=name_behind(known),
        status_url=STATUS_URL,
        forgotten_url=reverse("forgotten"),
        form=Form(
            url=reverse("sign-in"),
            deed="Sign in",
            not_done="You are not signed in.",
            problems=(Problem("name", wrong),) if wrong else (),
            hidden=(("next", known),) if known else (),
            fields=(
                Field(name="name", label="E-mail address", kind="email", autocomplete="username", value=name),
                Field(name="password", label="Password", kind="password", autocomplete="current-password"),
            ),
        ),
    )


def own_address(request: HttpRequest, written: str) -> str:
    """The address, where it is one of ours; nothing otherwise: signing in leads nobody to a place that others chose."""
    is_ours = written.startswith("/") and url_has_allowed_host_and_scheme(written, None)
    return (
        written if is_ours and written.isprintable() and not written.startswith(("/sign-", "/set-up", "/password")) else ""
    )


def name_behind(url: str) -> str:
    """What an address leads to, in the words of its interface."""
    try:
        found = resolve(url.partition("?")[0])
    except Resolver404:
        return ""
    return tell_behind(found.view_name, found.kwargs)


def address_of(request: HttpRequest) -> str:
    """Where a request came from: behind a proxy, what the proxy itself says of it."""
    said = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return said.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def lead_home(asked: Asked) -> str:
    return frame_for(asked.user).home_url


def go_home(asked: Asked) -> Answer:
    """`/`: to where one is at home, to the first set-up, or to the page that is open to everyone."""
    if awaits_first_run():
        return to("set-up")
    return HttpResponseRedirect(lead_home(asked))


def sign_out(asked: Asked) -> Answer:
    logout(asked.request)
    return HttpResponseRedirect(STATUS_URL, status=303)


def choose_theme(asked: Asked) -> Answer:
    """A cookie, so that the server writes it into the page and nothing flashes; `system` takes it away."""
    back = own_address(asked.request, asked.sent("next")) or lead_home(asked)
    response: HttpResponse = HttpResponseRedirect(back, status=303)
    if asked.sent("theme") in THEMES:
        response.set_cookie(
            THEME_COOKIE, asked.sent("theme"), max_age=YEAR_SECONDS, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    else:
        response.delete_cookie(THEME_COOKIE)
    return response
