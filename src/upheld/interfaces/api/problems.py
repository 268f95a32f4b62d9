"""What went wrong, as RFC 9457 says it: one record for each kind of problem, and what to do next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

ADDRESS = "/api/v1/problems"
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name (the end of its `type`), status, title, and what usually helps."""

    name: str
    status: int
    title: str
    next: str


SIGN_IN_NEEDED = Kind(
    "sign-in-needed",
    401,
    "Nobody is signed in",
    "send the header `Authorization: Bearer TOKEN`; `upheld token add` makes one, and a revoked one is good no more",
)
FORM_NOT_OURS = Kind(
    "form-not-ours",
    403,
    "The request did not come from a page of ours",
    "send the page's CSRF token in the header `X-CSRFToken`, or use a token instead of the session",
)
NOT_ALLOWED = Kind(
    "not-allowed",
    403,
    "You may see this, and not change it",
    "only the provider's people change facts: ask one of them, or use a token of theirs",
)
NOT_ON_RECORD = Kind(
    "not-on-record",
    404,
    "Nothing is kept under this name, or nothing for you",
    "look at the list above it (for instance /api/v1/agreements) for the names that you may see",
)
NOT_THIS_WAY = Kind(
    "not-this-way", 405, "This address does not take such a request", "the header `Allow` says what it takes"
)
KEY_MISSING = Kind(
    "key-missing",
    400,
    "The request has no key",
    "send the header `Idempotency-Key` with a text of your own, a new one for each deed: sent again, it is not done twice",
)
KEY_DIFFERS = Kind(
    "key-differs",
    409,
    "The key stands for another request",
    "take a new key for a new request; to repeat one, send the same body",
)
KEY_IN_WORK = Kind(
    "key-in-work",
    409,
    "The same request is being carried out",
    "send it again in a minute: it is then answered with what was done",
)
DOES_NOT_FIT = Kind("does-not-fit", 422, "What was sent does not fit", "put the named fields right, and send it again")
NOT_THIS = Kind("not-this", 422, "This cannot be done as asked", "put right what the detail names, and send it again")
NO_ROOM = Kind(
    "no-room", 413, "There is no room for more",
    "ask the provider for more room, or attach it to a ticket; /api/v1/exhibits/room says how much is used",
)  # fmt: skip
NOT_NOW = Kind("not-now", 409, "This cannot be done as things stand", "look at it again: it has changed, or was done before")
CANNOT_JUDGE = Kind(
    "cannot-judge",
    409,
    "The agreement cannot be judged as it stands",
    "set the parameter, or answer the open question, that the detail names",
)
NOT_SIGNED_YET = Kind("not-signed-yet", 409, "The ledger is not signed that far yet", "ask again in a minute")
FAULT = Kind("fault", 500, "A fault of ours", "try again; if it stays, the provider's log has the reason")

KINDS = (
    SIGN_IN_NEEDED, FORM_NOT_OURS, NOT_ALLOWED, NOT_ON_RECORD, NOT_THIS_WAY, KEY_MISSING, KEY_DIFFERS, KEY_IN_WORK,
    DOES_NOT_FIT, NOT_THIS, NO_ROOM, NOT_NOW, CANNOT_JUDGE, NOT_SIGNED_YET, FAULT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Misfit:
    """One field that does not fit: where it stands, what is expected there, what came."""

    at: str
    expected: str
    came: str


@dataclass(eq=False)
class Problem(Exception):
    """
    A request that is not carried out. `detail` is the sentence; `expected` and `came` where both can be told apart.

    `clauses` are those of the agreement that decide it; `next` stands for the usual advice of the kind.
    """

    kind: Kind
    detail: str = ""
    expected: str = ""
    came: str = ""
    clauses: Sequence[str] = ()
    next: str = ""
    misfits: Sequence[Misfit] = field(default=())

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "type": f"{ADDRESS}#{self.kind.name}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail or self.kind.title,
        }
        if self.expected:
            written |= {"expected": self.expected, "came": self.came}
        if self.clauses:
            written["clauses"] = list(self.clauses)
        if self.misfits:
            written["misfits"] = [{"at": one.at, "expected": one.expected, "came": one.came} for one in self.misfits]
        return {**written, "next": self.next or self.kind.next}


def tell(problem: Problem) -> HttpResponse:
    """The answer that says why there is no other."""
    text = json.dumps(problem.to_json(), ensure_ascii=False, indent=1)
    response = HttpResponse(text.encode(errors="replace"), content_type=MEDIA_TYPE, status=problem.kind.status)
    if problem.kind in (KEY_IN_WORK, NOT_SIGNED_YET):
        response["Retry-After"] = "60"
    if problem.kind is SIGN_IN_NEEDED:
        response["WWW-Authenticate"] = 'Bearer realm="upheld"'
    return response
