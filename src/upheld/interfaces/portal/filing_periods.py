"""Claiming a credit of a whole period, or of a ticket: what no single outage names. The agreement guides it as any claim."""

from typing import Any

from upheld.apps.billing.queries.credits import UnknownCredit, credit
from upheld.apps.billing.services import CannotFile
from upheld.apps.findings.queries import terms_of
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.terms.claiming import Claim as ClaimRule
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.claiming import file_own_claim
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.claimable import list_open_credits, tell_last_of, tell_open_credit
from upheld.interfaces.portal.exhibits import ask_exhibit
from upheld.interfaces.portal.filing import (
    RECORDED,
    list_asked,
    list_evident,
    mark_exhibit,
    name_filer,
    read_answers,
    read_sent,
    tell_needed,
)
from upheld.pages.contexts.lists import ClaimsPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Form, Problem
from upheld.pages.words import say_month

Credit = Any
"""A row of credits, as their queries give it."""


def find_open(asked: Asked, name: str) -> tuple[Agreement, Credit, ClaimRule]:
    """What may be claimed so; NotHere for what was claimed, is another customer's, or is given without a claim."""
    try:
        row = credit(name)
    except UnknownCredit:
        raise NotHere() from None
    agreement = asked.agreement(row.agreement.key)
    rules = terms_of(agreement, Instant.of(row.period_from_at)).claims.values()
    rule = next((one for one in rules if row.credit in one.credits), None)
    if rule is None or row.pk not in {one.pk for one in list_open_credits(asked, agreement)}:
        raise NotHere()
    return agreement, row, rule


def show_filing(asked: Asked, name: str) -> Answer:
    return make_page(asked, *find_open(asked, name), {})


def make_page(
    asked: Asked, agreement: Agreement, row: Credit, rule: ClaimRule, sent: dict[str, str],
    problems: tuple[Problem, ...] = (),
) -> ClaimsPage:  # fmt: skip
    name = name_for(asked, agreement)
    may = may_act_for_customer(asked.user) and not asked.is_past
    form = Form(
        url=asked.url_of("claim-period", row.name), deed="File the claim", not_done="Nothing was filed.", problems=problems,
        fields=(*list_asked(rule, list_evident(agreement, "", row.subject), sent), *ask_exhibit(asked, sent)),
        agreement=name,
    )  # fmt: skip
    return ClaimsPage(
        as_of=asked.as_of,
        answer=f"Claim {row.credit.replace('-', ' ')} for {row.subject or say_month(row.period, name.zone)}",
        lede=RECORDED,
        way=(Link("Claims", asked.url_of("claims")), Link(row.name)),
        sections=(
            Section(anchor="credit", heading="The credit", entries=(tell_open_credit(asked, agreement, row),)),
            Section(
                anchor="file", heading="What is asked of you", form=form if may else None,
                says=tell_needed(rule, tell_last_of(row, asked.as_of)) if may else "Members and managers file claims.",
            ),
        ),
    )  # fmt: skip


def file(asked: Asked, name: str) -> Answer:
    """File it; what was given to each question goes to the provider with it."""
    agreement, row, rule = find_open(asked, name)
    sent, problems = read_sent(asked, rule)
    if problems:
        return answer(asked, make_page(asked, agreement, row, rule, sent, problems), status=422)
    evidence = [fact.id for fact in list_evident(agreement, "", row.subject)] if sent["evidence"] else []
    try:
        claim = file_own_claim(
            agreement=agreement, rule=rule, credit=row.credit, answers=read_answers(rule, sent),
            ticket=sent["ticket"] or row.subject, evidence=evidence, period_from_at=Instant.of(row.period_from_at),
            marks=mark_exhibit(asked), who=name_filer(asked), by=asked.by, at=asked.at,
        )  # fmt: skip
    except CannotFile as problem:
        raise CannotShow("The claim was not filed", f"{problem}.") from None
    leave_toast(asked, f"{claim.name} is filed.")
    return to("portal:claim", claim.name)
