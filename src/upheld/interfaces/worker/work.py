"""Everything that the worker does, and how often."""

import logging
from pathlib import Path

from django.conf import settings

from upheld.apps.billing.jobs import credits
from upheld.apps.desk import jobs as desk
from upheld.apps.desk.queries import our_marks
from upheld.apps.duties import services as duties
from upheld.apps.erasure.services import sweep
from upheld.apps.ledger.platform import sign_platform
from upheld.apps.ledger.queries import head_of, latest_checkpoint, list_agreements
from upheld.apps.ledger.services import LedgerWentBack, sign_checkpoint
from upheld.apps.maintenance import jobs as maintenance
from upheld.apps.maintenance import services as planning
from upheld.apps.maintenance.queries import Notice
from upheld.apps.oncall import jobs as oncall
from upheld.apps.probes import jobs as probes
from upheld.apps.statements import jobs as statements
from upheld.apps.witnesses import jobs as witnesses
from upheld.core.timeline import HOUR, MINUTE, SECOND, Duration, Instant
from upheld.gateways.jobs import Job
from upheld.gateways.reading import read_mail
from upheld.gateways.samples import Spool
from upheld.gateways.signing import NoSigner, NotSigned
from upheld.interfaces.worker.head_files import write_heads
from upheld.interfaces.worker.letters import tell_cancelled, tell_notice
from upheld.interfaces.worker.mailing import mail_heads_of_the_day
from upheld.interfaces.worker.reactions import react
from upheld.interfaces.worker.responder import Responder
from upheld.interfaces.worker.stating import send_statements
from upheld.interfaces.worker.status_file import write_status

log = logging.getLogger("upheld.worker")

HALF_A_SECOND = Duration(SECOND.micros // 2)


def list_watching(responder: Responder) -> list[Job]:
    """What must never wait for somebody else: what was seen, and what is to be watched."""
    intake = probes.Intake(Spool(settings.UPHELD_SPOOL), react)
    return [
        Job("answer as a control target", SECOND, lambda at: responder.see_to_it()),
        Job("take batches", HALF_A_SECOND, intake.take_waiting),
        Job("assign checks", SECOND, probes.assign),
        Job("seal observations", MINUTE * 5, probes.seal),
        Job("put away sealed observations", HOUR, probes.put_away),
    ]


def list_telling() -> list[Job]:
    """What goes outside, and what takes its time: it runs beside the watching."""
    return [
        Job("write notices", SECOND, write_notices),
        Job("write cancellations", SECOND, write_cancellations),
        Job("chase clocks", SECOND * 5, desk.chase),
        Job("forget who has gone from a ticket", MINUTE * 5, desk.forget_presence),
        Job("warn of clocks", SECOND * 30, desk.warn),
        Job("escalate pages", SECOND, oncall.escalate_due),
        Job("deliver messages", SECOND, oncall.deliver_due),
        Job("take in mail", SECOND, take_in_mail),
        Job("take in chats", SECOND, desk.take_in_updates),
        Job("take in SMS", SECOND, desk.take_in_sms),
        Job("pass on chats", SECOND * 2, desk.pass_on_chats),
        Job("write answers", SECOND, desk.write_waiting_mails),
        Job("write answers to chats", SECOND, desk.write_waiting_chats),
        Job("recalculate what changed", MINUTE, desk.recalculate_changed),
        Job("record notices", SECOND, maintenance.record_notices),
        Job("write the status page", SECOND * 5, lambda at: write_status(Path(settings.UPHELD_STATUS), at)),
        Job("sign heads", SECOND * 30, sign_heads),
        Job("mail heads", MINUTE * 5, mail_heads_of_the_day),
        Job("stamp heads", MINUTE * 15, witnesses.stamp_head),
        Job("propose credits", MINUTE, credits.propose_due),
        Job("prepare statements", MINUTE, statements.prepare_due),
        Job("send statements", SECOND * 5, send_statements),
        Job("end access whose time is over", SECOND * 5, lambda at: duties.end_due(at)),
        Job("sweep after erasures", MINUTE, lambda at: sweep(at=at)),
    ]


def take_in_mail(at: Instant) -> None:
    """What came by mail, read in a process of its own."""
    ours = our_marks()
    desk.take_in_waiting(at, lambda raw, envelope_from: read_mail(raw, ours, envelope_from=envelope_from))


def write_notices(at: Instant) -> None:
    """Mails for notices that somebody asked for."""

    def write(notice: Notice) -> tuple[str, str]:
        letter = tell_notice(notice, at)
        return letter.subject, letter.text

    planning.write_notices(write=write, at=at)


def write_cancellations(at: Instant) -> None:
    """Mails for notices whose work was cancelled after they were sent."""

    def write(notice: Notice, because: str) -> tuple[str, str]:
        letter = tell_cancelled(notice, because, at)
        return letter.subject, letter.text

    planning.write_cancellations(write=write, at=at)


def sign_heads(at: Instant) -> None:
    """
    Sign the head of every ledger that grew, then the platform's over all of them, and show that one.

    One that cannot be signed does not keep the others back. With half a minute between two runs, heads are at most a minute
    apart while facts arrive.
    """
    for agreement in list_agreements():
        try:
            head, signed = head_of(agreement), latest_checkpoint(agreement)
            if head is not None and (signed is None or signed.size != head.size):
                sign_checkpoint(agreement=agreement, at=at)
        except NoSigner as problem:
            log.error("no head is signed", extra={"because": str(problem)})
            return
        except (LedgerWentBack, NotSigned) as problem:
            log.error("a ledger is not signed any more", extra={"agreement": agreement, "because": str(problem)})
        except Exception:
            log.exception("a ledger cannot be signed", extra={"agreement": agreement})
    try:
        sign_platform(at=at)
        write_heads(Path(settings.UPHELD_STATUS))
    except Exception as problem:
        log.exception("the platform's tree cannot be signed", extra={"because": str(problem)})
