"""What people who are paged write back by SMS or to our bot: their code acknowledges the page, and they are told."""

import logging
import re

from django.conf import settings
from django.db import transaction

from upheld.apps.desk.models import Inbound
from upheld.apps.desk.models.mail import Reading
from upheld.apps.oncall.models import Kind
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.oncall.services import UnfitRecipient, acknowledge_by_text, read_code, write_message
from upheld.apps.oncall.services.addresses import check_address
from upheld.apps.oncall.services.codes import people_at
from upheld.core.timeline import HOUR, SECOND, Instant
from upheld.gateways.sms import ArrivedSms, NotAnSms, parse_sms

log = logging.getLogger("upheld.desk")

SMS = "sms"
MOST_WRONG = 5
"""Wrong codes from one address in an hour: four digits are not found by trying."""
MOST_TOLD = 5
"""Answers to one number in an hour: two machines that text each other fall silent."""
WRONG = "a wrong code"
PART = "a part of a longer text, whose other part acknowledged"
SHORTEST_PART = 60
"""Letters: a long text comes in parts of 67 or more, but for its last one (3GPP TS 23.040, 9.2.3.24)."""
PARTS_WITHIN = SECOND * 30
AMID = re.compile(r"\back(?:nowledge)?[\s:#]+(?P<code>\d{4})\b", re.IGNORECASE)
"""An acknowledgement within a text of several parts."""


def take_sms(*, inbound: Inbound, at: Instant) -> Inbound:
    """Read an SMS that was kept and do what follows from it, once: a page is acknowledged, or its writer is told why not."""
    with transaction.atomic():
        waiting = Inbound.objects.select_for_update().filter(pk=inbound.pk, state=Reading.WAITING).first()
        if waiting is None:
            return Inbound.objects.get(pk=inbound.pk)
        try:
            arrived = parse_sms(bytes(waiting.raw), settings.UPHELD_SMS_ARRIVED)
        except NotAnSms as problem:
            waiting.state, waiting.because = Reading.UNREADABLE, str(problem)[:500]
        else:
            if awaits_others(waiting, arrived, at):
                return waiting
            words, because = take_words(waiting, arrived, at)
            waiting.state, waiting.because = (Reading.IGNORED, because[:500]) if because else (Reading.READ, "")
            if words:
                answer_sms(waiting, arrived.sender, words, at)
        waiting.save(update_fields=["state", "because", "envelope_from"])
    log.info("SMS taken in", extra={"inbound": waiting.pk, "state": waiting.state, "because": waiting.because})
    return waiting


def find_code(text: str) -> str | None:
    """The code of a text that acknowledges, or of the part of one; None where none stands in it."""
    amid = AMID.search(text)
    return amid["code"] if amid else read_code(text)


def awaits_others(waiting: Inbound, arrived: ArrivedSms, at: Instant) -> bool:
    """
    Whether what came looks like a part of a text of ours whose other parts are under way: some providers post each by
    itself, and in any order. Only for people whom we page: nobody else can keep anything waiting.
    """
    is_part = find_code(arrived.text) is None and len(arrived.text) >= SHORTEST_PART
    is_fresh = at < Instant.of(waiting.received_at) + PARTS_WITHIN
    return is_part and is_fresh and bool(people_at(SMS, arrived.sender))


def take_words(waiting: Inbound, arrived: ArrivedSms, at: Instant) -> tuple[str, str]:
    """As take_code; no words for the parts of a text that acknowledged."""
    code = find_code(arrived.text)
    came = Instant.of(waiting.received_at)
    around = (came.before(PARTS_WITHIN).utc(), (came + PARTS_WITHIN).utc())
    done = Inbound.objects.filter(channel=SMS, envelope_from=arrived.sender[:320], state=Reading.READ)
    if code is None and done.filter(received_at__range=around).exists():
        waiting.envelope_from = arrived.sender[:320]
        return "", PART
    return take_code(waiting, SMS, arrived.sender, code, at)


def take_code(inbound: Inbound, kind: str, address: str, code: str | None, at: Instant) -> tuple[str, str]:
    """
    Acknowledge by a code from this address, in the caller's transaction: the words for whoever wrote it, and the reason
    where nothing was acknowledged. `code` is None where none was sent.
    """
    inbound.envelope_from = address[:320]
    if code is None:
        return f"Pages are answered with: ack CODE. All else is at {settings.UPHELD_URL}/on-call.", "it acknowledges nothing"
    if count_wrong(kind, address, at) >= MOST_WRONG:
        words = "Nothing was acknowledged: too many wrong codes came from here. Use the link in the message."
        return words, f"after {MOST_WRONG} wrong codes in an hour none is tried"
    done = acknowledge_by_text(kind=kind, address=address, code=code, at=at)
    if done.page is not None:
        return done.words, ""
    return done.words, f"{WRONG}: {done.words}" if done.is_wrong_code else done.words


def count_wrong(kind: str, address: str, at: Instant) -> int:
    rows = Inbound.objects.filter(channel=kind, envelope_from=address[:320], received_at__gt=at.before(HOUR).utc())
    return rows.filter(because__startswith=WRONG).count()


def answer_sms(inbound: Inbound, number: str, words: str, at: Instant) -> None:
    """Tell whoever wrote; nobody where it came from no number, or where they were told often enough."""
    try:
        to = check_address(Kind.SMS, number)
    except UnfitRecipient:
        return
    told = Outgoing.objects.filter(kind=Kind.SMS, to=to, key__startswith="inbound-", written_at__gt=at.before(HOUR).utc())
    if told.count() < MOST_TOLD:
        write_message(kind=Kind.SMS, to=to, subject="Your SMS", body=words, key=f"inbound-{inbound.pk}-said", at=at)
