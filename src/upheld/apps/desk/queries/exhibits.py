"""What customers handed over of their own, and where a claim names it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Length

from upheld.apps.desk.models import Exhibit, ExhibitKind
from upheld.apps.parties.models import Customer

NAME = re.compile(r"X-([0-9]{1,9})")
MARK = re.compile(r"(X-[0-9]{1,9}): sha256 ([0-9a-f]{64}), [0-9]+ bytes")
EXHIBIT_KINDS = {kind.value: str(kind.label) for kind in ExhibitKind}
"""What a file of a customer's own can be, with its words."""
BRIEFLY = "content"
"""What lists leave out."""


MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Room:
    """How much of what a customer may hand over is used, in bytes. What an erasure emptied uses nothing."""

    used: int
    allowed: int

    @property
    def left(self) -> int:
        return max(self.allowed - self.used, 0)


class UnknownExhibit(LookupError):
    """A file that was not handed over, or is another customer's."""


def exhibits_of(customer: Customer) -> list[Exhibit]:
    """All of a customer's without their bytes, the latest first."""
    return list(Exhibit.objects.filter(customer=customer).select_related("customer").defer(BRIEFLY).order_by("-number"))


def room_of(customer: Customer, megabytes: int) -> Room:
    """What a customer's files use of so many million bytes."""
    used = Exhibit.objects.filter(customer=customer).aggregate(used=Sum(Length("content")))["used"]
    return Room(used or 0, megabytes * MEGABYTE)


def all_exhibits() -> list[Exhibit]:
    """Every customer's without their bytes, the latest first."""
    return list(Exhibit.objects.select_related("customer").defer(BRIEFLY).order_by("-number"))


def exhibit(name: str, customer: Customer | None = None) -> Exhibit:
    """The one called `X-7` with its bytes, of this customer where one is named; raises UnknownExhibit."""
    found = NAME.fullmatch(name)
    rows = Exhibit.objects.filter(customer=customer) if customer else Exhibit.objects.all()
    row = rows.filter(number=int(found[1])).first() if found else None
    if row is None:
        raise UnknownExhibit(f"nothing that was handed over is called {name!r}; they are called X-1, X-2 and so on")
    return row


def exhibits_named(details: Iterable[str]) -> list[str]:
    """The names of those that a claim's details put forward."""
    return [found[1] for detail in details if (found := MARK.fullmatch(detail))]
