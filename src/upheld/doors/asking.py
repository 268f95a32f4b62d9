"""What was asked: by whom, now or seen from which instant, in which form."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from upheld.apps.agreements.queries import UnknownAgreement, agreement, list_agreements
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import Instant, NotAnInstant
from upheld.doors.frames import Frame
from upheld.doors.refusing import BadAsking
from upheld.gateways.clock import now_us

EARLIEST = Instant.parse("2000-01-01T00:00Z")
"""Nothing was measured before: an earlier instant is a slip of the pen."""
LONGEST_WORDS = 4000
"""Letters of a note or a reason, here as in the API: a ledger keeps them for ever."""
KEPT = "\n\t"
"""What a text may hold beside letters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One request. `at` is now; `as_of` is the instant that the page looks from, which the reader may have chosen (`is_past`).

    `form` is the ending of the address: nothing for a page, `json`, `csv`, `pdf`. `frame` is the interface that was asked.
    """

    request: HttpRequest
    at: Instant
    as_of: Instant
    is_past: bool
    form: str
    frame: Frame

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def by(self) -> str:
        """The name under which facts know who did it."""
        return pseudonym_of(self.user)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user.is_authenticated)

    @property
    def sees_frame(self) -> bool:
        """Whether the interface shows itself to who asks."""
        return self.frame.may(self.user)

    def agreements(self) -> list[Any]:
        """The agreements that whoever asks may learn of."""
        return [one for one in list_agreements() if self.frame.may_see(self, one)]

    def agreement(self, key: str) -> Any:
        """One of them; raises UnknownAgreement for any other, whether it is there or not."""
        found = agreement(key)
        if not self.frame.may_see(self, found):
            raise UnknownAgreement(f"no agreement is called {key!r}")
        return found

    @property
    def may_change(self) -> bool:
        """Whether facts may be recorded from here: by who may, and now."""
        return self.frame.may_change(self.user) and not self.is_past

    def url_of(self, name: str, *arguments: str | int) -> str:
        """An address of the interface that was asked, by its name there."""
        return self.frame.url_of(name, *arguments)

    @property
    def here(self) -> str:
        """The address without the instant: where `back to now` leads."""
        query = self.request.GET.copy()
        query.pop("as_of", None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def query(self, name: str) -> str:
        return tidy(self.request.GET.get(name, ""))

    def sent(self, name: str) -> str:
        """A field of the form that was sent."""
        return tidy(self.request.POST.get(name, ""))


def tidy(written: str) -> str:
    """One spelling (Unicode NFC), no control characters, no space at the ends: a text that a ledger and a row can keep."""
    if not written.isascii() or not written.isprintable():
        text = unicodedata.normalize("NFC", written.replace("\r\n", "\n"))
        written = "".join(letter for letter in text if letter in KEPT or unicodedata.category(letter) not in ("Cc", "Cs"))
    return written.strip()


def read_asked(request: HttpRequest, form: str, frame: Frame) -> Asked:
    """Raises BadAsking for an instant that cannot be read, lies ahead, or lies before anything was measured."""
    now = Instant(now_us())
    written = tidy(request.GET.get("as_of", ""))
    # Seen from the next whole second: lengths up to now are whole then, and add up as they are shown.
    seen_from = now.raised()
    if not written:
        return Asked(request, now, seen_from, False, form, frame)
    try:
        chosen = Instant.parse(written)
    except NotAnInstant as problem:
        raise BadAsking("The instant to look from cannot be read", f"as_of: {problem}.") from None
    if chosen < EARLIEST:
        raise BadAsking("The instant to look from lies too far back", f"as_of: expected {EARLIEST} or later, came {chosen}.")
    if chosen > seen_from:
        raise BadAsking(
            "The instant to look from lies ahead",
            f"as_of: expected now or earlier, came {chosen}. What comes if nothing changes is on the page of now.",
        )
    return Asked(request, now, chosen, True, form, frame)


def explain_length(what: str, written: str, *, most: int = LONGEST_WORDS) -> str:
    """Why words are not taken: there are too many of them. Nothing where they are."""
    if len(written) <= most:
        return ""
    return (
        f"{what} has {len(written):,} letters; at most {most:,} are kept. Shorten it, and say where the rest is to be read"
    )
