"""Writing a rota, or changing one from now on: people by turns, and for some hours others over them."""

import re
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Turns, UnknownZone, zone_named
from upheld.apps.parties.queries import UnknownParty, is_administrator, is_staff, list_users, user
from upheld.core.timeline import Instant, Span
from upheld.doors.addresses import Answer, link, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.interfaces.console.oncall.now import WHO_MAY
from upheld.interfaces.console.oncall.rota import tell_layer
from upheld.interfaces.console.oncall.showing import WEEKDAYS, lead_back, write_clock
from upheld.pages.contexts.oncall import FormPage
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

NAMES = (
    "name", "zone", "people", "length", "weekday", "handoff", "over_people", "over_days", "over_from", "over_to",
)  # fmt: skip
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
LENGTH = re.compile(r"(\d{1,3}) (days?|weeks?)")
SAYS = "It holds from now on; who was on call stays as it was. The first of the people is on call at once."


class Unreadable(ValueError):
    """A field that cannot be read; the message says how it is written."""


def show_new(asked: Asked) -> FormPage:
    usual = {"zone": "Europe/London", "length": "1 week", "weekday": "0", "handoff": "09:00"}
    return make_page(asked, None, usual)


def show_change(asked: Asked, slug: str) -> FormPage:
    rota = queries.rota(slug)
    return make_page(asked, rota, write_down(rota, asked.as_of))


def write_down(rota: Any, at: Instant) -> dict[str, str]:
    """What holds now as the form has it: the first layer, and the second where it has hours."""
    version = queries.version_at(rota, at)
    layers = queries.layers_of(version) if version else []
    if version is None or not layers:
        return {"name": rota.name}
    lowest, over = layers[0], layers[1] if len(layers) > 1 else None
    weeks, days = divmod(lowest.shift_days, 7)
    sent = {
        "name": rota.name, "zone": version.zone, "people": list_addresses(lowest),
        "length": f"{lowest.shift_days} days" if days else f"{weeks} weeks" if weeks > 1 else "1 week",
        "weekday": str(lowest.begins_on.weekday()), "handoff": write_clock(lowest.handoff_minute),
    }  # fmt: skip
    if over is not None:
        sent |= {
            "over_people": list_addresses(over), "over_days": " ".join(WEEKDAYS[int(day)][:3] for day in over.weekdays),
            "over_from": write_clock(over.from_minute), "over_to": write_clock(over.to_minute),
        }  # fmt: skip
    return sent


def list_addresses(layer: Any) -> str:
    return "\n".join(turn.user.email for turn in sorted(layer.turns.all(), key=lambda turn: turn.place))


def make_page(asked: Asked, rota: Any, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> FormPage:
    may = is_administrator(asked.user) and not asked.is_past
    version = queries.version_at(rota, asked.as_of) if rota else None
    return FormPage(
        as_of=asked.as_of,
        asks=f"Change {rota.name}" if rota else "Write a rota",
        says=SAYS if may else "",
        form=make_form(rota, sent, problems) if may else None,
        who_may="" if may else WHO_MAY,
        lines=tuple(tell_layer(layer) for layer in queries.layers_of(version)) if version and not may else (),
        back=link(rota.name, "rota", rota.slug) if rota else lead_back(),
    )


def make_form(rota: Any, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    people = ", ".join(one.email for one in list_users() if is_staff(one))
    name = Field(name="name", label="Name", value=sent.get("name", ""), example="Nights")
    return Form(
        url=reverse("rota-change", args=[rota.slug]) if rota else reverse("rota-new"),
        deed="Change it from now on" if rota else "Write this rota",
        not_done="The rota was not written.",
        problems=problems,
        fields=(
            *(() if rota else (name,)),
            Field(name="zone", label="Zone of the wall clock", value=sent.get("zone", ""), example="Europe/London"),
            Field(name="people", label="People in turn", kind="long", value=sent.get("people", ""),
                  hint=f"One address on each line, in order; a person may stand there twice. There are {people}."),
            Field(name="length", label="Length of a shift", value=sent.get("length", ""), hint="1 week, 2 days."),
            Field(name="weekday", label="Weekday of the hand-off, for whole weeks", value=sent.get("weekday", "0"),
                  is_list=True, choices=tuple(Choice(str(number), day) for number, day in enumerate(WEEKDAYS))),
            Field(name="handoff", label="Time of the hand-off", value=sent.get("handoff", ""), example="09:00"),
            Field(name="over_people", label="Others over them in some hours", kind="long", is_needed=False,
                  value=sent.get("over_people", ""), hint="One address on each line; they hand over as the others do."),
            Field(name="over_days", label="On which days", is_needed=False, value=sent.get("over_days", ""),
                  hint="Mon Tue Wed Thu Fri; every day where nothing stands here."),
            Field(name="over_from", label="From", is_needed=False, value=sent.get("over_from", ""), example="09:00"),
            Field(name="over_to", label="To", is_needed=False, value=sent.get("over_to", ""), example="17:00"),
        ),
    )  # fmt: skip


def write_new(asked: Asked) -> Answer:
    return write(asked, None)


def write_change(asked: Asked, slug: str) -> Answer:
    return write(asked, queries.rota(slug))


def write(asked: Asked, rota: Any) -> Answer:
    sent = {name: asked.sent(name) for name in NAMES}
    problems = [
        Problem(name, wrong)
        for name in ("name", "zone", "people", "over_people")
        if (wrong := explain_length("This", sent[name]))
    ]
    layers = [] if problems else read_layers(sent, asked.at, problems)
    if not problems:
        try:
            if rota is None:
                rota = services.add_rota(name=sent["name"], zone=sent["zone"], layers=layers, by=asked.by, at=asked.at)
            else:
                services.change_rota(rota=rota, zone=sent["zone"], layers=layers, by=asked.by, at=asked.at)
        except services.UnfitRota as problem:
            problems.append(Problem("people" if rota else "name", capitalise(problem)))
        else:
            leave_toast(asked, f"{rota.name} holds from now on.")
            return to("rota", rota.slug)
    return answer(asked, make_page(asked, rota, sent, tuple(problems)), status=422)


def read_layers(sent: dict[str, str], at: Instant, problems: list[Problem]) -> list[Turns]:
    """The layers of the form; whatever cannot be read is added to the problems."""

    def read(name: str, reader: Any, *arguments: Any) -> Any:
        try:
            return reader(sent[name], *arguments)
        except (Unreadable, UnknownZone) as problem:
            problems.append(Problem(name, capitalise(problem)))
            return None

    zone = read("zone", zone_named, Span(at, at))
    people, over = read("people", read_people), read("over_people", read_people)
    handoff, days = read("handoff", read_clock), read("length", read_length)
    weekday = read("weekday", read_weekday)
    over_days = read("over_days", read_weekdays)
    over_from = read("over_from", read_clock) if over else 0
    over_to = read("over_to", read_clock) if over else 0
    if problems or zone is None:
        return []
    today: date = zone.date_at(at)
    # The last hand-off of that weekday, so that the first person's shift has begun already.
    begins = today - timedelta(days=(today.weekday() - weekday) % 7) if days % 7 == 0 else today
    if zone.local(at).hour * 60 + zone.local(at).minute < handoff and begins == today:
        begins -= timedelta(days=days if days % 7 else 7)
    lowest = Turns(people, begins, handoff, days)
    return [lowest, Turns(over, begins, handoff, days, over_days, over_from, over_to)] if over else [lowest]


def read_people(written: str) -> tuple[int, ...]:
    found = []
    for address in written.replace(",", "\n").split():
        try:
            found.append(user(address).pk)
        except UnknownParty as problem:
            raise Unreadable(str(problem)) from None
    return tuple(found)


def read_clock(written: str) -> int:
    found = CLOCK.fullmatch(written)
    if not found:
        raise Unreadable(f"a wall time is written 09:00; came {written or 'nothing'!r}")
    return int(found[1]) * 60 + int(found[2])


def read_length(written: str) -> int:
    found = LENGTH.fullmatch(written)
    if not found:
        raise Unreadable(f"a shift’s length is written 1 week or 2 days; came {written or 'nothing'!r}")
    return int(found[1]) * (7 if found[2].startswith("week") else 1)


def read_weekday(written: str) -> int:
    if written not in {"0", "1", "2", "3", "4", "5", "6"}:
        raise Unreadable("choose a weekday")
    return int(written)


def read_weekdays(written: str) -> frozenset[int]:
    """Days by their first three letters; nothing means every day."""
    known = {day[:3].lower(): number for number, day in enumerate(WEEKDAYS)}
    named = [word[:3].lower() for word in written.replace(",", " ").split()]
    if unknown := [word for word in named if word not in known]:
        raise Unreadable(f"days are written Mon Tue Wed Thu Fri Sat Sun; came {unknown[0]!r}")
    return frozenset(known[word] for word in named) or frozenset(range(7))
