"""Secret addresses of calendars: one for each person's shifts, one for each rota with everybody's."""

from django.core.signing import BadSignature, Signer
from django.db.models import F

from upheld.apps.oncall.models import CalendarAddress, Rota
from upheld.apps.parties.models import User

PERSONS, ROTAS = "upheld.oncall.calendar", "upheld.oncall.rota-calendar"
"""The salts: what is signed for one kind of calendar opens none of the other."""


def sign(salt: str, row: int, number: int) -> str:
    """What stands in an address: nobody guesses it, and a new number ends the one before."""
    return Signer(salt=salt, sep="~").sign(f"{row}-{number}")


def read(salt: str, token: str) -> tuple[int, int] | None:
    """The row and the number that were signed; None for anything else."""
    try:
        row, number = (int(part) for part in Signer(salt=salt, sep="~").unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None
    return row, number


def calendar_token(user: User) -> str:
    """What stands in the address of this person's calendar."""
    return sign(PERSONS, user.pk, number_of(user))


def number_of(user: User) -> int:
    """Which address of this person is good: the first, until they ask for another one."""
    row = CalendarAddress.objects.filter(user=user).first()
    return row.number if row else 1


def renew_calendar(*, user: User) -> str:
    """Another address; whoever knows the old one sees nothing any more."""
    row, is_new = CalendarAddress.objects.get_or_create(user=user, defaults={"number": 2})
    if not is_new:
        CalendarAddress.objects.filter(pk=row.pk).update(number=F("number") + 1)
    return calendar_token(user)


def find_calendar_owner(token: str) -> User | None:
    """Whose calendar it is; None where the token is not, or no more, good, or its person may not sign in."""
    person, number = read(PERSONS, token) or (0, 0)
    owner = User.objects.filter(pk=person, is_active=True).first()
    return owner if owner and number == number_of(owner) else None


def rota_calendar_token(rota: Rota) -> str:
    """What stands in the address of this rota's calendar, the same for everybody who may see the rota."""
    return sign(ROTAS, rota.pk, rota.calendar_number)


def renew_rota_calendar(*, rota: Rota) -> str:
    """Another address; whoever knows the old one, also somebody who left, sees nothing any more."""
    Rota.objects.filter(pk=rota.pk).update(calendar_number=F("calendar_number") + 1)
    rota.refresh_from_db()
    return rota_calendar_token(rota)


def find_calendar_rota(token: str) -> Rota | None:
    """Which rota's calendar it is; None where the token is not, or no more, good."""
    row, number = read(ROTAS, token) or (0, 0)
    return Rota.objects.filter(pk=row, calendar_number=number).first()
