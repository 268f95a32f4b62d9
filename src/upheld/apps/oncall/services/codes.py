"""Codes by which a page is acknowledged in a text: made for one person, read out of what they write."""

import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from upheld.apps.oncall.models import ContactWay, Kind, Page
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff

SALT = "upheld.oncall.code"
DIGITS = 4
ACK = re.compile(r"\s*/?(?:ack|acknowledge)\b[\s:#]*(?P<code>\S*)[\s.!]*", re.IGNORECASE)


def takes_codes(kind: str) -> bool:
    """Whether what is answered by this way comes back to us."""
    return bool({Kind.SMS: settings.UPHELD_SMS_SECRET, Kind.TELEGRAM: settings.UPHELD_TELEGRAM_SECRET}.get(Kind(kind)))


def code_of(page: Page, user: User) -> str:
    """Four digits by which this person acknowledges this page; worth nothing from another number than theirs."""
    number = int(salted_hmac(SALT, f"{page.pk}-{user.pk}", algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def read_code(text: str) -> str | None:
    """The code of `ack 4711`, empty where none stands there; None for a text that acknowledges nothing."""
    found = ACK.fullmatch(text)
    return found["code"].rstrip(".!") if found else None


def people_at(kind: str, address: str) -> list[User]:
    """The provider's people who showed that they are reached there."""
    ways = ContactWay.objects.select_related("user").filter(kind=kind, address=address, verified_at__isnull=False)
    return [way.user for way in ways.order_by("pk") if is_staff(way.user)]
