"""Escalation policies and channels: shown to everybody, written by administrators."""

from typing import Any

from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.jobs import list_kinds_set_up
from upheld.apps.parties.queries import is_administrator
from upheld.doors.addresses import Answer, link, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.interfaces.console.oncall.now import WHO_MAY
from upheld.interfaces.console.oncall.showing import lead_back, write_clock
from upheld.pages.contexts.oncall import ChannelRow, PoliciesPage, PolicyRow
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

WAYS = {
    "mail": "By mail", "webhook": "By a signed webhook", "telegram": "By Telegram", "slack": "By Slack", "sms": "By SMS",
    "phone": "By a phone call", "apprise": "By Apprise",
}  # fmt: skip
HOURS = {"open": "It tells in open time only.", "off": "It tells outside open time only."}


def show(asked: Asked) -> PoliciesPage:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> PoliciesPage:
    may = is_administrator(asked.user) and not asked.is_past
    return PoliciesPage(
        as_of=asked.as_of,
        rows=tuple(show_policy(row) for row in queries.list_policies()),
        # Addresses of chats are secrets: they are not shown to who reads.
        channels=tuple(ChannelRow(row.name, WAYS[row.kind].lower()) for row in queries.list_channels()),
        add=link("Write a policy", "policy-new") if may else None,
        form=make_form(sent, problems) if may else None,
        who_may="" if may else WHO_MAY,
        back=lead_back(),
    )


def show_policy(row: Any) -> PolicyRow:
    return PolicyRow(
        name=row.name,
        url=reverse("policy", args=[row.slug]),
        is_default=row.is_default,
        steps=tuple(tell_step(step) for step in queries.steps_of(row)),
        notes=tuple(tell_notes(row)),
    )


def tell_step(step: Any) -> str:
    """`Ada and the channel ops, 10 min after the step before`."""
    names = " and ".join(queries.name_target(target) for target in queries.targets_of(step))
    wait = f"{step.after_minutes} min after " + ("the page" if step.number == 1 else "the step before")
    at_once = "at once" if step.number == 1 else "with the step before"
    return f"{names}, {wait if step.after_minutes else at_once}"


def tell_notes(row: Any) -> list[str]:
    notes = [HOURS[row.hours]] if row.hours in HOURS else []
    if row.repeats:
        times = "once more" if row.repeats == 1 else f"{row.repeats} times more"
        notes.append(f"All of it {times}, {row.repeat_after_minutes} min after its end.")
    if row.quiet_zone:
        hours = f"{write_clock(row.quiet_from_minute)} to {write_clock(row.quiet_to_minute)}"
        notes.append(f"What is not urgent is held in the quiet hours, {hours} in {row.quiet_zone}.")
    return notes


def make_form(sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    kinds = tuple(Choice(kind, WAYS[kind]) for kind in list_kinds_set_up())
    return Form(
        url=reverse("policies"),
        deed="Keep this channel",
        not_done="The channel was not kept.",
        problems=problems,
        fields=(
            Field(name="name", label="Name of the channel", value=sent.get("name", ""), example="ops",
                  hint="Under a name that is there already, it lies elsewhere from now on."),
            Field(name="kind", label="How", value=sent.get("kind", "slack"), choices=kinds),
            Field(name="address", label="Address", value=sent.get("address", "")),
        ),
    )  # fmt: skip


def add_channel(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("name", "kind", "address")}
    problems = []
    if sent["kind"] not in list_kinds_set_up():
        problems.append(Problem("kind", "Choose one of these ways"))
    else:
        try:
            services.save_channel(**sent)
        except services.UnfitRecipient as problem:
            problems.append(Problem("address", capitalise(problem)))
        except services.UnfitPolicy as problem:
            problems.append(Problem("name", capitalise(problem)))
        else:
            leave_toast(asked, f"The channel {sent['name']} is kept.")
            return to("policies")
    return answer(asked, make_page(asked, sent, tuple(problems)), status=422)
