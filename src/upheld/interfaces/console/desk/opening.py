"""Opening a ticket for a customer: who, how pressing, then what the agreement asks before a report, then the ticket."""

from typing import Any

from upheld.apps.agreements.queries import agreement as read_agreement
from upheld.apps.agreements.queries import list_agreements, terms_of
from upheld.apps.desk import services
from upheld.apps.desk.queries import KINDS
from upheld.apps.desk.services.marking import read_tags
from upheld.apps.parties.queries import pseudonym_of, users_of
from upheld.core.terms import Terms
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.due import name_clock
from upheld.interfaces.console.desk.templates import choose_template, fill_opening
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.tickets import FormPage
from upheld.pages.words import capitalise

VERB = "Open a ticket for a customer"
OURS = "ours"
"""In place of a channel: we found it ourselves."""
ASKED = "asked-"
LONGEST_SUBJECT = 500
PAST = "You look from a past instant. Go back to now to open a ticket."


def show_open(asked: Asked) -> FormPage:
    key, chosen = asked.query("agreement"), asked.query("template")
    sent = fill_opening(asked, chosen, read_agreement(key).customer.name if key else "")
    return make_open_page(asked, key, asked.query("priority"), sent)


def make_open_page(
    asked: Asked, key: str, priority: str, sent: dict[str, str], problems: tuple[Problem, ...] = ()
) -> FormPage:
    if asked.is_past:
        raise NotAllowed("A ticket is opened now", PAST)
    agreement = read_agreement(key) if key else None
    terms = terms_of(agreement, asked.as_of) if agreement else None
    known = terms.desk.priorities if terms else {}
    wish = priority if priority in known else ""
    return FormPage(
        as_of=asked.as_of,
        verb=VERB,
        lede="First whose it is and how pressing they say it is: the agreement may ask things before such a report.",
        desk_url=asked.url_of("desk"),
        choose=choose(asked, key, wish, terms, sent),
        form=make_form(asked, agreement, terms, wish, sent, problems) if agreement and terms else None,
        warnings=tuple(f"{wish}: {known[wish].means}." for _ in (1,) if wish and known[wish].means),
    )


def choose(asked: Asked, key: str, wish: str, terms: Terms | None, sent: dict[str, str]) -> Form:
    keys = tuple(Choice(one.key, name_for(asked, one).words) for one in list_agreements())
    fields = [Field(name="agreement", label="Agreement", value=key, choices=keys, is_list=True)]
    if terms and terms.desk.priorities:
        wishes = (Choice("", "none said"), *(Choice(name, name) for name in terms.desk.priorities))
        fields.append(Field(name="priority", label="Priority they wish", value=wish, choices=wishes, is_list=True))
    if templates := choose_template(sent.get("template", "")):
        fields.append(templates)
    return Form(url=asked.url_of("ticket-open"), deed="Go on with these", fields=tuple(fields))


def make_form(
    asked: Asked, agreement: Any, terms: Terms, wish: str, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Form:
    return Form(
        url=asked.url_of("ticket-open"),
        deed="Open the ticket",
        not_done="No ticket was opened.",
        problems=problems,
        hidden=(("agreement", agreement.key), ("priority", wish), *keep_template(sent)),
        agreement=name_for(asked, agreement),
        fields=(
            *list_who(agreement, terms, sent),
            Field(name="subject", label="Subject", value=sent.get("subject", "")),
            Field(name="text", label="What they say", kind="long", value=sent.get("text", "")),
            *list_what(terms, sent),
            *list_tags(sent),
            *list_questions(terms, wish, sent),
            Field(name="files", label="Files", kind="file", is_needed=False),
        ),
    )


def list_who(agreement: Any, terms: Terms, sent: dict[str, str]) -> list[Field]:
    people = (Choice("", "somebody else"), *(Choice(str(one.pk), one.name) for one in users_of(agreement.customer)))
    ways = (
        *(Choice(name, f"the customer, by {name}") for name in terms.desk.channels),
        Choice(OURS, "we found it ourselves"),
    )
    return [
        Field(name="way", label="Who reports it", value=sent.get("way", ""), choices=ways, is_list=True,
              hint="What we found ourselves is received with the customer’s first message; until then it is a note."),
        Field(name="person", label="Who of them", value=sent.get("person", ""), choices=people, is_list=True),
    ]  # fmt: skip


def list_what(terms: Terms, sent: dict[str, str]) -> list[Field]:
    """Kind, topic with its scope, impact and urgency where the agreement makes a priority of them."""
    kinds = tuple(Choice(name, words) for name, words in KINDS.items())
    fields = [Field(name="kind", label="Kind", value=sent.get("kind", "incident"), choices=kinds, is_list=True)]
    if terms.desk.topics:
        said = {True: "", False: ", not covered"}
        topics = tuple(
            Choice(one.name, f"{name_clock(one.name)}{said[one.covered.value]}") for one in terms.desk.topics.values()
        )
        value = sent.get("topic", "")
        fields.append(
            Field(name="topic", label="Topic", value=value, choices=(Choice("", "not said"), *topics), is_list=True)
        )
    if terms.desk.matrix:
        impacts, urgencies = (
            tuple(terms.desk.matrix),
            tuple(dict.fromkeys(u for row in terms.desk.matrix.values() for u in row)),
        )
        for name, known in (("impact", impacts), ("urgency", urgencies)):
            choices = (Choice("", "not told"), *(Choice(one, one) for one in known))
            fields.append(Field(name=name, label=name.capitalize(), value=sent.get(name, ""), choices=choices, is_list=True))
    return fields


def keep_template(sent: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The template that was begun from, so that it stays chosen."""
    return (("template", sent["template"]),) if sent.get("template") else ()


def list_tags(sent: dict[str, str]) -> list[Field]:
    """Those that a template brings."""
    tags = sent.get("tags", "")
    return [Field(name="tags", label="Tags", value=tags, is_needed=False)] if tags else []


def list_questions(terms: Terms, wish: str, sent: dict[str, str]) -> list[Field]:
    """What the agreement asks before such a report, each with its clause."""
    asks = terms.desk.priorities[wish].asks if wish else ()
    return [
        Field(name=f"{ASKED}{place}", label=one.ask, value=sent.get(f"{ASKED}{place}", ""), clauses=one.clauses,
              is_needed=one.must, hint="Asked before such a report." if one.must else "May be left out.")
        for place, one in enumerate(asks)
    ]  # fmt: skip


def open_it(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in asked.request.POST}
    key, wish = sent.get("agreement", ""), sent.get("priority", "")
    agreement = read_agreement(key)
    terms = terms_of(agreement, asked.at)
    try:
        problems = find_problems(terms, wish, sent)
        if not problems:
            ticket = services.open_ticket(
                agreement=agreement, way="portal" if sent["way"] == OURS else sent["way"], at=asked.at,
                report=make_report(asked, terms, wish, sent), sender=make_sender(asked, agreement, sent),
                opened_by="staff" if sent["way"] == OURS else "customer",
            )  # fmt: skip
            leave_toast(asked, f"{ticket.name} is open.")
            return to("ticket", ticket.name)
    except (services.CannotDo, TooMuch) as problem:
        field = "files" if isinstance(problem, TooMuch) else "way"
        problems = (Problem(field, capitalise(problem)),)
    return answer(asked, make_open_page(asked, key, wish, sent, problems), status=422)


def find_problems(terms: Terms, wish: str, sent: dict[str, str]) -> tuple[Problem, ...]:
    found = []
    if sent.get("way") not in {*terms.desk.channels, OURS}:
        found.append(Problem("way", "Say who reports it, by which way"))
    if not sent.get("subject"):
        found.append(Problem("subject", "The subject is missing"))
    for name, most in (("subject", LONGEST_SUBJECT), ("text", 100_000)):
        if too_long := explain_length(f"The {name}", sent.get(name, ""), most=most):
            found.append(Problem(name, too_long))
    if sent.get("kind") not in KINDS:
        found.append(Problem("kind", f"A kind is one of {', '.join(KINDS)}"))
    try:
        read_tags(split_tags(sent))
    except services.CannotDo as problem:
        found.append(Problem("tags", capitalise(problem)))
    for place, one in enumerate(terms.desk.priorities[wish].asks if wish in terms.desk.priorities else ()):
        if one.must and not sent.get(f"{ASKED}{place}"):
            found.append(Problem(f"{ASKED}{place}", f"{', '.join(one.clauses)} asks before such a report: {one.ask}"))
    return tuple(found)


def split_tags(sent: dict[str, str]) -> tuple[str, ...]:
    return tuple(sent.get("tags", "").replace(",", " ").split())


def make_report(asked: Asked, terms: Terms, wish: str, sent: dict[str, str]) -> services.Report:
    asks = terms.desk.priorities[wish].asks if wish in terms.desk.priorities else ()
    told = tuple(
        f"{one.ask.replace(':', ' -')}: {sent[f'{ASKED}{place}']}"
        for place, one in enumerate(asks) if sent.get(f"{ASKED}{place}")
    )  # fmt: skip
    return services.Report(
        subject=sent["subject"], text=sent.get("text", ""), kind=sent["kind"], topic=sent.get("topic", ""), wish=wish,
        impact=sent.get("impact", ""), urgency=sent.get("urgency", ""), told=told, tags=split_tags(sent),
        attached=take_in(asked, "files"),
    )  # fmt: skip


def make_sender(asked: Asked, agreement: Any, sent: dict[str, str]) -> services.Sender:
    """Whoever of the customer's people it is; what we found ourselves is said by whoever of us found it."""
    if sent["way"] == OURS:
        return services.Sender(by=asked.by, shown_as=asked.user.name)
    found = next((one for one in users_of(agreement.customer) if str(one.pk) == sent.get("person")), None)
    if found is None:
        return services.Sender(by="customer", shown_as=agreement.customer.name)
    return services.Sender(by=pseudonym_of(found), shown_as=found.name, user=found, address=found.email)
