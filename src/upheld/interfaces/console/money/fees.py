"""What is looked after and charged for by its being there: each server or workspace, since when, until when."""

from collections.abc import Callable, Iterator

from upheld.apps.billing.queries import list_kinds, list_resources
from upheld.apps.billing.services import CannotCharge, end_resource, start_resource
from upheld.apps.findings.queries import CannotJudge
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import say_instant, say_sentence

RUNS, ENDED = Badge("Looked after", "up", "up"), Badge("Ended", "pause")
PAST = "You look from a past instant. Go back to now to record it."
Sent = dict[str, str]


def show_looked_after(asked: Asked) -> Answer:
    return make_page(asked, "", {})


def make_page(asked: Asked, deed: str, sent: Sent, problems: tuple[Problem, ...] = ()) -> MoneyPage:
    sections: list[Section] = []
    for agreement in asked.agreements():
        mine = sent if sent.get("agreement") == agreement.key else {}
        try:
            sections += list_sections(asked, agreement, deed if mine else "", mine, problems if mine else ())
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=agreement.key, empty=f"It cannot be judged: {problem}."))
    none = Section(anchor="none", heading="Looked after", empty="No agreement charges for things by their being there.")
    return MoneyPage(
        as_of=asked.as_of, answer="What is looked after", sections=tuple(sections) or (none,),
        lede="Each is charged for as its agreement says. What is recorded here is a fact.",
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")), Link("Looked after")),
    )  # fmt: skip


def list_sections(
    asked: Asked, agreement: Agreement, deed: str, sent: Sent, problems: tuple[Problem, ...]
) -> Iterator[Section]:
    kinds, name = list_kinds(agreement, asked.as_of), name_for(asked, agreement)
    if not kinds:
        return
    now = write_time(asked.at, zone_of(agreement))

    def form(what: str, words: str, resource: Field, when: Field, *hidden: tuple[str, str]) -> Form:
        return Form(
            url=asked.url_of("looked-after-deed", what), deed=words, not_done="Nothing was recorded.", agreement=name,
            fields=tuple(one for one in (resource, when) if one.name not in dict(hidden)),
            hidden=(("agreement", agreement.key), *hidden), problems=problems if deed == what else (),
        )  # fmt: skip

    entries = []
    for one in list_resources(agreement, asked.as_of):
        lasted = f"Since {say_instant(one.from_at, name.zone, as_of=asked.as_of)}"
        until = f", until {say_instant(one.ended_at, name.zone, as_of=asked.as_of)}" if one.ended_at else ""
        when = Field(name="when", label=f"{one.name} ended", value=now, hint="With its zone.")
        ends = form("end", f"Record that {one.name} ended", Field(name="resource", label=""), when, ("resource", one.name))
        entries.append(
            Entry(
                words=f"{one.name}: {one.kind}", says=(f"{lasted}{until}.",), agreement=name,
                badge=ENDED if one.ended_at else RUNS,
                deeds=(ends,) if asked.may_change and one.ended_at is None else (),
            )
        )  # fmt: skip
    yield Section(anchor=name.key, heading=name.words, entries=tuple(entries), empty="Nothing is looked after yet.")
    if asked.may_change:
        fields = (
            Field(name="resource", label="Name", value=sent.get("resource", "")),
            Field(name="kind", label="Kind", choices=tuple(Choice(one, one) for one in kinds), is_list=True),
            Field(name="when", label="Looked after since", value=sent.get("when", now), hint="With its zone."),
        )
        starts = Form(
            url=asked.url_of("looked-after-deed", "start"), deed="Record it", not_done="Nothing was recorded.",
            fields=fields, hidden=(("agreement", agreement.key),), problems=problems if deed == "start" else (),
            agreement=name,
        )  # fmt: skip
        yield Section(anchor=f"{name.key}-more", heading=f"One more, {name.words}", form=starts)


def act(asked: Asked, deed: str) -> Answer:
    """Record that something is looked after from now on, or no longer is."""
    if asked.is_past:
        raise NotAllowed("It is recorded now", PAST)
    deeds: dict[str, Callable[[Asked, Agreement], str]] = {"start": start, "end": end}
    if deed not in deeds:
        raise NotHere()
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in ("agreement", "resource", "kind", "when")}
    try:
        if words := explain_length("The name", sent["resource"], most=100):
            raise CannotCharge(words)
        told = deeds[deed](asked, agreement)
    except (CannotCharge, NotATime) as problem:
        words = say_sentence(str(problem))
        place = "when" if isinstance(problem, NotATime) or deed == "end" else "resource"
        return answer(asked, make_page(asked, deed, sent, (Problem(place, words),)), status=422)
    leave_toast(asked, told)
    return to("looked-after")


def start(asked: Asked, agreement: Agreement) -> str:
    from_at = read_time(asked.sent("when"), {"": zone_of(agreement)})
    fact = start_resource(
        agreement=agreement, resource=asked.sent("resource"), kind=asked.sent("kind"), from_at=from_at, by=asked.by,
        at=asked.at,
    )  # fmt: skip
    return f"{fact.resource} is looked after."


def end(asked: Asked, agreement: Agreement) -> str:
    ended_at = read_time(asked.sent("when"), {"": zone_of(agreement)})
    fact = end_resource(agreement=agreement, resource=asked.sent("resource"), ended_at=ended_at, by=asked.by, at=asked.at)
    return f"{fact.resource} is no longer looked after."
