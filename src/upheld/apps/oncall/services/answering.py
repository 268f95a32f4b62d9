"""Acknowledging by the link of a message: signed, and good once."""

from django.db import transaction

from upheld.apps.oncall.models import Page, Told
from upheld.apps.oncall.services.paging import acknowledge
from upheld.apps.oncall.services.reaching import LinkIsUsed, read_link
from upheld.core.timeline import Instant


def acknowledge_by_link(*, token: str, at: Instant) -> Page:
    """Whoever got the message sees to the page. Raises LinkIsUsed, and PageIsOver where somebody was quicker."""
    told = read_link(token)
    with transaction.atomic():
        # The message may have gone by several ways: the link in each is the same, and is used with the first.
        mine = Told.objects.filter(step=told.step_id, user=told.user_id, answered_at__isnull=True)
        if not mine.update(answered_at=at.utc()):
            raise LinkIsUsed("this link was used a moment ago; it is good once")
        assert told.user is not None
        return acknowledge(page=told.step.page, by=told.user, at=at)
