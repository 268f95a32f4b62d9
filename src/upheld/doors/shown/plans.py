"""Plans of an agreement, such as onboarding: how far each is, which steps are done, who has to say that it is finished."""

from upheld.apps.desk.queries import Progress
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import say_person
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName, Form, Why
from upheld.pages.words import say_count, say_instant

SIGNED_OFF, LATE = Badge("Signed off", "up", "up"), Badge("Late", "down", "down")
UNDER_WAY, NOT_BEGUN = Badge("Under way", "run"), Badge("Not begun", "pause")
CLOSED, UNCLEAR = Badge("Not open to this customer", "excluded", "excluded"), Badge("Not known whether it is open", "pause")


def face_of(progress: Progress) -> Badge:
    """Where a plan stands, in one word."""
    if progress.signed_off is not None:
        return SIGNED_OFF
    if progress.decided.is_valid is None:
        return UNCLEAR
    if not progress.decided.is_valid:
        return CLOSED
    if progress.finding is not None and progress.finding.value == "overdue":
        return LATE
    return UNDER_WAY if progress.started_at else NOT_BEGUN


def is_under_way(progress: Progress) -> bool:
    """Whether it was begun, is open to the customer, and nobody has said that it is finished."""
    return progress.started_at is not None and progress.signed_off is None and progress.decided.is_valid is True


def tell_plan(asked: Asked, naming: AgreementName, progress: Progress, deeds: tuple[Form, ...] = ()) -> Entry:
    """One plan with its steps and meetings, and why it stands so."""
    plan, decided = progress.plan, progress.decided
    why = progress.finding.why if progress.finding is not None else decided.why
    of_steps = f": {len(progress.done)} of {say_count(len(decided.steps), 'step', 'steps')} done" if decided.steps else ""
    return Entry(
        words=f"{plan.name.replace('-', ' ').capitalize()}{of_steps}",
        badge=face_of(progress),
        at=progress.started_at,
        says=tuple(list_lines(progress, naming, asked.as_of)) if decided.is_valid else (),
        clauses=plan.clauses,
        agreement=naming,
        deeds=deeds,
        why=Why(step=why, agreement=naming, facts=lines_of(asked, naming.key)),
        anchor=f"{naming.key}-{plan.name}",
    )


def list_lines(progress: Progress, naming: AgreementName, as_of: Instant) -> list[str]:
    decided = progress.decided
    open_steps = [step for step in decided.steps if step not in progress.done]
    lines = [f"Done: {', '.join(progress.done)}." if progress.done else "", f"Still to be done: {', '.join(open_steps)}."]
    if not open_steps:
        lines[1] = ""
    if decided.sessions:
        lines.append(f"{progress.sessions_held} of {say_count(decided.sessions, 'meeting', 'meetings')} held.")
    elif progress.sessions_held:
        lines.append(f"{say_count(progress.sessions_held, 'meeting', 'meetings')} held.")
    if decided.ends_on:
        lines.append(f"Ends on {decided.ends_on:%-d %b %Y}.")
    elif progress.plan.lasts.value is None:
        lines.append("The agreement names no end.")
    if progress.signed_off is not None:
        said = say_instant(progress.signed_off.occurred_at, naming.zone, as_of=as_of)
        lines.append(f"Said to be finished by {say_person(progress.signed_off.by)}, {said}.")
    else:
        lines.append(f"Finished when: {progress.plan.done_when.value}.")
    return [line for line in lines if line]
