"""Services with their present state, and outages with their four instants and their causes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.agreements.queries import agreement as agreement_called
from upheld.apps.agreements.queries import list_agreements
from upheld.apps.findings.queries import terms_of
from upheld.apps.fleet.queries import UnknownService, list_services, service
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.queries import is_staff
from upheld.apps.probes.queries import UnknownOutage, causes_of, list_outages, outage, standing_of
from upheld.apps.probes.services import CannotAssign, approve_cause, assign_cause, put_cause_besides
from upheld.core.availability import approved_assignments
from upheld.core.facts import CauseApproved, CauseAssigned, FactCorrected, known_at, of_kind
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader, sees
from upheld.interfaces.api.fields import (
    MOST_ENTRIES,
    InstantTold,
    Moment,
    Name,
    Sent,
    Words,
    misfit,
    read_span,
    tell_instant,
)
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["watching"])
MOST_OUTAGES = 500


class CheckTold(BaseModel):
    """How a service is probed. Shown to the provider's people."""

    kind: str
    url: str
    interval_seconds: int
    deadline_seconds: int
    status: str
    body: str | None
    controls: list[str]


class ServiceTold(BaseModel):
    """A service that is watched. `state` is `up`, `down` or `unknown`; `since_at` is when that began."""

    slug: str
    name: str
    customer: str
    agreement: str
    terms_service: str
    component: str
    is_watched: bool
    state: str
    since_at: InstantTold | None
    seen_at: InstantTold | None
    outage: str | None
    because: str
    check: CheckTold | None = None


class CauseTold(BaseModel):
    """
    A cause on a part of an outage; of a second with two the latest holds.

    `holds` is false while the agreement asks for a second person, and nobody approved.
    """

    fact: str
    from_at: InstantTold
    to_at: InstantTold
    cause: str
    evidence: str
    by: str
    note: str
    assigned_at: InstantTold
    holds: bool


class OutageTold(BaseModel):
    """An outage with its four instants. `first_good_at` is null while it runs; `is_void`: a person corrected it away."""

    outage: str
    service: str
    agreement: str
    component: str
    last_good_at: InstantTold | None
    first_bad_at: InstantTold
    last_bad_at: InstantTold | None
    first_good_at: InstantTold | None
    is_running: bool
    is_void: bool
    because: str


class OutageWhole(OutageTold):
    """The same with every cause that was put on a part of it."""

    causes: list[CauseTold]


class CauseSent(Sent):
    """A cause of the agreement for a part of an outage, with the evidence that the cause asks for."""

    from_at: Moment
    to_at: Moment
    cause: Name
    evidence: Words = ""
    note: Words = ""
    is_besides: bool = False
    """A second cause of that time, not one in the place of the cause that it has: recorded as an outage of its own."""


class ApprovalSent(Sent):
    """The fact of the cause that is approved."""

    assignment: Name


@router.get("/services", response=list[ServiceTold], summary="List services")
def list_all_services(request: HttpRequest) -> list[ServiceTold]:
    """Every service that you may see, with its state now."""
    at = now()
    return [tell_service(request, row, at) for row in list_services() if sees(request, row.customer)]


@router.get("/services/{slug}", response=ServiceTold, summary="One service")
def show_service(request: HttpRequest, slug: str) -> ServiceTold:
    """A service with its state now."""
    row = service(slug)
    if not sees(request, row.customer):
        raise UnknownService(f"no service is called {slug!r}")
    return tell_service(request, row, now())


@router.get("/outages", response=list[OutageTold], summary="List outages")
def list_some_outages(
    request: HttpRequest,
    agreement: str = Query("", description="The key of one agreement; else of all that you may see."),
    before: int | None = Query(None, ge=1, le=MOST_ENTRIES, description="Only smaller numbers: the next page."),
    limit: int = Query(100, ge=1, le=MOST_OUTAGES),
) -> list[OutageTold]:
    """Outages: those that run first, then the latest."""
    keys = [find_agreement(request, agreement).key] if agreement else list_keys(request)
    found = [row for key in keys for row in list_outages(agreement=key, before=before, limit=limit)]
    found.sort(key=lambda row: (row.first_good_at is not None, -row.number))
    return [tell_outage(row) for row in found[:limit]]


@router.get("/outages/{name}", response=OutageWhole, summary="One outage")
def show_outage(request: HttpRequest, name: str) -> OutageWhole:
    """An outage with its four instants and its causes."""
    row = find_outage(request, name)
    return OutageWhole(**tell_outage(row).model_dump(), causes=list_causes(row))


@router.post(
    "/outages/{name}/causes", response={201: CauseTold}, openapi_extra=KEYED, summary="Put a cause on a part of an outage"
)
def assign(request: HttpRequest, name: str, sent: CauseSent) -> HttpResponse:
    """Recorded as the fact `cause-assigned/1`; figures follow it from now on, and earlier statements stay."""
    row = find_outage(request, name)
    refuse_reader(request)
    span = read_span(sent.from_at, sent.to_at)

    def deed(at: Instant) -> CauseTold:
        try:
            put = put_cause_besides if sent.is_besides else assign_cause
            fact = put(
                outage=row, span=span, cause=sent.cause, evidence=sent.evidence, note=sent.note, by=name_asker(request),
                at=at,
            )  # fmt: skip
        except CannotAssign as problem:
            known = causes_of(row.service.agreement, at).get(sent.cause)
            raise Problem(problems.NOT_THIS, str(problem), clauses=known.clauses if known else ()) from None
        return tell_cause(fact, not causes_of(row.service.agreement, at)[sent.cause].approval.value)

    return do_once(request, deed)


@router.post(
    "/outages/{name}/approvals", response={201: CauseTold}, openapi_extra=KEYED, summary="Approve a cause as second person"
)
def approve(request: HttpRequest, name: str, sent: ApprovalSent) -> HttpResponse:
    """Recorded as `cause-approved/1`: from now on the cause holds. Whoever put it cannot approve it."""
    row = find_outage(request, name)
    refuse_reader(request)
    assigned = next((one for one in list_causes(row) if one.fact == sent.assignment), None)
    if assigned is None:
        raise misfit("assignment", f"the fact of a cause that was put on {row.name}", sent.assignment)

    def deed(at: Instant) -> CauseTold:
        approve_cause(agreement=row.service.agreement, assignment=sent.assignment, by=name_asker(request), at=at)
        return assigned.model_copy(update={"holds": True})

    return do_once(request, deed)


def find_outage(request: HttpRequest, name: str) -> Any:
    found = outage(name)
    if not sees(request, found.service.customer):
        raise UnknownOutage(f"no outage is called {name!r}; they are called O-1, O-2 and so on")
    return found


def list_keys(request: HttpRequest) -> list[str | None]:
    """Of which agreements the asker sees the outages; None stands for all, also of services without an agreement."""
    if is_staff(asker(request)):
        return [None]
    return [row.key for row in list_agreements() if sees(request, row.customer)]


def list_causes(row: Any) -> list[CauseTold]:
    """The causes that were put on an outage and not taken back."""
    key, at = row.service.agreement, now()
    facts = known_at(facts_of(key, kinds=[CauseAssigned, CauseApproved, FactCorrected]), at)
    holding = {assigned.id for assigned, _ in approved_assignments(terms_of(agreement_called(key), at), facts)}
    return [tell_cause(fact, fact.id in holding) for fact in of_kind(facts, CauseAssigned) if fact.outage == row.name]


def tell_service(request: HttpRequest, row: Any, at: Instant) -> ServiceTold:
    standing = standing_of(row, at)
    check = CheckTold(
        kind=row.kind, url=row.url, interval_seconds=row.interval_seconds, deadline_seconds=row.deadline_seconds,
        status=row.status, body=row.body, controls=list(row.controls),
    )  # fmt: skip
    return ServiceTold(
        slug=row.slug, name=row.name, customer=row.customer.slug, agreement=row.agreement,
        terms_service=row.terms_service, component=row.component, is_watched=row.is_watched, state=standing.state,
        since_at=str(standing.since_at) if standing.since_at else None,
        seen_at=str(standing.seen_at) if standing.seen_at else None,
        outage=standing.outage.name if standing.outage else None, because=standing.because,
        check=check if is_staff(asker(request)) else None,
    )  # fmt: skip


def tell_outage(row: Any) -> OutageTold:
    return OutageTold(
        outage=row.name, service=row.service.slug, agreement=row.service.agreement, component=row.service.component,
        last_good_at=tell_instant(row.last_good_at), first_bad_at=tell_instant(row.first_bad_at) or "",
        last_bad_at=tell_instant(row.last_bad_at), first_good_at=tell_instant(row.first_good_at),
        is_running=row.first_good_at is None, is_void=row.is_void, because=row.because,
    )  # fmt: skip


def tell_cause(fact: CauseAssigned, holds: bool) -> CauseTold:
    return CauseTold(
        fact=fact.id, from_at=str(fact.from_at), to_at=str(fact.to_at), cause=fact.cause, evidence=fact.evidence,
        by=fact.by, note=fact.note, assigned_at=str(fact.recorded_at), holds=holds,
    )  # fmt: skip
