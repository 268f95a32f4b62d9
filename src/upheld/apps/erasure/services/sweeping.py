"""After an erasure: the database's files are rewritten, so that neither freed pages nor an index of words hold anything."""

import logging

from django.conf import settings
from django.db import connection

from upheld.apps.erasure.models import Erasure
from upheld.apps.erasure.queries import list_unswept
from upheld.core.timeline import Instant
from upheld.gateways.sealing import drop_ended

log = logging.getLogger("upheld.erasure")


def sweep(*, at: Instant) -> int:
    """Rewrite the database's files where somebody was erased since; how many erasures that covers. Outside transactions."""
    drop_ended(settings.UPHELD_KEYS / "backups", at)
    waiting = [row.pk for row in list_unswept()]
    if not waiting:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
            for (table,) in cursor.fetchall():
                name = connection.ops.quote_name(table)
                cursor.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM (FULL)")
    count = Erasure.objects.filter(pk__in=waiting).update(swept_at=at.utc())
    log.info("database rewritten after erasures", extra={"count": count})
    return count
