"""Writing an escalation policy: a line for each step."""

import re
from typing import Any

from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Hours, Quiet, UnknownPolicy, UnknownRota, UnknownZone
from upheld.apps.oncall.services import WantedStep
from upheld.apps.parties.queries import UnknownParty, is_administrator, user
from upheld.doors.addresses import Answer, link, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.interfaces.console.oncall.now import WHO_MAY
from upheld.interfaces.console.oncall.policies import show_policy
from upheld.interfaces.console.oncall.showing import lead_back, write_clock
from upheld.interfaces.console.oncall.writing_rota import Unreadable, read_clock
from upheld.pages.contexts.oncall import FormPage
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

NAMES = ("name", "steps", "repeats", "pause", "hours", "quiet_zone", "quiet_from", "quiet_to", "default")
LINE = re.compile(r"(\d{1,5}): *(.+)")
EXAMPLE = "0: rota Nights"
SAYS = (
    "A line for each step: the minutes after the step before, a colon, whom it tells. `0: rota Nights` tells whoever is on "
    "call, `10: ada@example.org, #ops` a person and a channel. Pages that run keep the steps that they began with."
)


def show_new(asked: Asked) -> FormPage:
    return make_page(asked, None, {"repeats": "0", "pause": "30", "hours": "always", "default": "no"})


def show(asked: Asked, slug: str) -> FormPage:
    row = queries.policy(slug)
    return make_page(asked, row, write_down(row))


def write_down(row: Any) -> dict[str, str]:
    lines = [
        f"{step.after_minutes}: {', '.join(write_target(target) for target in queries.targets_of(step))}"
        for step in queries.steps_of(row)
    ]
    quiet = {
        "quiet_zone": row.quiet_zone, "quiet_from": write_clock(row.quiet_from_minute),
        "quiet_to": write_clock(row.quiet_to_minute),
    }  # fmt: skip
    return {
        "name": row.name, "steps": "\n".join(lines), "repeats": str(row.repeats), "pause": str(row.repeat_after_minutes),
        "hours": row.hours, "default": "yes" if row.is_default else "no", **(quiet if row.quiet_zone else {}),
    }  # fmt: skip


def write_target(target: Any) -> str:
    if target.rota is not None:
        return f"rota {target.rota.name}"
    return target.user.email if target.user is not None else f"#{target.channel.name}"


def make_page(asked: Asked, row: Any, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> FormPage:
    may = is_administrator(asked.user) and not asked.is_past
    shown = show_policy(row) if row else None
    return FormPage(
        as_of=asked.as_of,
        asks=row.name if row else "Write an escalation policy",
        says=SAYS if may else "",
        form=make_form(row, sent, problems) if may else None,
        who_may="" if may else WHO_MAY,
        lines=(*shown.steps, *shown.notes) if shown else (),
        back=link("Policies", "policies") if row else lead_back(),
    )


def make_form(row: Any, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    rotas = ", ".join(f"rota {one.name}" for one in queries.list_rotas()) or "no rota yet"
    channels = ", ".join(f"#{one.name}" for one in queries.list_channels()) or "no channel yet"
    return Form(
        url=reverse("policy", args=[row.slug]) if row else reverse("policy-new"),
        deed="Keep it so" if row else "Write this policy",
        not_done="The policy was not written.",
        problems=problems,
        fields=(
            Field(name="name", label="Name", value=sent.get("name", ""), example="Outages"),
            Field(name="steps", label="Steps", kind="long", value=sent.get("steps", ""),
                  hint=f"There is {rotas}; {channels}."),
            Field(name="repeats", label="How often all of it again", value=sent.get("repeats", "0")),
            Field(name="pause", label="Minutes before it begins again", value=sent.get("pause", "30")),
            Field(name="hours", label="When it tells", value=sent.get("hours", "always"),
                  choices=tuple(Choice(value, words) for value, words in Hours.choices)),
            Field(name="quiet_zone", label="Zone of the quiet hours", is_needed=False, value=sent.get("quiet_zone", ""),
                  example="Europe/London", hint="Pages that are not urgent are held until the quiet hours end."),
            Field(name="quiet_from", label="Quiet from", is_needed=False, value=sent.get("quiet_from", ""), example="22:00"),
            Field(name="quiet_to", label="Quiet until", is_needed=False, value=sent.get("quiet_to", ""), example="07:00"),
            Field(name="default", label="Does an outage page this one?", value=sent.get("default", "no"),
                  choices=(Choice("yes", "Yes"), Choice("no", "No"))),
        ),
    )  # fmt: skip


def write_new(asked: Asked) -> Answer:
    return write(asked, None)


def write_again(asked: Asked, slug: str) -> Answer:
    return write(asked, queries.policy(slug))


def write(asked: Asked, row: Any) -> Answer:
    sent = {name: asked.sent(name) for name in NAMES}
    problems = [Problem(name, wrong) for name in NAMES if (wrong := explain_length("This", sent[name]))]
    steps = [] if problems else read_steps(sent["steps"], problems)
    quiet = read_quiet(sent, problems)
    if not (sent["repeats"].isdecimal() and sent["pause"].isdecimal() and len(sent["repeats"] + sent["pause"]) < 10):
        problems.append(Problem("repeats", "How often, and after how many minutes, are whole numbers"))
    if not problems:
        try:
            saved = services.save_policy(
                policy=row, name=sent["name"], steps=steps, at=asked.at, is_default=sent["default"] == "yes",
                repeats=int(sent["repeats"]), repeat_after_minutes=int(sent["pause"]), hours=sent["hours"], quiet=quiet,
            )  # fmt: skip
        except UnknownZone as problem:
            problems.append(Problem("quiet_zone", capitalise(problem)))
        except services.UnfitPolicy as problem:
            problems.append(Problem("steps" if "step" in str(problem) else "name", capitalise(problem)))
        else:
            leave_toast(asked, f"{saved.name} is kept.")
            return to("policy", saved.slug)
    return answer(asked, make_page(asked, row, sent, tuple(problems)), status=422)


def read_steps(written: str, problems: list[Problem]) -> list[WantedStep]:
    """A step for each line; what cannot be read is added to the problems."""
    steps = []
    for line in filter(None, map(str.strip, written.splitlines())):
        found = LINE.fullmatch(line)
        if not found:
            problems.append(Problem("steps", f"A step is written {EXAMPLE}; came {line[:60]!r}"))
            continue
        try:
            targets = tuple(find_target(part.strip()) for part in found[2].split(",") if part.strip())
        except (UnknownRota, UnknownPolicy, UnknownParty) as problem:
            problems.append(Problem("steps", capitalise(problem)))
        else:
            steps.append(WantedStep(int(found[1]), targets))
    return steps


def find_target(written: str) -> Any:
    if written.lower().startswith("rota "):
        name = written[5:].strip()
        found = next((one for one in queries.list_rotas() if name.lower() in (one.name.lower(), one.slug)), None)
        return found or queries.rota(name)
    return queries.channel(written[1:]) if written.startswith("#") else user(written)


def read_quiet(sent: dict[str, str], problems: list[Problem]) -> Quiet | None:
    if not sent["quiet_zone"]:
        return None
    minutes = []
    for name in ("quiet_from", "quiet_to"):
        try:
            minutes.append(read_clock(sent[name]))
        except Unreadable as problem:
            problems.append(Problem(name, capitalise(problem)))
    return Quiet(sent["quiet_zone"], *minutes) if len(minutes) == 2 else None
