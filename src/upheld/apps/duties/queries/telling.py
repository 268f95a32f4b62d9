"""What an agreement wants to be told of that no other part of the product records by itself, and of what it may be."""

from collections.abc import Iterable

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.core.facts import Fact, OutageOpened, of_kind
from upheld.core.terms.duties import Notice
from upheld.core.timeline import Instant

OF_OUTAGES = ("outage start", "outage end")


class UnknownNotice(LookupError):
    """A notice that the agreement does not name."""


def list_notices(agreement: Agreement, as_of: Instant) -> list[Notice]:
    """The notices that a person records: of outages and of events; those of planned work go out by themselves."""
    found = terms_of(agreement, as_of).besides.notices.values()
    return [one for one in found if set(one.upon.value) & set(OF_OUTAGES) or list_events(agreement, one, as_of)]


def find_notice(agreement: Agreement, name: str, as_of: Instant) -> Notice:
    """Raises UnknownNotice, CannotJudge."""
    known = list_notices(agreement, as_of)
    found = next((one for one in known if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in known) or "none"
        raise UnknownNotice(f"{agreement.key} has no notice {name!r} that a person records; there are: {names}")
    return found


def list_events(agreement: Agreement, notice: Notice, as_of: Instant) -> tuple[str, ...]:
    """Events that only a person knows of: a release, a new feature."""
    works = terms_of(agreement, as_of).maintenance
    return tuple(one for one in notice.upon.value if one not in OF_OUTAGES and one not in works)


def list_outages(facts: Iterable[Fact], notice: Notice) -> list[OutageOpened]:
    """The outages of which it may tell, the latest first."""
    if not set(notice.upon.value) & set(OF_OUTAGES):
        return []
    return sorted(of_kind(tuple(facts), OutageOpened), key=lambda fact: fact.first_bad_at.micros, reverse=True)
