"""What the worker does for statements."""

import logging

from upheld.apps.statements import services
from upheld.apps.statements.queries import list_next
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.statements")


def prepare_due(at: Instant) -> int:
    """Prepare the statement of every period that is over and has none; one that fails does not keep the others back."""
    prepared = 0
    for agreement, period, number in list_next(at):
        try:
            services.prepare(agreement=agreement, period=period, number=number, by="upheld", at=at)
        except services.AlreadyIssued:
            continue  # a person issued it meanwhile
        except services.CannotPrepare as problem:
            log.warning("a statement is due and cannot be made", extra={"agreement": agreement.key, "because": str(problem)})
        except Exception:
            log.exception("a statement is due and cannot be made", extra={"agreement": agreement.key})
        else:
            prepared += 1
    return prepared
