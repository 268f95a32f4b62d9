"""One provider's people, two customers who must never learn of each other, one who left: and how each of them asks."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from upheld.apps.parties import services as parties
from upheld.core.timeline import Instant

MEMBERS = ("administrator", "staff", "acorn", "birch", "former", "revoked", "nobody")
"""`former` was of the staff, their access is closed; `revoked` is of the staff, their token is good no more."""
PASSWORD = "walnut-harbour-41"


@dataclass
class Cast:
    """Everybody's token, and everybody as a row."""

    tokens: dict[str, str]
    people: dict[str, Any]

    def ask(self, member: str, method: str, path: str, body: Any = None, *, key: str = "k-1", **more: Any) -> Any:
        """A request by the token of a member of the cast."""
        headers = {"Idempotency-Key": key} if key else {}
        if token := self.tokens.get(member):
            headers["Authorization"] = f"Bearer {token}"
        if method == "post":
            more |= {"data": {} if body is None else body, "content_type": "application/json"}
        return getattr(Client(), method)(path, headers=headers, **more)

    def get(self, path: str, member: str = "staff", **query: Any) -> Any:
        return self.ask(member, "get", path, data=query)

    def post(self, path: str, body: Any = None, member: str = "staff", key: str = "k-1") -> Any:
        return self.ask(member, "post", path, body, key=key)


def gather(at: Instant) -> Cast:
    """The cast; the two customers are on record already."""
    people = {}
    for member in ("administrator", "staff", "former", "revoked"):
        role = "administrator" if member == "administrator" else "staff"
        people[member] = add(member, role, at)
    for member in ("acorn", "birch"):
        customer = parties.add_customer(slug=member, name=member.title())
        people[member] = add(member, "customer", at, customer=customer)
    tokens = {}
    for member, person in people.items():
        token, tokens[member] = parties.add_token(user=person, name="test", at=at)
        if member == "revoked":
            parties.revoke_token(token=token, at=at)
    parties.close_access(user=people["former"])
    return Cast(tokens, people)


def add(name: str, role: str, at: Instant, **more: Any) -> Any:
    return parties.add_user(
        email=f"{name}@example.org", name=name.title(), role=role, password=PASSWORD, at=at, **more
    )  # fmt: skip
