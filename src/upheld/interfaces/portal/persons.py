"""Who may instruct for the customer: shown to all their people, changed by whoever has the word now."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.duties import services
from upheld.apps.duties.queries import HeldRole, is_authorised, list_roles, ways_of_change
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import is_customers, pseudonym_of, users_of
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.authorising import MAIL, choose_way, pass_word_on
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import NotAllowed
from upheld.pages.contexts.lists import Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import say_instant

NOBODY = "nobody"


def show_persons(asked: Asked) -> Answer:
    return make_page(asked, {})


def list_persons(asked: Asked) -> Iterator[Entry]:
    """Every role of every agreement with who has it."""
    for agreement in asked.agreements():
        try:
            roles = list_roles(agreement, asked.as_of)
        except CannotJudge:
            continue
        yield from (tell_role(asked, agreement, role) for role in roles)


def tell_role(asked: Asked, agreement: Agreement, role: HeldRole) -> Entry:
    name = name_for(asked, agreement)
    who = role.user.name if role.user else role.person or NOBODY
    since = f"since {say_instant(role.since, name.zone, as_of=asked.as_of)}" if role.since else "as agreed"
    lines = lines_of(asked, agreement.key)
    return Entry(
        words=f"{role.role.replace('-', ' ').capitalize()}: {who}",
        says=(f"{name.service}, {since}",),
        clauses=role.clauses,
        agreement=name,
        links=lines.name(role.fact),
    )


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ListPage:
    sections = []
    for agreement in asked.agreements():
        try:
            roles = list_roles(agreement, asked.as_of)
            form = make_form(asked, agreement, roles, sent, problems)
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=agreement.key, empty=f"It cannot be judged: {problem}."))
            continue
        name = name_for(asked, agreement)
        sections.append(
            Section(
                anchor=agreement.key,
                heading=name.service,
                entries=tuple(tell_role(asked, agreement, role) for role in roles),
                says=tell_way(asked, agreement, form) if roles else "",
                empty="This agreement does not say whose word counts: everybody of yours may instruct.",
                form=form,
            )
        )
    named = sum(1 for section in sections for _ in section.entries)
    return ListPage(
        as_of=asked.as_of,
        answer="Who may instruct us for you" if named else "Nobody is named who alone may instruct",
        lede="A change counts from when we receive it. Until then the word of the person before counts.",
        way=(Link("Home", asked.url_of("home")), Link("Who may instruct")),
        sections=tuple(sections),
    )


def may_name(asked: Asked, agreement: Agreement) -> bool:
    """Whoever has the word now may pass it on."""
    return is_customers(asked.user) and not asked.is_past and is_authorised(agreement, asked.user, asked.at)


def tell_way(asked: Asked, agreement: Agreement, form: Form | None) -> str:
    way = choose_way(agreement, asked.at)
    if way is None:
        return f"Your agreement takes a change by {' or '.join(ways_of_change(agreement, asked.at))}, not through this page."
    if form is None:
        return "Whoever is named here may name another person. Our own people record what you tell them otherwise."
    return "Your agreement asks for an e-mail: it is sent to us in your name with this form." if way == MAIL else ""


def make_form(
    asked: Asked, agreement: Agreement, roles: list[HeldRole], sent: dict[str, str], problems: tuple[Problem, ...]
) -> Form | None:
    if not roles or not may_name(asked, agreement) or choose_way(agreement, asked.at) is None:
        return None
    people = [user for user in users_of(agreement.customer) if user.is_active]
    mine = sent.get("agreement", "") == agreement.key
    return Form(
        url=asked.url_of("persons"),
        deed="Name this person",
        not_done="Nobody was named.",
        problems=problems if mine else (),
        hidden=(("agreement", agreement.key),),
        agreement=name_for(asked, agreement),
        fields=(
            Field(
                name="role", label="Role", value=sent.get("role", roles[0].role) if mine else roles[0].role,
                choices=tuple(Choice(role.role, role.role.replace("-", " ")) for role in roles), is_list=len(roles) > 4,
            ),
            Field(
                name="person", label="From now on", value=sent.get("person", "") if mine else "", is_list=True,
                choices=tuple(Choice(pseudonym_of(user), f"{user.name}, {user.email}") for user in people),
                hint="Whoever is not here yet is invited under People first.",
            ),
        ),
    )  # fmt: skip


def name_person(asked: Asked) -> Answer:
    agreement = asked.agreement(asked.sent("agreement"))
    if not may_name(asked, agreement):
        raise NotAllowed("Somebody else names the persons", "Whoever is named now may name another; others may not.")
    sent = {name: asked.sent(name) for name in ("agreement", "role", "person")}
    people = {pseudonym_of(user): user for user in users_of(agreement.customer) if user.is_active}
    if sent["person"] not in people:
        problem = Problem("person", "Choose one of your people; whoever is not here yet is invited first")
        return answer(asked, make_page(asked, sent, (problem,)), status=422)
    try:
        named = pass_word_on(
            agreement=agreement, role=sent["role"], chosen=people[sent["person"]], user=asked.user, at=asked.at
        )
    except services.CannotName as problem_:
        return answer(asked, make_page(asked, sent, (Problem("role", str(problem_).capitalize()),)), status=422)
    chosen: Any = people[sent["person"]]
    lines = lines_of(asked, agreement.key)
    holds = is_authorised(agreement, chosen, asked.at)
    when = "from now on" if holds else "once we have confirmed it"
    leave_toast(asked, f"{chosen.name} is {sent['role'].replace('-', ' ')} {when}.", lines.link_fact(named))
    return to("portal:persons")
