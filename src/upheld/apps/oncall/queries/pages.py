"""Pages: who is being woken for what, step by step."""

import re

from django.db.models import Q

from upheld.apps.oncall.models import Page, PageStep, Told
from upheld.core.timeline import Instant

OPEN = Q(acknowledged_at__isnull=True, resolved_at__isnull=True)


class UnknownPage(LookupError):
    """A page that was not sent."""


def page_called(name: str) -> Page:
    """One page by its name, `P-7`; raises UnknownPage."""
    found = re.fullmatch(r"P-(\d{1,9})", name)
    rows = Page.objects.select_related("policy", "acknowledged_by")
    row = rows.filter(number=int(found[1])).first() if found else None
    if row is None:
        raise UnknownPage(f"no page is called {name!r}; pages have names such as P-7")
    return row


def list_pages(*, limit: int = 100, before: int | None = None) -> list[Page]:
    """The newest first; `before` leaves out the page of that number and all later ones."""
    rows = Page.objects.select_related("policy", "acknowledged_by").order_by("-number")
    return list((rows.filter(number__lt=before) if before is not None else rows)[:limit])


def open_pages() -> list[Page]:
    """What nobody acknowledged and what is not over, the newest first."""
    return list(Page.objects.select_related("policy").filter(OPEN).order_by("-number"))


def count_open_pages() -> int:
    return Page.objects.filter(OPEN).count()


def pages_about(about: str) -> list[Page]:
    return list(Page.objects.select_related("policy", "acknowledged_by").filter(about=about).order_by("pk"))


def pages_due(at: Instant) -> list[Page]:
    """Whose next step is due, the longest due first."""
    return list(Page.objects.filter(OPEN, next_at__lte=at.utc()).order_by("next_at", "pk"))


def next_step_at() -> Instant | None:
    """When the next step of any page is due; None when none waits."""
    first = Page.objects.filter(OPEN, next_at__isnull=False).order_by("next_at").first()
    return Instant.of(first.next_at) if first and first.next_at else None


def steps_taken(page: Page) -> list[PageStep]:
    """The steps so far, with every message of them."""
    return list(page.taken_steps.prefetch_related("told__message", "told__user").order_by("place"))


def told_by(step: PageStep) -> list[Told]:
    return sorted(step.told.all(), key=lambda told: told.pk)
