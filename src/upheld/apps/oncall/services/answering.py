"""Acknowledging by what was sent: by the link of a message, good once, or by its code, written back from where it went."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import constant_time_compare

from upheld.apps.oncall.models import Page, Told
from upheld.apps.oncall.services.codes import code_of, people_at
from upheld.apps.oncall.services.paging import PageIsOver, acknowledge
from upheld.apps.oncall.services.reaching import LinkIsUsed, read_link
from upheld.core.timeline import DAY, Instant

GOOD_FOR = DAY * 7
"""A page that began longer ago is looked for by its link."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What came of a text: `words` for whoever wrote it; the page that is theirs, or why none is."""

    words: str
    page: Page | None = None
    is_wrong_code: bool = False


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


def acknowledge_by_text(*, kind: str, address: str, code: str, at: Instant) -> Acknowledged:
    """
    Whoever was paged at this address sees to the page of this code. From anywhere else, or with another code, nothing is
    acknowledged; the words say so.
    """
    people = people_at(kind, address)
    if not people:
        return Acknowledged("Nothing was acknowledged: nobody is paged here.")
    rows = Told.objects.filter(
        user__in=people, message__kind=kind, message__to=address, step__page__began_at__gt=at.before(GOOD_FOR).utc()
    ).select_related("step__page", "user").order_by("-step__page__number")  # fmt: skip
    known = {(told.step.page_id, told.user_id): (told.step.page, told.user) for told in rows}
    found = [(page, user) for page, user in known.values() if user and constant_time_compare(code_of(page, user), code)]
    # Two pages of one person can have the same code: the one that still waits is meant.
    found.sort(key=lambda one: (one[0].acknowledged_at is not None or one[0].resolved_at is not None, -one[0].number))
    waiting = [page for page, _ in found if page.acknowledged_at is None and page.resolved_at is None]
    if len(waiting) > 1:
        names = " and ".join(page.name for page in waiting)
        return Acknowledged(f"Nothing was acknowledged: {names} have this code. Use the link in the message.")
    if not found:
        what = f"{code[:20]} is the code of no page that was sent here" if code else "the code of the page is missing"
        return Acknowledged(f"Nothing was acknowledged: {what}. Write: ack CODE", is_wrong_code=True)
    page, user = found[0]
    try:
        mine = acknowledge(page=page, by=user, at=at)
    except PageIsOver as problem:
        return Acknowledged(f"Nothing was acknowledged: {problem}.")
    if mine.resolved_at is not None:
        return Acknowledged(f"{mine.name} is over: {mine.resolved_because}.", mine)
    return Acknowledged(f"{mine.name} is yours, {user.name}: nobody else is woken for it.", mine)
