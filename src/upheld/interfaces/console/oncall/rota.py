"""One rota: its weeks, who steps in, and the form for stepping in."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.parties.queries import is_administrator, is_staff, list_users, may_change_facts
from upheld.core.timeline import DAY, HOUR, Instant, Span
from upheld.doors.addresses import Answer, link, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import BadAsking
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.interfaces.console.oncall.showing import WEEKDAYS, lead_back, show_rota, show_shift, write_clock, zone_of
from upheld.pages.contexts.oncall import RotaPage, ShiftShown, SteppingIn
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

BACK, AHEAD = DAY * 3, DAY * 32


def show(asked: Asked, slug: str) -> RotaPage:
    return make_page(asked, queries.rota(slug), {})


def make_page(asked: Asked, rota: Any, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> RotaPage:
    at = asked.as_of
    window = Span(at.before(BACK), at + AHEAD)
    may = may_change_facts(asked.user) and not asked.is_past
    writes = is_administrator(asked.user) and not asked.is_past
    version = queries.version_at(rota, at)
    return RotaPage(
        as_of=at,
        row=show_rota(rota, at),
        window=window,
        # Asked for far around, so that a shift at an edge is told whole.
        shifts=tuple(
            show_shift(shift)
            for shift in queries.shifts_between(rota, window.start.before(AHEAD), window.end + AHEAD)
            if shift.span.overlap(window)
        ),
        layers=tuple(tell_layer(layer) for layer in queries.layers_of(version)) if version else (),
        stepping_in=tuple(show_stepping_in(rota, row, may) for row in queries.overrides_of(rota, at)),
        form=make_form(asked, rota, sent, problems) if may else None,
        change=link("Change the rota", "rota-change", rota.slug) if writes else None,
        calendar_url=tell_address(rota) if is_staff(asked.user) and not asked.is_past else "",
        renew=Form(url=reverse("rota-calendar", args=[rota.slug]), deed="Make another address", fields=())
        if writes
        else None,
        back=lead_back(),
    )


def tell_address(rota: Any) -> str:
    return f"{settings.UPHELD_URL}{reverse('calendar', args=[services.rota_calendar_token(rota)])}"


def renew(asked: Asked, slug: str) -> Answer:
    services.renew_rota_calendar(rota=queries.rota(slug))
    leave_toast(asked, "The calendar has another address; the one before shows nothing any more.")
    return to("rota", slug)


def tell_layer(layer: Any) -> str:
    """`Ada, then Bob; hand-off every 7 days on Monday 09:00`, with the hours where the layer has some."""
    people = ", then ".join(turn.user.name for turn in sorted(layer.turns.all(), key=lambda turn: turn.place))
    weeks, days = divmod(layer.shift_days, 7)
    length = (
        (f"{weeks} weeks" if weeks > 1 else "week")
        if not days
        else (f"{layer.shift_days} days" if layer.shift_days > 1 else "day")
    )
    day = f" on {WEEKDAYS[layer.begins_on.weekday()]}" if not days else ""
    told = f"{people}; hand-off every {length}{day} at {write_clock(layer.handoff_minute)}"
    if len(layer.weekdays) < 7 or layer.from_minute != layer.to_minute:
        names = ", ".join(WEEKDAYS[int(number)][:3] for number in layer.weekdays)
        told += (
            f"; only {names} from {write_clock(layer.from_minute)} to {write_clock(layer.to_minute)}, over the layers before"
        )
    return told


def show_stepping_in(rota: Any, row: Any, may: bool) -> SteppingIn:
    span = Span(Instant.of(row.from_at), Instant.of(row.to_at))
    return SteppingIn(
        shift=ShiftShown(span=span, person=row.user.name, steps_in=True),
        deed=Form(
            url=reverse("rota-withdraw", args=[rota.slug]),
            deed="Take it back",
            fields=(),
            hidden=(("override", str(row.pk)),),
        )
        if may
        else None,
    )


def make_form(asked: Asked, rota: Any, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    zone = zone_of(rota, asked.as_of)
    start = asked.at.raised(HOUR)
    people = tuple(Choice(user.email, user.name) for user in list_users() if is_staff(user))
    return Form(
        url=reverse("rota", args=[rota.slug]),
        deed="Step in",
        not_done="Nobody steps in.",
        problems=problems,
        fields=(
            Field(
                name="person", label="Who", value=sent.get("person", asked.user.email), choices=people, is_list=True
            ),
            Field(name="from_at", label="From", value=sent.get("from_at", write_time(start, zone))),
            Field(name="to_at", label="Until", value=sent.get("to_at", write_time(start + HOUR * 8, zone))),
        ),
    )  # fmt: skip


def step_in(asked: Asked, slug: str) -> Answer:
    rota = queries.rota(slug)
    zone = zone_of(rota, asked.at)
    sent = {name: asked.sent(name) for name in ("person", "from_at", "to_at")}
    problems, times = [], {}
    user = next((one for one in list_users() if one.email == sent["person"] and is_staff(one)), None)
    if user is None:
        problems.append(Problem("person", "Name one of the provider’s people who may sign in"))
    for name in ("from_at", "to_at"):
        try:
            times[name] = read_time(sent[name], {zone.name: zone})
        except NotATime as problem:
            problems.append(Problem(name, str(problem)))
    if not problems and user is not None:
        try:
            services.step_in(rota=rota, user=user, from_at=times["from_at"], to_at=times["to_at"], by=asked.by, at=asked.at)
        except services.UnfitRota as problem:
            problems.append(Problem("to_at", capitalise(problem)))
        else:
            leave_toast(asked, f"{user.name} steps in by {rota.name}.")
            return to("rota", rota.slug)
    return answer(asked, make_page(asked, rota, sent, tuple(problems)), status=422)


def withdraw(asked: Asked, slug: str) -> Answer:
    rota, number = queries.rota(slug), asked.sent("override")
    if not number.isdecimal() or len(number) > 15:
        raise BadAsking("Nothing was taken back", "Name one of those who step in, on the page of the rota.")
    row = queries.override(rota, int(number))
    services.withdraw(override=row, at=asked.at)
    leave_toast(asked, f"{row.user.name} does not step in any more.")
    return to("rota", rota.slug)
