"""How long a contract runs and how it ends, as both sides see it: the rule's own answer, and each wish with its answer."""

from collections.abc import Callable
from datetime import date

from upheld.apps.billing.queries import SaysNothing, endings_of, judge_end
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.parts import Field, Form, Problem, Why
from upheld.pages.words import say_sentence

ACCEPTED, REFUSED = Badge("Accepted", "up", "up"), Badge("Refused", "down", "down")
Sent = dict[str, str]


class NotADay(ValueError):
    """A text that is no date."""


def show_agreement(asked: Asked, agreement: Agreement, sent: Sent, problems: tuple[Problem, ...], *, may: bool) -> Section:
    """One agreement: when it can end at the earliest, what was asked for before, and the form to ask."""
    name = name_for(asked, agreement)
    try:
        earliest = judge_end(agreement, asked.as_of, None)
        wishes = endings_of(agreement, asked.as_of)
    except (SaysNothing, CannotJudge) as problem:
        words = say_sentence(str(problem))
        return Section(anchor=agreement.key, heading=name.words, empty=words)
    facts = lines_of(asked, name.key)
    entries = [
        Entry(
            words=f"Told today, it ends on {say(earliest.ends_on)} at the earliest", clauses=earliest.why.clauses,
            agreement=name, why=Why(step=earliest.why, agreement=name, facts=facts),
        )
    ]  # fmt: skip
    for one in wishes:
        row, decided = one.termination, one.decided
        wish = f"on {say(row.wished_on)}" if row.wished_on else "as soon as it can"
        answer = f"It ends on {say(decided.ends_on)}."
        if not decided.is_accepted:
            answer = f"Possible from {say(decided.earliest_on)}."
        entries.append(
            Entry(
                words=f"{row.name}: the {row.side} wants it to end {wish}", at=Instant.of(row.told_at),
                badge=ACCEPTED if decided.is_accepted else REFUSED, clauses=decided.why.clauses, agreement=name,
                says=tuple(line for line in (answer, row.because) if line),
                why=Why(step=decided.why, agreement=name, facts=facts),
            )
        )  # fmt: skip
    form = Form(
        url=asked.url_of("endings"), deed="Ask for the end", not_done="Nothing was asked for.", agreement=name,
        hidden=(("agreement", agreement.key),), problems=problems,
        fields=(
            Field(
                name="on", label="Last day", value=sent.get("on", ""), is_needed=False, example="2027-01-31",
                hint="Empty: as soon as it can. A wish that the agreement refuses is on record with its answer.",
            ),
            Field(name="because", label="Why", value=sent.get("because", ""), is_needed=False),
        ),
    )  # fmt: skip
    return Section(anchor=agreement.key, heading=name.words, entries=tuple(entries), form=form if may else None)


def tell_end(agreement: Agreement, as_of: Instant) -> str:
    """For the service's page: the last wish to end its contract with the agreement's answer; nothing where there is none."""
    try:
        last = next(iter(endings_of(agreement, as_of)), None)
    except (SaysNothing, CannotJudge):
        return ""
    if last is None:
        return ""
    if last.decided.is_accepted:
        return f"The contract ends on {say(last.decided.ends_on)}, as asked for in {last.termination.name}."
    return f"{last.termination.name} asked for an end too early; it is possible from {say(last.decided.earliest_on)}."


def say(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def read_day(text: str, parse: Callable[[str], date] = date.fromisoformat) -> date | None:
    """The day of the field; None where it is empty. Raises NotADay."""
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        raise NotADay(f"write the day as 2027-01-31; came {text[:40]!r}") from None
