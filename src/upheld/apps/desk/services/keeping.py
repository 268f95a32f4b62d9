"""Raw bytes are kept before anybody reads them: what cannot be read is not lost, what comes twice is kept once."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import transaction

from upheld.apps.desk.models import Inbound
from upheld.core.timeline import Instant


def keep_inbound(
    *, channel: str, raw: bytes, received_at: Instant, envelope_from: str = "", envelope_to: Sequence[str] = (),
    whole_size: int | None = None,
) -> Inbound:  # fmt: skip
    """
    What came, committed when this returns: only then may whoever brought it be told that it was taken. `whole_size` is
    how many bytes the whole has, where `raw` is its beginning alone.
    """
    digest = sha256(b"\0".join([channel.encode(), envelope_from.encode(), *map(str.encode, envelope_to), raw])).hexdigest()
    with transaction.atomic(durable=True):
        kept, _ = Inbound.objects.get_or_create(
            digest=digest,
            defaults={
                "channel": channel,
                "envelope_from": envelope_from[:320],
                "envelope_to": list(envelope_to),
                "raw": raw,
                "whole_size": whole_size,
                "received_at": received_at.utc(),
            },
        )
    return kept
