"""The addresses of the API, and what every other address below it is answered with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path

from upheld.interfaces.api import problems
from upheld.interfaces.api.interface import api
from upheld.interfaces.api.problems import Problem, tell
from upheld.interfaces.api.updates import take_sms, take_update

View = Callable[..., HttpResponseBase]


def in_our_words(view: View) -> View:
    """A method that an address does not take is a problem too; and no answer is kept on its way, or by a browser."""

    @wraps(view)
    def enter(request: HttpRequest, *parts: Any, **names: Any) -> HttpResponseBase:
        # No name holds a NUL; one database would not even look for it.
        is_asking = "\0" not in request.path and "%00" not in request.GET.urlencode()
        response = answer_large(request) or (view(request, *parts, **names) if is_asking else nothing_here(request))
        if response.status_code == problems.NOT_THIS_WAY.status:
            allowed = response["Allow"]
            response = tell(Problem(problems.NOT_THIS_WAY, expected=allowed, came=str(request.method)))
            response["Allow"] = allowed
        response["Cache-Control"] = "private, no-store"
        return response

    enter.csrf_exempt = True  # type: ignore[attr-defined]  # the session's door looks for the token itself
    return enter


def answer_large(request: HttpRequest) -> HttpResponse | None:
    """What is refused before it is read: a body larger than this installation takes."""
    try:
        request.body  # noqa: B018 (asked for, so that it is counted)
    except RequestDataTooBig:
        size = int(request.headers.get("Content-Length") or 0)
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return tell(Problem(problems.DOES_NOT_FIT, f"the body has {size} bytes; at most {most} are taken"))
    return None


def nothing_here(request: HttpRequest) -> HttpResponse:
    return tell(Problem(problems.NOT_ON_RECORD, "nothing is kept at this address; /api/v1/openapi.json names all"))


def list_addresses() -> list[URLPattern]:
    patterns: list[URLPattern] = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [path(f"v1/{one.pattern}", in_our_words(one.callback), name=one.name) for one in patterns]


BROUGHT = [path("telegram", take_update, name="telegram"), path("sms", take_sms, name="sms")]
urlpatterns = [*list_addresses(), *BROUGHT, re_path("", nothing_here)]
