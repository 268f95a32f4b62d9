"""What the worker does for oncall."""

from collections.abc import Callable, Mapping

from django.conf import settings

from upheld.apps.oncall import services
from upheld.apps.oncall.models import Kind
from upheld.core.timeline import Duration, Instant
from upheld.gateways.apprise import NotInstalled, open_apprise
from upheld.gateways.chat import SlackTexter
from upheld.gateways.clock import monotonic_us
from upheld.gateways.mail import open_mailer
from upheld.gateways.phone import open_phone
from upheld.gateways.probe import read_networks
from upheld.gateways.sms import open_sms
from upheld.gateways.telegram import open_bot
from upheld.gateways.texts import NotTaken, Text, Texter, Wire
from upheld.gateways.webhook import open_poster


def deliver_due(at: Instant) -> int:
    """Send what waits in the outbox, by the ways that the settings name."""
    mailer = open_mailer(settings.UPHELD_EMAIL_URL, folder=settings.UPHELD_MAIL, sender=settings.UPHELD_EMAIL_FROM)
    poster = open_poster(
        settings.UPHELD_WEBHOOK_SECRET, keys=settings.UPHELD_KEYS, networks=tuple(settings.UPHELD_WEBHOOK_NETWORKS)
    )
    began_us = monotonic_us()
    return services.deliver_due(
        now=lambda: at + Duration(monotonic_us() - began_us), mailer=mailer, poster=poster, texters=open_texters()
    )


def escalate_due(at: Instant) -> int:
    """Take the steps of pages that are due: asked every second, which costs one look into an index while none is."""
    return services.escalate_due(at)


def list_kinds_set_up() -> list[str]:
    """The ways by which this installation can tell: some need a setting."""
    return [kind.value for kind in Kind if kind not in OPENERS or OPENERS[kind][0]()]


def open_texters() -> Mapping[str, Texter]:
    """What carries texts, by its kind, as the settings name it."""
    wire = Wire(read_networks(tuple(settings.UPHELD_WEBHOOK_NETWORKS)))
    return {kind.value: open_or_explain(open_one, wire) for kind, (is_set_up, open_one) in OPENERS.items() if is_set_up()}


def open_or_explain(open_one: Callable[[Wire], Texter], wire: Wire) -> Texter:
    """A slip in the settings of one way keeps back nothing but its own messages."""
    try:
        return open_one(wire)
    except (ValueError, NotInstalled) as problem:
        return UnusableTexter(str(problem))


class UnusableTexter:
    """Stands where the settings describe something that cannot be opened: each message is told why, and tried again."""

    def __init__(self, because: str) -> None:
        self.because = because

    def send(self, text: Text) -> None:
        raise NotTaken(self.because)


OPENERS: Mapping[Kind, tuple[Callable[[], bool], Callable[[Wire], Texter]]] = {
    Kind.TELEGRAM: (
        lambda: bool(settings.UPHELD_TELEGRAM_TOKEN),
        lambda wire: open_bot(settings.UPHELD_TELEGRAM_TOKEN, api=settings.UPHELD_TELEGRAM_API, wire=wire),
    ),
    Kind.SLACK: (lambda: True, lambda wire: SlackTexter(wire)),
    Kind.SMS: (
        lambda: bool(settings.UPHELD_SMS_URL),
        lambda wire: open_sms(settings.UPHELD_SMS_URL, settings.UPHELD_SMS_FIELDS, settings.UPHELD_SMS_HEADER, wire=wire),
    ),
    Kind.PHONE: (
        lambda: bool(settings.UPHELD_PHONE_URL),
        lambda wire: open_phone(
            settings.UPHELD_PHONE_URL, settings.UPHELD_PHONE_FIELDS, settings.UPHELD_PHONE_HEADER, wire=wire
        ),
    ),
    Kind.APPRISE: (lambda: bool(settings.UPHELD_APPRISE), lambda wire: open_apprise()),
}
