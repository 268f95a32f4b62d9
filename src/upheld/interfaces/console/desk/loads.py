"""Times of high load, where an agreement lets its clocks have longer then: what was declared, and to declare one."""

from typing import Any

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk import services
from upheld.apps.desk.queries.misuse import high_loads_of
from upheld.apps.findings.queries import CannotJudge
from upheld.core.terms import Terms
from upheld.core.timeline import Instant, Span
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for, say_person, zone_of
from upheld.doors.refusing import NotAllowed
from upheld.doors.written_times import EXAMPLE, NotATime, read_time
from upheld.interfaces.console.desk.fields import Wrong
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, join_words, say_count, say_instant, say_span

FIELDS = ("agreement", "from", "to", "queue")
MOST_WAITING = 100_000
RUNS, AHEAD, OVER = Badge("Runs", "run"), Badge("Ahead", "run"), Badge("Over", "up")


def show_loads(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    sections, choices, running = [], [], 0
    for agreement in asked.agreements():
        naming = name_for(asked, agreement)
        try:
            terms = terms_of(agreement, asked.as_of)
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=naming.words, empty=f"It cannot be judged: {problem}."))
            continue
        if terms.desk.high_load.value == "none":
            continue
        choices.append(Choice(agreement.key, naming.words))
        entries = tuple(tell_load(row, naming, asked.as_of) for row in high_loads_of(agreement, asked.as_of))
        running += sum(1 for one in entries if one.badge is RUNS)
        sections.append(
            Section(anchor=agreement.key, heading=naming.words, entries=entries, says=say_rule(terms),
                    empty="No high load was declared yet.")
        )  # fmt: skip
    if asked.may_change and choices:
        form = make_form(asked, tuple(choices), sent, problems)
        sections.append(Section(anchor="declare", heading="Declare a high load", form=form))
    nothing = Section(anchor="none", heading="High load", empty="No agreement that is in force knows times of high load.")
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{say_count(running, 'time of high load runs', 'times of high load run')}" if running
        else "No high load is declared for now",
        lede="It counts from when it is declared, never for what came before, and only where the agreement speaks of it.",
        way=(Link("Desk", asked.url_of("desk")), Link("High load")),
        sections=tuple(sections) or (nothing,),
    )  # fmt: skip


def say_rule(terms: Terms) -> str:
    """By which clauses it counts, and which reading lets it."""
    term = terms.desk.high_load
    read = f", by the reading {join_words(term.readings)}" if term.readings else ""
    cited = f" ({join_words(term.clauses)})" if term.clauses else ""
    return f"Counts where it was {term.value}{read}{cited}. The clocks of its tickets say in their reasons what follows."


def tell_load(row: Any, naming: AgreementName, as_of: Instant) -> Entry:
    span = Span(Instant.of(row.from_at), Instant.of(row.to_at))
    badge = RUNS if span.start <= as_of < span.end else AHEAD if as_of < span.start else OVER
    declared = say_instant(Instant.of(row.declared_at), naming.zone, as_of=as_of)
    waiting = f"{say_count(row.queue, 'request waits', 'requests wait')}." if row.queue else ""
    says = (waiting, f"Declared by {say_person(row.by)}, {declared}.")
    return Entry(
        words=say_span(span, naming.zone, as_of=as_of), badge=badge, agreement=naming,
        says=tuple(line for line in says if line),
    )  # fmt: skip


def make_form(asked: Asked, choices: tuple[Choice, ...], sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=asked.url_of("loads"), deed="Declare the high load", not_done="Nothing was declared.", problems=problems,
        fields=(
            Field(name="agreement", label="Under", choices=choices, is_list=True, value=sent.get("agreement", "")),
            Field(name="from", label="From", value=sent.get("from", ""), is_needed=False, example=EXAMPLE,
                  hint="Empty: from now on."),
            Field(name="to", label="Until", value=sent.get("to", ""), example=EXAMPLE),
            Field(name="queue", label="How many wait", value=sent.get("queue", ""), is_needed=False, example="40"),
        ),
    )  # fmt: skip


def declare(asked: Asked) -> Answer:
    if asked.is_past:
        raise NotAllowed("A high load is declared now", PAST)
    sent = {name: asked.sent(name) for name in FIELDS}
    try:
        agreement = asked.agreement(sent["agreement"])
        declared = services.declare_high_load(
            agreement=agreement, from_at=read_at(sent, "from", agreement) if sent["from"] else asked.at,
            to_at=read_at(sent, "to", agreement), queue=read_queue(sent["queue"]), by=asked.by, at=asked.at,
        )  # fmt: skip
    except Wrong as problem:
        return answer(asked, make_page(asked, sent, (Problem(problem.field, capitalise(problem)),)), status=422)
    except services.CannotDo as problem:
        return answer(asked, make_page(asked, sent, (Problem("from", capitalise(problem)),)), status=422)
    leave_toast(asked, f"High load {declared.number} is declared.")
    return to("loads")


def read_at(sent: dict[str, str], field: str, agreement: Agreement) -> Instant:
    try:
        return read_time(sent[field], {"": zone_of(agreement)})
    except NotATime as problem:
        raise Wrong(field, str(problem)) from None


def read_queue(written: str) -> int:
    if not written:
        return 0
    if not (written.isascii() and written.isdigit() and int(written) <= MOST_WAITING):
        raise Wrong("queue", "Write how many wait in digits, for instance 40")
    return int(written)
