"""What waits for a second person: listed, confirmed by somebody else than who proposed it, or refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.approvals import queries, services
from upheld.apps.parties.queries import is_administrator, may_change_facts
from upheld.core.timeline import Instant
from upheld.doors.approving import ERASURE, CannotApprove, confirm_any
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, name_asker, refuse_stale
from upheld.interfaces.api.fields import InstantTold, Said, Sent, tell_instant
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["approvals"])
MOST = 200


class ApprovalTold(BaseModel):
    """
    A proposal. `kind` says what is proposed, `subject` for what, `content` what will be done once it is confirmed.

    Confirmed and refused are null while it waits.
    """

    approval: str
    kind: str
    agreement: str
    subject: str
    content: dict[str, Any]
    because: str
    proposed_by: str
    proposed_at: InstantTold
    confirmed_by: str
    confirmed_at: InstantTold | None
    refused_by: str
    refused_at: InstantTold | None
    refused_because: str


class ApprovalDone(ApprovalTold):
    """The proposal after it was confirmed, and what was done."""

    done: str


class RefusalSent(Sent):
    """Why a proposal is refused, or taken back by who made it."""

    because: Said


@router.get("/approvals", response=list[ApprovalTold], summary="List what waits for a second person")
def list_approvals(
    request: HttpRequest, all: bool = Query(False, description="Also what was confirmed or refused, the latest first.")
) -> list[ApprovalTold]:
    """What waits, the longest first; for the provider's people."""
    refuse_outsider(request, "approvals")
    rows = queries.list_approvals()[:MOST] if all else queries.list_waiting()
    return [ApprovalTold(**tell_approval(row)) for row in rows]


@router.get("/approvals/{name}", response=ApprovalTold, summary="One proposal")
def show_approval(request: HttpRequest, name: str) -> ApprovalTold:
    """A proposal with its reason, and what became of it."""
    return ApprovalTold(**tell_approval(find_approval(request, name)))


@router.post("/approvals/{name}/confirm", response={201: ApprovalDone}, openapi_extra=KEYED, summary="Confirm a proposal")
def confirm_approval(request: HttpRequest, name: str) -> HttpResponse:
    """
    As the second person, once; what was proposed is done in the same moment.

    A token is asked for no password; a session whose password was given long ago is refused, as on the pages.
    """
    row = find_approval(request, name)
    refuse_stale(request)
    if row.kind == ERASURE and not is_administrator(asker(request)):
        raise Problem(problems.NOT_ALLOWED, "an administrator proposes and another one confirms that a person is erased")

    def deed(at: Instant) -> ApprovalDone:
        try:
            done = confirm_any(approval=row, by=name_asker(request), at=at)
        except CannotApprove as problem:
            raise Problem(problems.NOT_NOW, str(problem)) from None
        return ApprovalDone(**tell_approval(queries.approval(name)), done=done)

    return do_once(request, deed)


@router.post("/approvals/{name}/refuse", response={201: ApprovalTold}, openapi_extra=KEYED, summary="Refuse a proposal")
def refuse_approval(request: HttpRequest, name: str, sent: RefusalSent) -> HttpResponse:
    """Once, with the reason; whoever proposed it takes it back so. Nothing is done."""
    row = find_approval(request, name)
    refuse_stale(request)
    return do_once(
        request,
        lambda at: ApprovalTold(
            **tell_approval(services.refuse(approval=row, by=name_asker(request), at=at, because=sent.because))
        ),
    )


def find_approval(request: HttpRequest, name: str) -> Any:
    refuse_outsider(request, name)
    try:
        return queries.approval(name)
    except queries.UnknownApproval as problem:
        raise Problem(problems.NOT_ON_RECORD, str(problem)) from None


def refuse_outsider(request: HttpRequest, name: str) -> None:
    """Customers are not to know what the provider's people discuss among themselves."""
    if not may_change_facts(asker(request)):
        raise Problem(problems.NOT_ON_RECORD, f"no proposal is called {name!r}; they are called A-1, A-2 and so on")


def tell_approval(row: Any) -> dict[str, Any]:
    return {
        "approval": row.name, "kind": row.kind, "agreement": row.agreement, "subject": row.subject, "content": row.content,
        "because": row.because, "proposed_by": row.proposed_by, "proposed_at": tell_instant(row.proposed_at) or "",
        "confirmed_by": row.confirmed_by, "confirmed_at": tell_instant(row.confirmed_at), "refused_by": row.refused_by,
        "refused_at": tell_instant(row.refused_at), "refused_because": row.refused_because,
    }  # fmt: skip
