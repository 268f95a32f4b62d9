"""By which ways in an agreement promises times, and what one that it does not name lacks."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.queries.chat import CHATS
from upheld.core.terms import Terms
from upheld.core.terms.answers import answer
from upheld.core.timeline import Instant

FROM_PORTAL = ("portal", "website")
"""What agreements call the way in through the portal."""


@dataclass(frozen=True, slots=True)
class NamedWay:
    """A way in that opens tickets and is open to this customer; `address` is where, as the agreement writes it."""

    name: str
    address: str
    clauses: tuple[str, ...]

    @property
    def is_chat(self) -> bool:
        return self.name in CHATS


def ways_besides_portal(agreement: Agreement, at: Instant) -> list[NamedWay]:
    """
    The ways that the agreement names where the portal is none of them: only by these its promises run. Nothing where it
    names the portal, or no way at all. Raises CannotJudge.
    """
    terms = terms_of(agreement, at)
    channels = terms.desk.channels
    if any(name in channels for name in FROM_PORTAL):
        return []
    written = terms.document.blocks.get("channels", {})
    return [
        NamedWay(name, str(written.get(name, {}).get("address", "")), rule.clauses)
        for name, rule in channels.items()
        if rule.opens_ticket.value and is_open_to(terms, name)
    ]


def is_open_to(terms: Terms, name: str) -> bool:
    """Whether this customer has that way: what depends on the ticket is not known yet, and is no refusal."""
    when = terms.desk.channels[name].when
    return when is None or answer(when, terms.circumstances({})).holds is not False
