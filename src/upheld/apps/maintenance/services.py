"""Writing about planned work: each step is a row and a fact in one transaction."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.ledger.services import record
from upheld.apps.maintenance.facts import cancelled_fact, ended_fact, notice_fact, planned_fact, started_fact
from upheld.apps.maintenance.models import Notice, Window
from upheld.apps.maintenance.queries import (
    CANCELLATION,
    CannotJudge,
    addressees_of,
    explain_span,
    kinds_of,
    notices_to_record,
    notices_to_take_back,
    notices_to_write,
    reason_of_cancelling,
)
from upheld.apps.oncall.models import Kind, Message
from upheld.apps.oncall.services import announce, write_message
from upheld.apps.parties.services import take_turn
from upheld.core.facts import NoticeGiven
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.maintenance")


class CannotPlan(ValueError):
    """Work that is not planned like this; the message says what is expected."""


class WrongMoment(ValueError):
    """A step that does not follow from where the work stands: it was cancelled, began, or is over."""


def plan(*, agreement: Agreement, kind: str, span: Span, reason: str, by: str, at: Instant) -> Window:
    """
    Plan work of a kind that the agreement knows. Nobody is told by it: that is `give_notice`. Raises CannotPlan.

    Whether it would count is told by `queries.check_plan`; it may be planned all the same.
    """
    if not span.length:
        raise CannotPlan(f"the work ends when it starts, at {span.start}; write a later end")
    if span.end <= at:
        raise CannotPlan(f"the work would be over since {span.end}; what was done already is recorded, not planned")
    if problem := explain_span(span):
        raise CannotPlan(problem)
    try:
        known = kinds_of(agreement, span.start)
    except CannotJudge as unjudged:
        raise CannotPlan(str(unjudged)) from None
    if kind not in known:
        raise CannotPlan(f"{agreement.key} knows no maintenance {kind!r}; it knows {', '.join(known)}")
    with transaction.atomic():
        take_turn()
        window = Window.objects.create(
            number=(Window.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            agreement=agreement,
            kind=kind,
            from_at=span.start.utc(),
            to_at=span.end.utc(),
            reason=reason.strip(),
            planned_by=by,
            planned_at=at.utc(),
        )
        record(facts=[planned_fact(window)])
        tell_work("maintenance.planned", window, "work was planned", at)
    log.info("work planned", extra={"window": window.name, "agreement": agreement.key, "kind": kind, "from": span.start})
    return window


def give_notice(*, window: Window, by: str, at: Instant) -> list[Notice]:
    """
    Tell the customer of planned work: the worker writes and sends the mail, and the fact counts from its sending.

    Asked for twice, everybody is told once. Raises NobodyToTell, WrongMoment.
    """
    with transaction.atomic():
        window = lock(window)
        refuse(window, "cancelled", "over")
        notices = []
        for addressee in addressees_of(window.agreement, window.kind, at):
            notice, _ = Notice.objects.get_or_create(
                window=window,
                to=addressee.address,
                defaults={"role": addressee.role, "asked_by": by, "asked_at": at.utc()},
            )
            notices.append(notice)
    log.info("notice asked for", extra={"window": window.name, "count": len(notices)})
    return notices


def write_notices(*, write: Callable[[Notice], tuple[str, str]], at: Instant) -> int:
    """Put the mails of asked notices into the outbox; `write` gives subject and text. Returns how many."""
    written = 0
    for notice in notices_to_write():
        subject, text = write(notice)
        key = f"notice-{notice.pk}"
        with transaction.atomic():
            write_message(kind=Kind.MAIL, to=notice.to, subject=subject, body=text, key=key, at=at)
            waiting = Notice.objects.filter(pk=notice.pk, message__isnull=True)
            if waiting.update(message=Message.objects.get(key=key)):
                written += 1
            else:
                # The work was cancelled meanwhile: nobody is told of what is not done.
                transaction.set_rollback(True)
    return written


def write_cancellations(*, write: Callable[[Notice, str], tuple[str, str]], at: Instant) -> int:
    """
    Tell whoever was sent a notice that its work was cancelled; `write` gives subject and text from notice and reason.

    One mail for each notice, through the same outbox. Returns how many were written.
    """
    told = notices_to_take_back(at)
    for notice in told:
        subject, text = write(notice, reason_of_cancelling(notice.window))
        write_message(kind=Kind.MAIL, to=notice.to, subject=subject, body=text, key=f"{CANCELLATION}{notice.pk}", at=at)
        log.info("cancellation told", extra={"window": notice.window.name})
    return len(told)


def record_notices(*, at: Instant) -> list[NoticeGiven]:
    """Record the notices that were sent meanwhile, each as of its sending."""
    facts: list[NoticeGiven] = []
    for notice in notices_to_record():
        with transaction.atomic():
            if not Notice.objects.filter(pk=notice.pk, is_recorded=False).update(is_recorded=True):
                continue
            assert notice.message is not None
            assert notice.message.sent_at is not None
            fact = notice_fact(notice, sent_at=Instant.of(notice.message.sent_at), at=at)
            record(facts=[fact])
            facts.append(fact)
            tell_work(
                "maintenance.announced", notice.window, "the customer was told of the work", at, role=notice.role,
                notice=fact.id, notice_at=str(fact.occurred_at),
            )  # fmt: skip
        log.info("notice given", extra={"window": notice.window.name, "sent": fact.occurred_at})
    return facts


def cancel(*, window: Window, because: str, by: str, at: Instant) -> Window:
    """
    The work will not be done: its window excuses nothing. Raises WrongMoment, CannotPlan without a reason.

    Whoever was sent a notice of it is told by the worker, with the reason (`write_cancellations`).
    """
    if not because.strip():
        raise CannotPlan("say why the work is cancelled: the customer will ask")
    with transaction.atomic():
        window = lock(window)
        refuse(window, "cancelled", "running", "over")
        window.cancelled_at = at.utc()
        window.save(update_fields=["cancelled_at"])
        # A notice that is not yet written is not written any more.
        window.notices.filter(message__isnull=True).delete()
        record(facts=[cancelled_fact(window, because=because.strip(), by=by, at=at)])
        tell_work("maintenance.cancelled", window, "the work was cancelled", at)
    log.info("work cancelled", extra={"window": window.name})
    return window


def start(*, window: Window, by: str, at: Instant) -> Window:
    """The work begins now; before the announced start, that is said. Raises WrongMoment."""
    with transaction.atomic():
        window = lock(window)
        refuse(window, "cancelled", "running", "over")
        window.started_at = at.utc()
        window.save(update_fields=["started_at"])
        record(facts=[started_fact(window, by=by, at=at)])
        tell_work("maintenance.started", window, "the work began", at)
    log.info("work started", extra={"window": window.name})
    return window


def end(*, window: Window, by: str, at: Instant) -> Window:
    """The work is over now. Raises WrongMoment."""
    with transaction.atomic():
        window = lock(window)
        refuse(window, "cancelled", "planned", "told", "over")
        window.ended_at = at.utc()
        window.save(update_fields=["ended_at"])
        record(facts=[ended_fact(window, by=by, at=at)])
        tell_work("maintenance.ended", window, "the work is over", at)
    log.info("work ended", extra={"window": window.name})
    return window


def tell_work(event: str, window: Window, words: str, at: Instant, **more: str) -> None:
    """Tell recipients of a step, in the transaction of its fact; `notice` is the fact's id where there are several."""
    told = {"window": window.name, "kind": window.kind, "from_at": str(window.span.start), "to_at": str(window.span.end)}
    announce(
        event, window.agreement, window.name, words=f"{words}, {window.kind}, {window.span}",
        path=f"/maintenance/{window.name}", key=f"{more.get('notice', window.name)}-{event}", at=at, **told, **more,
    )  # fmt: skip


def lock(window: Window) -> Window:
    rows = Window.objects.select_for_update(of=("self",)).select_related("agreement__customer", "agreement__version")
    return rows.get(pk=window.pk)


def refuse(window: Window, *states: str) -> None:
    """Raise WrongMoment where the work stands in one of these states."""
    meanings = {
        "planned": "has not begun",
        "told": "has not begun",
        "running": "has begun",
        "over": "is over",
        "cancelled": "was cancelled",
    }
    if window.state in states:
        raise WrongMoment(f"{window.name} {meanings[window.state]}, so this cannot be done any more; look at it again")
