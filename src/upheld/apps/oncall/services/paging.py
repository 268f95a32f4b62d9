"""Paging: one page for each reason, step after step, until somebody acknowledges it or it is over."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Max

from upheld.apps.oncall.models import Message, Page, PageStep, Policy, Told
from upheld.apps.oncall.queries.allowed import find_due
from upheld.apps.oncall.queries.pages import OPEN, pages_about, pages_due
from upheld.apps.oncall.queries.policies import Plan, plan_of
from upheld.apps.oncall.services.outbox import drop
from upheld.apps.oncall.services.reaching import list_errands, write_errand
from upheld.apps.parties.models import User
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.oncall")

LONGEST_SUBJECT = 300


class PageIsOver(ValueError):
    """Nobody can acknowledge what is over, or was acknowledged before; the message says by whom and when."""


def page(
    *, policy: Policy, key: str, about: str, urgent: bool, subject: str, text: str, at: Instant,
    open_spans: Sequence[Span] = (),
) -> Page:  # fmt: skip
    """
    Page by a policy, in the caller's transaction: once for each policy, `about` and `key`, however often it is asked for.

    `open_spans` is the open time of the clause's calendar, for a policy that tells in it or outside of it only. The first
    step is taken by the worker, within seconds where nothing holds it.
    """
    known = Page.objects.filter(policy=policy, about=about, key=key)
    if (found := known.first()) is not None:
        return found
    plan = plan_of(policy)
    with transaction.atomic():
        take_turn()
        if (found := known.first()) is not None:
            return found
        begun = Page.objects.create(
            number=(Page.objects.aggregate(last=Max("number"))["last"] or 0) + 1, policy=policy, about=about, key=key,
            is_urgent=urgent, subject=" ".join(subject.split())[:LONGEST_SUBJECT], text=text, plan=plan.to_json(),
            open_spans=[[span.start.micros, span.end.micros] for span in open_spans], began_at=at.utc(),
            next_at=(reckon(plan, 0, at, urgent, open_spans) if plan.steps else at).utc(),
        )  # fmt: skip
    log.info("page begun", extra={"page": begun.name, "about": about, "policy": policy.slug})
    return begun


def reckon(plan: Plan, place: int, at: Instant, urgent: bool, open_spans: Sequence[Span]) -> Instant:
    """When the step at `place` is due, the one before it having been taken at `at`."""
    quiet = None if urgent else plan.quiet
    return find_due(at, plan.wait_before(place), hours=plan.hours, open_spans=open_spans, quiet=quiet)


def escalate_due(at: Instant) -> int:
    """Take every step that is due; how many were taken. Each is one transaction: cut off, it is done again whole."""
    hurry_failed(at)
    taken = 0
    for row in pages_due(at):
        while take_step(row, at):
            taken += 1
            row = Page.objects.get(pk=row.pk)
            if row.next_at is None or Instant.of(row.next_at) > at:
                break
    return taken


def take_step(row: Page, at: Instant) -> bool:
    """
    The page's next step: everybody of it is told, or it is skipped with the reason, and the one after it is due at once.

    False where somebody was quicker: another worker, or an acknowledgement.
    """
    plan = Plan.from_json(row.plan)
    open_spans = [Span(Instant(start), Instant(end)) for start, end in row.open_spans]
    with transaction.atomic():
        errands, left_out = list_errands(row, plan.step(row.place), at) if plan.steps else ([], [])
        following = row.place + 1
        next_at: Instant | None = None
        if following < plan.places:
            # What tells nobody is no reason to wait; but a round never begins before its time.
            waits = bool(errands) or plan.begins_round(following)
            next_at = reckon(plan, following, at, row.is_urgent, open_spans) if waits else at
        mine = Page.objects.filter(OPEN, pk=row.pk, place=row.place, next_at=row.next_at)
        if not mine.update(place=following, next_at=next_at.utc() if next_at else None):
            return False
        step = PageStep.objects.create(
            page=row, place=row.place, at=at.utc(), is_skipped=not errands,
            because="\n".join(left_out) or ("" if errands else "the policy has no steps"),
        )  # fmt: skip
        for errand in errands:
            write_errand(row, step, errand, at)
    log.info("page step taken", extra={"page": row.name, "step": row.place + 1, "told": len(errands)})
    return True


def hurry_failed(at: Instant) -> None:
    """
    Where somebody of a page's latest step could be reached by none of their ways, the next step of the round is due at once.

    What was not taken is tried again all the same.
    """
    failed = Told.objects.filter(
        step__page__acknowledged_at__isnull=True, step__page__resolved_at__isnull=True, step__page__next_at__gt=at.utc(),
        step__place=F("step__page__place") - 1, message__sent_at__isnull=True, message__attempts__gt=0,
    ).exclude(message__last_error="").select_related("step__page")  # fmt: skip
    for told in failed:
        row = told.step.page
        others = Told.objects.filter(step=told.step, target=told.target).select_related("message")
        if any(is_hopeful(one.message) for one in others) or Plan.from_json(row.plan).begins_round(row.place):
            continue
        if Page.objects.filter(OPEN, pk=row.pk, place=row.place, next_at__gt=at.utc()).update(next_at=at.utc()):
            log.warning("nobody reached, next step at once", extra={"page": row.name, "because": told.message.last_error})


def is_hopeful(message: Message) -> bool:
    """Taken, or not refused yet."""
    return message.sent_at is not None or not message.last_error


def acknowledge(*, page: Page, by: User, at: Instant) -> Page:
    """
    `by` sees to it: no further step is taken, what is not sent yet stays unsent. Raises PageIsOver for all but the first.

    Acknowledged again by the same person, nothing changes.
    """
    with transaction.atomic():
        mine = Page.objects.filter(OPEN, pk=page.pk)
        if mine.update(acknowledged_at=at.utc(), acknowledged_by=by, next_at=None):
            drop(Message.objects.filter(told__step__page=page.pk), at)
            log.info("page acknowledged", extra={"page": page.name, "person": by.pk})
            return Page.objects.get(pk=page.pk)
    found = Page.objects.select_related("acknowledged_by").get(pk=page.pk)
    if found.acknowledged_by_id == by.pk:
        return found
    raise PageIsOver(tell_over(found))


def tell_over(page: Page) -> str:
    if page.acknowledged_by and page.acknowledged_at:
        return f"{page.acknowledged_by.name} acknowledged {page.name} at {Instant.of(page.acknowledged_at)}"
    return f"{page.name} is over: {page.resolved_because}"


def resolve(*, page: Page, because: str, at: Instant) -> bool:
    """What it was about is over; whether this ended it. Nobody is paged further, and who acknowledged it stays."""
    with transaction.atomic():
        mine = Page.objects.filter(pk=page.pk, resolved_at__isnull=True)
        if not mine.update(resolved_at=at.utc(), resolved_because=because[:300], next_at=None):
            return False
        drop(Message.objects.filter(told__step__page=page.pk), at)
    return True


def resolve_about(*, about: str, because: str, at: Instant) -> int:
    """All pages about it are over; how many this ended."""
    return sum(resolve(page=row, because=because, at=at) for row in pages_about(about))
