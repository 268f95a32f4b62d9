"""Whose word counts for a customer: each role of the agreement with the person who has it, and since when."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.duties.queries.recorded import facts_of
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import find_user, names_in_facts, person_called
from upheld.core.duties import persons_at
from upheld.core.terms.persons import Instructions
from upheld.core.timeline import Instant

SINCE_SIGNING = Instant(0)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of the agreement. `person` is as the facts have it: a pseudonym, an address; nobody where it is empty."""

    role: str
    person: str
    user: User | None
    """Who that is, where it is somebody who signs in."""
    since: Instant | None
    """None where it is as agreed at signing."""
    fact: str
    clauses: tuple[str, ...]


def persons_rule(agreement: Agreement, as_of: Instant) -> Instructions | None:
    """What the agreement says of it; None where it says nothing. Raises CannotJudge."""
    return terms_of(agreement, as_of).besides.instructions


def list_roles(agreement: Agreement, as_of: Instant) -> list[HeldRole]:
    """The roles in the order of the agreement; none where it does not say whose word counts. Raises CannotJudge."""
    rule = persons_rule(agreement, as_of)
    if rule is None:
        return []
    held = persons_at(rule, facts_of(agreement.key, as_of), as_of)
    return [
        HeldRole(
            role=role,
            person=naming.person,
            user=find_person(agreement, naming.person),
            since=naming.from_at if naming.from_at != SINCE_SIGNING else None,
            fact=naming.fact,
            clauses=rule.clauses,
        )
        for role, naming in held.items()
    ]


def find_person(agreement: Agreement, person: str) -> User | None:
    """The customer's user whom a fact or a parameter means."""
    found = person_called(person) or (find_user(person) if "@" in person else None)
    return found if found is not None and found.customer_id == agreement.customer_id else None


def is_authorised(agreement: Agreement, user: User, as_of: Instant) -> bool:
    """Whether this person's word counts at an instant. Raises CannotJudge."""
    rule = persons_rule(agreement, as_of)
    if rule is None or not user.is_active or user.customer_id != agreement.customer_id:
        return False
    names = names_in_facts(user)
    held = {role.person.lower() for role in list_roles(agreement, as_of)}
    return bool(names & (held | {person.lower() for person in rule.persons}))


def ways_of_change(agreement: Agreement, as_of: Instant) -> tuple[str, ...]:
    """By which ways a change of persons is taken; none named is any. Raises CannotJudge."""
    rule = persons_rule(agreement, as_of)
    return rule.change_by.value if rule else ()
