"""Backups taken, recovery points used, disasters declared, drills and restores."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("backup-taken", 1)
class BackupTaken(Fact):
    """A backup was finished. `kind` is the duty that it serves, `properties` what was found of it: encrypted, off-site."""

    backup: str
    kind: str
    properties: tuple[str, ...] = ()
    bytes: int = 0
    is_good: bool = True
    """False where a check found that nothing can be restored from it."""
    point_at: Instant | None = None
    """The instant of the data that it holds, where that is not when it was finished."""
    evidence: str = ""


@fact("backup-tested", 1)
class BackupTested(Fact):
    """A backup was tried: whether it can be restored from."""

    backup: str
    is_good: bool
    by: str


@fact("recovery-point-used", 1)
class RecoveryPointUsed(Fact):
    """After an outage the data stood as they were at an instant: what came later was lost."""

    outage: str
    point_at: Instant
    by: str = ""


@fact("disaster-declared", 1)
class DisasterDeclared(Fact):
    """A person declared an outage to be a disaster."""

    outage: str
    by: str


@fact("drill-run", 1)
class DrillRun(Fact):
    """A rehearsed recovery, told when it was over: what failed when, what was restored when, from which point."""

    drill: str
    from_at: Instant
    restored_at: Instant
    point_at: Instant | None = None
    declared_at: Instant | None = None
    by: str = ""


@fact("restore-done", 1)
class RestoreDone(Fact):
    """Something was restored on request. `kind` is `disaster` or `single`; `deleted_by` is `customer` or `provider`."""

    restore: str
    kind: str
    asked_at: Instant
    deleted_by: str = ""
    ticket: str = ""
    backup: str = ""
