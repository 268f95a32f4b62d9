"""Another version of the text for a customer who is bound already: from when it can apply, and what is in its way."""

import logging
from collections.abc import Mapping

from django.db import transaction

from upheld.apps.agreements.facts import amended_fact, approved_fact
from upheld.apps.agreements.models import Agreement, Amendment, Version
from upheld.apps.agreements.queries import (
    CannotJudge,
    parameters_at,
    read_calendars,
    read_document,
    terms_of,
    version_at,
    versions_of,
    zones_at,
)
from upheld.apps.agreements.services import ParametersDoNotFit, add_parameter, freeze_zones, keep_known, mark_values
from upheld.apps.ledger.services import open_signer, record
from upheld.core.terms import Terms
from upheld.core.terms.binding import bind
from upheld.core.timeline import Instant, Span
from upheld.gateways.signing import Signer

log = logging.getLogger("upheld.agreements")

COMPARED = 24
"""Periods ahead that both versions must cut alike."""


class CannotAmend(ValueError):
    """A version by which the customer cannot be bound then; `reasons` are all that is in the way."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def starts_after(agreement: Agreement, at: Instant, count: int) -> list[Instant]:
    """The beginnings of the next periods: from one of them another version may apply. Raises CannotJudge."""
    return [period.start for period in periods_from(terms_of(agreement, at), at, count + 1)[1:]]


def periods_from(terms: Terms, at: Instant, count: int) -> list[Span]:
    """The period in which an instant lies, and those behind it."""
    found = [terms.statement_period.containing(at)]
    while len(found) < count:
        found.append(terms.statement_period.containing(found[-1].end))
    return found


def list_missing(agreement: Agreement, version: Version, from_at: Instant) -> list[str]:
    """The parameters of a version that have neither a value nor a usual one."""
    known = read_document(bytes(version.terms)).blocks.get("parameters", {})
    values = parameters_at(agreement, from_at)
    return [name for name, written in known.items() if name not in values and "usual" not in written]


def explain_amendment(
    agreement: Agreement, version: Version, from_at: Instant, values: Mapping[str, str], at: Instant
) -> list[str]:
    """Everything for which a customer cannot be bound by a version from an instant on; nothing where he can."""
    in_force, last_from = version_at(agreement, from_at), versions_of(agreement)[-1][0]
    reasons = []
    if version.document_id != agreement.version.document_id:
        reasons.append(
            f"{version.title} is another text than {agreement.version.title}: let this agreement end, and sign the other one"
        )
    if version.pk == in_force.pk:
        reasons.append(f"version {version.version} binds then already")
    if from_at <= at:
        reasons.append(f"{from_at} is not ahead: a period that began is judged by the version in force when it did")
    if from_at <= last_from:
        reasons.append(f"the version of {last_from} is the latest that was agreed; choose a later beginning than that")
    if reasons:
        return reasons
    try:
        before, after = terms_of(agreement, from_at), bind_version(agreement, version, from_at, values)
    except (CannotJudge, ParametersDoNotFit) as problem:
        return list(getattr(problem, "reasons", (str(problem),)))
    if periods_from(before, from_at, 1)[0].start != from_at:
        reasons.append(f"{from_at} is not the beginning of a period; no period is judged by two versions")
    if periods_from(before, from_at, COMPARED) != periods_from(after, from_at, COMPARED):
        reasons.append("the new version has other periods of statements: let this agreement end, and sign the other one")
    return reasons


def bind_version(agreement: Agreement, version: Version, from_at: Instant, values: Mapping[str, str]) -> Terms:
    """The rules as they would be for this customer. Raises ParametersDoNotFit."""
    document, calendars = read_document(bytes(version.terms)), read_calendars(bytes(version.calendars))
    known = document.blocks.get("parameters", {})
    if strange := sorted(set(values) - set(known)):
        raise ParametersDoNotFit([f"no parameter is called {name!r} in version {version.version}" for name in strange])
    all_values = {**keep_known(document, parameters_at(agreement, from_at)), **values}
    zones = {**zones_at(agreement, from_at), **freeze_zones(version, values)}
    bound = bind(document, calendars, all_values, {}, zones)
    if isinstance(bound, list):
        raise ParametersDoNotFit([str(problem) for problem in bound])
    return bound


def amend_agreement(
    *,
    agreement: Agreement,
    version: Version,
    from_at: Instant,
    values: Mapping[str, str],
    by: str,
    approved_by: str,
    at: Instant,
    signer: Signer | None = None,
) -> Amendment:
    """
    Bind a customer by another version of the text, from the beginning of a period on, with values for what is new in it.

    Recorded as a further signing by each of the two: who verifies a period takes the latest of its beginning. Raises
    CannotAmend.
    """
    signer = signer or open_signer()
    with transaction.atomic():
        agreement = Agreement.objects.select_for_update(no_key=True).select_related("version").get(pk=agreement.pk)
        values = mark_values(values)
        if by == approved_by or not approved_by:
            raise CannotAmend([f"terms are changed by two persons; {by} cannot approve their own"])
        if reasons := explain_amendment(agreement, version, from_at, values, at):
            raise CannotAmend(reasons)
        row = Amendment.objects.create(
            agreement=agreement, version=version, from_at=from_at.utc(), recorded_at=at.utc(), source=by,
            approved_by=approved_by, fact_id=f"amended-{agreement.amendments.count() + 1}",
        )  # fmt: skip
        signed = amended_fact(row, verifier_key=signer.verifier_key())
        record(facts=[signed, approved_fact(signed, approved_by)])
        zones = freeze_zones(version, values)
        for name, value in sorted(values.items()):
            add_parameter(agreement, name, value, zones.get(name), from_at=from_at, by=by, approved_by=approved_by, at=at)
    log.info("agreement amended", extra={"agreement": agreement.key, "version": version.version, "from": from_at})
    return row
