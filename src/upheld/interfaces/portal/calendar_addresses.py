"""The address of a person's calendar: nobody guesses it, and it ends with the password it was made under."""

from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from upheld.apps.parties.queries import is_customers, person_called, pseudonym_of

SALT = "upheld.portal.calendar"


def make_address(user: Any) -> str:
    """`person-7-` and a mark that only this installation can make."""
    mark = salted_hmac(SALT, f"{user.pk} {user.password}", algorithm="sha256").hexdigest()
    return f"{pseudonym_of(user)}-{mark}"


def customer_at(secret: str) -> Any | None:
    """Whose planned work stands at this address; None where it is not, or not any more, somebody's."""
    user = person_called(secret.rpartition("-")[0])
    if user is None or not is_customers(user) or not constant_time_compare(make_address(user), secret):
        return None
    return user.customer
