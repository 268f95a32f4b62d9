"""Who is who, and who may do what: every permission is one plain function here."""

import re
from hashlib import sha256

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from upheld.apps.parties.models import (
    Contact,
    Customer,
    CustomerRole,
    Look,
    Mark,
    Provider,
    Role,
    Setup,
    SignInLink,
    Token,
    User,
)
from upheld.core.timeline import Instant

MARKED = re.compile(r"(?<![\w-])(?:person-\d{1,17}|(?:person|words)-[a-z2-7]{12})(?![\w-])")
"""The pseudonym of somebody who signs in, or a mark."""
ERASED = "a person since erased"
ERASED_WORDS = "words since erased"


class UnknownParty(LookupError):
    """A customer, a person or a provider that is not on record."""


class UnknownToken(LookupError):
    """A token that its person does not have."""


def provider_name() -> str:
    """The provider's name; raises UnknownParty before one was given."""
    return provider().name


def provider() -> Provider:
    """The one provider; raises UnknownParty before it has a name."""
    found = Provider.objects.first()
    if found is None:
        raise UnknownParty("the provider has no name yet: give it one before an agreement is signed")
    return found


def customer(slug: str) -> Customer:
    """One customer; raises UnknownParty."""
    found = Customer.objects.filter(slug=slug).first()
    if found is None:
        raise UnknownParty(f"no customer is called {slug!r}")
    return found


def list_customers() -> list[Customer]:
    return list(Customer.objects.order_by("name", "slug"))


def contacts_of(customer: Customer) -> list[Contact]:
    return list(customer.contacts.order_by("name", "email"))


def addresses_of(customer: Customer) -> list[str]:
    """Where a customer is written to: its contacts; where it named none, its managers who sign in."""
    contacts = [contact.email for contact in contacts_of(customer)]
    managers = customer.users.filter(is_active=True, customer_role=CustomerRole.MANAGER).order_by("email")
    return contacts or [user.email for user in managers]


def list_users() -> list[User]:
    return list(User.objects.select_related("customer").order_by("name", "email"))


def user(email: str) -> User:
    """One person; raises UnknownParty."""
    found = User.objects.select_related("customer").filter(email=email.strip().lower()).first()
    if found is None:
        raise UnknownParty(f"nobody signs in as {email!r}")
    return found


def users_of(customer: Customer) -> list[User]:
    """A customer's people, those who may sign in first."""
    return list(customer.users.order_by("-is_active", "name", "email"))


def find_user(email: str) -> User | None:
    """Who signs in with this address and may; None for anybody else."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def person_called(pseudonym: str) -> User | None:
    """Whom a fact means by `person-7` or by a mark; None where it means nobody who signs in."""
    number = pseudonym.removeprefix("person-")
    known = pseudonym.startswith("person-") and number.isascii() and number.isdigit() and len(number) < 18
    if known:
        return User.objects.filter(pk=int(number)).first()
    value = value_of_mark(pseudonym)
    return User.objects.filter(email=value).first() if value else None


def names_in_facts(user: User) -> set[str]:
    """Every name by which facts may mean this person: the pseudonym, the address, and its mark from before."""
    marks = Mark.objects.filter(value=user.email).values_list("mark", flat=True)
    return {pseudonym_of(user), user.email, *marks}


def value_of_mark(mark: str) -> str:
    """What a mark stands for, while that is kept; nothing after it was erased."""
    found = Mark.objects.filter(mark=mark).first() if MARKED.fullmatch(mark) else None
    return found.value if found else ""


def address_of_mark(mark: str) -> str:
    """The mail address behind a mark or a pseudonym; a text that is neither as it is; nothing where it was erased."""
    if not MARKED.fullmatch(mark):
        return mark
    person = person_called(mark)
    return person.email if person is not None and person.is_active else value_of_mark(mark)


def name_of_mark(mark: str) -> str:
    """
    Who is meant by `person-7` or a mark, or what stands behind the mark of words: the name while it is kept, an address
    without a name, ERASED after; any other text as it is.
    """
    return open_marks(mark) if MARKED.fullmatch(mark) else mark


def open_marks(text: str, reader: object = None) -> str:
    """
    A text with names and words in the place of marks, for the eyes of people: nothing that is kept is made of it.

    With a `reader` who is a customer's, pseudonyms of their own people are opened alone: anybody can type a number, and
    learns of nobody by it. A mark is random, so whoever sees one was shown it.
    """
    found = set(MARKED.findall(text))
    if not found:
        return text
    numbers = {int(mark[7:]) for mark in found if mark[7:].isdigit()}
    people = User.objects.filter(pk__in=numbers)
    if isinstance(reader, User) and not is_staff(reader):
        people = people.filter(customer__isnull=False, customer=reader.customer)
    named = {f"person-{pk}": name for pk, name in people.values_list("pk", "name")}
    named |= open_values(found)
    return MARKED.sub(lambda mark: named.get(mark.group()) or tell_gone(mark.group()), text)


def open_values(marks: set[str]) -> dict[str, str]:
    values = dict(Mark.objects.filter(mark__in=marks).values_list("mark", "value"))
    addresses = {value for value in values.values() if "@" in value}
    names = dict(Contact.objects.filter(email__in=addresses).values_list("email", "name"))
    names |= dict(User.objects.filter(email__in=addresses).values_list("email", "name"))
    return {mark: names.get(value, value) for mark, value in values.items()}


def tell_gone(mark: str) -> str:
    """A number that nobody ever had is no mark of ours: it stays."""
    if mark[7:].isdigit():
        return mark
    return ERASED_WORDS if mark.startswith("words-") else ERASED


def find_link(token: str, at: Instant) -> SignInLink | None:
    """The one-time link with this token, where it is good still; None otherwise."""
    rows = SignInLink.objects.select_related("user").filter(used_at__isnull=True, ends_at__gt=at.utc())
    return rows.filter(digest=digest_token(token), user__is_active=True).first()


def looks_of(customer: Customer, *, limit: int = 50) -> list[Look]:
    """Who of the provider looked at a customer's portal, the latest first."""
    return list(customer.looks.select_related("user").order_by("-at", "-pk")[:limit])


def running_look(user: User, number: int, at: Instant) -> Look | None:
    """The look of one of the provider's people by its number, while it lasts."""
    rows = Look.objects.select_related("customer").filter(ended_at__isnull=True, until_at__gt=at.utc())
    return rows.filter(user=user, pk=number).first()


def list_tokens() -> list[Token]:
    """Every token, those that are good before those that were revoked."""
    rows = Token.objects.select_related("user").order_by("user__email", "name")
    return sorted(rows, key=lambda row: row.revoked_at is not None)


def token(user: User, name: str) -> Token:
    """One token of a person; raises UnknownToken."""
    found = Token.objects.filter(user=user, name=name).first()
    if found is None:
        known = ", ".join(user.tokens.order_by("name").values_list("name", flat=True))
        raise UnknownToken(f"{user.email} has no token {name!r}; there are: {known or 'none'}")
    return found


def find_token(written: str) -> Token | None:
    """The token that a program shows, where it is good still and its person may come in; None otherwise."""
    rows = Token.objects.select_related("user__customer").filter(revoked_at__isnull=True, user__is_active=True)
    return rows.filter(digest=digest_token(written)).first()


def is_staffed() -> bool:
    """
    Whether any of the provider's people can sign in yet; before, the installation waits for its first administrator.

    Whoever was invited and has no password yet, and a customer's people, name nobody: the wait goes on.
    """
    provider = User.objects.exclude(role=Role.CUSTOMER)
    return provider.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def awaits_setup(token: str) -> bool:
    """Whether this token still makes the first administrator."""
    return not is_staffed() and Setup.objects.filter(token_digest=digest_token(token)).exists()


def digest_token(token: str) -> str:
    # A plain digest is enough: the token is 256 random bits, not a password that somebody could guess.
    return sha256(token.encode()).hexdigest()


def pseudonym_of(user: User) -> str:
    """How facts name a person: names and addresses never go into a ledger, from which nothing can be erased."""
    return f"person-{user.pk}"


# --- who may do what ----------------------------------------------------------------------------------------------------
# `user` is whoever asks: somebody who has not signed in is no User, and may nothing.


def is_staff(user: object) -> bool:
    """One of the provider's people."""
    return isinstance(user, User) and user.is_active and user.role in (Role.STAFF, Role.ADMINISTRATOR)


def is_administrator(user: object) -> bool:
    return isinstance(user, User) and user.is_active and user.role == Role.ADMINISTRATOR


def may_see_customer(user: object, customer: Customer) -> bool:
    """The provider's people see every customer; a customer's people see their own and learn of no other."""
    return is_staff(user) or (
        isinstance(user, User) and user.is_active and user.role == Role.CUSTOMER and user.customer_id == customer.pk
    )


def is_customers(user: object) -> bool:
    """One of a customer's people."""
    return isinstance(user, User) and user.is_active and user.role == Role.CUSTOMER


def may_act_for_customer(user: object) -> bool:
    """File claims, turn switches, ask for what is owed: for their own side."""
    return (
        isinstance(user, User) and is_customers(user) and user.customer_role in (CustomerRole.MANAGER, CustomerRole.MEMBER)
    )


def may_manage_customer(user: object) -> bool:
    """Invite others of their own side, change their roles, close their access."""
    return isinstance(user, User) and is_customers(user) and user.customer_role == CustomerRole.MANAGER


def may_change_facts(user: object) -> bool:
    """Plan windows, assign causes, sign agreements, issue statements."""
    return is_staff(user)


def may_change_people(user: object) -> bool:
    """Add users, change their roles, close their access."""
    return is_administrator(user)
