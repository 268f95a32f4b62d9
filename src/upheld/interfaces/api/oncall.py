"""Who is on call, and pages: read, begun, acknowledged. For the provider's people alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Shift
from upheld.apps.parties.queries import UnknownParty, is_staff, user
from upheld.core.timeline import DAY, Instant, Span
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, name_asker, now
from upheld.interfaces.api.fields import (
    MOST_ENTRIES,
    Detail,
    InstantTold,
    Moment,
    Name,
    Said,
    Sent,
    Words,
    misfit,
    read_as_of,
    read_asked,
    tell_instant,
)
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["on call"])
LONGEST_LOOK = DAY * 366
MOST_PAGES = 500


class PersonTold(BaseModel):
    """One of the provider's people."""

    name: str
    email: str


class ShiftTold(BaseModel):
    """A span in which one person is on call; `steps_in` where they do it in place of whoever is in turn."""

    from_at: InstantTold
    to_at: InstantTold
    person: PersonTold
    steps_in: bool


class RotaTold(BaseModel):
    """Who is on call by a rota, and who follows; null where nobody is."""

    slug: str
    name: str
    now: ShiftTold | None
    next: ShiftTold | None


class SteppingInSent(Sent):
    """Who is on call in place of everybody else, by the address they sign in with. What of it is past is left out."""

    person: Name
    from_at: Moment
    to_at: Moment


class SteppingInTold(BaseModel):
    """Somebody steps in. `stepping_in` is its number in the rota."""

    stepping_in: int
    from_at: InstantTold
    to_at: InstantTold
    person: PersonTold


class PageMessageTold(BaseModel):
    """A message of a step. `to` is whom pages name, never an address."""

    to: str
    way: str
    sent_at: InstantTold | None
    trouble: str


class PageStepTold(BaseModel):
    """A step that was taken; `because` says who was left out, and why."""

    at: InstantTold
    is_skipped: bool
    because: str
    messages: list[PageMessageTold]


class PageTold(BaseModel):
    """A page. `state` is `running`, `acknowledged`, `resolved`, or `unanswered` where no step is left."""

    page: str
    policy: str
    about: str
    key: str
    urgent: bool
    subject: str
    state: str
    began_at: InstantTold
    next_at: InstantTold | None
    acknowledged_at: InstantTold | None
    acknowledged_by: PersonTold | None
    resolved_at: InstantTold | None


class PageWhole(PageTold):
    """The same with its text and every step so far."""

    text: str
    steps: list[PageStepTold]


class PageSent(Sent):
    """A reason to wake somebody. Of the same policy, `about` and `key` there is one page, however often it is sent."""

    about: Detail
    key: Detail
    urgent: bool
    subject: Detail
    text: Words = ""


class ResolvedSent(Sent):
    """Why what the page was about is over."""

    because: Said


@router.get("/rotas", response=list[RotaTold], summary="Who is on call")
def list_all_rotas(
    request: HttpRequest, as_of: str = Query("", description="The instant looked from; now where it is missing.")
) -> list[RotaTold]:
    """Every rota with who is on call by it, until when, and who follows."""
    refuse_customer(request)
    at = read_as_of(as_of, now())
    return [tell_rota(row, at) for row in queries.list_rotas()]


@router.get("/rotas/{slug}", response=RotaTold, summary="One rota")
def show_rota(
    request: HttpRequest, slug: str, as_of: str = Query("", description="The instant looked from; now where it is missing.")
) -> RotaTold:
    """Who is, or was, on call by one rota."""
    refuse_customer(request)
    return tell_rota(queries.rota(slug), read_as_of(as_of, now()))


@router.get("/rotas/{slug}/shifts", response=list[ShiftTold], summary="Shifts of a rota")
def list_shifts(
    request: HttpRequest,
    slug: str,
    from_at: str = Query("", description="The first instant; now where it is missing."),
    to_at: str = Query("", description="The instant after the last; four weeks later where it is missing."),
) -> list[ShiftTold]:
    """Who was, is and will be on call in a span of at most 366 days. A change of the rota never rewrites what is past."""
    refuse_customer(request)
    row = queries.rota(slug)
    start = read_asked("from_at", from_at) if from_at else now()
    end = read_asked("to_at", to_at) if to_at else start + DAY * 28
    if not start < end <= start + LONGEST_LOOK:
        raise misfit("to_at", f"an instant later than {start}, by at most 366 days", str(end))
    return [tell_shift(shift) for shift in queries.shifts_between(row, start, end)]


@router.post("/rotas/{slug}/stepping-in", response={201: SteppingInTold}, openapi_extra=KEYED, summary="Step in")
def step_in(request: HttpRequest, slug: str, sent: SteppingInSent) -> HttpResponse:
    """From now on, or later, somebody is on call in place of everybody else."""
    refuse_customer(request)
    row = queries.rota(slug)
    try:
        person = user(sent.person)
    except UnknownParty:
        raise misfit("person", "the address by which one of the provider's people signs in", sent.person) from None

    def deed(at: Instant) -> SteppingInTold:
        made = services.step_in(
            rota=row, user=person, from_at=sent.from_at, to_at=sent.to_at, by=name_asker(request), at=at
        )  # fmt: skip
        return SteppingInTold(
            stepping_in=made.pk, from_at=str(Instant.of(made.from_at)), to_at=str(Instant.of(made.to_at)),
            person=tell_person(person),
        )  # fmt: skip

    return do_once(request, deed)


@router.get("/pages", response=list[PageTold], summary="List pages")
def list_some_pages(
    request: HttpRequest,
    before: int | None = Query(None, ge=1, le=MOST_ENTRIES, description="Only smaller numbers: the next page of them."),
    limit: int = Query(100, ge=1, le=MOST_PAGES),
) -> list[PageTold]:
    """Pages, the newest first."""
    refuse_customer(request)
    return [tell_page(row) for row in queries.list_pages(limit=limit, before=before)]


@router.get("/pages/{name}", response=PageWhole, summary="One page")
def show_page(request: HttpRequest, name: str) -> PageWhole:
    """A page with every step: who was told when, who was left out and why, what could not be sent."""
    refuse_customer(request)
    return tell_whole(queries.page_called(name))


@router.post("/policies/{slug}/pages", response={201: PageWhole}, openapi_extra=KEYED, summary="Page")
def page(request: HttpRequest, slug: str, sent: PageSent) -> HttpResponse:
    """Wake somebody by an escalation policy. The first step is taken within seconds, where nothing holds it."""
    refuse_customer(request)
    policy = queries.policy(slug)

    def deed(at: Instant) -> PageWhole:
        begun = services.page(
            policy=policy, key=sent.key, about=sent.about, urgent=sent.urgent, subject=sent.subject, text=sent.text, at=at
        )  # fmt: skip
        return tell_whole(begun)

    return do_once(request, deed)


@router.post("/pages/{name}/acknowledge", response={201: PageTold}, openapi_extra=KEYED, summary="Acknowledge a page")
def acknowledge(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """You see to it: no further step is taken. Refused where somebody else was quicker, or it is over."""
    refuse_customer(request)
    row = queries.page_called(name)
    return do_once(request, lambda at: tell_page(services.acknowledge(page=row, by=asker(request), at=at)))


@router.post("/pages/{name}/resolve", response={201: PageTold}, openapi_extra=KEYED, summary="Resolve a page")
def resolve(request: HttpRequest, name: str, sent: ResolvedSent) -> HttpResponse:
    """What it was about is over: nobody is paged further. Resolved twice, the first reason stays."""
    refuse_customer(request)
    row = queries.page_called(name)

    def deed(at: Instant) -> PageTold:
        services.resolve(page=row, because=sent.because, at=at)
        return tell_page(queries.page_called(name))

    return do_once(request, deed)


def refuse_customer(request: HttpRequest) -> None:
    """Who is on call is the provider's own: to a customer's people it is not there."""
    if not is_staff(asker(request)):
        raise Problem(problems.NOT_ON_RECORD)


def tell_person(row: Any) -> PersonTold:
    return PersonTold(name=row.name, email=row.email)


def tell_shift(shift: Shift) -> ShiftTold:
    span: Span = shift.span
    return ShiftTold(
        from_at=str(span.start), to_at=str(span.end), person=tell_person(shift.person), steps_in=shift.steps_in
    )  # fmt: skip


def tell_rota(row: Any, at: Instant) -> RotaTold:
    found = queries.look_around(row, at)
    return RotaTold(
        slug=row.slug, name=row.name, now=tell_shift(found.now) if found.now else None,
        next=tell_shift(found.next) if found.next else None,
    )  # fmt: skip


def tell_page(row: Any) -> PageTold:
    return PageTold(
        page=row.name, policy=row.policy.slug, about=row.about, key=row.key, urgent=row.is_urgent, subject=row.subject,
        state=row.state, began_at=str(Instant.of(row.began_at)), next_at=tell_instant(row.next_at),
        acknowledged_at=tell_instant(row.acknowledged_at), resolved_at=tell_instant(row.resolved_at),
        acknowledged_by=tell_person(row.acknowledged_by) if row.acknowledged_by else None,
    )  # fmt: skip


def tell_whole(row: Any) -> PageWhole:
    steps = [
        PageStepTold(
            at=str(Instant.of(step.at)), is_skipped=step.is_skipped, because=step.because,
            messages=[
                PageMessageTold(
                    to=told.target, way=told.message.kind, sent_at=tell_instant(told.message.sent_at),
                    trouble=told.message.last_error,
                )
                for told in queries.told_by(step)
            ],
        )
        for step in queries.steps_taken(row)
    ]  # fmt: skip
    return PageWhole(**tell_page(row).model_dump(), text=row.text, steps=steps)
