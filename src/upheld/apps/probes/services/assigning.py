"""Telling a prober what to watch."""

import logging

from upheld.apps.fleet.queries import list_assignments
from upheld.gateways.samples import Spool, UnreadableDocument

log = logging.getLogger("upheld.probes")


def assign(*, spool: Spool) -> bool:
    """Lay the checks of all watched services before the prober of a spool; False where it has them already."""
    wanted = list_assignments()
    try:
        if list(spool.read_assignments()) == wanted and spool.mark_assignments() is not None:
            return False
    except UnreadableDocument as problem:
        log.warning("assignments are written anew, what lay there could not be read", extra={"because": str(problem)})
    spool.write_assignments(wanted)
    log.info("assignments written", extra={"checks": len(wanted)})
    return True
