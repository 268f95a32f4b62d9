"""The customer's tickets, and one of them: its clocks with their reasons, when to telephone, what was said."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.desk.queries import (
    STATES,
    UnknownTicket,
    desk_of,
    next_runs,
    quotes_of,
    tickets_of,
    visible_messages,
)
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.queries.chat import began_in_chat
from upheld.apps.desk.queries.disputes import evidence_of, is_dispute
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.files import lay_out, list_files, say_size, send_attachment
from upheld.doors.lines import lines_of
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotHere
from upheld.doors.shown.clocks import Judged, show_clock, tell_clocks
from upheld.doors.shown.telephone import tell_gate
from upheld.interfaces.portal.around import list_around
from upheld.interfaces.portal.frame import customer_of
from upheld.interfaces.portal.pressing import make_section as ask_priority
from upheld.interfaces.portal.rated import make_section as ask_rating
from upheld.pages.contexts.lists import Badge, Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem
from upheld.pages.words import say_count, say_instant, say_sentence

Ticket = Any
DONE = ("resolved", "merged")
MOST_AT_HOME = 5
WHO = {"customer": "You", "person": "We", "machine": "Automatic"}


def show_tickets(asked: Asked) -> Answer:
    rows = see_tickets(asked)
    runs = next_runs(rows)
    open_ = tuple(tell_ticket(asked, row, runs.get(row.pk)) for row in rows if row.state not in DONE)
    done = tuple(tell_ticket(asked, row, None) for row in rows if row.state in DONE)
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(open_), 'ticket is', 'tickets are')} open" if open_ else "No ticket is open",
        deeds=list_deeds(asked),
        sections=(
            Section(anchor="open", heading="Open", entries=open_, empty="What you report stands here with its clocks."),
            Section(anchor="done", heading="Settled", entries=done, empty="Nothing was settled yet."),
        ),
    )


def list_deeds(asked: Asked) -> tuple[Link, ...]:
    if not may_act(asked):
        return ()
    return Link("Report a problem", asked.url_of("report")), Link("Live chat", asked.url_of("chat"))


def list_open(asked: Asked) -> Iterator[Entry]:
    """The open ones, for the first page."""
    rows = [row for row in see_tickets(asked) if row.state not in DONE]
    runs = next_runs(rows)
    yield from (tell_ticket(asked, row, runs.get(row.pk)) for row in rows[:MOST_AT_HOME])


def may_act(asked: Asked) -> bool:
    return may_act_for_customer(asked.user) and not asked.is_past


def see_tickets(asked: Asked) -> list[Ticket]:
    """This customer's, on record by the instant looked from."""
    customer: Any = customer_of(asked)
    found = tickets_of(customer) if customer else []
    return [one for one in found if Instant.of(one.opened_at) <= asked.as_of]


def find_ticket(asked: Asked, name: str) -> Ticket:
    """One of this customer's; NotHere for any other, whether it is there or not."""
    try:
        found = read_ticket(name)
    except UnknownTicket:
        raise NotHere() from None
    customer: Any = customer_of(asked)
    if customer is None or found.customer_id != customer.pk or Instant.of(found.opened_at) > asked.as_of:
        raise NotHere()
    return found


def tell_ticket(asked: Asked, row: Ticket, run: Any) -> Entry:
    naming = name_for(asked, row.agreement) if row.agreement else None
    due, is_over = "", False
    if run is not None and run.due_us is not None and not asked.is_past:
        zone = naming.zone if naming else None
        said = say_instant(Instant(run.due_us), zone, as_of=asked.as_of) if zone else ""
        is_over = run.due_us < asked.as_of.micros
        told = f"was due {said} and is over" if is_over else f"is due {said}"
        due = f"{run.clock.replace('-', ' ').capitalize()} {told}." if said else ""
    face = Badge(STATES[row.state], "up", "up") if row.state in DONE else Badge(STATES[row.state], "run")
    if is_over:
        face = Badge(f"{STATES[row.state]}, over its time", "down", "down")
    priority = f"{row.priority.capitalize()}. " if row.priority else ""
    return Entry(
        words=f"{row.name} {row.subject}", url=asked.url_of("ticket", row.name), badge=face,
        says=tuple(words for words in (f"{priority}{row.get_kind_display()}.", due) if words), agreement=naming,
    )  # fmt: skip


# --- one --------------------------------------------------------------------------------------------
def show_ticket(asked: Asked, name: str) -> Answer:
    return make_page(asked, find_ticket(asked, name), "")


def make_page(
    asked: Asked, ticket: Ticket, typed: str, problems: tuple[Problem, ...] = (), *,
    rating: tuple[Problem, ...] = (), pressing: tuple[Problem, ...] = (),
) -> TicketsPage:  # fmt: skip
    naming = name_for(asked, ticket.agreement) if ticket.agreement else None
    clocks, phone, problem = look_at(asked, ticket, naming)
    said = tuple(tell_message(asked, ticket, message, naming) for message in see_messages(asked, ticket))
    silence = problem or "No clause promises a time for it: nothing runs."
    sections = [
        Section(anchor="clocks", heading="Clocks", entries=clocks, empty=silence),
        Section(anchor="said", heading="What was said", entries=said, form=make_reply(asked, ticket, typed, problems)),
    ]
    if is_dispute(ticket) and (evidence := tuple(tell_evidence(asked, ticket))):
        says = "The facts of its messages have these digests, so that both sides can prove what was put forward."
        sections.insert(1, Section(anchor="evidence", heading="Evidence", says=says, entries=evidence))
    if phone is not None:
        sections.insert(1, Section(anchor="phone", heading="Telephone", entries=(phone,)))
    sections[1:1] = list_around(asked, ticket, naming)
    further = (ask_priority(asked, ticket, pressing), ask_rating(asked, ticket, rating))
    sections += [section for section in further if section is not None]
    merged = ticket.merged_into
    priority = f", {ticket.priority}" if ticket.priority else ""
    goes_on = f" It goes on as {merged.name}." if merged else ""
    held = "We do not know yet under which agreement it stands; nothing is lost, and its time counts from when it came."
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{ticket.name}: {ticket.subject}",
        lede=held if ticket.agreement is None else f"{STATES[ticket.state]}{priority}.{goes_on}",
        way=(Link("Tickets", asked.url_of("tickets")), Link(ticket.name)),
        deeds=tuple(list_ways(asked, ticket)),
        sections=tuple(sections),
    )


def tell_evidence(asked: Asked, ticket: Ticket) -> Iterator[Entry]:
    """Each file of a dispute with its digest."""
    for one in evidence_of(ticket, asked.as_of):
        url = asked.url_of("ticket-file", ticket.name, one.message, one.number)
        yield Entry(words=one.file_name, url=url, says=(f"{one.size:,} bytes, SHA-256 `{one.digest}`",))


def list_ways(asked: Asked, ticket: Ticket) -> Iterator[Link]:
    """Where one goes on from it."""
    if ticket.merged_into:
        yield Link(f"Go on to {ticket.merged_into.name}", asked.url_of("ticket", ticket.merged_into.name))
    if ticket.agreement is not None:
        if began_in_chat(ticket):
            yield Link("The chat", asked.url_of("chat-room", ticket.name))
        waiting = sum(1 for one in quotes_of(ticket) if one.is_open and Instant.of(one.given_at) <= asked.as_of)
        words = f"{say_count(waiting, 'price waits', 'prices wait')} for you" if waiting else "Prices, times, instructions"
        yield Link(words, asked.url_of("agreed", ticket.name))


def look_at(asked: Asked, ticket: Ticket, naming: AgreementName | None) -> tuple[tuple[Entry, ...], Entry | None, str]:
    """Its clocks and the telephone as the agreement says; why there are none, where it cannot be judged."""
    if ticket.agreement is None or naming is None:
        return (), None, "No clock is shown until we know under which agreement it stands."
    try:
        judged = judge(asked, ticket, naming)
    except CannotJudge as problem:
        return (), None, f"It cannot be judged: {problem}."
    return tuple(tell_clocks(asked, ticket, judged)), tell_gate(asked, ticket.name, judged), ""


def judge(asked: Asked, ticket: Ticket, naming: AgreementName) -> Judged:
    """What the core says of a ticket as seen from the instant looked from. Raises CannotJudge."""
    terms, desk = desk_of(ticket.agreement, [ticket.name], asked.as_of)
    return Judged(naming, lines_of(asked, naming.key), terms, desk)


def show_reasons(asked: Asked, name: str, clock: str, number: int) -> Answer:
    """The permanent address of the reasons of one run of a clock."""
    ticket = find_ticket(asked, name)
    if ticket.agreement is None:
        raise NotHere()
    return show_clock(asked, ticket, judge(asked, ticket, name_for(asked, ticket.agreement)), clock, number)


def see_messages(asked: Asked, ticket: Ticket) -> Iterator[Any]:
    """What the customer sees of it: no notes, nothing that came later than the instant looked from."""
    for message in visible_messages(ticket):
        if Instant.of(message.recorded_at) <= asked.as_of:
            yield message


def tell_message(asked: Asked, ticket: Ticket, message: Any, naming: AgreementName | None) -> Entry:
    files = tuple(
        Link(f"{one.file_name} ({say_size(one.size)})", asked.url_of("ticket-file", ticket.name, message.number, one.number))
        for one in list_files(message)
    )
    if message.html:
        files += (Link("As it was laid out", asked.url_of("ticket-layout", ticket.name, message.number)),)
    return Entry(
        words=message.shown_as or WHO.get(message.author, "We"), at=Instant.of(message.sent_at), agreement=naming,
        says=(
            *(line for line in message.text.splitlines() if line.strip()),
            *(f"Note: {say_sentence(doubt)}" for doubt in message.doubts or ()),
        ),
        links=files, anchor=f"m{message.number}",
    )  # fmt: skip


def make_reply(asked: Asked, ticket: Ticket, typed: str, problems: tuple[Problem, ...]) -> Form | None:
    if not may_act(asked) or ticket.merged_into is not None:
        return None
    again = "; it opens the ticket again" if ticket.state == "resolved" else ""
    return Form(
        url=asked.url_of("ticket", ticket.name), deed="Send this to us", not_done="Nothing was sent.", problems=problems,
        fields=(
            Field(name="text", label="Your message", kind="long", value=typed, hint=f"We get it at once{again}."),
            Field(name="files", label="Files", kind="file", is_needed=False),
        ),
    )  # fmt: skip


def show_layout(asked: Asked, name: str, message: int) -> Answer:
    """A message that the customer sees, as its writer laid it out, cleaned."""
    ticket = find_ticket(asked, name)
    found = next((one for one in see_messages(asked, ticket) if one.number == message and one.html), None)
    if found is None:
        raise NotHere()
    return lay_out(found.html, f"{name}, message {message}")


def send_file(asked: Asked, name: str, message: int, number: int) -> Answer:
    """A file of a message that the customer sees."""
    ticket = find_ticket(asked, name)
    if message not in {one.number for one in see_messages(asked, ticket)}:
        raise NotHere()
    return send_attachment(ticket, message, number)
