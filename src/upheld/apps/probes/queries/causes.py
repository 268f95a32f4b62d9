"""The causes that an agreement knows."""

from collections.abc import Mapping

from upheld.apps.agreements.queries import CannotJudge, agreement, terms_of
from upheld.core.terms.rules import Cause
from upheld.core.timeline import Instant


class NoCauses(ValueError):
    """An agreement whose terms do not bind: it has no causes that could be assigned."""


def causes_of(key: str, at: Instant) -> Mapping[str, Cause]:
    """The causes of an agreement by name, each with the evidence that it asks for. Raises UnknownAgreement, NoCauses."""
    try:
        return terms_of(agreement(key), at).causes
    except CannotJudge as problem:
        raise NoCauses(str(problem)) from None
