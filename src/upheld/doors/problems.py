"""Pages about what could not be shown, for addresses that no page has and for what went wrong on the way."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse

from upheld.core.timeline import Instant
from upheld.doors.answering import ASSETS, ask_plainly, close, refuse, write_json
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.gateways.clock import now_us
from upheld.pages import render_page
from upheld.pages.contexts.access import ProblemPage
from upheld.pages.contexts.page import RequestBits

log = logging.getLogger("upheld.doors")


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(ask_plainly(request, Instant(now_us())), NotHere())


def show_not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(ask_plainly(request, Instant(now_us())), NotAllowed())


def show_stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark that it came from one of our pages, or with one of an earlier visit."""
    words = "This form is from another visit, or not from here. Load the page again and send it once more."
    return refuse(ask_plainly(request, Instant(now_us())), NotAllowed("The form was not taken", words))


def show_failure(request: HttpRequest, *arguments: Any) -> HttpResponse:
    """Asks nothing of the database: that may be what failed. The reference is the instant, as the log has it."""
    at = Instant(now_us())
    reference = f"{at.utc():%Y%m%dT%H%M%S.%fZ}"
    log.error("a page failed", extra={"path": request.path, "kept_as": reference})
    if request.path.endswith(".json"):
        return close(write_json({"problem": f"this failed; the log has it under {reference}"}, 500))
    page = ProblemPage(status=500, reference=reference)
    return close(HttpResponse(render_page(page, RequestBits(as_of=at, assets=ASSETS)), status=500))
