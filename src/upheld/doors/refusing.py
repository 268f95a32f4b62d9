"""Why a page is not shown: the sentence, what to do, and the status of the answer."""

from dataclasses import dataclass, field

from upheld.apps.agreements.queries import UnknownAgreement
from upheld.apps.approvals.queries import UnknownApproval
from upheld.apps.desk.queries import UnknownFile, UnknownHold, UnknownMacro, UnknownReview, UnknownTemplate, UnknownTicket
from upheld.apps.fleet.queries import UnknownService
from upheld.apps.ledger.queries import NotRecorded
from upheld.apps.maintenance.queries import UnknownWindow
from upheld.apps.oncall.queries import UnknownPage, UnknownPolicy, UnknownRota
from upheld.apps.parties.queries import UnknownParty
from upheld.apps.probes.queries import UnknownOutage
from upheld.apps.statements.queries import UnknownStatement
from upheld.pages.contexts.page import Link

NOT_ON_RECORD = (
    UnknownAgreement, UnknownApproval, UnknownFile, UnknownHold, UnknownMacro, UnknownOutage, UnknownPage,
    UnknownParty, UnknownPolicy, UnknownReview, UnknownRota, UnknownService,
    UnknownStatement, UnknownTemplate, UnknownTicket, UnknownWindow, NotRecorded,
)  # fmt: skip
"""What the queries raise for a name that nothing has: there is no page about it."""


@dataclass(eq=False)
class Refusal(Exception):
    """A page that is not shown. `words` is the heading; empty, the usual one of the status stands."""

    words: str = ""
    says: str = ""
    deeds: tuple[Link, ...] = field(default=())
    status: int = 400


class BadAsking(Refusal):
    """An address, or a query in it, that means nothing."""


@dataclass(eq=False)
class NotHere(Refusal):
    """Nothing is kept at this address, or nothing for whoever asks: both look the same."""

    status: int = 404


@dataclass(eq=False)
class NotAllowed(Refusal):
    """Whoever asks may see the interface, and not do this."""

    status: int = 403


@dataclass(eq=False)
class TooMany(Refusal):
    """Too many tries within a minute."""

    status: int = 429


@dataclass(eq=False)
class CannotShow(Refusal):
    """What was asked for is there and cannot be shown as it stands, for instance terms that do not bind."""

    status: int = 409


@dataclass(eq=False)
class Gone(Refusal):
    """It was here, and is not any more."""

    status: int = 410
