"""People: who may sign in, and as what."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from upheld.apps.parties import services
from upheld.apps.parties.queries import customer, is_administrator, list_customers, list_users
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import BadAsking
from upheld.interfaces.console.setting_up import list_invalid
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.people import PeoplePage, PersonRow
from upheld.pages.words import capitalise

ROLES = (
    Choice("staff", "Staff", hint="sees the console, plans work, assigns causes, issues statements"),
    Choice("administrator", "Administrator", hint="and names the people"),
    Choice("customer", "A customer’s person", hint="sees nothing of the console"),
)
WHO_MAY = "An administrator adds people and closes their access."


def show_people(asked: Asked) -> PeoplePage:
    return make_people_page(asked, {})


def make_people_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> PeoplePage:
    may = is_administrator(asked.user) and not asked.is_past
    rows = tuple(
        PersonRow(
            name=user.name,
            email=user.email,
            role=str(user.get_role_display()),
            customer=user.customer.name if user.customer else "",
            may_sign_in=user.is_active,
            has_password=user.has_usable_password(),
            deed=make_closing(user.pk) if may and user.is_active and user.pk != asked.user.pk else None,
        )
        for user in list_users()
    )
    return PeoplePage(
        as_of=asked.as_of, rows=rows, form=make_form(sent, problems) if may else None, who_may="" if may else WHO_MAY,
        second=Link("What needs two persons, or erase somebody", reverse("approvals")),
    )  # fmt: skip


def make_closing(person: int) -> Form:
    return Form(url=reverse("close-access"), deed="Close access", fields=(), hidden=(("person", str(person)),))


def make_form(sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    customers = tuple(Choice(one.slug, one.name) for one in list_customers())
    return Form(
        url=reverse("people"),
        deed="Add this person",
        not_done="Nobody was added.",
        problems=problems,
        fields=(
            Field(name="person", label="Name", value=sent.get("person", ""), autocomplete="off"),
            Field(name="email", label="E-mail address", kind="email", value=sent.get("email", ""), autocomplete="off"),
            Field(name="role", label="Role", value=sent.get("role", "staff"), choices=ROLES),
            Field(name="customer", label="Customer, for a customer’s person", value=sent.get("customer", ""), is_list=True,
                  is_needed=False, choices=(Choice("", "none"), *customers)),
            Field(name="password", label="First password", kind="password", autocomplete="new-password",
                  hint="At least 12 characters. Tell it to the person by another way."),
        ),
    )  # fmt: skip


def add(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("person", "email", "role", "customer")}
    problems = []
    if sent["role"] not in {role.value for role in ROLES}:
        problems.append(Problem("role", f"A role is staff, administrator or customer; came {sent['role'] or 'nothing'!r}"))
    elif (sent["role"] == "customer") != bool(sent["customer"]):
        problems.append(Problem("customer", "A customer’s person belongs to a customer, and nobody else does"))
    if not sent["person"]:
        problems.append(Problem("person", "The name is missing: pages show it beside what was done"))
    if not problems:
        try:
            user = services.add_user(
                email=sent["email"], name=sent["person"], role=sent["role"], password=asked.request.POST.get("password", ""),
                at=asked.at, customer=customer(sent["customer"]) if sent["customer"] else None,
            )  # fmt: skip
        except services.AddressTaken as problem:
            problems.append(Problem("email", capitalise(problem)))
        except ValidationError as problem:
            problems += list_invalid(problem)
        else:
            leave_toast(asked, f"{user.name} may sign in now.")
            return to("people")
    return answer(asked, make_people_page(asked, sent, tuple(problems)), status=422)


def close_access(asked: Asked) -> Answer:
    """The person may not sign in any more; nobody closes their own door."""
    found = next((user for user in list_users() if str(user.pk) == asked.sent("person")), None)
    if found is None or found.pk == asked.user.pk:
        raise BadAsking("Nobody’s access was closed", "Name one of the people on the page, and not yourself.")
    services.close_access(user=found)
    leave_toast(asked, f"{found.name} may not sign in any more.")
    return to("people")
