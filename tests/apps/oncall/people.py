"""The provider's people who are on call in these tests."""

from upheld.apps.parties.models import Role, User
from upheld.core.timeline import Instant

NOON = Instant.parse("2026-02-14T12:00Z")


def add_person(name: str, role: Role = Role.STAFF) -> User:
    """Somebody who signs in as `name@example.org`; nobody knows a password."""
    return User.objects.create(
        email=f"{name.lower()}@example.org", name=name, role=role, password="!", created_at=NOON.utc()
    )
