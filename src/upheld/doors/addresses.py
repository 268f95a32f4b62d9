"""Who may come in: every address of console and portal is made here, with the one function that says who may."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant
from upheld.doors.answering import answer, ask_plainly, close, refuse, write_json
from upheld.doors.asking import Asked, read_asked
from upheld.doors.confirming import ask_again
from upheld.doors.frames import Frame, May, frame_for
from upheld.doors.once import do_once
from upheld.doors.refusing import NOT_ON_RECORD, CannotShow, NotAllowed, NotHere, Refusal
from upheld.gateways.clock import now_us
from upheld.pages.contexts.page import Link, Page
from upheld.pages.words import say_sentence

Answer = Page | HttpResponse
View = Callable[..., Answer]
Show = Callable[..., Answer | StreamingHttpResponse]
"""What is large is sent piece by piece."""


def address(
    route: str,
    name: str,
    *,
    show: Show | None = None,
    do: View | None = None,
    frame: Frame | None = None,
    may: May | None = None,
    may_do: May | None = None,
    is_once: bool = True,
    is_grave: bool = False,
    forms: Sequence[str] = (),
) -> list[URLPattern]:
    """
    One address: `show` answers who looks, `do` who posts a form. `forms` are the endings under which it answers too.

    A form is done once, however often it is sent; `is_once` is False where `do` has transactions of its own and sees to it
    itself.

    `is_grave` marks deeds of money, corrections, terms, erasing and keys: they ask for the password again where it was given
    more than a quarter of an hour ago.

    `frame` is the interface; without one, the one in which whoever asks is at home. `may` says who may look, where that is
    not everybody who sees the interface.

    Whoever may not even look is told the same as of an address where nothing is; who may look and not do is told so.
    """

    def enter(request: HttpRequest, form: str = "", **names: Any) -> HttpResponseBase:
        around = frame or frame_for(request.user)
        may_look = (may or around.may)(request.user)
        try:
            asked = read_asked(request, form, around)
        except Refusal as refusal:
            asked = ask_plainly(request, Instant(now_us()), around)
            return refuse(asked, refusal) if may_look else turn_away(asked)
        if not may_look:
            return turn_away(asked)
        posts = request.method == "POST"
        if (posts and do is None) or (not posts and (show is None or request.method not in ("GET", "HEAD"))):
            return not_this_way(show, do)
        try:
            if posts:
                if may_do is not None and not may_do(request.user):
                    raise NotAllowed(says=around.not_allowed)
                assert do is not None
                if is_grave and (page := ask_again(asked)) is not None:
                    return answer(asked, page, status=403)
                deed = partial(do, asked, **names)
                return finish(asked, do_once(asked, deed) if is_once and asked.is_signed_in else deed())
            assert show is not None
            return finish(asked, show(asked, **names))
        except Refusal as refusal:
            return refuse(asked, refusal)
        except NOT_ON_RECORD as missing:
            # Whoever sees only a part is told of what is not his what is told of nothing.
            says = say_sentence(str(missing)) if around.sees_all else ""
            return refuse(asked, NotHere(says=says))
        except CannotJudge as problem:
            return refuse(asked, CannotShow("The agreement cannot be judged as it stands", f"{problem}."))

    # First the longer addresses: a name in an address may hold a point itself.
    others = [path(f"{route}.{form}", enter, {"form": form}, name=f"{name}.{form}") for form in forms]
    return [*others, path(route, enter, name=name)]


def finish(asked: Asked, found: Answer | StreamingHttpResponse) -> HttpResponseBase:
    return close(found) if isinstance(found, HttpResponse | StreamingHttpResponse) else answer(asked, found)


def turn_away(asked: Asked) -> HttpResponse:
    """To the door for who may still come in; for who has come in and may not see it, nothing is here."""
    if asked.is_signed_in:
        if asked.sees_frame and asked.frame.sees_all:
            return refuse(asked, NotAllowed())
        # In the frame where they are at home: nothing tells this address from one where nothing is.
        return refuse(replace(asked, frame=frame_for(asked.user)), NotHere())
    if asked.form:
        return close(write_json({"problem": "sign in first"}, 401))
    behind = asked.request.get_full_path() if asked.request.method in ("GET", "HEAD") else "/"
    return close(HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': behind})}"))


def not_this_way(show: Show | None, do: View | None) -> HttpResponse:
    allowed = [*(("GET", "HEAD") if show else ()), *(("POST",) if do else ())]
    response = HttpResponse("This address does not take such a request.", content_type="text/plain", status=405)
    response["Allow"] = ", ".join(allowed)
    return response


def to(name: str, *arguments: str | int, query: str = "") -> HttpResponse:
    """Go on to another page, after a deed: loading again does nothing twice."""
    return HttpResponseRedirect(f"{reverse(name, args=arguments)}{query}", status=303)


def link(words: str, name: str, *arguments: str | int, query: str = "") -> Link:
    return Link(words, f"{reverse(name, args=arguments)}{query}")
