"""Who asks: a program by its token, or a person's browser by its session; and what they may see."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from upheld.apps.agreements.queries import UnknownAgreement, agreement
from upheld.apps.parties.queries import find_token, may_change_facts, may_see_customer, pseudonym_of
from upheld.apps.parties.services import note_use
from upheld.core.timeline import Instant
from upheld.doors.confirming import is_fresh
from upheld.gateways.clock import now_us
from upheld.interfaces.api import problems
from upheld.interfaces.api.problems import Problem

User = Any
Agreement = Any
"""Rows, as their queries give them."""


class Token(HttpBearer):
    """A token in the header `Authorization`: its program may do what its person may."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        found = find_token(token)
        if found is None:
            return None
        note_use(token=found, at=now())
        return found.user


class Session(SessionAuth):
    """The session of somebody who signed in on the pages; what changes something needs the page's CSRF token too."""

    def __call__(self, request: HttpRequest) -> User | None:
        # Whoever shows a token is who the token says, or nobody.
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise Problem(problems.FORM_NOT_OURS)
        return request.user


def now() -> Instant:
    return Instant(now_us())


def asker(request: HttpRequest) -> User:
    """The person who asks, or whose program does."""
    return request.auth  # type: ignore[attr-defined]


def name_asker(request: HttpRequest) -> str:
    """The name under which facts know them."""
    return pseudonym_of(asker(request))


def find_agreement(request: HttpRequest, key: str) -> Agreement:
    """An agreement that the asker may see. One of somebody else is answered like one that is not there."""
    found = agreement(key)
    if not may_see_customer(asker(request), found.customer):
        raise UnknownAgreement(f"no agreement is called {key!r}")
    return found


def refuse_reader(request: HttpRequest) -> None:
    """Raise a problem where the asker may look and not change."""
    if not may_change_facts(asker(request)):
        raise Problem(problems.NOT_ALLOWED)


def refuse_stale(request: HttpRequest) -> None:
    """
    Raise a problem where a session does what is grave and its password was given too long ago, as on the pages.

    A token needs no password: it was made for programs, which have nobody to ask, and is taken back where it is lost.
    """
    if "Authorization" not in request.headers and not is_fresh(request, now()):
        says = "this weighs much, and the password was given more than a quarter of an hour ago; give it again on the page"
        raise Problem(problems.NOT_ALLOWED, says)


def sees(request: HttpRequest, customer: Any) -> bool:
    return may_see_customer(asker(request), customer)
