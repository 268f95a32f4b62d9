"""A customer's people, who manage themselves; and who of them may instruct."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.duties.queries import is_authorised, list_roles
from upheld.apps.duties.services import CannotName
from upheld.apps.parties import services
from upheld.apps.parties.queries import is_customers, list_customers, may_manage_customer, pseudonym_of, users_of
from upheld.core.timeline import Instant
from upheld.doors.authorising import choose_way, pass_word_on
from upheld.doors.inviting import invite_again, invite_colleague, waits
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, now
from upheld.interfaces.api.fields import InstantTold, Name, Sent, misfit, tidy
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["people"])
Role = Literal["manager", "member", "reader"]
Address = Annotated[str, Field(min_length=3, max_length=254, examples=["lena@customer.example"]), AfterValidator(tidy)]


class ColleagueTold(BaseModel):
    """Somebody of a customer who may sign in. `person` is the name under which facts know them."""

    person: str
    customer: str
    name: str
    email: str
    role: str
    active: bool
    invited: bool = Field(description="True while they were invited and have not come yet.")


class ColleagueSent(Sent):
    """Somebody to be invited: a mail brings a link, by which they choose a password themselves."""

    name: Name
    email: Address
    role: Role = "member"


class RoleSent(Sent):
    """What they may from now on."""

    role: Role


class AuthorisedTold(BaseModel):
    """A role of the agreement and whose word counts in it; `since` is null where it is as agreed at signing."""

    role: str
    person: str
    name: str
    since: InstantTold | None
    clauses: list[str]


class RolesTold(BaseModel):
    """Whose word counts in each role from now on."""

    persons: list[AuthorisedTold]


class AuthorisedSent(Sent):
    """Who has a role of the agreement from now on: the address by which one of your people signs in."""

    role: Name
    email: Address


@router.get("/people", response=list[ColleagueTold], summary="People of a customer")
def list_people(request: HttpRequest) -> list[ColleagueTold]:
    """Of a customer's people their own; for the provider's people every customer's."""
    return [tell_person(user) for user in list_users(asker(request))]


def list_users(person: Any) -> list[Any]:
    customers = [person.customer] if is_customers(person) else list_customers()
    return [user for customer in customers for user in users_of(customer)]


@router.post("/people", response={201: ColleagueTold}, openapi_extra=KEYED, summary="Invite somebody")
def invite(request: HttpRequest, sent: ColleagueSent) -> HttpResponse:
    """By the customer's managers; as many as they like."""
    person = enter(request)

    def deed(at: Instant) -> ColleagueTold:
        try:
            return tell_person(
                invite_colleague(
                    customer=person.customer, name=sent.name, email=sent.email, role=sent.role, by=person.name, at=at
                )
            )
        except services.AddressTaken as problem:
            raise Problem(problems.NOT_NOW, str(problem)) from None
        except ValidationError as problem:
            raise misfit("email", "; ".join(problem.messages), sent.email) from None

    return do_once(request, deed)


@router.post("/people/{person}/role", response={201: ColleagueTold}, openapi_extra=KEYED, summary="Change a role")
def change_role(request: HttpRequest, person: str, sent: RoleSent) -> HttpResponse:
    """By the customer's managers, of others; one manager always stays."""

    def deed(user: Any, at: Instant) -> None:
        try:
            services.change_customer_role(user=user, customer_role=sent.role)
        except services.LastManager as problem:
            raise Problem(problems.NOT_NOW, str(problem)) from None

    return change(request, person, deed)


@router.post("/people/{person}/close", response={201: ColleagueTold}, openapi_extra=KEYED, summary="Close an access")
def close(request: HttpRequest, person: str, sent: NothingSent) -> HttpResponse:
    """They are signed out everywhere at once, and their tokens are good no more until it is opened again."""
    return change(request, person, lambda user, at: services.close_access(user=user))


@router.post("/people/{person}/open", response={201: ColleagueTold}, openapi_extra=KEYED, summary="Open an access again")
def open_again(request: HttpRequest, person: str, sent: NothingSent) -> HttpResponse:
    """With the role that they had."""
    return change(request, person, lambda user, at: services.open_access(user=user))


@router.post("/people/{person}/invite", response={201: ColleagueTold}, openapi_extra=KEYED, summary="Send the link again")
def remind(request: HttpRequest, person: str, sent: NothingSent) -> HttpResponse:
    """Of somebody who was invited and has not come yet; the earlier link ends."""

    def deed(user: Any, at: Instant) -> None:
        if not waits(user):
            raise Problem(problems.NOT_NOW, f"{user.name} has come already, or may not come in")
        invite_again(user=user, by=asker(request).name, at=at)

    return change(request, person, deed)


@router.get("/agreements/{key}/persons", response=list[AuthorisedTold], summary="Who may instruct")
def list_authorised(request: HttpRequest, key: str) -> list[AuthorisedTold]:
    """The roles of the agreement with whose word counts; none where it names nobody."""
    roles = list_roles(find_agreement(request, key), now().raised())
    return [tell_role(role) for role in roles]


@router.post(
    "/agreements/{key}/persons", response={201: RolesTold}, openapi_extra=KEYED, summary="Pass the word on"
)  # fmt: skip
def name_authorised(request: HttpRequest, key: str, sent: AuthorisedSent) -> HttpResponse:
    """
    By whoever has the word now: from receipt on the new person's counts, and the old one's does not. Where the agreement
    asks for an e-mail, one is sent in your name. Recorded as `person-named/1`.
    """
    row, person = find_agreement(request, key), asker(request)
    if not is_customers(person) or not is_authorised(row, person, now().raised()):
        raise Problem(
            problems.NOT_ALLOWED, next="whoever is named now may name another; the provider's people record the rest"
        )
    chosen = next((one for one in users_of(row.customer) if one.is_active and one.email == sent.email.lower()), None)
    if chosen is None:
        raise misfit("email", "the address of one of your people; whoever is not here yet is invited first", sent.email)

    def deed(at: Instant) -> RolesTold:
        if choose_way(row, at) is None:
            raise CannotName(f"{row.key} takes a change of persons by other ways alone")
        pass_word_on(agreement=row, role=sent.role, chosen=chosen, user=person, at=at)
        return RolesTold(persons=[tell_role(role) for role in list_roles(row, at)])

    return do_once(request, deed)


def enter(request: HttpRequest) -> Any:
    """One of a customer's managers; a problem for everybody else."""
    if not may_manage_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="the customer's managers invite people, change their roles, close access")
    return asker(request)


def change(request: HttpRequest, person: str, deed: Callable[[Any, Instant], None]) -> HttpResponse:
    """One step for one colleague; nobody changes themselves."""
    manager = asker(request)
    user = next((one for one in list_users(manager) if pseudonym_of(one) == person), None)
    if user is None:
        raise Problem(problems.NOT_ON_RECORD, f"nobody is called {person!r}")
    enter(request)
    if user.pk == manager.pk:
        raise Problem(problems.NOT_ALLOWED, "nobody changes what they may themselves", next="ask another manager of yours")

    def act(at: Instant) -> ColleagueTold:
        deed(user, at)
        return tell_person(user)

    return do_once(request, act)


def tell_person(user: Any) -> ColleagueTold:
    return ColleagueTold(
        person=pseudonym_of(user), customer=user.customer.slug, name=user.name, email=user.email, role=user.customer_role,
        active=user.is_active, invited=waits(user),
    )  # fmt: skip


def tell_role(role: Any) -> AuthorisedTold:
    return AuthorisedTold(
        role=role.role, person=role.person, name=role.user.name if role.user else "",
        since=str(role.since) if role.since else None, clauses=list(role.clauses),
    )  # fmt: skip
