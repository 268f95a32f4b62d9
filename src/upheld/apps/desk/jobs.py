"""What the worker does for the desk again and again."""

import logging

from django.conf import settings

from upheld.apps.agreements.queries import CannotJudge, list_agreements
from upheld.apps.desk import services
from upheld.apps.desk.models import Inbound, Reckoned
from upheld.apps.desk.models.mail import Reading
from upheld.apps.desk.queries import digest_of_terms
from upheld.apps.desk.services import Lead, recalculate, take_in, write_mails
from upheld.apps.desk.services.intake import Read
from upheld.core.timeline import MINUTE, Instant

log = logging.getLogger("upheld.desk")

AT_ONCE = 100


def recalculate_changed(at: Instant) -> None:
    """Agreements whose calendars or values are others than those by which their runs were reckoned last."""
    known = dict(Reckoned.objects.values_list("agreement_id", "digest"))
    for agreement in list_agreements():
        if known.get(agreement.pk) == digest_of_terms(agreement, at):
            continue
        try:
            recalculate(agreement=agreement, at=at)
        except CannotJudge as problem:
            log.error("runs cannot be recalculated", extra={"agreement": agreement.key, "because": str(problem)})


def take_in_waiting(at: Instant, read: Read) -> None:
    """What came by mail and nobody looked at yet, the oldest first. One that cannot be worked on keeps no other back."""
    for inbound in Inbound.objects.filter(state=Reading.WAITING, channel="email").order_by("pk")[:AT_ONCE]:
        try:
            take_in(inbound=inbound, read=read, at=at)
        except Exception:
            log.exception("a mail could not be taken in; it waits", extra={"inbound": inbound.pk})


def write_waiting_mails(at: Instant) -> None:
    """Answers that go out by mail."""
    write_mails(at=at)


def take_in_updates(at: Instant) -> None:
    """What was written to our bot, in the order in which it came. One that cannot be worked on keeps no other back."""
    for inbound in Inbound.objects.filter(state=Reading.WAITING, channel="telegram").order_by("pk")[:AT_ONCE]:
        try:
            services.take_update(inbound=inbound, at=at)
        except Exception:
            log.exception("an update could not be taken in; it waits", extra={"inbound": inbound.pk})


def take_in_sms(at: Instant) -> None:
    """What was written back by SMS, in the order in which it came. One that cannot be worked on keeps no other back."""
    for inbound in Inbound.objects.filter(state=Reading.WAITING, channel="sms").order_by("pk")[:AT_ONCE]:
        try:
            services.take_sms(inbound=inbound, at=at)
        except Exception:
            log.exception("an SMS could not be taken in; it waits", extra={"inbound": inbound.pk})


def write_waiting_chats(at: Instant) -> None:
    """Answers that go to chats."""
    services.write_chats(at=at)


def pass_on_chats(at: Instant) -> None:
    """Chats about what they are not for go on elsewhere."""
    services.pass_on_changed(at=at)


def chase(at: Instant) -> None:
    """Clocks whose time is over are told, and holds whose date came are ended."""
    services.chase(at=at)


def forget_presence(at: Instant) -> None:
    """Who looked at a ticket and has gone."""
    services.forget_presence(at=at)


def warn(at: Instant) -> None:
    """Clocks whose time is nearly over are told."""
    lead = Lead(settings.UPHELD_WARN_SHARE, MINUTE * settings.UPHELD_WARN_MINUTES)
    services.warn(at=at, lead=lead)
