"""Rotas and escalation policies are written: by administrators."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Hours, Quiet, Turns, UnknownPolicy, UnknownRota
from upheld.apps.parties.queries import find_user, is_administrator, is_staff
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, name_asker
from upheld.interfaces.api.fields import Moment, Name, Sent, misfit
from upheld.interfaces.api.oncall import RotaTold, refuse_customer, tell_rota
from upheld.interfaces.api.oncall import router as rotas
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["on call"])
WallTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["09:00"])]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", examples=["2026-09-07"])]


class LayerSent(Sent):
    """
    People in turn, by their addresses: each for `shift_days`, handed off at a wall time, the first from `begins_on` on. With
    `weekdays` (0 is Monday) and `from_time` to `to_time` it holds in those hours only.
    """

    people: list[Name] = Field(min_length=1, max_length=100)
    begins_on: Day
    handoff: WallTime = "09:00"
    shift_days: int = Field(default=7, ge=1, le=366)
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(default_factory=lambda: list(range(7)), max_length=7)
    from_time: WallTime = "00:00"
    to_time: WallTime = "00:00"


class ChangeSent(Sent):
    """The layers that hold from `from_at` on, else from now; a later one stands above an earlier one."""

    zone: Name
    layers: list[LayerSent] = Field(min_length=1, max_length=10)
    from_at: Moment | None = None


class RotaSent(ChangeSent):
    """A new rota."""

    name: Name


class PolicyStepSent(Sent):
    """Who is told so many minutes after the step before: rotas by slug, people by address, channels by name."""

    after_minutes: int = Field(ge=0, le=10_080)
    rotas: list[Name] = Field(default_factory=list, max_length=20)
    people: list[Name] = Field(default_factory=list, max_length=20)
    channels: list[Name] = Field(default_factory=list, max_length=20)


class QuietSent(Sent):
    """Hours in which what is not urgent waits, by a zone's wall clock."""

    zone: Name
    from_time: WallTime
    to_time: WallTime


class PolicySent(Sent):
    """Steps, how often they begin again and after how long, at which hours it tells, and whether outages page by it."""

    name: Name
    steps: list[PolicyStepSent] = Field(min_length=1, max_length=50)
    repeats: int = Field(default=0, ge=0, le=100)
    repeat_after_minutes: int = Field(default=30, ge=0, le=10_080)
    hours: Literal["always", "open", "off"] = "always"
    quiet: QuietSent | None = None
    default: bool = False


class PolicyTold(BaseModel):
    """A policy as it holds from now on; `steps` names whom each tells."""

    slug: str
    name: str
    default: bool
    repeats: int
    hours: str
    steps: list[list[str]]


@rotas.post("/rotas", response={201: RotaTold}, openapi_extra=KEYED, summary="Write a rota")
def add_rota(request: HttpRequest, sent: RotaSent) -> HttpResponse:
    """It holds from `from_at` on, else from now."""
    # At the address of the list, which takes both: an address belongs to one router.
    refuse_others(request)
    layers, by = read_layers(sent.layers), name_asker(request)

    def deed(at: Instant) -> RotaTold:
        made = services.add_rota(name=sent.name, zone=sent.zone, layers=layers, by=by, at=at, from_at=sent.from_at)
        return tell_rota(made, at)

    return do_once(request, deed)


@router.post("/rotas/{slug}/changes", response={201: RotaTold}, openapi_extra=KEYED, summary="Change a rota")
def change_rota(request: HttpRequest, slug: str, sent: ChangeSent) -> HttpResponse:
    """From now on or later: who was on call stays as it was."""
    refuse_others(request)
    row, layers, by = queries.rota(slug), read_layers(sent.layers), name_asker(request)

    def deed(at: Instant) -> RotaTold:
        services.change_rota(rota=row, zone=sent.zone, layers=layers, by=by, at=at, from_at=sent.from_at)
        return tell_rota(row, at)

    return do_once(request, deed)


@router.get("/policies", response=list[PolicyTold], summary="Escalation policies")
def list_policies(request: HttpRequest) -> list[PolicyTold]:
    """Each with whom its steps tell."""
    refuse_customer(request)
    return [tell_policy(row) for row in queries.list_policies()]


@router.post("/policies", response={201: PolicyTold}, openapi_extra=KEYED, summary="Write a policy")
def add_policy(request: HttpRequest, sent: PolicySent) -> HttpResponse:
    """Whom to wake, in which order, until somebody answers."""
    refuse_others(request)
    return do_once(request, lambda at: save(sent, None, at))


@router.post("/policies/{slug}/changes", response={201: PolicyTold}, openapi_extra=KEYED, summary="Change a policy")
def change_policy(request: HttpRequest, slug: str, sent: PolicySent) -> HttpResponse:
    """Pages that run keep the policy as it was when they began."""
    refuse_others(request)
    row = queries.policy(slug)
    return do_once(request, lambda at: save(sent, row, at))


def save(sent: PolicySent, row: Any, at: Instant) -> PolicyTold:
    quiet = sent.quiet
    hours = Quiet(quiet.zone, read_minutes(quiet.from_time), read_minutes(quiet.to_time)) if quiet else None
    saved = services.save_policy(
        name=sent.name, steps=[read_step(place, one) for place, one in enumerate(sent.steps)], at=at, policy=row,
        is_default=sent.default, repeats=sent.repeats, repeat_after_minutes=sent.repeat_after_minutes,
        hours=Hours(sent.hours), quiet=hours,
    )  # fmt: skip
    return tell_policy(queries.policy(saved.slug))


def refuse_others(request: HttpRequest) -> None:
    """To a customer's people it is not there; to the provider's it says who writes it."""
    refuse_customer(request)
    if not is_administrator(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="an administrator writes rotas and policies")


def read_layers(sent: list[LayerSent]) -> list[Turns]:
    layers = []
    for place, one in enumerate(sent):
        try:
            begins_on = date.fromisoformat(one.begins_on)
        except ValueError:
            raise misfit(f"layers.{place}.begins_on", "a day, for instance 2026-09-07", one.begins_on) from None
        people = tuple(find_person(f"layers.{place}.people", address).pk for address in one.people)
        layers.append(
            Turns(
                people, begins_on, read_minutes(one.handoff), one.shift_days, frozenset(one.weekdays),
                read_minutes(one.from_time), read_minutes(one.to_time),
            )
        )  # fmt: skip
    return layers


def read_minutes(wall: str) -> int:
    hours, _, minutes = wall.partition(":")
    return int(hours) * 60 + int(minutes)


def find_person(at: str, address: str) -> Any:
    found = find_user(address)
    if not is_staff(found):
        raise misfit(at, "the address by which one of the provider's people signs in", address)
    return found


def read_step(place: int, sent: PolicyStepSent) -> services.WantedStep:
    """Whom a step tells; a problem for a name that nothing has."""
    here = f"steps.{place}"
    try:
        targets = [queries.rota(slug) for slug in sent.rotas] + [queries.channel(name) for name in sent.channels]
    except (UnknownRota, UnknownPolicy) as problem:
        raise misfit(here, "rotas by their slugs and channels by their names", str(problem)) from None
    targets += [find_person(f"{here}.people", address) for address in sent.people]
    return services.WantedStep(sent.after_minutes, tuple(targets))


def tell_policy(row: Any) -> PolicyTold:
    steps = [[queries.name_target(target) for target in queries.targets_of(step)] for step in queries.steps_of(row)]
    return PolicyTold(
        slug=row.slug, name=row.name, default=row.is_default, repeats=row.repeats, hours=str(row.hours), steps=steps
    )  # fmt: skip
