"""Writing about agreements: keeping a version, binding a customer to it, giving a parameter another value."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from upheld.apps.agreements.facts import approved_fact, parameter_fact, signed_fact
from upheld.apps.agreements.models import Agreement, Parameter, Version
from upheld.apps.agreements.queries import parameters_at, read_calendars, read_document, version_at, zones_at
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import open_signer, record
from upheld.apps.parties.models import Customer
from upheld.apps.parties.services import mark_text
from upheld.core.facts import VersionPublished, of_kind
from upheld.core.proof import canonical_bytes
from upheld.core.terms import TermProblem, Terms
from upheld.core.terms.binding import bind
from upheld.core.terms.document import Document
from upheld.core.timeline import Instant
from upheld.gateways.signing import Signer
from upheld.language.calendars import freeze_zone
from upheld.language.kinds import Wrong

log = logging.getLogger("upheld.agreements")

Frozen = tuple[str, ...]
"""The clocks of a zone, each change a text."""


class VersionDiffers(ValueError):
    """The version of a text is on record with other words: a changed text is a new version."""


class AgreementExists(ValueError):
    """The key names an agreement with another customer or version."""


class ParametersDoNotFit(ValueError):
    """Values with which nobody can be bound; `reasons` are all that is wrong with them."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def add_version(*, source: str, document: Document, calendars: Mapping[str, Any], at: Instant) -> Version:
    """
    Keep a version of an agreement's text, with the terms and calendars that were made of it.

    The same text again is left as it is, with the terms and calendars of its first reading: customers hold their digests.
    Raises VersionDiffers for other words under the same version.
    """
    text, terms, frozen = source.encode(), canonical_bytes(document.to_json()), canonical_bytes(calendars)
    digest = sha256(text).hexdigest()
    with transaction.atomic():
        kept, is_new = Version.objects.get_or_create(
            document_id=document.id,
            version=document.version,
            defaults={
                "title": document.title,
                "source": text,
                "terms": terms,
                "calendars": frozen,
                "source_digest": digest,
                "terms_digest": sha256(terms).hexdigest(),
                "calendars_digest": sha256(frozen).hexdigest(),
                "added_at": at.utc(),
            },
        )
    if kept.source_digest != digest:
        raise VersionDiffers(
            f"version {document.version} of {document.id} is on record since {Instant.of(kept.added_at)} with other words; "
            "give the changed text a version of its own"
        )
    if is_new:
        log.info("version added", extra={"document": document.id, "version": document.version})
    return kept


def sign_agreement(
    *,
    key: str,
    customer: Customer,
    version: Version,
    parameters: Mapping[str, str],
    signed_at: Instant,
    by: str,
    at: Instant,
    signer: Signer | None = None,
) -> Agreement:
    """
    Bind a customer to a version from `signed_at` on, with values for its parameters; recorded at `at` by `by`. A zone is
    frozen with its value.

    Done twice with the same content it is done once. Raises AgreementExists, ParametersDoNotFit.
    """
    signer = signer or open_signer()
    with transaction.atomic():
        agreement, is_new = Agreement.objects.get_or_create(
            key=key, defaults={"customer": customer, "version": version, "signed_at": signed_at.utc()}
        )
        if not is_new:
            if agreement.customer_id != customer.pk or agreement.version_id != version.pk:
                raise AgreementExists(
                    f"{key} binds {agreement.customer} to {agreement.version}; two persons bind them by another version, in "
                    "the console under Agreements, Change the terms; give another agreement a key of its own"
                )
            return agreement
        parameters = mark_values(parameters)
        zones = freeze_zones(version, parameters)
        refuse_unfit(version, parameters, zones)
        record(facts=[signed_fact(agreement, by=by, at=at, verifier_key=signer.verifier_key())])
        for name, value in sorted(parameters.items()):
            add_parameter(agreement, name, value, zones.get(name), from_at=signed_at, by=by, at=at)
    log.info("agreement signed", extra={"agreement": key, "version": version.version, "from": signed_at})
    return agreement


def set_parameter(
    *, agreement: Agreement, name: str, value: str, from_at: Instant, by: str, at: Instant, approved_by: str = ""
) -> Parameter:
    """
    Give a parameter another value from an instant on. The value that is in force then already is not recorded again.

    Where a second person confirmed it, the ledger has it from both.

    Raises ParametersDoNotFit: an unknown name, a value that cannot be read, one that is fixed while the agreement binds.
    """
    with transaction.atomic():
        # Not against those who only point at the row: whoever issues a statement does so with the ledger in hand.
        Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
        value = mark_text(value)
        in_force = parameters_at(agreement, from_at)
        latest = agreement.parameters.filter(name=name).order_by("from_at", "pk").last()
        if latest and latest.value == value and Instant.of(latest.from_at) <= from_at:
            return latest
        version = version_at(agreement, from_at)
        document, calendars = read_document(bytes(version.terms)), read_calendars(bytes(version.calendars))
        if document.blocks.get("parameters", {}).get(name, {}).get("fixed") is True and name in in_force:
            raise ParametersDoNotFit(
                [f"{name} stays {in_force[name]!r} while the agreement binds: its text says that it is fixed"]
            )
        frozen = freeze_zones(version, {name: value})
        zones = zones_at(agreement, from_at)
        refuse_unfit(version, {**keep_known(document, in_force), name: value}, {**zones, **frozen})
        if frozen:
            before = bind(document, calendars, in_force, {}, zones)
            after = bind(document, calendars, {**in_force, name: value}, {}, {**zones, **frozen})
            refuse_split(before, after, from_at)
        return add_parameter(
            agreement, name, value, frozen.get(name), from_at=from_at, by=by, approved_by=approved_by, at=at
        )


def publish_edition(*, agreement: Agreement, version: str, effective_on: date, by: str, at: Instant) -> VersionPublished:
    """
    Record that an edition of the agreement's text takes effect on a date; which one binds is the agreement's answer.

    Published twice it is published once. Raises VersionDiffers for another date under the same version.
    """
    with transaction.atomic():
        Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
        known = of_kind(facts_of(agreement.key), VersionPublished)
        found = next((fact for fact in known if fact.version == version), None)
        if found is not None and found.effective_on != effective_on.isoformat():
            raise VersionDiffers(
                f"edition {version} of {agreement.key} was published for {found.effective_on}, not for {effective_on}; "
                "take back what was recorded wrongly first"
            )
        if found is not None:
            return found
        fact = VersionPublished(
            id=f"edition-{version}", agreement=agreement.key, occurred_at=at, recorded_at=at, source=by, version=version,
            effective_on=effective_on.isoformat(),
        )  # fmt: skip
        record(facts=[fact])
    log.info("edition published", extra={"agreement": agreement.key, "version": version, "from": effective_on})
    return fact


def mark_values(parameters: Mapping[str, str]) -> dict[str, str]:
    """The values as terms and statements hold them: with marks in the place of people, whom a role may name."""
    return {name: mark_text(value) for name, value in parameters.items()}


def keep_known(document: Document, values: Mapping[str, str]) -> dict[str, str]:
    """The values that a text asks for: another version may have asked for others."""
    known = document.blocks.get("parameters", {})
    return {name: value for name, value in values.items() if name in known}


def freeze_zones(version: Version, parameters: Mapping[str, str]) -> dict[str, Frozen]:
    """The clocks of each value that is a zone, as the tables know them now; raises ParametersDoNotFit for an unknown one."""
    known = read_document(bytes(version.terms)).blocks.get("parameters", {})
    calendars = read_calendars(bytes(version.calendars))
    frozen: dict[str, Frozen] = {}
    reasons: list[str] = []
    for name, value in sorted(parameters.items()):
        if known.get(name, {}).get("kind") == "zone":
            try:
                frozen[name] = freeze_zone(value, calendars)
            except Wrong as problem:
                reasons.append(f"parameters/{name}: {problem.what}; {problem.try_this}")
    if reasons:
        raise ParametersDoNotFit(reasons)
    return frozen


def refuse_unfit(version: Version, parameters: Mapping[str, str], zones: Mapping[str, Frozen]) -> None:
    document = read_document(bytes(version.terms))
    known = document.blocks.get("parameters", {})
    reasons = [
        f"no parameter is called {name!r}; there are {', '.join(known) or 'none'}"
        for name in sorted(set(parameters) - set(known))
    ]
    if not reasons:
        bound = bind(document, read_calendars(bytes(version.calendars)), parameters, {}, zones)
        reasons = [str(problem) for problem in bound] if isinstance(bound, list) else []
    if reasons:
        raise ParametersDoNotFit(reasons)


def refuse_split(before: Terms | list[TermProblem], after: Terms | list[TermProblem], from_at: Instant) -> None:
    """
    Refuse another zone from within the hours in which a period has begun by the new clocks and not yet by the old ones: no
    clocks would be in force at the beginning of that period.
    """
    if isinstance(before, list) or isinstance(after, list):
        return
    for name, period in after.periods.items():
        begun, old = period.containing(from_at), before.periods[name].containing(period.containing(from_at).start)
        is_same = old.end - begun.start < begun.start - old.start
        if not period.sliding and is_same and begun.start < from_at <= old.end:
            what = (
                f"periods/{name}: by the new clocks a period begins at {begun.start}, by those in force at {old.end}; "
                f"at {from_at} it would have begun by one and not by the other. Let the value hold from {begun.start}"
            )
            raise ParametersDoNotFit([what])


def add_parameter(
    agreement: Agreement,
    name: str,
    value: str,
    zone: Frozen | None,
    *,
    from_at: Instant,
    by: str,
    at: Instant,
    approved_by: str = "",
) -> Parameter:
    count = agreement.parameters.filter(name=name).count()
    row = Parameter.objects.create(
        agreement=agreement,
        name=name,
        value=value,
        from_at=from_at.utc(),
        set_at=at.utc(),
        fact_id=f"parameter-{name}-{count + 1}",
        source=by,
        zone=list(zone) if zone else None,
    )
    fact = parameter_fact(row)
    record(facts=[fact, *([approved_fact(fact, approved_by)] if approved_by else [])])
    return row
