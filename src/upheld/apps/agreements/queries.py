"""What binds whom: texts, terms, calendars, values at an instant."""

from functools import lru_cache
from typing import Any

from upheld.apps.agreements.facts import parameter_fact
from upheld.apps.agreements.models import Agreement, Parameter, Version
from upheld.core.facts import known_at
from upheld.core.proof import parse_canonical
from upheld.core.service_hours import Zone
from upheld.core.statement.gathering import parameters_at as parameters_in_force
from upheld.core.statement.gathering import zones_at as zones_in_force
from upheld.core.terms import Terms, bind
from upheld.core.terms.document import Document
from upheld.core.timeline import Instant


class UnknownAgreement(LookupError):
    """An agreement, or a version of a text, that is not on record."""


class CannotJudge(ValueError):
    """An agreement that the judge cannot read as it stands; the message says which parameter or word is in the way."""


def agreement(key: str) -> Agreement:
    """One agreement; raises UnknownAgreement."""
    found = Agreement.objects.select_related("customer", "version").filter(key=key).first()
    if found is None:
        raise UnknownAgreement(f"no agreement is called {key!r}")
    return found


def list_agreements() -> list[Agreement]:
    return list(Agreement.objects.select_related("customer", "version").order_by("key"))


def version(document_id: str, version: str) -> Version:
    """One version of a text; raises UnknownAgreement."""
    found = Version.objects.filter(document_id=document_id, version=version).first()
    if found is None:
        raise UnknownAgreement(f"no version {version!r} of {document_id!r} is on record")
    return found


def list_versions() -> list[Version]:
    return list(Version.objects.order_by("document_id", "version"))


def source_of(version: Version) -> str:
    """The text as it was written."""
    return bytes(version.source).decode()


def versions_of(agreement: Agreement) -> list[tuple[Instant, Version]]:
    """Every version that binds, or will, with the instant from which it does; in that order."""
    later = agreement.amendments.select_related("version").order_by("from_at")
    return [
        (Instant.of(agreement.signed_at), agreement.version),
        *((Instant.of(row.from_at), row.version) for row in later),
    ]


def version_at(agreement: Agreement, at: Instant) -> Version:
    """The version that binds at an instant; before the signing, the one that was signed."""
    later = agreement.amendments.filter(from_at__lte=at.utc()).select_related("version").order_by("from_at").last()
    return later.version if later else agreement.version


def document_of(agreement: Agreement, at: Instant) -> Document:
    """The terms that bind the customer at an instant. Of a period, ask for its beginning: by that it is judged."""
    return read_document(bytes(version_at(agreement, at).terms))


def calendars_of(agreement: Agreement, at: Instant) -> dict[str, Any]:
    """The calendars that were frozen with them."""
    return read_calendars(bytes(version_at(agreement, at).calendars))


@lru_cache(maxsize=64)
def read_document(terms: bytes) -> Document:
    # Versions never change, and nobody changes what comes back: pages ask for the same one many times.
    return Document.from_json(parse_canonical(terms))


@lru_cache(maxsize=64)
def read_calendars(calendars: bytes) -> dict[str, Any]:
    frozen: dict[str, Any] = parse_canonical(calendars)
    return frozen


def parameters_of(agreement: Agreement) -> list[Parameter]:
    """Every value that was ever set, in the order in which they hold."""
    return list(agreement.parameters.order_by("name", "from_at", "pk"))


def parameters_at(agreement: Agreement, at: Instant, *, as_of: Instant | None = None) -> dict[str, str]:
    """The values in force at an instant, by the judge's own rule; with `as_of`, as they were known then."""
    facts = [parameter_fact(row) for row in agreement.parameters.all()]
    return parameters_in_force(facts if as_of is None else known_at(facts, as_of), at)


def zones_at(agreement: Agreement, at: Instant) -> dict[str, tuple[str, ...]]:
    """The zones that were frozen with the values in force at an instant, by parameters."""
    return zones_in_force([parameter_fact(row) for row in agreement.parameters.all()], at)


def zones_of(agreement: Agreement, at: Instant) -> dict[str, Zone]:
    """Every zone in which a time of the agreement may be told: those of its text, and those that its customer named."""
    named = {name: Zone.from_json(name, written) for name, written in calendars_of(agreement, at)["zones"].items()}
    own = {row.value: Zone.from_texts(row.value, row.zone) for row in parameters_of(agreement) if row.zone}
    return {**own, **named}


def terms_of(agreement: Agreement, at: Instant) -> Terms:
    """The rules for this customer as they stand at an instant. Raises CannotJudge."""
    version = version_at(agreement, at)
    facts = [parameter_fact(row) for row in agreement.parameters.all()]
    values = tuple(sorted(parameters_in_force(facts, at).items()))
    zones = tuple(sorted(zones_in_force(facts, at).items()))
    terms = bind_kept(bytes(version.terms), bytes(version.calendars), values, zones)
    if isinstance(terms, str):
        raise CannotJudge(f"{agreement.key} cannot be judged: {terms}")
    return terms


@lru_cache(maxsize=64)
def bind_kept(
    terms: bytes,
    calendars: bytes,
    values: tuple[tuple[str, str], ...],
    zones: tuple[tuple[str, tuple[str, ...]], ...],
) -> Terms | str:
    """Terms with a customer's values, or every reason why they do not bind: at each deed the same are asked for."""
    bound = bind(read_document(terms), read_calendars(calendars), dict(values), {}, dict(zones))
    return "; ".join(map(str, bound)) if isinstance(bound, list) else bound
