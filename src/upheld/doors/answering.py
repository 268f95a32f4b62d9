"""From a page's record to the answer: HTML in its frame, or its twin as JSON."""

import json
import re
from html import escape, unescape
from secrets import token_urlsafe
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse

from upheld.apps.parties.queries import MARKED, is_staffed, open_marks
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.frames import Frame, frame_for
from upheld.doors.refusing import Refusal
from upheld.doors.zones import find_zone
from upheld.pages import render_page
from upheld.pages.contexts.access import ProblemPage
from upheld.pages.contexts.page import Assets, Link, Page, RequestBits, Toast
from upheld.pages.twin import write_twin

READ = re.compile(r"(<(?:code|pre|textarea|script)\b[^>]*>[^<]*)|>([^<>]*(?:person|words)-[^<>]*)(?=<)")
"""What stands as it is, and texts that may hold a mark."""
Response = TypeVar("Response", bound=HttpResponseBase)
THEMES = ("light", "dark")
THEME_COOKIE = "theme"
ZONE_COOKIE = "zone"
"""Of the browser, written by the script: times of other zones are told in this one too."""
TOAST = "toast"
ASSETS = Assets(
    style=f"{settings.STATIC_URL}upheld/upheld.css",
    script=f"{settings.STATIC_URL}upheld/upheld.js",
    htmx=f"{settings.STATIC_URL}upheld/vendor/htmx.min.js",
    icon=f"{settings.STATIC_URL}upheld/mark.svg",
)


def answer(asked: Asked, page: Page, *, status: int = 200) -> HttpResponse:
    """The page in the form that was asked for."""
    if asked.form == "json":
        return close(write_json(write_twin(page), status))
    return close(HttpResponse(name_people(render_page(page, gather_bits(asked, page)), asked.user), status=status))


def name_people(html: str, reader: Any) -> str:
    """
    The page with names in the place of marks, wherever its reader reads; what is a fact's own bytes, and what a form sends
    back, stays as it is. Whoever has not signed in is told no names.
    """
    if not reader.is_authenticated or not MARKED.search(html):
        return html
    return READ.sub(lambda found: found[1] or f">{escape(open_marks(unescape(found[2]), reader), quote=False)}", html)


def write_json(written: Any, status: int = 200) -> HttpResponse:
    text = json.dumps(written, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def close(response: Response) -> Response:
    """For its reader alone: kept by no cache on the way, and by no browser for whoever sits down there next."""
    response["Cache-Control"] = "private, no-store"
    return response


def gather_bits(asked: Asked, page: Page) -> RequestBits:
    """What the frame takes from the request."""
    request = asked.request
    theme = request.COOKIES.get(THEME_COOKIE, "")
    signed_in = asked.is_signed_in
    return RequestBits(
        as_of=getattr(page, "as_of", asked.as_of),
        is_past=asked.is_past,
        here=asked.here,
        theme=theme if theme in THEMES else "",
        csrf_token=get_token(request),
        once=token_urlsafe(12),
        nav=asked.frame.list_sections(asked) if asked.sees_frame else (),
        reader=asked.user.name if signed_in else "",
        reader_note=asked.frame.tell_role(asked) if signed_in else "",
        sign_out_url=reverse("sign-out") if signed_in else "",
        theme_url=reverse("theme") if signed_in else "",
        toast=take_toast(asked),
        around=asked.frame.surround(asked) if asked.sees_frame else None,
        zone=find_zone(request.COOKIES.get(ZONE_COOKIE, ""), asked.as_of.utc().year) if signed_in else None,
        assets=ASSETS,
    )


def leave_toast(asked: Asked, words: str, fact: Link | None = None) -> None:
    """Say on the next page what was done."""
    asked.request.session[TOAST] = [words, fact.words if fact else "", fact.url if fact else ""]


def take_toast(asked: Asked) -> Toast | None:
    if not asked.is_signed_in or "X-Refresh" in asked.request.headers:
        return None
    kept = asked.request.session.pop(TOAST, None)
    return None if kept is None else Toast(kept[0], Link(kept[1], kept[2]) if kept[1] else None)


def refuse(asked: Asked, refusal: Refusal) -> HttpResponse:
    """The page that says why there is none."""
    if asked.form:
        asked_for = {"problem": f"{refusal.words}. {refusal.says}".strip(". ") or "nothing is kept at this address"}
        return close(write_json(asked_for, refusal.status))
    around = asked.frame
    deeds = refusal.deeds or ((Link(around.home_words, around.home_url),) if around.home and asked.sees_frame else ())
    page = ProblemPage(status=refusal.status, words=refusal.words, says=refusal.says, deeds=deeds)
    return answer(asked, page, status=refusal.status)


def awaits_first_run() -> bool:
    return not is_staffed()


def ask_plainly(request: Any, at: Instant, frame: Frame | None = None) -> Asked:
    """For pages about what went wrong: whatever the address says of instants is left aside."""
    form = "json" if request.path.endswith(".json") else ""
    return Asked(request, at, at, False, form, frame or frame_for(request.user))
