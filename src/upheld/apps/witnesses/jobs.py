"""What the worker does for those who keep our heads."""

import logging

from django.conf import settings

from upheld.apps.witnesses import services
from upheld.core.timeline import Instant
from upheld.gateways.probe import read_networks, read_target
from upheld.gateways.stamping import NotStamped, UnusableAuthority, open_authority

log = logging.getLogger("upheld.witnesses")


def stamp_head(at: Instant) -> bool:
    """Have the head of the day stamped where the settings name an authority; whether it was done now."""
    if not settings.UPHELD_TSA_URL:
        return False
    try:
        authority = open_authority(
            settings.UPHELD_TSA_URL, settings.UPHELD_TSA_ROOTS, read_networks(tuple(settings.UPHELD_WEBHOOK_NETWORKS))
        )
        named = read_target(settings.UPHELD_TSA_URL, schemes=("http", "https")).authority
        return services.stamp_head(stamper=authority, authority=named, at=at) is not None
    except (NotStamped, UnusableAuthority) as problem:
        log.error("no head is stamped", extra={"because": str(problem)})
        return False
