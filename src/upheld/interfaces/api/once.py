"""A deed is done once, however often it is asked for under its key; the answer is kept with it, in one transaction."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from upheld.apps.parties import services as parties
from upheld.core.timeline import MINUTE, Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, now
from upheld.interfaces.api.problems import Problem

HEADER = "Idempotency-Key"
REPEATED = "Idempotency-Replayed"
LONGEST_KEY = 200
KEYED: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            "description": "Names this deed: sent again with the same body, it is answered alike and not done again.",
        }
    ]
}
"""What the description of every deed says of its key."""


def do_once(request: HttpRequest, deed: Callable[[Instant], BaseModel], *, status: int = 201) -> HttpResponse:
    """
    Carry out a deed and keep its answer, both or neither. What was refused is not kept: nothing was done.

    A second request that comes meanwhile waits for the first, and is answered like it.
    """
    key, digest, at = read_key(request), digest_of(request), now()
    with transaction.atomic():
        answer, _ = parties.take_key(user=asker(request), key=key, request_digest=digest, at=at)
        if answer.status is not None:
            return repeat(answer)
        return write(parties.give_answer(answer=answer, status=status, body=deed(at).model_dump_json()))


def do_once_apart(
    request: HttpRequest, deed: Callable[[Instant], BaseModel], find: Callable[[Instant], BaseModel | None]
) -> HttpResponse:
    """
    The same for a deed that has transactions of its own. `find` looks for what a try at an instant has left behind.

    Where the program died between deed and answer, the next request finds the deed instead of doing it again.
    """
    key, digest, at = read_key(request), digest_of(request), now()
    with transaction.atomic():
        answer, is_new = parties.take_key(user=asker(request), key=key, request_digest=digest, at=at)
        if answer.status is not None:
            return repeat(answer)
        if not is_new:
            asked_at = Instant.of(answer.asked_at)
            if (done := find(asked_at)) is not None:
                return write(parties.give_answer(answer=answer, status=201, body=done.model_dump_json()), repeated=True)
            if at - asked_at < MINUTE:
                raise Problem(problems.KEY_IN_WORK)
            parties.take_over(answer=answer, at=at)
    try:
        done = deed(at)
    except Exception:
        parties.drop_key(answer=answer)
        raise
    return write(parties.give_answer(answer=answer, status=201, body=done.model_dump_json()))


def read_key(request: HttpRequest) -> str:
    key = request.headers.get(HEADER, "").strip()
    if not key:
        raise Problem(problems.KEY_MISSING, f"expected the header {HEADER}, came none")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Problem(
            problems.DOES_NOT_FIT,
            f"{HEADER}: expected at most {LONGEST_KEY} printable ASCII letters, came {len(key)}: {key[:20]!r}",
        )
    return key


def digest_of(request: HttpRequest) -> str:
    """What is asked for: the address and the meaning of the body, not its spaces."""
    body = json.dumps(json.loads(request.body), sort_keys=True) if request.body else ""
    return sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()


def write(answer: Any, *, repeated: bool = False) -> HttpResponse:
    response = HttpResponse(answer.body, content_type="application/json; charset=utf-8", status=answer.status)
    if repeated:
        response[REPEATED] = "true"
    return response


def repeat(answer: Any) -> HttpResponse:
    return write(answer, repeated=True)
