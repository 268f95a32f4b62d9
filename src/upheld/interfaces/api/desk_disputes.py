"""The provider's decision of what a customer disputes."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.desk.services.disputing import decide_dispute
from upheld.core.timeline import Instant
from upheld.interfaces.api.desk import find_ticket
from upheld.interfaces.api.entering import asker, name_asker, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Sent
from upheld.interfaces.api.fields import Said as Because
from upheld.interfaces.api.once import KEYED, do_once

router = Router(tags=["desk"])


class DisputeDecisionSent(Sent):
    """Whether the customer is right, and why: they read it."""

    accepted: bool = Field(description="True where the customer is right.")
    because: Because


class DecisionTold(BaseModel):
    """What was decided of a dispute, and by which message the customer reads it."""

    ticket: str
    accepted: bool
    because: str
    by: str
    at: InstantTold
    message: str


@router.post(
    "/tickets/{name}/dispute/decision", response={201: DecisionTold}, openapi_extra=KEYED, summary="Decide a dispute"
)
def decide(request: HttpRequest, name: str, sent: DisputeDecisionSent) -> HttpResponse:
    """
    For a complaint that names a figure or a verdict of ours: an answer with the reason, after which the ticket is resolved.

    An issued statement keeps its figures; where the customer is right, a later one follows it. A settled one is opened
    again first. Recorded as `message-sent/1` and `ticket-resolved/1`.
    """
    row = find_ticket(request, name)
    refuse_reader(request)
    by, shown_as = name_asker(request), asker(request).name

    def deed(at: Instant) -> DecisionTold:
        done = decide_dispute(
            ticket=row, is_accepted=sent.accepted, because=sent.because, by=by, shown_as=shown_as, at=at
        )  # fmt: skip
        return DecisionTold(
            ticket=row.name, accepted=done.is_accepted, because=done.because, by=done.by, at=str(done.at),
            message=done.message.name,
        )  # fmt: skip

    return do_once(request, deed)
