"""From what queries and services raise to problems that a program can read."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from upheld.apps.agreements.queries import UnknownAgreement
from upheld.apps.approvals.services import AlreadyDecided, AlreadyProposed, NoReason, SamePerson
from upheld.apps.billing.queries import SaysNothing, UnknownClaim, UnknownInvoice, UnknownPayment
from upheld.apps.billing.services import (
    CannotCharge,
    CannotCredit,
    CannotDecide,
    CannotEnd,
    CannotFile,
    CannotIssue,
    CannotPay,
    CannotReverse,
    InvoiceDiffers,
)
from upheld.apps.desk.queries import (
    UnknownFile,
    UnknownHold,
    UnknownMacro,
    UnknownPlan,
    UnknownReview,
    UnknownTicket,
    UnknownWork,
)
from upheld.apps.desk.services import CannotDo, NoRoom
from upheld.apps.duties.services import CannotName, CannotTurn, UnknownDuty
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.fleet.queries import UnknownService
from upheld.apps.ledger.queries import NotRecorded
from upheld.apps.ledger.services import FactDiffers, LedgerWentBack, UnusableKey
from upheld.apps.maintenance.queries import CannotJudge as CannotJudgePlan
from upheld.apps.maintenance.queries import NobodyToTell, UnknownWindow
from upheld.apps.maintenance.services import CannotPlan, WrongMoment
from upheld.apps.oncall.queries import UnknownPage, UnknownPolicy, UnknownRota, UnknownZone
from upheld.apps.oncall.services import PageIsOver, UnfitPolicy, UnfitRota
from upheld.apps.parties.services import KeyDiffers
from upheld.apps.probes.queries import NoCauses, UnknownOutage
from upheld.apps.probes.services import CannotAssign
from upheld.apps.statements.queries import NotSignedYet, UnknownStatement
from upheld.apps.statements.services import CannotPrepare
from upheld.apps.witnesses.services import NotCountersigned, UnfitReader, UnfitWitness
from upheld.gateways.bank import NotABankFile
from upheld.interfaces.api import problems
from upheld.interfaces.api.problems import Kind, Misfit, Problem, tell

log = logging.getLogger("upheld.api")

LONGEST_SHOWN = 100
RAISED: Mapping[type[Exception], Kind] = {
    **dict.fromkeys(
        (
            UnknownAgreement,
            UnknownClaim,
            UnknownDuty,
            UnknownFile,
            UnknownHold,
            UnknownInvoice,
            UnknownMacro,
            UnknownOutage,
            UnknownPage,
            UnknownPayment,
            UnknownPlan,
            UnknownPolicy,
            UnknownReview,
            UnknownRota,
            UnknownService,
            UnknownStatement,
            UnknownTicket,
            UnknownWindow,
            UnknownWork,
            NotRecorded,
        ),
        problems.NOT_ON_RECORD,
    ),
    **dict.fromkeys(
        (
            CannotAssign,
            CannotCharge,
            CannotCredit,
            CannotEnd,
            CannotPay,
            NotABankFile,
            SaysNothing,
            CannotDo,
            CannotFile,
            CannotName,
            CannotPlan,
            CannotPrepare,
            CannotReverse,
            CannotTurn,
            NobodyToTell,
            NotCountersigned,
            UnfitPolicy,
            UnfitReader,
            UnfitRota,
            UnfitWitness,
            UnknownZone,
            UnusableKey,
        ),
        problems.NOT_THIS,
    ),
    **dict.fromkeys(
        (
            AlreadyDecided,
            AlreadyProposed,
            CannotDecide,
            CannotIssue,
            FactDiffers,
            InvoiceDiffers,
            LedgerWentBack,
            NoReason,
            PageIsOver,
            SamePerson,
            WrongMoment,
        ),
        problems.NOT_NOW,
    ),
    **dict.fromkeys((CannotJudge, CannotJudgePlan, NoCauses), problems.CANNOT_JUDGE),
    NoRoom: problems.NO_ROOM,
    Http404: problems.NOT_ON_RECORD,
    NotSignedYet: problems.NOT_SIGNED_YET,
    KeyDiffers: problems.KEY_DIFFERS,
}
"""What the rooms below raise, and which kind of problem it is. The sentence is theirs."""


def refuse(api: NinjaAPI) -> None:
    """Let every refusal of this API be a problem, whoever raised it."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        Problem: lambda request, problem: tell(problem),
        AuthenticationError: lambda request, refusal: tell(Problem(problems.SIGN_IN_NEEDED)),
        HttpError: tell_http,
        ValidationError: tell_misfits,
        Exception: tell_fault,
        **{raised: partial(tell_raised, kind=kind) for raised, kind in RAISED.items()},
    }
    for raised, handler in handlers.items():
        api.add_exception_handler(raised, handler)


def tell_raised(request: HttpRequest, problem: Exception, *, kind: Kind) -> HttpResponse:
    return tell(Problem(kind, str(problem)))


def tell_http(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON."""
    if refusal.status_code == 400:
        return tell(Problem(problems.DOES_NOT_FIT, "the body is no JSON", expected="one JSON object", came="something else"))
    return tell(Problem(problems.FAULT))


def tell_misfits(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    misfits = [read_misfit(one) for one in wrong.errors]
    said = "; ".join(f"{one.at}: expected {one.expected}, came {one.came}" for one in misfits)
    return tell(Problem(problems.DOES_NOT_FIT, said, misfits=misfits))


def read_misfit(error: Mapping[str, Any]) -> Misfit:
    """One finding of the framework in our words."""
    where = [str(part) for part in error["loc"]]
    # The name of the argument that holds the body says nothing to whoever sent it.
    where = [where[0], *where[2:]] if where[0] == "body" and len(where) > 1 else where
    expected = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    if error["type"] == "missing":
        return Misfit(".".join(where), "a value", "nothing")
    if error["type"] == "extra_forbidden":
        return Misfit(".".join(where), "no such field", "one")
    return Misfit(".".join(where), f"{expected[:1].lower()}{expected[1:]}", shorten(error.get("input")))


def shorten(came: Any) -> str:
    written = repr(came)
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"


def tell_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Nothing of the inside goes outside; the log has it."""
    log.exception("a request failed", extra={"path": request.path})
    return tell(Problem(problems.FAULT))
