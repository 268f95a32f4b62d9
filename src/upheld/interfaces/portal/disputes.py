"""Disputes: a figure of a statement or the verdict on a clock that the customer does not accept, and what came of each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from upheld.apps.desk.queries import next_run
from upheld.apps.desk.queries.disputes import (
    DISPUTED,
    FIGURE,
    RULE,
    VERDICT,
    Decision,
    disputes_of,
    evidence_of,
    find_answer,
    find_decision,
    read_line,
)
from upheld.apps.desk.services import Attached, CannotDo
from upheld.apps.desk.services.disputing import Disputed, dispute
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.disputing import list_figures, list_verdicts
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import NotHere
from upheld.doors.shown import statement
from upheld.doors.shown.clocks import choose_runs
from upheld.doors.shown.statements import link_statement
from upheld.interfaces.portal.exhibits import FIELD, ask_exhibit, read_exhibit
from upheld.interfaces.portal.frame import customer_of
from upheld.interfaces.portal.reporting import LONGEST, name_sender
from upheld.interfaces.portal.tickets import DONE, Ticket, find_ticket, judge, may_act
from upheld.interfaces.portal.tickets import show_reasons as show_clock_reasons
from upheld.pages.contexts.lists import Badge, Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.statements import StatementPage, WhyPage
from upheld.pages.words import UTC, capitalise, say_instant

WAITS, ANSWERED, SETTLED = Badge("Waits for our answer", "pause"), Badge("Answered", "run"), Badge("Settled", "up", "up")
ACCEPTED, REFUSED = Badge("Accepted: you are right", "up", "up"), Badge("Refused", "excluded", "excluded")


@dataclass(frozen=True, slots=True)
class Matter:
    """What can be disputed on one page: where it stands, and each figure by the name that its choice sends."""

    agreement: Agreement
    heading: str
    back: Link
    url: str
    choices: Mapping[str, tuple[str, Disputed]]


# --- the list ---------------------------------------------------------------------------------------
def show_disputes(asked: Asked) -> Answer:
    customer: Any = customer_of(asked)
    rows = [row for row in (disputes_of(customer) if customer else []) if Instant.of(row.opened_at) <= asked.as_of]
    entries = tuple(tell_dispute(asked, row) for row in rows)
    waiting = sum(1 for entry in entries if entry.badge == WAITS)
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{waiting} of {len(entries)} disputes wait for our answer" if entries else "You dispute nothing",
        lede="A figure is disputed from its statement, or from its reasons; the verdict on a clock from its reasons.",
        way=(Link("Tickets", asked.url_of("tickets")), Link("Disputes")),
        deeds=(Link("Statements", asked.url_of("statements")),),
        sections=(Section(anchor="disputes", heading="Disputes", entries=entries, empty="What you dispute stands here."),),
    )


def tell_dispute(asked: Asked, row: Ticket) -> Entry:
    said = find_answer(row, asked.as_of)
    over = row.state in DONE and (row.resolved_at is None or Instant.of(row.resolved_at) <= asked.as_of)
    words = f"{read_line(row, FIGURE)}, {read_line(row, VERDICT)}" if read_line(row, VERDICT) else read_line(row, FIGURE)
    decided = find_decision(row, asked.as_of)
    due = tell_due(asked, row) if decided is None and not over else ""
    answered = f"Our answer: {said.text}" if said and decided is None else ""
    files = evidence_of(row, asked.as_of)
    evidence = (f"{one.file_name}, {one.size:,} bytes, SHA-256 `{one.digest}`" for one in files)
    lines = (f"We said: {words}.", *evidence, tell_decision(asked, row, decided), answered, due)
    return Entry(
        words=f"{row.name}: {read_line(row, RULE)} in {read_line(row, DISPUTED)}", url=asked.url_of("ticket", row.name),
        badge=face_of(decided, is_over=over, is_answered=said is not None), at=Instant.of(row.opened_at),
        says=tuple(line for line in lines if line), agreement=name_for(asked, row.agreement) if row.agreement else None,
        links=tuple(Link(one.file_name, asked.url_of("ticket-file", row.name, one.message, one.number)) for one in files),
    )  # fmt: skip


def face_of(decided: Decision | None, *, is_over: bool, is_answered: bool) -> Badge:
    if decided is not None and is_over:
        return ACCEPTED if decided.is_accepted else REFUSED
    return SETTLED if is_over else ANSWERED if is_answered else WAITS


def tell_decision(asked: Asked, row: Ticket, decided: Decision | None) -> str:
    if decided is None:
        return ""
    outcome = "You are right" if decided.is_accepted else "We hold to it"
    when = say_instant(decided.at, name_for(asked, row.agreement).zone if row.agreement else UTC, as_of=asked.as_of)
    return f"{outcome}, decided by {decided.by}, {when}: {decided.because}"


def tell_due(asked: Asked, row: Ticket) -> str:
    """By when the agreement wants something of us, where a clock of it runs on the dispute."""
    run = None if asked.is_past or row.agreement is None else next_run(row)
    if run is None or run.due_us is None:
        return ""
    when = say_instant(Instant(run.due_us), name_for(asked, row.agreement).zone, as_of=asked.as_of)
    return f"{run.clock.replace('-', ' ').capitalize()}: due {when}."


# --- what can be disputed -----------------------------------------------------------------------------
def read_statement(asked: Asked, names: Mapping[str, Any]) -> Matter:
    """The figures of an issued statement of theirs."""
    found = statement.get_issued(asked, **names)
    back = link_statement(asked, found)
    return Matter(found.agreement, f"Dispute a figure of {back.words}", back, url_of(asked, names), list_figures(found))


def url_of(asked: Asked, names: Mapping[str, Any]) -> str:
    return asked.url_of("statement-dispute", *(names[part] for part in ("customer", "document", "period", "number")))


def read_clocks(asked: Asked, name: str) -> Matter:
    """The clocks of a ticket of theirs; NotHere where none is judged."""
    ticket = find_ticket(asked, name)
    if ticket.agreement is None:
        raise NotHere()
    judged = judge(asked, ticket, name_for(asked, ticket.agreement))
    choices = list_verdicts(ticket, choose_runs(ticket, judged))
    back = Link(ticket.name, asked.url_of("ticket", ticket.name))
    return Matter(ticket.agreement, f"Dispute a clock of {name}", back, asked.url_of("ticket-dispute", name), choices)


# --- the page -----------------------------------------------------------------------------------------
def make_page(asked: Asked, matter: Matter, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> TicketsPage:
    choices = tuple(Choice(value, words) for value, (words, _) in matter.choices.items())
    form = Form(
        url=matter.url, deed="Dispute it", not_done="Nothing was sent.", problems=problems,
        fields=(
            Field(name="figure", label="What you dispute", value=sent.get("figure", ""), choices=choices, is_list=True),
            Field(name="text", label="What is true instead, and what shows it", kind="long", value=sent.get("text", "")),
            Field(name="files", label="Your evidence", kind="file", is_needed=False),
            *ask_exhibit(asked, sent),
        ),
    )  # fmt: skip
    may = may_act(asked) and bool(choices)
    says = "Your words and files are kept; the ledger has their digests, so that both sides can prove what was said."
    return TicketsPage(
        as_of=asked.as_of,
        answer=matter.heading,
        way=(matter.back, Link("Disputes", asked.url_of("disputes")), Link("Dispute")),
        sections=(
            Section(anchor="dispute", heading="Your side", says=says, form=form if may else None,
                    empty="" if may else "Members and managers dispute figures." if choices else "Nothing is judged here."),
        ),
    )  # fmt: skip


def act(asked: Asked, matter: Matter) -> Answer:
    sent = {name: asked.sent(name) for name in ("figure", "text", FIELD)}
    exhibit, problems_of_it = read_exhibit(asked)
    problems, files = [*problems_of_it], list[Attached]()
    if sent["figure"] not in matter.choices:
        problems.append(Problem("figure", "Choose the figure that you dispute"))
    if words := explain_length("The message", sent["text"], most=LONGEST):
        problems.append(Problem("text", words))
    try:
        files = take_in(asked, "files")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    if exhibit is not None:
        files.append(Attached(exhibit.file_name, exhibit.media_type, bytes(exhibit.content)))
    if not problems:
        try:
            ticket = dispute(
                agreement=matter.agreement, disputed=matter.choices[sent["figure"]][1], words=sent["text"], attached=files,
                sender=name_sender(asked), at=asked.at,
            )  # fmt: skip
        except CannotDo as problem:
            problems.append(Problem("text", capitalise(problem)))
        else:
            leave_toast(asked, f"{ticket.name} is open: you dispute {matter.choices[sent['figure']][0]}.")
            return to("portal:ticket", ticket.name)
    return answer(asked, make_page(asked, matter, sent, tuple(problems)), status=422)


def show_statement_dispute(asked: Asked, **names: Any) -> Answer:
    return make_page(asked, read_statement(asked, names), {"figure": asked.query("figure")})


def dispute_statement(asked: Asked, **names: Any) -> Answer:
    return act(asked, read_statement(asked, names))


def show_clock_dispute(asked: Asked, name: str) -> Answer:
    return make_page(asked, read_clocks(asked, name), {"figure": asked.query("figure")})


def dispute_clock(asked: Asked, name: str) -> Answer:
    return act(asked, read_clocks(asked, name))


# --- the way there --------------------------------------------------------------------------------------
def show_statement(asked: Asked, **names: Any) -> Answer:
    """A statement with the way to dispute what it says."""
    page = statement.show_statement(asked, **names)
    if not isinstance(page, StatementPage) or page.issued_at is None or not may_act(asked):
        return page
    return replace(page, dispute=Link("Dispute a figure", url_of(asked, {"number": 1, **names})))


def show_lines(asked: Asked, **names: Any) -> Answer:
    """The reasons of a figure with the way to dispute it."""
    page = statement.show_lines(asked, **names)
    if not isinstance(page, WhyPage) or not may_act(asked):
        return page
    return replace(page, dispute=Link("Dispute this figure", f"{url_of(asked, names)}?figure={names['figure']}"))


def show_clock(asked: Asked, name: str, clock: str, number: int) -> Answer:
    """The reasons of a clock with the way to dispute its verdict."""
    page = show_clock_reasons(asked, name, clock, number)
    if not isinstance(page, WhyPage) or not may_act(asked):
        return page
    return replace(page, dispute=Link("Dispute this", f"{asked.url_of('ticket-dispute', name)}?figure={clock}/{number}"))
