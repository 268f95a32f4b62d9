"""What the worker does for the probes again and again."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, transaction

from upheld.apps.probes import services
from upheld.apps.probes.models import Observation
from upheld.apps.probes.queries import unclaimed_checks
from upheld.core.facts import Fact
from upheld.core.timeline import Instant
from upheld.gateways.samples import Batch, Spool

log = logging.getLogger("upheld.probes")

DAYS_AT_HAND = 3
"""How long sealed observations stay in the database, for pages; their files stay."""


class Intake:
    """Takes batches from a spool. Remembers, while the process lives, which ones cannot be taken, and says so once."""

    def __init__(self, spool: Spool, react: Callable[[list[Fact], Instant], object]) -> None:
        self._spool = spool
        self._react = react
        self._refused: set[str] = set()

    def take_waiting(self, at: Instant) -> int:
        """
        Take every batch that waits, each in a transaction with all that follows from it; returns how many.

        A database that cannot be reached ends the round, so that nothing is taken out of turn.
        """
        taken = 0
        for batch in self._spool.waiting_batches():
            if batch.name in self._refused:
                continue
            try:
                with transaction.atomic():
                    self._react(services.ingest(batch=batch, at=at), at)
            except Exception as problem:
                # Rows that do not fit will not fit later either; whatever else the database refuses may pass.
                if isinstance(problem, DatabaseError) and not isinstance(problem, DataError | IntegrityError):
                    raise
                # It stays in the spool, and is tried again at the next start: nothing that was seen is thrown away.
                log.exception("a batch cannot be taken, the others go on", extra={"batch": batch.name})
                self._refused.add(batch.name)
                continue
            self._put_aside(batch)
            taken += 1
        return taken


    def _put_aside(self, batch: Batch) -> None:
        """A batch that was taken is done with; one that also told of checks which no service has is held for a person."""
        if strange := unclaimed_checks(batch):
            self._spool.hold(batch, f"no service has the checks {', '.join(strange)}; the others were taken")
        else:
            self._spool.forget(batch)


def assign(at: Instant) -> None:
    """See to it that the prober has the checks of today."""
    services.assign(spool=Spool(settings.UPHELD_SPOOL))


def seal(at: Instant) -> None:
    """Seal what was observed."""
    services.seal(at=at)


def put_away(at: Instant) -> int:
    """Take sealed observations of long ago out of the database; their files keep them."""
    old = Observation.objects.filter(seal__isnull=False, seen_at__lt=at.utc() - timedelta(days=DAYS_AT_HAND))
    return old.delete()[0]
