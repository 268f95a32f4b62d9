"""What is told outside: mails about outages and planned work, and the fields of webhooks. Plain words, plain text."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine

from upheld.apps.agreements.queries import UnknownAgreement, agreement, version_at
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.apps.maintenance.queries import Notice
from upheld.apps.parties.queries import UnknownParty, provider_name
from upheld.apps.probes.queries import outage
from upheld.core.facts import OutageClosed, OutageOpened
from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant
from upheld.pages.words import NBSP, UTC, say_instant, say_length, say_span

NAMELESS = "The provider"


class Letter(NamedTuple):
    """A mail with its subject, and the same for a machine."""

    subject: str
    text: str
    fields: dict[str, Any]


def tell_opened(fact: OutageOpened, at: Instant) -> Letter:
    """That a service is down."""
    row = outage(fact.outage)
    zone = zone_of(fact.agreement, at)
    return write(
        "outage_opened",
        fields_of(fact.outage, fact.agreement, because=fact.because, first_bad_at=str(fact.first_bad_at)),
        service=row.service.name,
        customer=row.service.customer.name,
        outage=fact.outage,
        since=say_instant(fact.first_bad_at, zone, exact=True),
        last_good=say_instant(fact.last_good_at, zone, exact=True) if fact.last_good_at else "",
        because=fact.because or "(it said nothing)",
        url=url_of(fact.outage),
    )


def tell_closed(fact: OutageClosed, at: Instant) -> Letter:
    """That it is up again."""
    row = outage(fact.outage)
    zone = zone_of(fact.agreement, at)
    began, ended = str(row.began_at), str(fact.first_good_at)
    return write(
        "outage_closed",
        fields_of(fact.outage, fact.agreement, because=row.because, first_bad_at=began, first_good_at=ended),
        service=row.service.name,
        customer=row.service.customer.name,
        outage=fact.outage,
        since=say_instant(row.began_at, zone, exact=True),
        until=say_instant(fact.first_good_at, zone, exact=True),
        lasting=say_length(fact.first_good_at - row.began_at),
        url=url_of(fact.outage),
    )


def tell_notice(notice: Notice, at: Instant) -> Letter:
    """The notice of planned work, to a customer: date, time and zone of its start and of its end."""
    return write("notice", {}, **describe_work(notice, at), reason=notice.window.reason)


def tell_cancelled(notice: Notice, because: str, at: Instant) -> Letter:
    """That work of which a customer was told will not be done, and why."""
    return write("cancelled", {}, **describe_work(notice, at), because=because)


def describe_work(notice: Notice, at: Instant) -> dict[str, str]:
    """What both letters say of the work."""
    window = notice.window
    zone = zone_of(window.agreement.key, at)
    try:
        provider = provider_name()
    except UnknownParty:
        provider = NAMELESS
    return {
        "provider": provider,
        "agreement": version_at(window.agreement, window.span.start).title,
        "window": window.name,
        "kind": window.kind,
        "span": say_span(window.span, zone, as_of=at),
        "start": say_instant(window.span.start, zone),
        "end": say_instant(window.span.end, zone),
    }


def fields_of(name: str, key: str, **more: str) -> dict[str, Any]:
    """What a webhook says of an outage. Nobody's name or address is in it."""
    service = outage(name).service
    named = {"outage": name, "agreement": key, "service": service.slug, "component": service.component}
    return {**named, **more, "url": url_of(name)}


def zone_of(key: str, at: Instant) -> Zone:
    """The zone in which an agreement counts its periods; UTC where it cannot be judged."""
    try:
        return next(iter(terms_of(agreement(key), at).periods.values())).zone
    except (UnknownAgreement, CannotJudge):
        return UTC


def url_of(name: str) -> str:
    return f"{settings.UPHELD_URL}/outages/{name}"


def write(template: str, fields: dict[str, Any], **words: str) -> Letter:
    """A letter from its template, whose first line is the subject."""
    written = build_engine().get_template(f"worker/{template}.txt").render(Context(words, autoescape=False))
    subject, _, text = written.replace(NBSP, " ").partition("\n")
    return Letter(" ".join(subject.split()), text.strip() + "\n", fields)


@cache
def build_engine() -> Engine:
    return Engine(dirs=[str(Path(__file__).parent / "templates")], autoescape=False)
