"""Misuse at the desk: what was proposed to be charged for it, the calls that were none, and declared times of high load."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Call, HighLoad, Work
from upheld.apps.desk.queries.words import facts_known
from upheld.core.facts import WorkLogged
from upheld.core.timeline import Instant

ALLOWED = ("", "ok")
"""What the agreement says of a call that is as it should be, and where it has no telephone."""


def misuse_of(agreement: Agreement, at: Instant) -> list[Work]:
    """What was proposed to be charged for misuse, the latest first; `approved_at` says that another person agreed."""
    rows = Work.objects.filter(ticket__agreement=agreement, is_erroneous=True, logged_at__lte=at.utc())
    return list(rows.select_related("ticket__agreement__version").order_by("-number"))


def dismissed_of(agreement: Agreement, at: Instant) -> frozenset[str]:
    """The names of what was proposed and holds no longer: its fact was corrected, by two persons."""
    held = {fact.work for fact in facts_known(agreement, at) if isinstance(fact, WorkLogged)}
    return frozenset(row.name for row in misuse_of(agreement, at) if row.name not in held)


def calls_outside(agreement: Agreement, at: Instant, *, limit: int = 50) -> list[Call]:
    """Calls that the agreement did not allow, or that somebody marked as misuse, the latest first."""
    rows = Call.objects.filter(agreement=agreement, called_at__lte=at.utc()).exclude(code__in=ALLOWED, is_misuse=False)
    return list(rows.select_related("ticket").order_by("-number")[:limit])


def high_loads_of(agreement: Agreement, at: Instant) -> list[HighLoad]:
    """Times of high load as they were declared, the latest first."""
    return list(HighLoad.objects.filter(agreement=agreement, declared_at__lte=at.utc()).order_by("-number"))
