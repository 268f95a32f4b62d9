"""The forms of work on a ticket: what is asked, with what was typed last where something was wrong."""

from typing import Any, Protocol

from upheld.apps.desk.queries import chargeable, is_quoted, misuse_charges, name_in_agreement, quotes_of
from upheld.apps.parties.queries import users_of
from upheld.core.terms import Terms
from upheld.doors.asking import Asked
from upheld.doors.shown.due import Ticket
from upheld.doors.written_times import EXAMPLE, write_time
from upheld.interfaces.console.desk.forms import Trouble
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form

WORK_FIELDS = ("charge", "from", "minutes", "quote", "words")
CUSTOMER = "the customer"


class Room(Protocol):
    """What a form needs to know of the ticket."""

    @property
    def ticket(self) -> Ticket: ...

    @property
    def terms(self) -> Terms: ...

    @property
    def naming(self) -> AgreementName: ...

    @property
    def trouble(self) -> Trouble: ...


def dress(asked: Asked, room: Room, deed: str, words: str, *fields: Field, hidden: tuple[tuple[str, str], ...] = ()) -> Form:
    return Form(
        url=asked.url_of("ticket-work-deed", room.ticket.name, deed), deed=words, fields=fields, hidden=hidden,
        agreement=room.naming, not_done="This was not done.", problems=room.trouble.on(deed),
    )  # fmt: skip


def pick(name: str, label: str, choices: tuple[Choice, ...], value: str, hint: str = "") -> Field:
    return Field(name=name, label=label, choices=choices, is_list=True, value=value, hint=hint)


def ask_from(asked: Asked, room: Room, deed: str, name: str = "from") -> Field:
    typed = room.trouble.value(name) if room.trouble.deed == deed else ""
    return Field(name=name, label="Began", value=typed, example=write_time(asked.at, room.naming.zone))


def value_of(room: Room, deed: str, name: str) -> str:
    return room.trouble.value(name) if room.trouble.deed in (deed, "keep") else ""


def work_form(asked: Asked, room: Room) -> Form | None:
    """First what it costs, then whether it is kept. None where the agreement charges nothing."""
    offers = chargeable(room.ticket.agreement, asked.as_of)
    if not offers:
        return None
    charges = tuple(Choice(one.name, f"{one.name}: {one.why.words.partition(': ')[2]}") for one in offers)
    quotes = tuple(Choice(one.name, f"{one.name} {one.charge}") for one in quotes_of(room.ticket) if one.accepted_at)
    fields = [
        pick("charge", "For what", charges, value_of(room, "cost", "charge")),
        ask_from(asked, room, "cost"),
        Field(name="minutes", label="Minutes", value=value_of(room, "cost", "minutes"), example="25"),
    ]
    if quotes:
        fields.append(pick("quote", "Quote", (Choice("", "none"), *quotes), value_of(room, "cost", "quote")))
    fields.append(Field(name="words", label="What was done", is_needed=False, value=value_of(room, "cost", "words")))
    return dress(asked, room, "cost", "Show what it costs", *fields)


def keep_form(asked: Asked, room: Room) -> Form:
    """What was shown is kept as it was typed."""
    return dress(
        asked, room, "keep", "Keep this work", hidden=tuple((name, room.trouble.value(name)) for name in WORK_FIELDS)
    )


def quote_form(asked: Asked, room: Room) -> Form | None:
    """None where the agreement leaves no price to a quote."""
    names = [name for name in (*room.terms.fees.charges, *room.terms.fees.topics) if is_quoted(room.terms, name)]
    if not names:
        return None
    currency = room.terms.fees.invoicing.currency if room.terms.fees.invoicing else room.terms.currency or "EUR"
    return dress(
        asked, room, "quote", "Name this price",
        pick("charge", "For what", tuple(Choice(name, name) for name in names), value_of(room, "quote", "charge")),
        Field(name="amount", label="Price", value=value_of(room, "quote", "amount"), example=f"{currency} 240.00"),
        Field(name="words", label="What is done for it", kind="long", value=value_of(room, "quote", "words")),
    )  # fmt: skip


def misuse_form(asked: Asked, room: Room) -> Form | None:
    """None where the agreement charges for nothing of the kind."""
    offers = misuse_charges(room.ticket.agreement, asked.as_of)
    if not offers:
        return None
    clauses = tuple(dict.fromkeys(clause for one in offers for clause in (one.charge.clauses if one.charge else ())))
    choices = tuple(Choice(one.name, one.why.words) for one in offers)
    return dress(
        asked, room, "misuse", "Propose this charge",
        pick("charge", "Charge", choices, value_of(room, "misuse", "charge")),
        ask_from(asked, room, "misuse"),
        Field(name="minutes", label="Minutes", value=value_of(room, "misuse", "minutes"), example="20"),
        Field(name="because", label="What was false, or not covered", kind="long", clauses=clauses,
              value=value_of(room, "misuse", "because")),
    )  # fmt: skip


def agree_form(asked: Asked, room: Room, work: Any) -> Form:
    return dress(asked, room, "agree", "Agree to the charge", hidden=(("work", work.name),))


def appointment_form(asked: Asked, room: Room) -> Form:
    return dress(
        asked, room, "propose", "Propose this time",
        Field(name="from", label="From", value=value_of(room, "propose", "from"), example=EXAMPLE),
        Field(name="to", label="To", value=value_of(room, "propose", "to"), example=EXAMPLE),
        Field(name="words", label="What is done then", is_needed=False, value=value_of(room, "propose", "words")),
    )  # fmt: skip


def accept_form(asked: Asked, room: Room, one: Any) -> Form:
    return dress(asked, room, "accept", "Agree to this time", hidden=(("appointment", str(one.number)),))


def decline_form(asked: Asked, room: Room, one: Any) -> Form:
    return dress(asked, room, "decline", "Decline", hidden=(("appointment", str(one.number)),))


def instruction_form(asked: Asked, room: Room) -> Form:
    """Whoever instructs is one of the customer's people, or somebody whom the agreement names."""
    agreement = room.ticket.agreement
    people = {name_in_agreement(agreement, one, asked.as_of): one.name for one in users_of(agreement.customer)}
    for person in list_named(room.terms):
        people.setdefault(person, person)
    people.setdefault(CUSTOMER, "somebody else")
    choices = tuple(Choice(name, words) for name, words in people.items())
    return dress(
        asked, room, "instruct", "Keep this instruction",
        pick("by", "Who instructs", choices, value_of(room, "instruct", "by")),
        Field(name="what", label="What is to be done", kind="long", value=value_of(room, "instruct", "what")),
    )  # fmt: skip


def list_named(terms: Terms) -> tuple[str, ...]:
    rule = terms.besides.instructions
    return () if rule is None else (*(person for person in rule.roles.values() if person), *rule.persons)


def carry_form(asked: Asked, room: Room, one: Any) -> Form:
    return dress(asked, room, "carry-out", "Carried out", hidden=(("instruction", str(one.number)),))
