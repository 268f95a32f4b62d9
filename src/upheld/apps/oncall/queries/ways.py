"""How each person is reached."""

from upheld.apps.oncall.models import ContactWay, Kind
from upheld.apps.parties.models import User


class UnknownWay(LookupError):
    """A way that its person does not have."""


def ways_of(user: User) -> list[ContactWay]:
    """Every way of a person, those of no use yet among them."""
    return list(user.ways.order_by("kind", "address"))


def way(user: User, number: int) -> ContactWay:
    """One way of this person; raises UnknownWay."""
    found = user.ways.filter(pk=number).first()
    if found is None:
        raise UnknownWay("this way of reaching you is not on record any more")
    return found


def addresses_of(user: User, *, is_urgent: bool) -> list[tuple[str, str]]:
    """
    Where a person is paged, as (kind, address). Whoever named nothing for it is paged by mail, at the address they sign in
    with: rather there than not at all.
    """
    wanted = {"is_for_urgent": True} if is_urgent else {"is_for_other": True}
    rows = user.ways.filter(verified_at__isnull=False, **wanted).order_by("pk")
    return [(row.kind, row.address) for row in rows] or [(Kind.MAIL.value, user.email)]
