"""Charges for misuse, of each agreement that knows them: what waits for another person, what was agreed, and which calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from upheld.apps.approvals.queries import waiting_for
from upheld.apps.desk import services
from upheld.apps.desk.queries import lines_of
from upheld.apps.desk.queries.misuse import calls_outside, dismissed_of, misuse_of
from upheld.apps.desk.queries.work import awaiting_approval, misuse_charges
from upheld.apps.findings.queries import CannotJudge
from upheld.core.fees import Offer
from upheld.core.timeline import Duration, Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import leave_toast
from upheld.doors.approving import CORRECTION
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for, say_person
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.interfaces.console.desk.telling import CALLS
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, join_words, say_count, say_length, say_money

WAITS, AGREED = Badge("Waits for another person’s consent", "pause"), Badge("Agreed, is charged", "up", "up")
DISMISSED = Badge("Dismissed, is not charged", "excluded", "excluded")
MISUSED = Badge("Misuse", "excluded", "excluded")


@dataclass(frozen=True, slots=True)
class Under:
    """An agreement that charges for misuse, and what waits there."""

    agreement: Agreement
    naming: AgreementName
    offers: tuple[Offer, ...]
    waiting: frozenset[str]
    dismissed: frozenset[str]

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clause for one in self.offers for clause in one.why.clauses))


def show_misuse(asked: Asked) -> WorkPage:
    found, sections, waits = [], [], 0
    for agreement in asked.agreements():
        try:
            offers = tuple(misuse_charges(agreement, asked.as_of))
            waiting = frozenset(row.name for row in awaiting_approval(agreement, asked.as_of)) if offers else frozenset()
            dismissed = dismissed_of(agreement, asked.as_of) if offers else frozenset()
        except CannotJudge:
            continue
        if offers:
            found.append(Under(agreement, name_for(asked, agreement), offers, waiting - dismissed, dismissed))
    for under in found:
        entries = tuple(list_entries(asked, under))
        waits += sum(1 for one in entries if one.badge is WAITS)
        sections.append(
            Section(
                anchor=under.agreement.key,
                heading=under.naming.words,
                entries=entries,
                says=say_rule(under),
                empty="Nothing was proposed, and every call was as agreed.",
            )
        )
    nothing = Section(anchor="none", heading="Charges", empty="No agreement that is in force charges for misuse.")
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{say_waiting(waits)} for another person",
        lede="A charge is proposed on the page of a ticket’s work. While nobody else agreed to it, nothing is charged.",
        way=(Link("Desk", asked.url_of("desk")), Link("Misuse")),
        sections=tuple(sections) or (nothing,),
    )


def say_waiting(waits: int) -> str:
    return say_count(waits, "charge for misuse waits", "charges for misuse wait") if waits else "No charge for misuse waits"


def say_rule(under: Under) -> str:
    """The price as the agreement has it, with its clauses."""
    told = "; ".join(one.why.words for one in under.offers)
    return f"{told} ({join_words(under.clauses)})." if under.clauses else f"{told}."


def list_entries(asked: Asked, under: Under) -> Iterator[Entry]:
    """What waits first, then what was agreed, then calls from which nothing follows by itself."""
    works = misuse_of(under.agreement, asked.as_of)
    for row in sorted(works, key=lambda row: row.name not in under.waiting):
        yield tell_charge(asked, under, row)
    for call in calls_outside(under.agreement, asked.as_of):
        yield tell_call(asked, under, call)


def tell_charge(asked: Asked, under: Under, row: Any) -> Entry:
    waits, is_own = row.name in under.waiting, row.by == asked.by
    asked_for = waiting_for(kind=CORRECTION, subject=f"{row.name}-logged", agreement=under.agreement.key)
    deeds = []
    if waits and asked.may_change:
        deeds += [] if is_own else [make_consent(asked, row)]
        deeds += [] if asked_for else [make_dismissal(asked, under, row)]
    says = (
        row.words, *tell_amounts(asked, under, row), f"Proposed by {say_person(row.by)}.",
        "You proposed it; somebody else has to agree." if waits and is_own else "",
        f"{say_person(row.approved_by)} agreed." if row.approved_by else "",
        f"{asked_for.name}: to dismiss it waits for a second person." if asked_for else "",
    )  # fmt: skip
    return Entry(
        words=f"{row.name}, {say_length(Duration(row.lasted_us))} on {row.ticket.name} {row.ticket.subject}",
        url=f"{asked.url_of('ticket-work', row.ticket.name)}#cost", at=Instant.of(row.from_at),
        badge=WAITS if waits else DISMISSED if row.name in under.dismissed else AGREED, clauses=under.clauses,
        agreement=under.naming, says=tuple(line for line in says if line), deeds=tuple(deeds),
        links=(Link("Approvals", asked.url_of("approvals")),) if asked_for else (),
    )  # fmt: skip


def tell_amounts(asked: Asked, under: Under, row: Any) -> Iterator[str]:
    """What misuse on the ticket comes to in all, as the core reckons it: least and step are of all of it together."""
    if row.name in under.dismissed:
        return
    for line in lines_of(row.ticket, asked.as_of):
        if line.charge == row.charge:
            amount = f"{line.charge}: {say_money(line.amount)}" if line.amount is not None else line.why.words
            yield f"On {row.ticket.name} in all, {amount}."


def make_dismissal(asked: Asked, under: Under, row: Any) -> Form:
    """A fact of the ledger is taken back by two persons: one proposes it here, another confirms it among the approvals."""
    hidden = (("kind", CORRECTION), ("agreement", under.agreement.key), ("subject", f"{row.name}-logged"))
    return Form(
        url=asked.url_of("approvals"), deed=f"Propose to dismiss {row.name}", hidden=hidden,
        fields=(Field(name="because", label=f"Why {row.name} is not to be charged"),),
    )  # fmt: skip


def make_consent(asked: Asked, row: Any) -> Form:
    return Form(
        url=asked.url_of("ticket-work-deed", row.ticket.name, "agree"), deed=f"Agree to charge {row.name}", fields=(),
        hidden=(("work", row.name),),
    )  # fmt: skip


def tell_call(asked: Asked, under: Under, call: Any) -> Entry:
    """A call outside of the gate: whether it was misuse, and is charged, is somebody's to say; nothing follows by itself."""
    ticket, may = call.ticket, asked.may_change
    badge = MISUSED if call.is_misuse else Badge(CALLS.get(call.code, call.code).capitalize(), "excluded")
    propose = Link("Propose a charge for it", f"{asked.url_of('ticket-work', ticket.name)}#misuse") if ticket else None
    return Entry(
        words=f"{call.name}{f' about {ticket.name} {ticket.subject}' if ticket else ', about no ticket'}",
        at=Instant.of(call.called_at), badge=badge, says=(call.words,) if call.words else (), agreement=under.naming,
        links=(propose,) if propose and may and call.is_misuse else (),
        deeds=() if call.is_misuse or not may else (make_mark(asked, call),),
    )  # fmt: skip


def make_mark(asked: Asked, call: Any) -> Form:
    return Form(
        url=asked.url_of("misuse"), deed=f"Mark {call.name} as misuse", hidden=(("call", call.name),),
        fields=(Field(name="because", label=f"Why {call.name} was misuse"),),
    )  # fmt: skip


def mark(asked: Asked) -> Answer:
    """Say that a call was misuse, and why."""
    if asked.is_past:
        raise NotAllowed("Calls are marked now", PAST)
    named = asked.sent("call")
    found = (call for one in asked.agreements() for call in calls_outside(one, asked.at) if call.name == named)
    call = next(found, None)
    if call is None:
        raise NotHere()
    try:
        services.mark_misuse(call=call, because=asked.sent("because"), by=asked.by, at=asked.at)
    except services.CannotDo as problem:
        raise NotAllowed(f"{call.name} was not marked", capitalise(problem)) from None
    leave_toast(asked, f"{call.name} is marked as misuse; nothing is charged by that.")
    return to("misuse")
