"""A mail that has come, as bytes, and whoever keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Arrived:
    """
    A mail exactly as it came. Nothing has looked into it.

    `envelope_from`: the return path; empty for the null path, None where the mailbox does not tell. `arrived_at`: when our
    mail server took it. `whole_size`: bytes of the whole mail; `raw` is its beginning where that is more than we hold.
    """

    raw: bytes
    envelope_from: str | None
    envelope_to: tuple[str, ...]
    arrived_at: Instant
    whole_size: int

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes: by this a mail that is brought a second time is known."""
        return sha256(self.raw).hexdigest()

    @property
    def is_cut(self) -> bool:
        return len(self.raw) < self.whole_size


Keep = Callable[[Arrived], None]
"""
Keeps a mail for good, on the disk, before it returns; whatever it raises, the mail is not taken and comes again.

A mail may come twice, for whoever brings it can die between the keeping and the mark: the digest tells.
"""

Accepts = Callable[[str], bool]
"""Whether an address is one of ours. Asked before any mail is sent."""

Now = Callable[[], Instant]
