"""Whom a step reaches, by which ways, and in which words; the link by which one acknowledges."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from upheld.apps.oncall.models import Channel, Kind, Message, Page, PageStep, Rota, Told
from upheld.apps.oncall.queries.policies import PlannedStep
from upheld.apps.oncall.queries.rotas import who_is_on_call
from upheld.apps.oncall.queries.ways import addresses_of
from upheld.apps.oncall.services.codes import code_of, takes_codes
from upheld.apps.oncall.services.outbox import write_message
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff
from upheld.core.timeline import Instant

SALT = "upheld.oncall.acknowledge"
LONGEST_SPOKEN = 300
MOST_OF_SMS = 200
"""Letters of the subject in an SMS, so that the link behind it is never cut."""


class LinkIsUsed(ValueError):
    """A link that was used, that nobody was given, or whose person may not sign in any more."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One message to be written: to whom, as pages name them, and how."""

    target: str
    user: User | None
    kind: str
    address: str


def list_errands(page: Page, step: PlannedStep, at: Instant) -> tuple[list[Errand], list[str]]:
    """Whom the step reaches now, everybody once; and for whoever is left out the reason."""
    errands: dict[tuple[str, str], Errand] = {}
    left_out: list[str] = []
    for kind, number in step.targets:
        if kind == "channel":
            channel = Channel.objects.filter(pk=number).first()
            if channel is None:
                left_out.append("a channel of this step is not there any more")
            else:
                errands.setdefault(
                    (channel.kind, channel.address), Errand(channel.name, None, channel.kind, channel.address)
                )  # fmt: skip
            continue
        user, because = find_person(kind, number, at)
        if user is None:
            left_out.append(because)
            continue
        for way, address in addresses_of(user, is_urgent=page.is_urgent):
            errands.setdefault((way, address), Errand(user.name, user, way, address))
    return list(errands.values()), left_out


def find_person(kind: str, number: int, at: Instant) -> tuple[User | None, str]:
    """The person of a target now; or why there is none."""
    if kind == "rota":
        rota = Rota.objects.filter(pk=number).first()
        if rota is None:
            return None, "a rota of this step is not there any more"
        shift = who_is_on_call(rota, at)
        if shift is None:
            return None, f"nobody is on call by {rota.name}"
        user: User | None = shift.person
    else:
        user = User.objects.filter(pk=number).first()
    if user is None or not is_staff(user):
        return None, f"{user.name if user else 'a person of this step'} may not sign in any more"
    return user, ""


def write_errand(page: Page, step: PageStep, errand: Errand, at: Instant) -> None:
    """Put the message into the outbox, in the caller's transaction; the same errand again adds nothing."""
    key = f"page-{page.pk}-{step.place}-{errand.kind}-{errand.address}"
    key = (
        key
        if len(key) <= 250
        else f"page-{page.pk}-{step.place}-{errand.kind}-{Signer(salt=SALT).signature(errand.address)}"
    )
    subject = f"{page.name}: {page.subject}"
    write_message(
        kind=errand.kind, to=errand.address, subject=subject, body=word(page, step, errand, subject, at), key=key, at=at
    )
    Told.objects.get_or_create(
        message=Message.objects.get(key=key), defaults={"step": step, "target": errand.target, "user": errand.user}
    )


def word(page: Page, step: PageStep, errand: Errand, subject: str, at: Instant) -> str:
    """What the message says: as long as its way allows, always with the way to acknowledge."""
    url = link_of(page, step, errand.user) if errand.user else f"{settings.UPHELD_URL}/on-call/pages/{page.name}"
    if errand.kind == Kind.WEBHOOK:
        data = {"page": page.name, "about": page.about, "urgent": page.is_urgent, "subject": page.subject, "url": url}
        return json.dumps({"type": "page.sent", "timestamp": str(at), "data": data}, ensure_ascii=False)
    if errand.kind == Kind.PHONE:
        spoken = page.subject[:LONGEST_SPOKEN]
        return f"This is Upheld. {spoken}. I repeat: {spoken}. The page is {page.name}."
    answer = f"ack {code_of(page, errand.user)}" if errand.user and takes_codes(errand.kind) else ""
    if errand.kind == Kind.SMS:
        by_sms = f"Answer: {answer}\n" if answer else ""
        return f"{subject[:MOST_OF_SMS]}\n{by_sms}{url}"
    title = "" if errand.kind == Kind.MAIL else f"{subject}\n\n"
    by_text = f"Or answer here: {answer}\n" if answer else ""
    return f"{title}{page.text.strip()}\n\nI see to it: {url}\n{by_text}"


def link_of(page: Page, step: PageStep, user: User) -> str:
    """The address by which this person acknowledges this step of the page, once, without signing in."""
    return f"{settings.UPHELD_URL}/on-call/answer/{Signer(salt=SALT, sep='~').sign(f'{page.pk}-{step.place}-{user.pk}')}"


def read_link(token: str) -> Told:
    """The message that a link came with; raises LinkIsUsed where it is good no more, and never was."""
    try:
        page, place, user = (int(part) for part in Signer(salt=SALT, sep="~").unsign(token).split("-"))
    except (BadSignature, ValueError):
        raise LinkIsUsed("this link was not given out by us, or a part of it is missing") from None
    rows = Told.objects.select_related("step__page__policy", "step__page__acknowledged_by", "user")
    told = rows.filter(step__page=page, step__place=place, user=user).order_by("pk").first()
    if told is None:
        raise LinkIsUsed("this link was not given out by us, or a part of it is missing")
    if told.answered_at is not None:
        raise LinkIsUsed(f"this link was used at {Instant.of(told.answered_at)}; it is good once")
    if not is_staff(told.user):
        raise LinkIsUsed("whoever got this link may not sign in any more")
    return told
