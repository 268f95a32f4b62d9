"""The addresses of a person's calendars: nobody guesses them, and they end with the password they were made under."""

from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from upheld.apps.parties.queries import is_customers, person_called, pseudonym_of

WORK, APPOINTMENTS = "upheld.portal.calendar", "upheld.portal.appointments"
"""What a calendar is of: whoever has the address of one has not the other's."""


def make_address(user: Any, of: str = WORK) -> str:
    """`person-7-` and a mark that only this installation can make."""
    mark = salted_hmac(of, f"{user.pk} {user.password}", algorithm="sha256").hexdigest()
    return f"{pseudonym_of(user)}-{mark}"


def customer_at(secret: str, of: str = WORK) -> Any | None:
    """Whose calendar stands at this address; None where it is not, or not any more, somebody's."""
    user = person_called(secret.rpartition("-")[0])
    if user is None or not is_customers(user) or not constant_time_compare(make_address(user, of), secret):
        return None
    return user.customer
