"""Who is bound by what, and a customer's own values."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("agreement-signed", 1)
class AgreementSigned(Fact):
    """Who is bound by which version from `occurred_at`, with the digests of what was signed and the ledger's key."""

    document: str
    version: str
    customer: str
    source_digest: str
    terms_digest: str
    calendars_digest: str
    verifier_key: str


@fact("parameter-set", 1)
class ParameterSet(Fact):
    """
    A customer's own value for a parameter, from an instant.

    Where the value is a zone, `zone` holds its clocks as they were known when it was set: from which instant how many
    seconds east of UTC, each change a text such as `2026-03-08T07:00:00.000000Z -14400`, in their order.
    """

    name: str
    value: str
    from_at: Instant
    zone: tuple[str, ...] = ()


@fact("person-named", 1)
class PersonNamed(Fact):
    """
    From now on another person has a role of the agreement; nobody, where `person` is empty.

    `occurred_at` is when the message was received, `channel` how it came, `confirmed_at` when it was confirmed.
    """

    role: str
    person: str
    channel: str = ""
    confirmed_at: Instant | None = None


@fact("person-erased", 1)
class PersonErased(Fact):
    """What stood behind a person's marks was erased: from now on `person` means nobody who can be found."""

    person: str


@fact("instruction-received", 1)
class InstructionReceived(Fact):
    """Somebody gave an instruction."""

    instruction: str
    by: str
    what: str = ""


@fact("version-published", 1)
class VersionPublished(Fact):
    """An edition of the agreement's text, and the date (year-month-day) from which it takes effect."""

    version: str
    effective_on: str
