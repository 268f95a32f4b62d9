"""A form that is sent twice is done once: the second time its sender is led to what the first time came to."""

import json
from collections.abc import Callable
from hashlib import sha256

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect

from upheld.apps.parties import services as parties
from upheld.doors.asking import Asked
from upheld.pages.contexts.page import Page

FIELD = "once"
"""The hidden field: random in every page, so that a form from the same page with the same words is the same form."""
LONGEST_KEY = 100
ASIDE = frozenset({"csrfmiddlewaretoken", "password-again"})
"""Masked anew in every page, or given beside it: no part of what is asked for."""

Answer = Page | HttpResponse


def do_once(asked: Asked, deed: Callable[[], Answer]) -> Answer:
    """
    Carry out a deed and keep where it led, both or neither. What was refused is not kept: nothing was done.

    A second click that comes meanwhile waits for the first, and is led to the same page. A form without the field (a page
    from before an upgrade) is carried out as it comes.
    """
    key = name_deed(asked)
    if not key:
        return deed()
    with transaction.atomic():
        kept, _ = parties.take_key(user=asked.user, key=key, request_digest=digest_of(asked), at=asked.at)
        if kept.status is not None:
            return HttpResponseRedirect(json.loads(kept.body)["location"], status=kept.status)
        answer = deed()
        if isinstance(answer, HttpResponse) and answer.status_code == 303:
            parties.give_answer(answer=kept, status=303, body=json.dumps({"location": answer["Location"]}))
        else:
            parties.drop_key(answer=kept)
        return answer


def name_deed(asked: Asked) -> str:
    """The key of the form with what stands in it: sent again with other words from the same page, it is another deed."""
    once = asked.sent(FIELD)
    if not once or len(once) > LONGEST_KEY:
        return ""
    return f"form {digest_of(asked)}"


def digest_of(asked: Asked) -> str:
    """What was sent, to which address. The field itself is in it and kept nowhere: no password is guessed from a digest."""
    fields = sorted((name, values) for name, values in asked.request.POST.lists() if name not in ASIDE)
    return sha256(json.dumps([asked.request.path, fields]).encode()).hexdigest()
