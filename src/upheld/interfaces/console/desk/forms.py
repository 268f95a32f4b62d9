"""What may be done with a ticket: each deed with its questions, as they were answered last where something was wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from upheld.apps.agreements.queries import list_agreements
from upheld.apps.desk.queries import holds_of, list_macros, macro, messages_of, tags_of
from upheld.apps.desk.queries.disputes import is_dispute
from upheld.apps.desk.services import fill_in
from upheld.apps.desk.services.holding import THIRD_PARTY
from upheld.apps.parties.queries import is_staff, list_users
from upheld.core.terms import Terms
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.shown.due import Ticket, name_clock
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.contexts.tickets import Answering
from upheld.pages.words.facts_of_desk import say_wait

BESIDES = (
    Choice("", "nothing besides an answer"), Choice("ETA", "when it will be settled"), Choice("update", "an update"),
    Choice("update,ETA", "an update, and when it will be settled"), Choice("confirmation", "a confirmation"),
    Choice("question", "a question to the customer"),
)  # fmt: skip
THEN = (
    Choice("", "the ticket goes on"), Choice("wait", "it waits for the customer"), Choice("resolve", "it is resolved"),
)  # fmt: skip
"""What becomes of a ticket once it is answered."""
ABOUT = (Choice("related", "has to do with"), Choice("duplicate", "is the same as"), Choice("follows", "follows"))
"""How one ticket has to do with another."""
OUTCOMES = (Choice("", "choose one"), Choice("accepted", "right"), Choice("refused", "not right"))
TELLING = (Choice("yes", "yes, with what settled it"), Choice("no", "no, they know it"))
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Trouble:
    """A deed that was refused: what was wrong, and what stood in its fields."""

    deed: str = ""
    problems: tuple[Problem, ...] = ()
    sent: dict[str, str] = field(default_factory=dict)

    def on(self, deed: str) -> tuple[Problem, ...]:
        return self.problems if self.deed == deed else ()

    def value(self, name: str, otherwise: str = "") -> str:
        return self.sent.get(name, otherwise)


NO_TROUBLE = Trouble()


def make_answering(asked: Asked, ticket: Ticket, stopped: tuple[str, tuple[str, ...]], trouble: Trouble) -> Answering:
    """
    The answer, with the text of a macro where one was chosen, and the note beside it. `stopped` is what an answer does to
    the clocks, with the clauses.
    """
    chosen = asked.query("macro")
    found = macro(chosen) if chosen else None
    text = fill_in(found, list_words(asked, ticket)) if found else ""
    whom = ticket.requester.name if ticket.requester else ticket.address or "the customer"
    is_answer = found is None or found.is_public
    url = asked.url_of("ticket-deed", ticket.name, "reply")
    return Answering(
        form=Form(
            url=url, deed=f"Send reply to {'the customer' if ticket.agreement else whom}",
            not_done="Nothing was sent.", problems=trouble.on("reply"), hidden=(("seen", str(last_of(ticket))),),
            fields=(
                Field(name="reply", label="Your reply", kind="long",
                      value=trouble.value("reply", text if is_answer else "")),
                Field(name="says", label="It holds", choices=BESIDES, is_list=True,
                      value=trouble.value("says", ",".join(found.says) if found and is_answer else "")),
                *list_following(ticket, found if is_answer else None, trouble),
                Field(name="files", label="Files", kind="file", is_needed=False),
            ),
        ),
        whom=whom,
        says=f"Sent to {whom} now. {stopped[0]}".strip(),
        clauses=stopped[1],
        macros=pick_macro(chosen),
        macros_url=asked.url_of("ticket", ticket.name),
        note=Form(
            url=asked.url_of("ticket-deed", ticket.name, "note"), deed="Keep this note", not_done="The note was not kept.",
            problems=trouble.on("note"),
            fields=(
                Field(name="note", label="Note", kind="long", value=trouble.value("note", text if not is_answer else "")),
                Field(name="note-files", label="Files", kind="file", is_needed=False),
            ),
        ),
        writes_url=f"{asked.url_of('ticket-others', ticket.name)}?writes=1",
    )  # fmt: skip


def list_following(ticket: Ticket, found: Any, trouble: Trouble) -> Iterator[Field]:
    """What follows the answer, on a ticket that is open; tags where the macro brings some."""
    if not ticket.is_held and ticket.is_open:
        value = trouble.value("then", found.then if found else "")
        yield Field(name="then", label="Then", choices=THEN, is_list=True, value=value)
    if tags := trouble.value("add-tags", " ".join(found.tags) if found else ""):
        yield Field(name="add-tags", label="Tags besides its own", is_needed=False, value=tags)


def last_of(ticket: Ticket) -> int:
    """The number of the last message: whoever answers has seen so far."""
    return max((one.number for one in messages_of(ticket)), default=0)


def pick_macro(chosen: str) -> Field | None:
    macros = list_macros()
    if not macros:
        return None
    choices = (Choice("", "none"), *(Choice(one.name, one.name) for one in macros))
    return Field(name="macro", label="Begin from a macro", value=chosen, choices=choices, is_list=True)


def list_words(asked: Asked, ticket: Ticket) -> dict[str, str]:
    """What fills the blanks of a macro for this ticket."""
    first = next((one.shown_as for one in messages_of(ticket) if one.author == "customer"), "")
    return {
        "customer": ticket.customer.name if ticket.customer else "",
        "requester": ticket.requester.name if ticket.requester else first,
        "ticket": ticket.name,
        "subject": ticket.subject,
        "priority": ticket.priority,
        "me": asked.user.name,
    }


def list_forms(asked: Asked, ticket: Ticket, terms: Terms | None, trouble: Trouble) -> tuple[Form, ...]:
    """What follows from where the ticket stands, the likeliest first."""
    naming = name_for(asked, ticket.agreement) if ticket.agreement else None
    forms = [*list_begun(asked, ticket), *list_decisions(ticket, terms, trouble), *list_waits(ticket, terms, trouble),
             *list_ties(ticket, trouble)]  # fmt: skip
    return tuple(dress(asked, ticket, deed, words, fields, naming, trouble) for deed, words, fields in forms)


Deed = tuple[str, str, tuple[Field, ...]]


def dress(
    asked: Asked, ticket: Ticket, deed: str, words: str, fields: tuple[Field, ...], naming: AgreementName | None,
    trouble: Trouble,
) -> Form:  # fmt: skip
    return Form(
        url=asked.url_of("ticket-deed", ticket.name, deed), deed=words, fields=fields, agreement=naming,
        not_done="This was not done.", problems=trouble.on(deed),
    )  # fmt: skip


def list_begun(asked: Asked, ticket: Ticket) -> Iterator[Deed]:
    """Deeds that ask nothing more."""
    if ticket.is_open and ticket.assignee_id != asked.user.pk:
        yield "take", "Take it", ()
    if ticket.is_held or not ticket.is_open:
        return
    yield "work", "Work has begun", ()
    yield "information", "All information has come", ()
    yield "fault", "The fault is found", ()


def list_staff() -> tuple[Choice, ...]:
    """Whose a ticket may be."""
    return (Choice("", "nobody"), *(Choice(str(one.pk), one.name) for one in list_users() if is_staff(one)))


def list_decisions(ticket: Ticket, terms: Terms | None, trouble: Trouble) -> Iterator[Deed]:
    if ticket.is_held:
        keys = tuple(Choice(one.key, one.key) for one in list_agreements())
        yield "adopt", "Say whose it is", (pick("agreement", "Agreement", keys, trouble.value("agreement")),)
    mine = str(ticket.assignee_id or "")
    whose = pick("assignee", "Who works on it", list_staff(), trouble.value("assignee", mine))
    yield "assign", "Give it to somebody", (whose,)
    if terms is not None and ticket.is_open:
        yield from list_terms(ticket, terms, trouble)
    tags = Field(name="tags", label="Tags, with spaces between them", is_needed=False,
                 value=trouble.value("tags", " ".join(tags_of(ticket))))  # fmt: skip
    yield "tags", "Change the tags", (tags,)
    if ticket.is_open and is_dispute(ticket):
        yield "decide", "Decide the dispute", (
            pick("outcome", "The customer is", OUTCOMES, trouble.value("outcome")),
            Field(name="why", label="Because, as the customer reads it", kind="long", value=trouble.value("why")),
        )  # fmt: skip
    if ticket.is_open:
        because = Field(name="resolved", label="What settled it", value=trouble.value("resolved"))
        yield "resolve", "Resolve it", (because, pick("tell", "Tell the customer so", TELLING, trouble.value("tell", "yes")))
    else:
        because = Field(name="reopened", label="Why it is not settled", value=trouble.value("reopened"))
        yield "reopen", "Open it again", (because,)


def list_terms(ticket: Ticket, terms: Terms, trouble: Trouble) -> Iterator[Deed]:
    """What the agreement has words for: priorities and topics, each with its clauses."""
    if terms.desk.priorities:
        known = tuple(Choice(one.name, one.name) for one in terms.desk.priorities.values())
        wished = f"The customer wished {ticket.wish}." if ticket.wish else "The customer wished none."
        is_theirs = terms.desk.set_by.value == "customer"
        because = "How the customer told you" if is_theirs else "Because"
        yield "priority", "Set the priority, as the customer says" if is_theirs else "Set the priority", (
            Field(name="priority", label="Priority", value=trouble.value("priority", ticket.priority or ticket.wish),
                  choices=known, is_list=True, hint=wished, clauses=terms.desk.set_by.clauses),
            Field(name="decided", label=because, value=trouble.value("decided"), is_needed=is_theirs),
        )  # fmt: skip
    if terms.desk.matrix:
        yield "weigh", "Weigh it anew", (
            Field(name="weight", label="Impact and urgency", choices=list_weights(terms), is_list=True,
                  value=trouble.value("weight", f"{ticket.impact}/{ticket.urgency}"), clauses=terms.desk.matrix_clauses),
            Field(name="weighed", label="Because", value=trouble.value("weighed"), is_needed=False),
        )  # fmt: skip
    if terms.desk.topics:
        topics = tuple(
            Choice(one.name, f"{name_clock(one.name)}{'' if one.covered.value else ', not covered'}")
            for one in terms.desk.topics.values()
        )
        yield "topic", "Say what it is about", (pick("topic", "Topic", topics, trouble.value("topic", ticket.topic)),)


def list_weights(terms: Terms) -> tuple[Choice, ...]:
    """Every pair of the agreement's matrix with the priority that it gives."""
    return tuple(
        Choice(f"{impact}/{urgency}", f"{impact}, {urgency}: {priority}")
        for impact, row in terms.desk.matrix.items()
        for urgency, priority in row.items()
    )


def list_waits(ticket: Ticket, terms: Terms | None, trouble: Trouble) -> Iterator[Deed]:
    """Waiting needs what proves it; each wait that is open can be ended."""
    if ticket.is_held or not ticket.is_open:
        return
    causes = tuple(Choice(f"cause {name}", f"cause {name_clock(name)}") for name in (terms.causes if terms else {}))
    whom = (Choice("customer", "the customer"), Choice(THIRD_PARTY, "a third party"), *causes)
    asked_in = list_messages([one for one in messages_of(ticket) if one.is_public and one.author == "person"])
    yield "hold", "Let it wait", (
        pick("waits", "For", whom, trouble.value("waits", "customer")),
        pick("asked", "Public message that asked", (Choice("", "none"), *asked_in), trouble.value("asked")),
        Field(name="evidence", label="Reference of their ticket", note="for anybody but the customer", is_needed=False,
              value=trouble.value("evidence")),
        Field(name="until", label="Agreed date", is_needed=False, value=trouble.value("until"),
              example="Thu 3 Sep 2026 16:00 UTC"),
    )  # fmt: skip
    open_holds = [one for one in holds_of(ticket) if one.closed_at is None]
    if open_holds:
        which = tuple(Choice(str(one.number), f"{one.number}: {say_wait(one.waiting_for, one.cause)}") for one in open_holds)
        yield "go-on", "End a wait", (
            pick("hold", "Which", which, trouble.value("hold")),
            Field(name="came", label="What came", value=trouble.value("came")),
        )  # fmt: skip


def list_ties(ticket: Ticket, trouble: Trouble) -> Iterator[Deed]:
    """Other tickets, and single messages."""
    theirs = [one for one in messages_of(ticket) if one.author == "customer"]
    unanswered, later = list_messages([one for one in theirs if not one.waived_because]), list_messages(theirs[1:])
    if unanswered:
        yield "waive", "A message needs no answer", (
            pick("thanks", "Message", unanswered, trouble.value("thanks")),
            Field(name="needless", label="Because", value=trouble.value("needless")),
        )  # fmt: skip
    if later:
        yield "split", "Make a ticket of a message", (
            pick("message", "Message", later, trouble.value("message")),
            Field(name="subject", label="Subject of the new ticket", value=trouble.value("subject")),
        )  # fmt: skip
    yield "link", "Link it with another ticket", (
        pick("about", f"{ticket.name}", ABOUT, trouble.value("about", "related")),
        Field(name="other", label="The other ticket", value=trouble.value("other"), example="T-7"),
    )  # fmt: skip
    if ticket.is_open:
        into = Field(name="into", label="The ticket that goes on for both", value=trouble.value("into"), example="T-7")
        yield "merge", "Merge it into another ticket", (into,)


def list_messages(messages: Sequence[Any]) -> tuple[Choice, ...]:
    return tuple(Choice(str(one.number), f"{one.number}: {shorten(one.text)}") for one in messages)


def pick(name: str, label: str, choices: tuple[Choice, ...], value: str = "") -> Field:
    return Field(name=name, label=label, value=value, choices=choices, is_list=True)


def shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
