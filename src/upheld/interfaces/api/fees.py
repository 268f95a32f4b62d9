"""What is looked after, and when a contract ends, for programs."""

import datetime as dates
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.billing import queries, services
from upheld.apps.billing.queries.volumes import Volume, list_volumes
from upheld.apps.parties.queries import is_staff, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Moment, Name, Sent, Words, misfit, tell_instant
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["money"])


class ResourceTold(BaseModel):
    """Something that is looked after; `ended_at` is null while it is."""

    resource: str
    kind: str
    from_at: InstantTold
    ended_at: InstantTold | None


class EndTold(BaseModel):
    """A wish to end the contract, with the agreement's answer."""

    end: str
    side: str
    told_at: InstantTold
    wished_on: dates.date | None
    accepted: bool
    ends_on: dates.date
    earliest_on: dates.date
    clauses: list[str]


class ResourceSent(Sent):
    """One more of something is looked after."""

    resource: Name
    kind: Name
    from_at: Moment


class VolumeTold(BaseModel):
    """
    A size as it was measured, in bytes. `may` says whether the charge may be asked for it, with the reasons `because`; null
    where that is not known.
    """

    charge: str
    name: str
    bytes: int
    measured_at: InstantTold
    may: bool | None
    because: list[str]
    clauses: list[str]


class VolumesTold(BaseModel):
    """The sizes that were recorded, the latest first."""

    volumes: list[VolumeTold]


class VolumeSent(Sent):
    """How large something was found to be, in bytes."""

    name: Name
    bytes: int = Field(ge=0, le=10**18)
    measured_at: Moment


class VolumesSent(Sent):
    """Sizes for one charge of the agreement: all of them are recorded, or none."""

    charge: Name
    volumes: list[VolumeSent] = Field(min_length=1, max_length=500)


class EndedSent(Sent):
    """Since when it is no longer looked after."""

    ended_at: Moment


class EndSent(Sent):
    """The last day that is wished; without one, as soon as it can be."""

    on: str = Field(default="", max_length=10, examples=["2027-01-31"])
    because: Words = ""


@router.get("/agreements/{key}/resources", response=list[ResourceTold], summary="List what is looked after")
def list_resources(request: HttpRequest, key: str) -> list[ResourceTold]:
    """Everything that is charged for by its being there, also what ended."""
    return [tell_resource(one) for one in queries.list_resources(find_agreement(request, key), now())]


@router.post("/agreements/{key}/resources", response={201: ResourceTold}, openapi_extra=KEYED, summary="Look after one more")
def start_resource(request: HttpRequest, key: str, sent: ResourceSent) -> HttpResponse:
    """Recorded as `resource-started/1`."""
    row = find_agreement(request, key)
    refuse_reader(request)

    def deed(at: Instant) -> ResourceTold:
        fact = services.start_resource(
            agreement=row, resource=sent.resource, kind=sent.kind, from_at=sent.from_at, by=name_asker(request), at=at
        )
        return ResourceTold(resource=fact.resource, kind=fact.kind, from_at=str(fact.occurred_at), ended_at=None)

    return do_once(request, deed)


@router.post(
    "/agreements/{key}/resources/{resource}/ended", response={201: ResourceTold}, openapi_extra=KEYED,
    summary="Look after it no longer",
)  # fmt: skip
def end_resource(request: HttpRequest, key: str, resource: str, sent: EndedSent) -> HttpResponse:
    """Recorded as `resource-ended/1`."""
    row = find_agreement(request, key)
    refuse_reader(request)

    def deed(at: Instant) -> ResourceTold:
        services.end_resource(agreement=row, resource=resource, ended_at=sent.ended_at, by=name_asker(request), at=at)
        return next(tell_resource(one) for one in queries.list_resources(row, at) if one.name == resource)

    return do_once(request, deed)


@router.get("/agreements/{key}/volumes", response=list[VolumeTold], summary="List what was measured")
def list_measured(request: HttpRequest, key: str) -> list[VolumeTold]:
    """The latest first, each with what the agreement charges for it."""
    return [tell_volume(one) for one in list_volumes(find_agreement(request, key), now())]


@router.post("/agreements/{key}/volumes", response={201: VolumesTold}, openapi_extra=KEYED, summary="Record sizes")
def measure(request: HttpRequest, key: str, sent: VolumesSent) -> HttpResponse:
    """Each recorded as `volume-measured/1`; one that is on record with the same size stays as it is."""
    row = find_agreement(request, key)
    refuse_reader(request)
    measured = [services.Measured(one.name, one.bytes, one.measured_at) for one in sent.volumes]

    def deed(at: Instant) -> VolumesTold:
        made = services.measure_volumes(agreement=row, charge=sent.charge, measured=measured, by=name_asker(request), at=at)
        names = {fact.id for fact in made}
        return VolumesTold(volumes=[tell_volume(one) for one in list_volumes(row, at) if one.fact in names])

    return do_once(request, deed)


@router.get("/agreements/{key}/ends", response=list[EndTold], summary="List wishes to end the contract")
def list_ends(request: HttpRequest, key: str) -> list[EndTold]:
    """The latest first, each with the agreement's answer."""
    return [tell_end(one) for one in queries.endings_of(find_agreement(request, key), now())]


@router.post("/agreements/{key}/ends", response={201: EndTold}, openapi_extra=KEYED, summary="Ask for the contract's end")
def ask_for_end(request: HttpRequest, key: str, sent: EndSent) -> HttpResponse:
    """Recorded as `end-requested/1` of the asker's side; what the agreement refuses is on record with its answer."""
    row = find_agreement(request, key)
    side = "provider" if is_staff(asker(request)) else "customer"
    if side == "provider":
        refuse_reader(request)
    elif not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="a reader asks for nothing; a member or a manager does")
    wished_on = read_day(sent.on)
    return do_once(
        request,
        lambda at: tell_end(
            services.request_end(
                agreement=row, side=side, by=name_asker(request), at=at, wished_on=wished_on, because=sent.because
            )
        ),
    )


def read_day(written: str) -> dates.date | None:
    try:
        return dates.date.fromisoformat(written) if written else None
    except ValueError:
        raise misfit("on", "a day, for instance 2027-01-31", written) from None


def tell_resource(one: Any) -> ResourceTold:
    return ResourceTold(
        resource=one.name, kind=one.kind, from_at=str(one.from_at), ended_at=str(one.ended_at) if one.ended_at else None
    )


def tell_volume(one: Volume) -> VolumeTold:
    return VolumeTold(
        charge=one.charge, name=one.name, bytes=one.size, measured_at=str(one.measured_at), may=one.may,
        because=list(one.because), clauses=list(one.clauses),
    )  # fmt: skip


def tell_end(ending: Any) -> EndTold:
    row, decided = ending.termination, ending.decided
    return EndTold(
        end=row.name, side=row.side, told_at=tell_instant(row.told_at) or "", wished_on=row.wished_on,
        accepted=decided.is_accepted, ends_on=decided.ends_on, earliest_on=decided.earliest_on,
        clauses=list(decided.why.clauses),
    )  # fmt: skip
