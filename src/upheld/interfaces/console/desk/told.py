"""Who is told when a clock is nearly or wholly used up, and under which agreements an outage opens a ticket by itself."""

import re
from collections.abc import Iterator
from typing import Any

from upheld.apps.desk import services
from upheld.apps.desk.queries import list_escalations, outage_rule
from upheld.apps.oncall.queries import UnknownPolicy, list_policies
from upheld.apps.oncall.queries import policy as read_policy
from upheld.core.timeline import MINUTE
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotAllowed
from upheld.interfaces.console.desk.fields import Wrong
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, say_count, say_length

MOMENT = re.compile(r"(?P<count>[1-9][0-9]{0,4}) ?(?P<unit>%|h|hours?|min|minutes?)")
MOMENT_SAID = re.compile("a moment is|a share is|only a time after")
COUNTED = (Choice("", "in the open time of the clock"), Choice("yes", "around the clock, after the time only"))
WHEN = {"before": "before the time is over", "after": "once the time is over"}
HOURS = {"always": "around the clock", "open": "in open time only", "off": "outside open time only"}
URGENT = (Choice("yes", "at once, also at night"), Choice("no", "after the quiet hours"))
ALL = Choice("", "all of them")
LINE = ("policy", "when", "moment", "counted", "agreement", "priority", "clocks", "hours", "calendar", "urgent")
OUTAGE = ("under", "as", "topic")


def show_told(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    lines, opening = list_escalations(), tuple(list_opening(asked))
    keys = tuple(Choice(one.key, name_for(asked, one).words) for one in asked.agreements())
    policies = tuple(Choice(one.slug, one.name) for one in list_policies())
    answered = f"{say_count(len(lines), 'line says', 'lines say')} who is told"
    without = "" if policies else "Write an escalation policy first: it says whom to wake, and in which order."
    return WorkPage(
        as_of=asked.as_of,
        answer=answered if lines else "Nobody but the engineer is told",
        lede="Whoever works on a ticket is told first. Where nobody does, and once a time is over, these lines say who is. "
        "Of several that fit a clock, the one that names most is used. A line with a moment of its own tells then, once.",
        way=(Link("Desk", asked.url_of("desk")), Link("Who is told")),
        deeds=(Link("Escalation policies", asked.url_of("policies")),),
        sections=(
            Section(
                anchor="lines", heading="Clocks", entries=tuple(tell_line(asked, one) for one in lines), says=without,
                empty="No line is written.",
                form=line_form(asked, keys, policies, sent, problems) if asked.may_change and policies else None,
            ),
            Section(
                anchor="outages", heading="Outages that open a ticket", entries=opening,
                says="Its clocks run from when the outage was seen.", empty="No outage opens a ticket by itself.",
                form=outage_form(asked, keys, sent, problems) if asked.may_change and keys else None,
            ),
        ),
    )  # fmt: skip


def tell_line(asked: Asked, one: Any) -> Entry:
    priority = f"{one.priority} tickets" if one.priority else "every ticket"
    calendar = f" of {one.calendar}" if one.calendar else ""
    hours = f"{HOURS[one.hours]}{calendar}"
    waits = "" if one.is_urgent else ", after the quiet hours"
    hidden = (("deed", "no-line"), ("line", str(one.pk)))
    remove = Form(url=asked.url_of("told"), deed="Remove this line", fields=(), hidden=hidden)
    return Entry(
        words=f"{one.policy.name} is told {say_moment(one)}",
        says=(
            f"Of {', '.join(one.clocks) or 'every clock'} on {priority}, {hours}{waits}.",
            name_for(asked, one.agreement).words if one.agreement else "Under every agreement.",
        ),
        deeds=(remove,) if asked.may_change else (),
    )  # fmt: skip


def list_opening(asked: Asked) -> Iterator[Entry]:
    for agreement in asked.agreements():
        rule = outage_rule(agreement)
        if rule is None:
            continue
        naming = name_for(asked, agreement)
        parts = [f"as {rule.priority}" if rule.priority else "", f"about {rule.topic}" if rule.topic else ""]
        hidden = (("deed", "no-outage"), ("under", agreement.key))
        stop = Form(url=asked.url_of("told"), deed="Open none any more", fields=(), hidden=hidden)
        yield Entry(
            words=naming.words, agreement=naming, deeds=(stop,) if asked.may_change else (),
            says=(f"A ticket is opened {' '.join(part for part in parts if part)}".strip() + ".",),
        )  # fmt: skip


def line_form(
    asked: Asked, keys: tuple[Choice, ...], policies: tuple[Choice, ...], sent: dict[str, str], problems: tuple[Problem, ...]
) -> Form:
    def value(name: str, otherwise: str = "") -> str:
        return sent.get(name, otherwise) if sent.get("deed") == "line" else otherwise

    return Form(
        url=asked.url_of("told"), deed="Keep this line", hidden=(("deed", "line"),), not_done="The line was not kept.",
        problems=problems if sent.get("deed") == "line" else (),
        fields=(
            Field(name="policy", label="Policy that is told", choices=policies, is_list=True, value=value("policy")),
            Field(name="when", label="When", choices=pairs(WHEN), is_list=True, value=value("when", "before")),
            Field(name="moment", label="How long before or after", value=value("moment"), is_needed=False, example="2 hours",
                  hint="Or a share of the time used, such as 75 %. Empty: as the settings say before, at once after."),
            Field(name="counted", label="Counted", choices=COUNTED, is_list=True, value=value("counted")),
            Field(name="agreement", label="Under", choices=(ALL, *keys), is_list=True, value=value("agreement")),
            Field(name="priority", label="Priority", value=value("priority"), is_needed=False, hint="Empty: every one."),
            Field(name="clocks", label="Clocks", value=value("clocks"), is_needed=False, example="respond resolve",
                  hint="As the agreement names them, with spaces between; empty: every one."),
            Field(name="hours", label="At which hours", choices=pairs(HOURS), is_list=True, value=value("hours", "always")),
            Field(name="calendar", label="Calendar of these hours", value=value("calendar"), is_needed=False,
                  hint="One of the agreement's; empty: the clock's own."),
            Field(name="urgent", label="How", choices=URGENT, is_list=True, value=value("urgent", "yes")),
        ),
    )  # fmt: skip


def outage_form(asked: Asked, keys: tuple[Choice, ...], sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    mine = sent if sent.get("deed") == "outage" else {}
    return Form(
        url=asked.url_of("told"), deed="Let outages open tickets", hidden=(("deed", "outage"),),
        problems=problems if mine else (), not_done="Nothing was changed.",
        fields=(
            Field(name="under", label="Agreement", choices=keys, is_list=True, value=mine.get("under", "")),
            Field(name="as", label="Priority of the ticket", value=mine.get("as", ""), is_needed=False),
            Field(name="topic", label="Topic of the ticket", value=mine.get("topic", ""), is_needed=False),
        ),
    )  # fmt: skip


def say_moment(one: Any) -> str:
    """`once 75 % of the time is used`, `2 h before the time is over`."""
    if one.percent is not None:
        return f"once {one.percent} % of the time is used"
    if one.minutes is None:
        return WHEN[one.when]
    side = "before the time is over" if one.when == "before" else "after the time is over"
    counted = ", counted around the clock" if one.is_around_clock else ""
    return f"{say_length(MINUTE * one.minutes)} {side}{counted}"


def read_moment(written: str) -> dict[str, int]:
    """The minutes or the percent that were written; none where nothing was."""
    if not written:
        return {}
    found = MOMENT.fullmatch(written.strip().lower().replace("\u00a0", " "))
    if found is None:
        raise Wrong("moment", "A moment is written such as 2 hours, 30 minutes or 75 %")
    count, unit = int(found["count"]), found["unit"]
    if unit == "%":
        return {"percent": count}
    return {"minutes": count * 60 if unit.startswith("h") else count}


def pairs(words: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, told) for value, told in words.items())


def act(asked: Asked) -> Answer:
    if asked.is_past:
        raise NotAllowed("This is changed now", PAST)
    deed = asked.sent("deed")
    sent = {"deed": deed, **{name: asked.sent(name) for name in (*LINE, *OUTAGE)}}
    does = {"line": save_line, "no-line": remove_line, "outage": let_open, "no-outage": let_none}.get(deed)
    if does is None:
        return answer(asked, make_page(asked, {}), status=422)
    try:
        words = does(asked, sent)
    except Wrong as problem:
        return answer(asked, make_page(asked, sent, (Problem(problem.field, capitalise(problem)),)), status=422)
    except services.CannotDo as problem:
        field = next((name for name in ("priority", "clock", "calendar", "topic") if f"no {name}" in str(problem)), "")
        if MOMENT_SAID.match(str(problem)):
            field = "moment"
        places = {"priority": "as"} if deed == "outage" else {"clock": "clocks"}
        wrong = Problem(places.get(field, field), capitalise(problem))
        return answer(asked, make_page(asked, sent, (wrong,)), status=422)
    leave_toast(asked, words)
    return to("told")


def save_line(asked: Asked, sent: dict[str, str]) -> str:
    try:
        policy = read_policy(sent["policy"])
    except UnknownPolicy as problem:
        raise Wrong("policy", str(problem)) from None
    row = services.save_escalation(
        when=sent["when"], policy=policy, at=asked.at, priority=sent["priority"], clocks=sent["clocks"].split(),
        agreement=asked.agreement(sent["agreement"]) if sent["agreement"] else None, hours=sent["hours"],
        calendar=sent["calendar"], is_urgent=sent["urgent"] != "no",
        is_around_clock=sent["counted"] == "yes", **read_moment(sent["moment"]),
    )  # fmt: skip
    return f"{policy.name} is told {say_moment(row)}."


def remove_line(asked: Asked, sent: dict[str, str]) -> str:
    found = next((one for one in list_escalations() if str(one.pk) == asked.sent("line")), None)
    if found is not None:
        services.remove_escalation(row=found)
    return "Nobody is told by this line any more."


def let_open(asked: Asked, sent: dict[str, str]) -> str:
    if not sent["under"]:
        raise Wrong("under", "Name the agreement")
    services.open_on_outage(
        agreement=asked.agreement(sent["under"]), by=asked.by, at=asked.at, priority=sent["as"], topic=sent["topic"]
    )
    return "From now on an outage opens a ticket by itself."


def let_none(asked: Asked, sent: dict[str, str]) -> str:
    services.open_none_on_outage(agreement=asked.agreement(sent["under"]))
    return "Outages open no tickets by themselves any more."
