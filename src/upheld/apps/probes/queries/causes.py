"""The causes that an agreement knows."""

from collections.abc import Mapping

from upheld.apps.agreements.queries import agreement, calendars_of, document_of, parameters_at
from upheld.core.terms import bind
from upheld.core.terms.rules import Cause
from upheld.core.timeline import Instant


class NoCauses(ValueError):
    """An agreement whose terms do not bind: it has no causes that could be assigned."""


def causes_of(key: str, at: Instant) -> Mapping[str, Cause]:
    """The causes of an agreement by name, each with the evidence that it asks for. Raises UnknownAgreement, NoCauses."""
    row = agreement(key)
    terms = bind(document_of(row), calendars_of(row), parameters_at(row, at), {})
    if isinstance(terms, list):
        raise NoCauses(f"{key} cannot be judged: {'; '.join(map(str, terms))}")
    return terms.causes
