"""Deeds on a ticket: what was sent is read, the service does it, and a refusal stands at its field."""

from collections.abc import Callable

from django.db import transaction

from upheld.apps.agreements.queries import agreement
from upheld.apps.desk import services
from upheld.apps.desk.queries import hold as read_hold
from upheld.apps.desk.queries import messages_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services.disputing import decide_dispute
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.files import TooMuch, take_in
from upheld.doors.lines import FactLines
from upheld.doors.naming import zone_of
from upheld.doors.refusing import CannotShow, NotAllowed, NotHere
from upheld.doors.shown.due import Ticket
from upheld.doors.written_times import NotATime, read_time
from upheld.interfaces.console.desk.fields import Wrong, find_message, find_other, find_person, read_message, read_words
from upheld.interfaces.console.desk.forms import Trouble
from upheld.interfaces.console.desk.ticket import PAST, make_ticket_page
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import capitalise
from upheld.pages.words.facts_of_desk import say_wait

CAUSE = "cause "
FOLLOWS = {"wait": "; it waits for the customer", "resolve": "; it is resolved"}


def act(asked: Asked, name: str, deed: str) -> Answer:
    """One deed; whoever was faster is told, and what was typed stays."""
    if asked.is_past:
        raise NotAllowed("Tickets are worked on now", PAST)
    if deed not in DEEDS:
        raise NotHere()
    ticket, (field, does) = read_ticket(name), DEEDS[deed]
    try:
        words, goes_to = does(asked, ticket)
    except Wrong as problem:
        return refuse(asked, name, deed, Problem(problem.field, str(problem)))
    except (services.CannotDo, TooMuch) as problem:
        return refuse(asked, name, deed, Problem(field, capitalise(problem)))
    leave_toast(asked, words, link_last(asked, goes_to))
    return to("ticket", goes_to.name)


def refuse(asked: Asked, name: str, deed: str, problem: Problem) -> Answer:
    """The sentence stands at the field; where the ticket takes the deed no more, on a page of its own."""
    sent = {field: asked.sent(field) for field in asked.request.POST}
    page = make_ticket_page(asked, name, Trouble(deed, (problem,), sent))
    answering = (page.answering.form, page.answering.note) if page.answering else ()
    if not any(form is not None and form.problems for form in (*page.deeds, *answering)):
        look = (Link("Look at the ticket as it is now", asked.url_of("ticket", name)),)
        raise CannotShow("This was not done", f"{problem.words}.", look)
    return answer(asked, page, status=422)


def link_last(asked: Asked, ticket: Ticket) -> Link | None:
    """The fact that a deed left: the last about the ticket, where it was recorded with the deed."""
    if ticket.agreement is None:
        return None
    lines = FactLines(ticket.agreement.key, asked.at)
    last = next((fact for fact in reversed(lines.facts) if getattr(fact, "ticket", "") == ticket.name), None)
    return lines.link_fact(last) if last is not None and last.recorded_at == asked.at else None


Done = tuple[str, Ticket]


def reply(asked: Asked, ticket: Ticket) -> Done:
    refuse_unseen(asked, ticket)
    says = tuple(one for one in asked.sent("says").split(",") if one)
    if asked.sent("ask") == "question" and "question" not in says:
        says = (*says, "question")
    said = services.Said(text=read_message(asked, "reply"), says=says, attached=take_in(asked, "files"))
    then, tags = asked.sent("then"), asked.sent("add-tags").replace(",", " ").split()
    services.reply_and(
        ticket=ticket, said=said, then=then, tags=tags, by=asked.by, shown_as=asked.user.name, at=asked.at
    )  # fmt: skip
    return f"Your reply on {ticket.name} is sent{FOLLOWS.get(then, '')}.", ticket


def refuse_unseen(asked: Asked, ticket: Ticket) -> None:
    """Raise Wrong where somebody wrote since the page was asked for; the page that follows shows it."""
    seen = asked.sent("seen")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return
    fresh = [one for one in messages_of(ticket) if one.number > int(seen) and one.is_public and one.author != "machine"]
    if fresh:
        who = fresh[-1].shown_as or {"customer": "the customer"}.get(fresh[-1].author, "somebody of ours")
        raise Wrong(
            "reply", f"Meanwhile {who} wrote message {fresh[-1].number}; read it, then send your reply as it is to be"
        )


def note(asked: Asked, ticket: Ticket) -> Done:
    said = services.Said(text=read_message(asked, "note"), attached=take_in(asked, "note-files"))
    services.write_note(ticket=ticket, said=said, by=asked.by, shown_as=asked.user.name, at=asked.at)
    return f"Your note on {ticket.name} is kept; the customer does not see it.", ticket


def adopt(asked: Asked, ticket: Ticket) -> Done:
    found = agreement(asked.sent("agreement"))
    services.adopt(ticket=ticket, agreement=found, by=asked.by, at=asked.at)
    return f"{ticket.name} stands under {found.key}; its clocks run from when it came.", ticket


def assign(asked: Asked, ticket: Ticket) -> Done:
    found = find_person(asked, "assignee")
    services.assign(ticket=ticket, to=found, at=asked.at, by=asked.by)
    return f"{ticket.name} is {f'with {found.name}' if found else 'nobody’s'} now.", ticket


def take(asked: Asked, ticket: Ticket) -> Done:
    services.assign(ticket=ticket, to=asked.user, at=asked.at, by=asked.by)
    return f"{ticket.name} is yours.", ticket


def set_priority(asked: Asked, ticket: Ticket) -> Done:
    because = read_words(asked, "decided", "The reason", is_needed=False)
    services.set_priority(ticket=ticket, priority=asked.sent("priority"), by=asked.by, because=because, at=asked.at)
    return f"{ticket.name} is {ticket.priority or asked.sent('priority')} now.", ticket


def weigh(asked: Asked, ticket: Ticket) -> Done:
    impact, _, urgency = asked.sent("weight").partition("/")
    because = read_words(asked, "weighed", "The reason", is_needed=False)
    services.weigh(ticket=ticket, impact=impact, urgency=urgency, by=asked.by, because=because, at=asked.at)
    return f"{ticket.name} is weighed anew.", ticket


def set_topic(asked: Asked, ticket: Ticket) -> Done:
    services.set_topic(ticket=ticket, topic=asked.sent("topic"), by=asked.by, at=asked.at)
    return f"{ticket.name} is about {asked.sent('topic')}.", ticket


def set_tags(asked: Asked, ticket: Ticket) -> Done:
    services.set_tags(ticket=ticket, names=asked.sent("tags").replace(",", " ").split())
    return f"The tags of {ticket.name} are changed.", ticket


def start_work(asked: Asked, ticket: Ticket) -> Done:
    services.start_work(ticket=ticket, by=asked.by, at=asked.at)
    return f"Work on {ticket.name} has begun.", ticket


def complete_information(asked: Asked, ticket: Ticket) -> Done:
    services.complete_information(ticket=ticket, by=asked.by, at=asked.at)
    return f"All that {ticket.name} needs has come.", ticket


def identify_fault(asked: Asked, ticket: Ticket) -> Done:
    services.identify_fault(ticket=ticket, by=asked.by, at=asked.at)
    return f"The fault of {ticket.name} is found.", ticket


def resolve(asked: Asked, ticket: Ticket) -> Done:
    because = read_words(asked, "resolved", "What settled it")
    with transaction.atomic():
        services.resolve(ticket=ticket, by=asked.by, because=because, at=asked.at)
        if asked.sent("tell") == "yes":
            words = f"We hold {ticket.name} settled: {because}\n\nIf it is not, answer this and it goes on."
            services.write_automatic(ticket=ticket, said=services.Said(words), at=asked.at)
    return f"{ticket.name} is resolved{'; the customer is told' if asked.sent('tell') == 'yes' else ''}.", ticket


def reopen(asked: Asked, ticket: Ticket) -> Done:
    because = read_words(asked, "reopened", "The reason")
    services.reopen(ticket=ticket, by=asked.by, because=because, at=asked.at)
    return f"{ticket.name} goes on.", ticket


def wait(asked: Asked, ticket: Ticket) -> Done:
    whom, evidence = asked.sent("waits"), read_words(asked, "evidence", "The reference", is_needed=False)
    until = None
    if asked.sent("until"):
        assert ticket.agreement is not None
        try:
            until = read_time(asked.sent("until"), {"": zone_of(ticket.agreement)})
        except NotATime as problem:
            raise Wrong("until", str(problem)) from None
    chosen = asked.sent("asked")
    asked_in = next((one for one in messages_of(ticket) if str(one.number) == chosen), None)
    is_cause = whom.startswith(CAUSE)
    try:
        hold = services.open_hold(
            ticket=ticket, by=asked.by, at=asked.at, waiting_for="" if is_cause else whom, evidence=evidence,
            asked_in=asked_in, cause=whom.removeprefix(CAUSE) if is_cause else "", until_at=until,
        )  # fmt: skip
    except services.CannotDo as problem:
        raise Wrong("evidence" if "needs a reference" in str(problem) else "waits", capitalise(problem)) from None
    return f"{ticket.name} {say_wait(hold.waiting_for, hold.cause)}.", ticket


def go_on(asked: Asked, ticket: Ticket) -> Done:
    number = asked.sent("hold")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Wrong("hold", "Name one of the waits on the page")
    because = read_words(asked, "came", "What came")
    services.close_hold(hold=read_hold(ticket, int(number)), because=because, by=asked.by, at=asked.at)
    return f"{ticket.name} goes on.", ticket


def waive(asked: Asked, ticket: Ticket) -> Done:
    message = find_message(asked, ticket, "thanks")
    services.waive(message=message, because=read_words(asked, "needless", "The reason"), by=asked.by, at=asked.at)
    ticket.refresh_from_db()
    again = "" if ticket.is_open else f"; {ticket.name} is settled"
    return f"Message {message.number} of {ticket.name} needs no answer{again}.", ticket


def split(asked: Asked, ticket: Ticket) -> Done:
    message = find_message(asked, ticket, "message")
    made = services.split(message=message, subject=read_words(asked, "subject", "The subject"), by=asked.by, at=asked.at)
    return f"{made.name} was made of message {message.number} of {ticket.name}.", made


def link(asked: Asked, ticket: Ticket) -> Done:
    other, about = find_other(asked, "other"), asked.sent("about")
    if about not in ("related", "duplicate", "follows"):
        raise Wrong("about", "Say how the two have to do with each other")
    services.link(one=ticket, other=other, about=about, by=asked.by, at=asked.at)
    return f"{ticket.name} and {other.name} are linked.", ticket


def merge(asked: Asked, ticket: Ticket) -> Done:
    into = find_other(asked, "into")
    services.merge(ticket=ticket, into=into, by=asked.by, at=asked.at)
    return f"{ticket.name} is part of {into.name} now, which goes on for both.", into


def decide(asked: Asked, ticket: Ticket) -> Done:
    outcome = asked.sent("outcome")
    if outcome not in ("accepted", "refused"):
        raise Wrong("outcome", "Say whether the customer is right")
    decide_dispute(
        ticket=ticket, is_accepted=outcome == "accepted", because=read_message(asked, "why"), by=asked.by,
        shown_as=asked.user.name, at=asked.at,
    )  # fmt: skip
    return f"The dispute is {outcome}; the customer reads why.", ticket


DEEDS: dict[str, tuple[str, Callable[[Asked, Ticket], Done]]] = {
    "reply": ("reply", reply), "note": ("note", note), "adopt": ("agreement", adopt), "assign": ("assignee", assign),
    "take": ("", take),
    "priority": ("priority", set_priority), "topic": ("topic", set_topic), "tags": ("tags", set_tags),
    "work": ("", start_work), "information": ("", complete_information), "fault": ("", identify_fault),
    "resolve": ("resolved", resolve), "reopen": ("reopened", reopen), "hold": ("waits", wait), "go-on": ("hold", go_on),
    "waive": ("thanks", waive), "split": ("message", split), "link": ("other", link), "merge": ("into", merge),
    "decide": ("why", decide), "weigh": ("weight", weigh),
}  # fmt: skip
"""Each deed with the field at which its refusal stands."""
