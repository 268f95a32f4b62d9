"""What the worker does for the desk again and again."""

import logging

from upheld.apps.agreements.queries import CannotJudge, list_agreements
from upheld.apps.desk.models import Reckoned
from upheld.apps.desk.queries import digest_of_terms
from upheld.apps.desk.services import recalculate
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")


def recalculate_changed(at: Instant) -> None:
    """Agreements whose calendars or values are others than those by which their runs were reckoned last."""
    known = dict(Reckoned.objects.values_list("agreement_id", "digest"))
    for agreement in list_agreements():
        if known.get(agreement.pk) == digest_of_terms(agreement, at):
            continue
        try:
            recalculate(agreement=agreement, at=at)
        except CannotJudge as problem:
            log.error("runs cannot be recalculated", extra={"agreement": agreement.key, "because": str(problem)})
