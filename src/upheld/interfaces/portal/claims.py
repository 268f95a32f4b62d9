"""Claims: what was claimed and what became of it, what can be claimed, and each claim with its conditions."""

from typing import Any

from upheld.apps.billing.queries import UnknownClaim, judge_claim, list_claims
from upheld.apps.billing.queries import claim as read_claim
from upheld.apps.desk.queries.exhibits import exhibits_named
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.apps.parties.queries import person_called
from upheld.core.service_hours import Zone
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.claiming import quote_answers
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import NotHere
from upheld.doors.shown.claimed import tell_amount
from upheld.interfaces.portal.appeals import make_appeal, tell_appeal
from upheld.interfaces.portal.claimable import list_open, list_open_credits, tell_open, tell_open_credit
from upheld.interfaces.portal.credited import list_credited
from upheld.interfaces.portal.exhibits import link_exhibit
from upheld.pages.contexts.lists import Badge, ClaimsPage, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Problem
from upheld.pages.contexts.portal import ClaimPage, Condition
from upheld.pages.words import say_count, say_instant, say_left, say_over
from upheld.pages.words.claims import list_conditions, say_standing

GRANTED, REFUSED, WAITS = Badge("Granted", "up", "up"), Badge("Refused", "down", "down"), Badge("Not decided", "run")
APPEALED = Badge("Appealed", "run")
Claim = Any


def show_claims(asked: Asked) -> Answer:
    filed: list[Entry] = []
    ahead: list[Entry] = []
    credited: list[Entry] = []
    waits = 0
    for agreement in asked.agreements():
        claims = see_claims(asked, agreement)
        waits += sum(1 for claim in claims if not is_decided(claim, asked.as_of) or claim.waits)
        filed += [tell_claim(asked, agreement, claim) for claim in claims]
        credited += list_credited(asked, agreement)
        try:
            ahead += [tell_open(asked, agreement, one) for one in list_open(asked, agreement)]
            ahead += [tell_open_credit(asked, agreement, row) for row in list_open_credits(asked, agreement)]
        except CannotJudge as problem:
            ahead.append(Entry(words=f"It cannot be judged: {problem}.", agreement=name_for(asked, agreement)))
    return ClaimsPage(
        as_of=asked.as_of,
        answer=f"{say_count(waits, 'claim waits', 'claims wait')} for our decision" if waits else "No claim waits",
        sections=(
            Section(
                anchor="open", heading="What you may claim", entries=tuple(ahead),
                empty="No outage is open to a claim: none counts, each was claimed, or its last day has passed.",
            ),
            Section(anchor="filed", heading="What you claimed", entries=tuple(filed), empty="Nothing was claimed yet."),
            Section(
                anchor="credits", heading="Your credits", entries=tuple(credited), empty="No credit was proposed yet.",
            ),
        ),
    )  # fmt: skip


def see_claims(asked: Asked, agreement: Agreement) -> list[Claim]:
    """Those that were filed by the instant that the page looks from."""
    return [claim for claim in list_claims(agreement) if Instant.of(claim.filed_at) <= asked.as_of]


def is_decided(claim: Claim, as_of: Instant) -> bool:
    return claim.decided_at is not None and Instant.of(claim.decided_at) <= as_of


def tell_claim(asked: Asked, agreement: Agreement, claim: Claim) -> Entry:
    name = name_for(asked, agreement)
    decided = is_decided(claim, asked.as_of)
    return Entry(
        words=f"{claim.name}, {say_about(claim, name)}: {claim.credit.replace('-', ' ')}",
        url=asked.url_of("claim", claim.name),
        badge=face_of(claim, asked.as_of) if decided else WAITS,
        says=(f"Filed {say_instant(Instant.of(claim.filed_at), name.zone, as_of=asked.as_of)}, {name.service}.",),
        agreement=name,
    )


def say_about(claim: Claim, name: AgreementName) -> str:
    """What it is for: an outage, or a period."""
    if claim.outage:
        return f"outage {claim.outage}"
    return f"the period from {say_instant(Instant.of(claim.period_from_at), name.zone, full=True)}"


def face_of(claim: Claim, as_of: Instant) -> Badge:
    """How a decided claim stands, with what became of an appeal."""
    if claim.appealed_at and Instant.of(claim.appealed_at) <= as_of and claim.appeal_decided_at is None:
        return APPEALED
    is_settled = claim.appeal_decided_at and Instant.of(claim.appeal_decided_at) <= as_of
    return GRANTED if (claim.appeal_granted if is_settled else claim.granted) else REFUSED


def show_claim(asked: Asked, name: str) -> Answer:
    return make_claim_page(asked, find_claim(asked, name))


def make_claim_page(asked: Asked, claim: Claim, problems: tuple[Problem, ...] = ()) -> ClaimPage:
    naming = name_for(asked, claim.agreement)
    try:
        judged = judge_claim(claim, asked.as_of)
    except CannotJudge:
        judged = None
    lines = lines_of(asked, naming.key)
    return ClaimPage(
        as_of=asked.as_of,
        list_url=asked.url_of("claims"),
        name=claim.name,
        agreement=naming,
        outage=link_about(asked, claim, naming),
        answer=tell_answer(claim, judged, asked.as_of),
        conditions=tell_conditions(judged, naming.zone, terms_of(claim.agreement, asked.as_of).currency) if judged else (),
        amount=tell_amount(asked, claim, naming),
        told=tuple(tell_filing(claim, naming, asked, judged)),
        decision=tell_decision(claim, naming, asked.as_of),
        appeal=tell_appeal(claim, naming, asked.as_of),
        form=make_appeal(asked, claim, problems),
        evidence=(
            *(link for fact, _ in claim.evidence for link in lines.name(fact)),
            *(link_exhibit(asked, name) for name in exhibits_named([*claim.details, *claim.appeal_because.splitlines()])),
        ),
    )


def link_about(asked: Asked, claim: Claim, naming: AgreementName) -> Link:
    """Where what it is for can be read."""
    if claim.outage:
        return Link(f"outage {claim.outage}", asked.url_of("outage", claim.outage))
    return Link(say_about(claim, naming), asked.url_of("statements"))


def find_claim(asked: Asked, name: str) -> Claim:
    """One claim of this customer; NotHere for any other, whether it is there or not."""
    try:
        claim = read_claim(name)
    except UnknownClaim:
        raise NotHere() from None
    asked.agreement(claim.agreement.key)
    if Instant.of(claim.filed_at) > asked.as_of:
        raise NotHere()
    return claim


def tell_answer(claim: Claim, judged: ClaimJudged | None, as_of: Instant) -> str:
    if is_decided(claim, as_of):
        return f"{claim.name} {'is appealed' if face_of(claim, as_of) is APPEALED else tell_end(claim, as_of)}"
    if judged is None:
        return f"{claim.name} is recorded; the agreement does not speak of it"
    return f"{claim.name} {say_standing(judged.checked, 'it waits for our decision')}"


def tell_end(claim: Claim, as_of: Instant) -> str:
    return "was granted" if face_of(claim, as_of) is GRANTED else "was refused"


def tell_conditions(judged: ClaimJudged, zone: Zone, currency: str) -> tuple[Condition, ...]:
    """Each condition with what was found of it: not met first, then not known, then met."""
    said = list_conditions(judged.checked, zone, currency)
    return tuple(Condition(one.is_met, one.words, one.clauses, one.found) for one in said)


def tell_filing(claim: Claim, naming: AgreementName, asked: Asked, judged: ClaimJudged | None) -> list[tuple[str, str]]:
    told = [("When", say_instant(Instant.of(claim.filed_at), naming.zone, full=True)), ("How", claim.channel)]
    if claim.ticket:
        told.append(("Ticket", claim.ticket))
    told.append(("Details", ", ".join(claim.details) or "none"))
    if written := quote_answers(claim):
        told.append(("In your words", written))
    if judged and judged.checked.deadline_at:
        told.append(("Last instant", say_instant(judged.checked.deadline_at, naming.zone, full=True)))
    if judged and judged.checked.decide_by_at:
        told.append(("We decide by", say_until(judged.checked.decide_by_at, naming, asked, claim)))
    return told


def say_until(end: Instant, naming: AgreementName, asked: Asked, claim: Claim) -> str:
    """The end of a time, and while nobody decided how much of it is left or over."""
    when = say_instant(end, naming.zone, full=True)
    if is_decided(claim, asked.as_of):
        return when
    left = say_left(end - asked.as_of) if end > asked.as_of else say_over(asked.as_of - end)
    return f"{when}, {left}"


def tell_decision(claim: Claim, naming: AgreementName, as_of: Instant) -> str:
    if not is_decided(claim, as_of):
        return ""
    decider = person_called(claim.decided_by)
    when = say_instant(Instant.of(claim.decided_at), naming.zone, as_of=as_of)
    who = decider.name if decider else claim.decided_by
    return f"{'Granted' if claim.granted else 'Refused'} by {who}, {when}: {claim.because}"
