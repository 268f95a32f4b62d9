"""Templates of tickets: everybody of the provider begins from them, an administrator writes them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from upheld.apps.desk import services
from upheld.apps.desk.queries import KINDS, list_templates
from upheld.apps.desk.queries import template as read_template
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.apps.parties.queries import is_administrator
from upheld.core.terms.desk import HelpDesk
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import say_person
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, say_count

FIELDS = ("name", "kind", "topic", "impact", "urgency", "subject", "text", "tags", "offered")
OFFERED = (Choice("", "our people alone"), Choice("yes", "our people, and customers in the portal"))
NONE = "A template is a report that comes often: whoever opens such a ticket finds it filled in."
WHO_MAY = "An administrator writes templates; you begin from them where you open a ticket."


def show_templates(asked: Asked) -> WorkPage:
    chosen = asked.query("template")
    return make_page(asked, tell_sent(read_template(chosen)) if chosen else {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    kept, may = list_templates(), is_administrator(asked.user) and not asked.is_past
    return WorkPage(
        as_of=asked.as_of,
        answer=capitalise(f"{say_count(len(kept), 'template is', 'templates are')} kept"),
        way=(Link("Desk", asked.url_of("desk")), Link("Templates")),
        deeds=(Link("Open a ticket for a customer", asked.url_of("ticket-open")),),
        sections=(
            Section(
                anchor="kept", heading="What a ticket begins with", empty=NONE,
                entries=tuple(tell_template(asked, one, may=may) for one in kept),
            ),
            Section(
                anchor="write", heading="Write a template", says="" if may else WHO_MAY,
                form=make_form(asked, sent, problems) if may else None,
            ),
        ),
    )  # fmt: skip


def tell_template(asked: Asked, one: Any, *, may: bool) -> Entry:
    weighed = (("topic", one.topic), ("impact", one.impact), ("urgency", one.urgency), ("tags", " ".join(one.tags)))
    said = [KINDS[one.kind], *(f"{what} {words}" for what, words in weighed if words)]
    removing = Form(url=asked.url_of("template-remove"), deed="Remove", fields=(), hidden=(("template", one.name),))
    change = Link("Change", f"{asked.url_of('templates')}?{urlencode({'template': one.name})}#write")
    return Entry(
        words=one.name,
        says=(
            one.subject, f"{'; '.join(said)}.",
            f"For {OFFERED[one.is_offered].words}. By {say_person(one.by)}.",
        ),
        links=(change,) if may else (), deeds=(removing,) if may else (),
    )  # fmt: skip


def tell_sent(one: Any) -> dict[str, str]:
    """A template as its form would send it."""
    return {**services.begin(one, {}), "name": one.name, "offered": "yes" if one.is_offered else ""}


def make_form(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    blanks = " and ".join(f"{{{one}}}" for one in services.BLANKS_AT_OPENING)
    kinds = tuple(Choice(name, words) for name, words in KINDS.items())
    return Form(
        url=asked.url_of("templates"), deed="Keep this template", not_done="The template was not kept.", problems=problems,
        fields=(
            Field(name="name", label="Name", value=sent.get("name", ""), example="Access for a new colleague",
                  hint="One that is there gets the new words."),
            Field(name="offered", label="Who begins from it", value=sent.get("offered", ""), choices=OFFERED),
            Field(name="kind", label="Kind", value=sent.get("kind", "incident"), choices=kinds, is_list=True),
            *list_words(asked, sent),
            Field(name="subject", label="Subject", value=sent.get("subject", "")),
            Field(name="text", label="Text", kind="long", value=sent.get("text", ""), is_needed=False,
                  hint=f"Filled in, as in the subject: {blanks}, who opens the ticket."),
            Field(name="tags", label="Tags that its ticket gets", value=sent.get("tags", ""), is_needed=False,
                  example="access shop"),
        ),
    )  # fmt: skip


def list_words(asked: Asked, sent: dict[str, str]) -> Iterator[Field]:
    """Topic, impact and urgency, each where some agreement has a word for it."""
    desks = list(list_desks(asked))
    rows = [(impact, row) for desk in desks for impact, row in desk.matrix.items()]
    known = {
        "topic": {name for desk in desks for name in desk.topics},
        "impact": {impact for impact, _ in rows},
        "urgency": {urgency for _, row in rows for urgency in row},
    }
    for name, words in known.items():
        value = sent.get(name, "")
        if words or value:
            choices = (Choice("", "not said"), *(Choice(one, one) for one in sorted({*words, value} - {""})))
            hint = "Left out under an agreement that does not know it."
            yield Field(name=name, label=name.capitalize(), value=value, choices=choices, is_list=True, hint=hint)


def list_desks(asked: Asked) -> Iterator[HelpDesk]:
    for agreement in asked.agreements():
        try:
            yield terms_of(agreement, asked.as_of).desk
        except CannotJudge:
            continue


def save(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in FIELDS}
    if too_long := explain_length("The text", sent["text"]):
        return answer(asked, make_page(asked, sent, (Problem("text", too_long),)), status=422)
    try:
        kept = services.save_template(
            **{name: sent[name] for name in FIELDS if name not in ("tags", "offered")},
            tags=sent["tags"].replace(",", " ").split(), is_offered=sent["offered"] == "yes", by=asked.by, at=asked.at,
        )  # fmt: skip
    except services.CannotDo as problem:
        words = capitalise(problem)
        return answer(asked, make_page(asked, sent, (Problem(find_field(words), words),)), status=422)
    leave_toast(asked, f"The template {kept.name} is kept.")
    return to("templates")


REFUSED = {
    "name": "the name", "subject": "the subject", "topic": "the topic", "impact": "the impact", "urgency": "the urgency",
    "kind": "kind", "tags": "tag",
}  # fmt: skip


def find_field(words: str) -> str:
    """The field that a refusal is about."""
    return next((field for field, said in REFUSED.items() if said in words.lower()), "text")


def remove(asked: Asked) -> Answer:
    found = read_template(asked.sent("template"))
    services.remove_template(template=found)
    leave_toast(asked, f"The template {found.name} is offered no more.")
    return to("templates")


def choose_template(chosen: str) -> Field | None:
    """The templates to begin a ticket from; nothing where none is kept."""
    kept = tuple(Choice(one.name, one.name) for one in list_templates())
    if not kept:
        return None
    choices = (Choice("", "none"), *kept)
    return Field(name="template", label="Begin from a template", value=chosen, choices=choices, is_list=True)


def fill_opening(asked: Asked, name: str, customer: str) -> dict[str, str]:
    """The fields of a form of opening as a template fills them in; none without one. Raises UnknownTemplate."""
    if not name:
        return {}
    begun = services.begin(read_template(name), {"customer": customer, "me": asked.user.name})
    return {**begun, "template": name}
