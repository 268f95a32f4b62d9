"""That a customer's witness saw a ledger, in words."""

from upheld.apps.witnesses.queries import list_sightings
from upheld.core.timeline import Instant
from upheld.doors.naming import Agreement
from upheld.pages.words import join_words, say_instant


def tell_witnessed(agreement: Agreement, size: int, as_of: Instant) -> str:
    """`Countersigned by acorn.example on Fri 7 Aug 08:31 UTC`; nothing where no witness saw so many facts of it."""
    seen = [f"{name} on {say_instant(at, as_of=as_of, dated=True)}" for name, at in list_sightings(agreement, size, as_of)]
    return f"Countersigned by {join_words(seen)}" if seen else ""
