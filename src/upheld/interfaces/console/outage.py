"""One outage: what it has cost so far, which cause, who decides."""

from dataclasses import replace

from upheld.apps.agreements.queries import agreement
from upheld.apps.probes import services
from upheld.apps.probes.queries import outage as read_outage
from upheld.core.timeline import Instant, Span
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import FactLines
from upheld.doors.naming import zone_of
from upheld.doors.refusing import CannotShow, NotAllowed
from upheld.doors.shown.causes import BESIDES, make_cause_form
from upheld.doors.shown.outage import tell_outage
from upheld.doors.written_times import NotATime, read_time
from upheld.pages.contexts.outages import OutagePage
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import capitalise, say_sentence

NOT_FROM_THE_PAST = "You look from a past instant. Go back to now to assign a cause."


def show_outage(asked: Asked, name: str) -> OutagePage:
    return make_outage_page(asked, name, {})


def assign(asked: Asked, name: str) -> Answer:
    """Put a cause on a part of the outage, or say why it does not fit."""
    if asked.is_past:
        raise NotAllowed("A cause is assigned now", NOT_FROM_THE_PAST)
    row = read_outage(name)
    key = row.service.agreement
    sent = {field: asked.sent(field) for field in ("cause", "starts", "ends", "place", "evidence", "note")}
    problems: list[Problem] = []
    zones = {"": zone_of(agreement(key))}
    times: list[Instant | None] = []
    for field in ("starts", "ends"):
        try:
            empty = field == "ends" and not sent[field]
            times.append((row.ended_at or asked.at) if empty else read_time(sent[field], zones))
        except NotATime as problem:
            problems.append(Problem(field, str(problem)))
            times.append(None)
    if too_long := explain_length("The note", sent["note"]):
        problems.append(Problem("note", too_long))
    start, end = times
    if start is not None and end is not None:
        if start >= end:
            problems.append(Problem("ends", "To lies before From; a cause is put on a span of the outage"))
        elif not problems:
            try:
                put = services.put_cause_besides if sent["place"] == BESIDES else services.assign_cause
                fact = put(
                    outage=row, span=Span(start, end), cause=sent["cause"], evidence=sent["evidence"], by=asked.by,
                    at=asked.at, note=sent["note"],
                )  # fmt: skip
            except services.CannotAssign as problem:
                problems.append(Problem(find_field(str(problem)), capitalise(problem)))
            else:
                lines = FactLines(key, asked.at)
                leave_toast(asked, f"Cause {fact.cause} assigned to {fact.outage}.", lines.link_fact(fact))
                return to("outage", fact.outage)
    return answer(asked, make_outage_page(asked, name, sent, tuple(problems)), status=422)


def find_field(words: str) -> str:
    """The field that a refusal is about."""
    if "is shown by" in words:
        return "evidence"
    return "ends" if "a cause is put on a part" in words else "cause"


def make_outage_page(asked: Asked, name: str, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> OutagePage:
    """The outage with the form that puts a cause on it, for whoever may."""
    page, bound, outage = tell_outage(asked, name)
    form = make_cause_form(bound, outage, page.agreement, sent, problems, asked) if asked.may_change else None
    return replace(page, form=form, who_may="" if form else NOT_FROM_THE_PAST)


def approve(asked: Asked, name: str) -> Answer:
    """As a second person, let a cause hold whose agreement asks for that."""
    if asked.is_past:
        raise NotAllowed("A cause is approved now", NOT_FROM_THE_PAST)
    key = read_outage(name).service.agreement
    try:
        fact = services.approve_cause(agreement=key, assignment=asked.sent("assignment"), by=asked.by, at=asked.at)
    except services.CannotAssign as problem:
        raise CannotShow("The cause was not approved", say_sentence(str(problem))) from None
    leave_toast(asked, f"The cause of {name} is approved, and holds from now on.", FactLines(key, asked.at).link_fact(fact))
    return to("outage", name)
