"""What the worker does for oncall."""

from django.conf import settings

from upheld.apps.oncall import services
from upheld.core.timeline import Duration, Instant
from upheld.gateways.clock import monotonic_us
from upheld.gateways.mail import open_mailer
from upheld.gateways.webhook import open_poster


def deliver_due(at: Instant) -> int:
    """Send what waits in the outbox, by the ways that the settings name."""
    mailer = open_mailer(settings.UPHELD_EMAIL_URL, folder=settings.UPHELD_MAIL, sender=settings.UPHELD_EMAIL_FROM)
    poster = open_poster(
        settings.UPHELD_WEBHOOK_SECRET, keys=settings.UPHELD_KEYS, networks=tuple(settings.UPHELD_WEBHOOK_NETWORKS)
    )
    began_us = monotonic_us()
    return services.deliver_due(now=lambda: at + Duration(monotonic_us() - began_us), mailer=mailer, poster=poster)
