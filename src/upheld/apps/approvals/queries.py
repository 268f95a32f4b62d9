"""What waits for a second person, and what became of the rest."""

from django.db.models import QuerySet

from upheld.apps.approvals.models import OPEN, Approval


class UnknownApproval(LookupError):
    """A proposal that is not on record."""


def approval(name: str) -> Approval:
    """The proposal `A-7`; raises UnknownApproval."""
    number = name.removeprefix("A-")
    known = name.startswith("A-") and number.isascii() and number.isdigit() and len(number) < 19
    found = Approval.objects.filter(pk=int(number)).first() if known else None
    if found is None:
        raise UnknownApproval(f"no proposal is called {name!r}; they are called A-1, A-2 and so on")
    return found


def list_waiting(*, kinds: tuple[str, ...] = (), agreement: str | None = None) -> list[Approval]:
    """What waits for a second person, the longest first."""
    return list(narrow(Approval.objects.filter(OPEN), kinds, agreement).order_by("proposed_at", "pk"))


def list_approvals(*, kinds: tuple[str, ...] = (), agreement: str | None = None, subject: str = "") -> list[Approval]:
    """Every proposal, also those that were confirmed or refused, the latest first."""
    rows = narrow(Approval.objects.all(), kinds, agreement)
    return list((rows.filter(subject=subject) if subject else rows).order_by("-proposed_at", "-pk"))


def waiting_for(*, kind: str, subject: str, agreement: str = "") -> Approval | None:
    """The proposal that waits for this subject, if any does."""
    return Approval.objects.filter(OPEN, kind=kind, subject=subject, agreement=agreement).first()


def count_waiting(*, for_person: str = "") -> int:
    """How many wait; with a person, only those that this one may confirm."""
    rows = Approval.objects.filter(OPEN)
    return (rows.exclude(proposed_by=for_person) if for_person else rows).count()


def narrow(rows: "QuerySet[Approval]", kinds: tuple[str, ...], agreement: str | None) -> "QuerySet[Approval]":
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows if agreement is None else rows.filter(agreement=agreement)
