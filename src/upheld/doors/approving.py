"""What two persons do: erase somebody, correct a fact, give a parameter another value, change terms, decide money."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.urls import reverse

from upheld.apps.agreements.amending import CannotAmend, amend_agreement
from upheld.apps.agreements.queries import agreement, version, version_at
from upheld.apps.agreements.services import ParametersDoNotFit, set_parameter
from upheld.apps.approvals.services import confirm
from upheld.apps.billing.services import (
    CannotCredit,
    CannotIssue,
    CannotPay,
    CannotReverse,
    confirm_credit_note,
    confirm_reversal,
)
from upheld.apps.billing.services.credits_decided import KINDS, CannotDecideCredit
from upheld.apps.billing.services.invoices_notes import KIND as NOTE
from upheld.apps.billing.services.payments_reversing import KIND as REVERSAL
from upheld.apps.erasure.services import CannotErase, erase_person
from upheld.apps.ledger.queries import NotRecorded
from upheld.apps.probes.services import CannotCorrect, correct_fact
from upheld.core.timeline import Instant
from upheld.doors import deciding
from upheld.doors.naming import zone_of
from upheld.pages.words import say_day

ERASURE, CORRECTION, PARAMETER, TERMS = "erasure", "correction", "parameter", "terms"
Approval = Any
"""A row of approvals, as their queries give it."""


class CannotApprove(ValueError):
    """What was proposed cannot be done as things stand."""


def erase(approval: Approval, by: str, at: Instant) -> str:
    try:
        erased = erase_person(address=approval.content["address"], by=approval.proposed_by, approved_by=by, at=at)
    except CannotErase as problem:
        raise CannotApprove(str(problem)) from None
    kept = f"; {len(erased.kept)} that never change name them still" if erased.kept else ""
    return f"{erased.person} is erased, in {erased.rows} rows{kept}"


def correct(approval: Approval, by: str, at: Instant) -> str:
    """The correction names both persons. What holds instead is recorded as a fact of its own."""
    try:
        fact = correct_fact(
            agreement=approval.agreement, fact_id=approval.subject, because=approval.because, by=approval.proposed_by,
            approved_by=by, at=at,
        )  # fmt: skip
    except (CannotCorrect, NotRecorded) as problem:
        raise CannotApprove(str(problem)) from None
    return f"{fact.corrects} holds no longer"


def change_parameter(approval: Approval, by: str, at: Instant) -> str:
    try:
        row = set_parameter(
            agreement=agreement(approval.agreement), name=approval.subject, value=approval.content["value"],
            from_at=max(Instant.parse(approval.content["from_at"]), at), by=approval.proposed_by, approved_by=by, at=at,
        )  # fmt: skip
    except ParametersDoNotFit as problem:
        raise CannotApprove(str(problem)) from None
    return f"{row.name} is {row.value} from {Instant.of(row.from_at)}"


def change_terms(approval: Approval, by: str, at: Instant) -> str:
    """Both persons stand in the row; its fact is a further signing of the agreement. The customer is told by mail."""
    one, said = agreement(approval.agreement), approval.content
    before = version_at(one, at)
    try:
        row = amend_agreement(
            agreement=one, version=version(one.version.document_id, said["version"]), values=said["values"],
            from_at=Instant.parse(said["from_at"]), by=approval.proposed_by, approved_by=by, at=at,
        )  # fmt: skip
    except CannotAmend as problem:
        raise CannotApprove(str(problem)) from None
    deciding.tell_customer(
        one, "terms_changed", f"{one.key}:{row.fact_id}", at, title=row.version.title, version=row.version.version,
        before=before.version, because=approval.because,
        begins=say_day(Instant.of(row.from_at), zone_of(one), weekday=False),
        values=", ".join(f"{name} {value}" for name, value in sorted(said["values"].items())),
        url=f"{settings.UPHELD_URL}{reverse('portal:agreement', args=[row.version.document_id, row.version.version])}",
    )  # fmt: skip
    return f"{one.key} is bound by version {row.version.version} from {Instant.of(row.from_at)} on"


CARRIED_OUT: MappingProxyType[str, Callable[[Approval, str, Instant], str]] = MappingProxyType(
    {ERASURE: erase, CORRECTION: correct, PARAMETER: change_parameter, TERMS: change_terms}
)
"""Kinds that are confirmed on the page of approvals; all others on pages of their own."""


def confirm_any(*, approval: Approval, by: str, at: Instant) -> str:
    """
    Confirm as the second person whatever waits, and do it, in the caller's transaction; what was done, in words.

    Raises CannotApprove, approvals.SamePerson, approvals.AlreadyDecided.
    """
    if approval.kind in CARRIED_OUT:
        return CARRIED_OUT[approval.kind](confirm(approval=approval, by=by, at=at), by, at)
    try:
        if approval.kind in KINDS:
            credit = deciding.confirm(approval=approval, by=by, at=at)
            return f"{credit.name} is {credit.state}"
        if approval.kind == NOTE:
            return f"{confirm_credit_note(approval=approval, by=by, at=at).number} is issued"
        if approval.kind == REVERSAL:
            return f"{confirm_reversal(approval=approval, by=by, at=at).name} counts no longer"
    except (CannotCredit, CannotDecideCredit, CannotIssue, CannotPay, CannotReverse) as problem:
        raise CannotApprove(str(problem)) from None
    raise CannotApprove(f"{approval.name} is a proposal of a kind that is confirmed on a page: {approval.kind}")
