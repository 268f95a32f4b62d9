"""Planned work: windows, notices, what a supplier told."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("window-planned", 1)
class WindowPlanned(Fact):
    """Work announced for a span, as a kind that the agreement names."""

    window: str
    kind: str
    from_at: Instant
    to_at: Instant
    reason: str = ""


@fact("window-cancelled", 1)
class WindowCancelled(Fact):
    """Planned work that will not be done: its window excuses nothing."""

    window: str
    because: str


@fact("window-started", 1)
class WindowStarted(Fact):
    """The work began."""

    window: str


@fact("window-ended", 1)
class WindowEnded(Fact):
    """The work ended."""

    window: str


@fact("notice-given", 1)
class NoticeGiven(Fact):
    """The customer was told of a window; counts from when it was sent."""

    window: str
    to: str
    by: str
    delivery: str = ""


@fact("vendor-notice-received", 1)
class VendorNoticeReceived(Fact):
    """A supplier told the provider of the work behind a window."""

    window: str
    vendor: str


@fact("window-approved", 1)
class WindowApproved(Fact):
    """Somebody who must agree to work did so. `party` is the agreement's word for whose approval it is, `by` the person."""

    window: str
    party: str
    by: str


@fact("window-refused", 1)
class WindowRefused(Fact):
    """Somebody who must agree to work did not, or took an approval back."""

    window: str
    party: str
    by: str
    because: str
