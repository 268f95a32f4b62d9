"""Work and money on one ticket, and what both sides agreed there: each with what the agreement says of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.queries import (
    appointments_of,
    instructions_of,
    judge_instruction,
    lines_of,
    quotes_of,
    work_of,
)
from upheld.apps.desk.queries.work import needs_approval
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import person_called
from upheld.core.fees import Line, offer
from upheld.core.fees.lines import charge_of
from upheld.core.money import Money
from upheld.core.terms import Terms
from upheld.core.timeline import Duration, Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.lines import lines_of as facts_of
from upheld.doors.naming import name_for
from upheld.doors.shown.due import Ticket
from upheld.interfaces.console.desk.forms import NO_TROUBLE, Trouble
from upheld.interfaces.console.desk.seeing import see
from upheld.interfaces.console.desk.working_forms import (
    accept_form,
    agree_form,
    appointment_form,
    carry_form,
    decline_form,
    instruction_form,
    keep_form,
    misuse_form,
    quote_form,
    work_form,
)
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Form, Why
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import say_instant, say_length, say_money, say_sentence

HELD = "The ticket is held: nothing is worked or charged before it is known under which agreement it stands."


@dataclass(frozen=True, slots=True)
class Room:
    """A ticket under an agreement, with what its page needs."""

    ticket: Ticket
    terms: Terms
    naming: AgreementName
    facts: FactLines
    may: bool
    trouble: Trouble = NO_TROUBLE
    preview: tuple[Line, ...] = ()
    """What the ticket's work would cost with what was typed."""


def show_working(asked: Asked, name: str) -> WorkPage:
    return make_working(asked, name)


def make_working(asked: Asked, name: str, trouble: Trouble = NO_TROUBLE, preview: tuple[Line, ...] = ()) -> WorkPage:
    ticket = see(asked, name)
    sections: tuple[Section, ...] = ()
    lede = HELD
    if ticket.agreement is not None:
        try:
            terms = terms_of(ticket.agreement, asked.as_of)
        except CannotJudge as problem:
            lede = f"It cannot be judged: {problem}."
        else:
            naming, facts = name_for(asked, ticket.agreement), facts_of(asked, ticket.agreement.key)
            may = asked.may_change and ticket.merged_into is None
            room = Room(ticket, terms, naming, facts, may, trouble, preview)
            lede = f"{ticket.subject}. {naming.words}."
            sections = tuple(list_sections(asked, room))
    return WorkPage(
        as_of=asked.as_of,
        answer=f"Work on {ticket.name}",
        lede=lede,
        way=(Link("Desk", asked.url_of("desk")), Link(ticket.name, asked.url_of("ticket", ticket.name)), Link("Work")),
        sections=sections,
    )


def list_sections(asked: Asked, room: Room) -> Iterator[Section]:
    if room.preview:
        yield Section(
            anchor="preview", heading="What it would cost", entries=tuple(tell_preview(room, line) for line in room.preview),
            says="Nothing is kept yet.", form=keep_form(asked, room) if room.may else None,
        )  # fmt: skip
    works = tuple(tell_work(asked, room, one) for one in work_of(room.ticket) if before(asked, one.logged_at))
    yield Section(
        anchor="work", heading="Work", entries=works, empty="Nothing was worked yet.",
        form=work_form(asked, room) if room.may else None,
    )  # fmt: skip
    costs = tuple(tell_line(room, line) for line in lines_of(room.ticket, asked.as_of))
    yield Section(anchor="cost", heading="What it costs", entries=costs, empty="Nothing is charged.")
    quotes = tuple(tell_quote(room, one) for one in quotes_of(room.ticket) if before(asked, one.given_at))
    quoting = quote_form(asked, room) if room.may else None
    if quotes or quoting:
        yield Section(anchor="quotes", heading="Quotes", entries=quotes, empty="No price was named.", form=quoting)
    misuse = misuse_form(asked, room) if room.may else None
    if misuse:
        yield Section(anchor="misuse", heading="Misuse", form=misuse)
    agreed = tuple(
        tell_appointment(asked, room, one) for one in appointments_of(room.ticket) if before(asked, one.proposed_at)
    )
    yield Section(
        anchor="appointments", heading="Appointments", entries=agreed, empty="No time was agreed.",
        form=appointment_form(asked, room) if room.may else None,
    )  # fmt: skip
    told = tuple(
        tell_instruction(asked, room, one) for one in instructions_of(room.ticket) if before(asked, one.received_at)
    )
    yield Section(
        anchor="instructions", heading="Instructions", entries=told, empty="Nobody instructed us.",
        form=instruction_form(asked, room) if room.may else None,
    )  # fmt: skip


def before(asked: Asked, at: Any) -> bool:
    return Instant.of(at) <= asked.as_of


def tell_person(name: str) -> str:
    """Somebody who signs in by the name that people know; anybody else as the facts have it."""
    found = person_called(name)
    return found.name if found else name


def tell_line(room: Room, line: Line) -> Entry:
    amount = say_money(line.amount) if line.amount is not None else line.state
    return Entry(
        words=f"{line.charge}: {amount}", clauses=line.why.clauses, agreement=room.naming,
        why=Why(step=line.why, agreement=room.naming, facts=room.facts),
    )  # fmt: skip


def tell_preview(room: Room, line: Line) -> Entry:
    """A line before it is kept: the rate, the least and the step as the agreement has them, and every reason open."""
    told = tell_line(room, line)
    rule = offer(room.terms, line.charge, {}) if charge_of(room.terms, line.charge)[0] else None
    why = Why(step=line.why, agreement=room.naming, facts=room.facts, is_open=True)
    clauses = tuple(dict.fromkeys((*told.clauses, *(rule.why.clauses if rule else ()))))
    return replace(told, says=(say_sentence(rule.why.words),) if rule else (), clauses=clauses, why=why)


def tell_work(asked: Asked, room: Room, work: Any) -> Entry:
    waits = work.approved_at is None and needs_approval(room.terms, work.charge)
    lasted = f", {say_length(Duration(work.lasted_us))}" if work.lasted_us else ""
    deeds: tuple[Form, ...] = (agree_form(asked, room, work),) if waits and room.may and work.by != asked.by else ()
    consent = f"{tell_person(work.approved_by)} agreed to the charge." if work.approved_by else ""
    return Entry(
        words=f"{work.name} {work.charge}{lasted}",
        at=Instant.of(work.from_at),
        badge=Badge("Waits for another person’s consent", "pause") if waits else None,
        says=tuple(words for words in (f"By {tell_person(work.by)}.", work.words, consent) if words),
        agreement=room.naming,
        deeds=deeds,
    )


def tell_quote(room: Room, quote: Any) -> Entry:
    face, told = Badge("Waits for the customer", "pause"), ""
    if quote.accepted_at:
        face = Badge("Accepted", "up", "up")
        told = (
            f"Accepted by {tell_person(quote.accepted_by)}, {say_instant(Instant.of(quote.accepted_at), room.naming.zone)}."
        )
    elif quote.declined_at:
        face, told = Badge("Declined", "excluded", "excluded"), f"Declined by {tell_person(quote.declined_by)}."
    return Entry(
        words=f"{quote.name} {quote.charge}: {say_money(Money.parse(quote.amount))}",
        at=Instant.of(quote.given_at),
        badge=face,
        says=tuple(words for words in (quote.words, told) if words),
        agreement=room.naming,
    )  # fmt: skip


def tell_appointment(asked: Asked, room: Room, one: Any) -> Entry:
    faces = {"proposed": Badge("Proposed", "pause"), "accepted": Badge("Agreed", "up", "up")}
    open_to_us = room.may and one.state == "proposed" and one.side == "customer"
    deeds = (accept_form(asked, room, one), decline_form(asked, room, one)) if open_to_us else ()
    until = say_instant(Instant.of(one.to_at), room.naming.zone)
    return Entry(
        words=f"{one.name} {one.words or 'Appointment'}", at=Instant.of(one.from_at), deeds=deeds, agreement=room.naming,
        badge=faces.get(one.state, Badge("Declined", "excluded", "excluded")),
        says=(f"Until {until}; proposed by the {one.side}.",),
    )  # fmt: skip


def tell_instruction(asked: Asked, room: Room, one: Any) -> Entry:
    decided = judge_instruction(one, asked.as_of)
    counts = decided is None or decided.is_accepted
    done = one.carried_out_at is not None
    face = (
        Badge("Done", "up", "up") if done else Badge("Counts", "run") if counts else Badge("Does not count", "down", "down")
    )
    carried = f"Carried out by {tell_person(one.carried_out_by)}." if done else ""
    return Entry(
        words=one.what, at=Instant.of(one.received_at), badge=face, agreement=room.naming,
        says=tuple(words for words in (f"By {tell_person(one.by)}.", carried) if words),
        clauses=decided.why.clauses if decided else (),
        why=Why(step=decided.why, agreement=room.naming, facts=room.facts) if decided else None,
        deeds=(carry_form(asked, room, one),) if room.may and counts and not done else (),
    )  # fmt: skip
