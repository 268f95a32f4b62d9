"""Whether a machine may answer a mail. People always may."""

import re

from upheld.gateways.reading import Mail, Standing, Unreadable

NOBODY_READS = re.compile(
    r"(?:no.?reply|do.?not.?reply|mailer-daemon|postmaster|listserv|majordomo|bounces?|owner-.*|.*-(?:request|bounces|owner))@.*"
)


def may_answer_automatically(mail: Mail | Unreadable) -> bool:
    """Whether `say_why_silent` knows no reason against it."""
    return say_why_silent(mail) is None


def say_why_silent(mail: Mail | Unreadable) -> str | None:
    """Why no machine may answer this mail (RFC 3834, 2), or None where one may."""
    if isinstance(mail, Unreadable):
        return "the mail was not read, so nobody knows whether a machine wrote it"
    if mail.own_loop:
        return f"it is our own mail that came back: {mail.own_loop}"
    if mail.bounce is not None:
        return "it is a mail server's word on another mail"
    if mail.automatic:
        return f"a machine wrote it: {mail.automatic}"
    if not mail.sender.address:
        return "it has no sender"
    if NOBODY_READS.fullmatch(mail.sender.address):
        return f"nobody reads mail to {mail.sender.address}"
    if mail.authenticity.standing is Standing.FAILED:
        return f"its sender is forged, and an answer would reach somebody else: {mail.authenticity.because}"
    return None
