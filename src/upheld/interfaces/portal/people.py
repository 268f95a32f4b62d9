"""The customer's people: they name themselves, as many as they like; managers invite, change roles, close access."""

from typing import Any

from django.core.exceptions import ValidationError

from upheld.apps.parties import services
from upheld.apps.parties.queries import UnknownParty, may_manage_customer, users_of
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.inviting import invite_again, invite_colleague, waits
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Badge, ColleaguesPage, Entry, Section
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count

ROLES = (
    Choice("manager", "Manager", hint="names the others, besides all that a member may"),
    Choice("member", "Member", hint="files claims, turns switches, asks for what is owed"),
    Choice("reader", "Reader", hint="sees everything, changes nothing"),
)
NAMES = {role.value: role.words for role in ROLES}
FIELDS = {"name": "person", "email": "email"}


def show_people(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ColleaguesPage:
    customer: Any = customer_of(asked)
    people = users_of(customer) if customer else []
    may = may_manage_customer(asked.user) and not asked.is_past
    active = sum(1 for user in people if user.is_active)
    return ColleaguesPage(
        as_of=asked.as_of,
        answer=f"{say_count(active, 'person', 'people')} of yours may sign in",
        sections=(
            Section(anchor="people", heading="People", entries=tuple(tell_person(asked, user, may) for user in people)),
            Section(
                anchor="invite", heading="Invite somebody", form=make_form(asked, sent, problems) if may else None,
                says="They get a mail with a link and choose a password themselves." if may else
                "Your managers invite people, change their roles and close their access.",
            ),
        ),
    )  # fmt: skip


def tell_person(asked: Asked, user: Any, may: bool) -> Entry:
    is_self = user.pk == asked.user.pk
    waiting = waits(user)
    badge = Badge("Access closed", "excluded", "excluded") if not user.is_active else None
    badge = Badge("Invited, has not come yet", "run") if waiting else badge
    return Entry(
        words=f"{user.name}{', you' if is_self else ''}",
        badge=badge,
        says=(f"{user.email}, {NAMES[user.customer_role].lower()}",),
        deeds=tuple(list_deeds(asked, user)) if may and not is_self else (),
    )


def list_deeds(asked: Asked, user: Any) -> list[Form]:
    def make(deed: str, words: str, **more: str) -> Form:
        hidden = (("person", str(user.pk)), *more.items())
        return Form(url=asked.url_of("person", deed), deed=words, fields=(), hidden=hidden)

    if not user.is_active:
        return [make("open", f"Let {user.name} in again")]
    changes = [make("role", f"Make {user.name} a {role}", role=role) for role in NAMES if role != user.customer_role]
    again = [make("invite", f"Send the invitation to {user.name} again")] if waits(user) else []
    return [*again, *changes, make("close", f"Close the access of {user.name}")]


def make_form(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=asked.url_of("people"), deed="Send the invitation", not_done="Nobody was invited.", problems=problems,
        fields=(
            Field(name="person", label="Name", value=sent.get("person", ""), autocomplete="off"),
            Field(name="email", label="E-mail address", kind="email", value=sent.get("email", ""), autocomplete="off"),
            Field(name="role", label="Role", value=sent.get("role", "member"), choices=ROLES),
        ),
    )  # fmt: skip


def invite(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("person", "email", "role")}
    customer: Any = customer_of(asked)
    problems = []
    if sent["role"] not in NAMES:
        problems.append(Problem("role", f"A role is manager, member or reader; came {sent['role'] or 'nothing'!r}"))
    if not sent["person"]:
        problems.append(Problem("person", "The name is missing: pages show it beside what was done"))
    if not problems:
        try:
            user = invite_colleague(
                customer=customer, name=sent["person"], email=sent["email"], role=sent["role"], by=asked.user.name,
                at=asked.at,
            )  # fmt: skip
        except services.AddressTaken as problem:
            problems.append(Problem("email", capitalise(problem)))
        except ValidationError as problem:
            told = problem.message_dict.items() if hasattr(problem, "error_dict") else [("person", problem.messages)]
            problems += [Problem(FIELDS.get(name, name), words) for name, found in told for words in found]
        else:
            leave_toast(asked, f"{user.name} was invited; the mail is on its way to {user.email}.")
            return to("portal:people")
    return answer(asked, make_page(asked, sent, tuple(problems)), status=422)


def change(asked: Asked, deed: str) -> Answer:
    """One step for one person of the same customer; nobody changes themselves."""
    user = find_colleague(asked)
    if deed == "role" and asked.sent("role") in NAMES:
        try:
            services.change_customer_role(user=user, customer_role=asked.sent("role"))
        except services.LastManager as problem:
            raise CannotShow("The role was not changed", f"{problem}.") from None
        told = f"{user.name} is {NAMES[user.customer_role].lower()} from now on."
    elif deed == "close":
        services.close_access(user=user)
        told = f"{user.name} may not sign in any more."
    elif deed == "open":
        services.open_access(user=user)
        told = f"{user.name} may sign in again."
    elif deed == "invite" and waits(user):
        invite_again(user=user, by=asked.user.name, at=asked.at)
        told = f"The invitation is on its way to {user.email} again; the earlier link has ended."
    else:
        raise NotHere()
    leave_toast(asked, told)
    return to("portal:people")


def find_colleague(asked: Asked) -> Any:
    """Another person of the same customer. Raises UnknownParty for anybody else, whether they are there or not."""
    customer: Any = customer_of(asked)
    for user in users_of(customer):
        if str(user.pk) == asked.sent("person") and user.pk != asked.user.pk:
            return user
    raise UnknownParty("nobody else of yours is meant")
