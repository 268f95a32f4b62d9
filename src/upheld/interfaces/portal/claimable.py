"""What may be claimed still: outages of this period and the one before, each with its last day and what is in the way."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from upheld.apps.billing.queries.credits import list_credits
from upheld.apps.findings.queries import period_at
from upheld.apps.findings.queries.claims import Claimable, list_claimable
from upheld.core.credits import Checked
from upheld.core.credits.claims import Ground
from upheld.core.service_hours import Zone
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import MICRO, Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.words import join_words, say_count, say_instant, say_left, say_month
from upheld.pages.words.claims import list_conditions

Credit = Any
"""A row of credits, as their queries give it."""
DETAILS = "details"
"""What a ground of refusal calls all that is asked for."""
PROPOSED = Badge("May be claimed", "run")


def list_open(asked: Asked, agreement: Agreement) -> list[Claimable]:
    """Those whose last day has not passed, the soonest first. Raises CannotJudge."""
    period = period_at(agreement, asked.as_of)
    found = list_claimable(agreement, period, asked.as_of)
    if Instant.of(agreement.signed_at) < period.start:
        found = [*list_claimable(agreement, period_at(agreement, period.start.before(MICRO)), asked.as_of), *found]
    ahead = [one for one in found if is_in_time(one.judged.checked, asked.as_of)]
    return sorted(ahead, key=lambda one: (one.judged.checked.deadline_at or asked.as_of).micros)


def is_in_time(checked: Checked, as_of: Instant) -> bool:
    return checked.deadline_at is None or checked.deadline_at > as_of


def check_given(one: Claimable, given: Collection[str] = ()) -> Checked:
    """
    The agreement's answer to a claim with these details, and not with all of them, as it was asked for.

    What can be given still is not known yet, rather than not met.
    """
    rule, checked = one.rule, one.judged.checked
    tested = {code: {test.fact for test in tests_of(condition)} for code, condition, _ in rule.refused_when}
    lacking = [detail for detail in rule.details if detail not in given]
    grounds = []
    for ground in checked.grounds:
        asked_for = tested.get(ground.code, set())
        own = [detail for detail in lacking if {detail, DETAILS} & asked_for]
        grounds.append(lack(ground, own, asked_for) if own else ground)
    return replace(checked, grounds=tuple(grounds))


def lack(ground: Ground, lacking: Sequence[str], tested: Collection[str]) -> Ground:
    """The ground with what is still to give in place of what was found of that."""
    given = tuple({DETAILS, *lacking} & set(tested))
    besides = [part for part in ground.words.split("; ") if not part.startswith(given)]
    words = "; ".join([*besides, f"still to give: {join_words(say_details(lacking))}"])
    return replace(ground, holds=ground.holds or None, words=words)


def say_details(details: Sequence[str]) -> list[str]:
    return [detail.replace("-", " ") for detail in details]


def tell_open(asked: Asked, agreement: Agreement, one: Claimable) -> Entry:
    """An outage that may be claimed, with until when, and what is in the way as things stand."""
    name, checked = name_for(asked, agreement), check_given(one)
    last = tell_last(one, name.zone)
    conditions = list_conditions(checked, name.zone)
    wrong = [one.words for one in conditions if one.is_met is False]
    open_still = [one.words for one in conditions if one.is_met is None]
    stands = f"Not met: {'; '.join(wrong)}." if wrong else ""
    if not wrong and open_still:
        stands = f"Not known yet: {'; '.join(open_still)}."
    return Entry(
        words=f"The outage {one.outage.id} may be claimed: {one.credit.replace('-', ' ')}",
        url=f"{asked.url_of('claim-filing', agreement.key, one.credit, one.outage.id)}",
        badge=Badge(tell_prospect(checked), "degraded" if wrong else "run", "degraded" if wrong else ""),
        says=tuple(line for line in (last, stands) if line),
        clauses=one.rule.clauses,
        agreement=name,
    )


def tell_last(one: Claimable, zone: Zone) -> str:
    """Until when a claim may come."""
    until = one.judged.checked.deadline_at
    if until is not None:
        return f"It has to come before {say_instant(until, zone, full=True)}."
    if one.rule.deadlines:
        return "Its last instant is known once the outage is over."
    return "The agreement names no last day."


def tell_prospect(checked: Checked) -> str:
    met = sum(1 for ground in checked.grounds if ground.holds is False)
    return f"{met} of {say_count(len(checked.grounds), 'condition')} met"


def list_open_credits(asked: Asked, agreement: Agreement) -> list[Credit]:
    """Credits of periods that wait for a claim and are for no single outage."""
    rows = list_credits(agreement, states=("proposed",))
    return [row for row in rows if row.needs_claim and not row.subject.startswith("O-")
            and Instant.of(row.proposed_at) <= asked.as_of]  # fmt: skip


def tell_open_credit(asked: Asked, agreement: Agreement, row: Credit) -> Entry:
    name = name_for(asked, agreement)
    about = row.subject or say_month(row.period, name.zone)
    return Entry(
        words=f"{about} may be claimed: {row.credit.replace('-', ' ')}, {row.amount or 'amount not defined'}",
        url=asked.url_of("claim-period", row.name), badge=PROPOSED, says=(row.reason, tell_last_of(row, asked.as_of)),
        clauses=tuple(row.clauses), agreement=name,
    )  # fmt: skip


def tell_last_of(row: Credit, as_of: Instant) -> str:
    """Until when the claim for a credit may come, and how much of that is left."""
    if row.claim_by_at is None:
        return "The agreement names no last day."
    end = Instant.of(row.claim_by_at)
    return f"It has to come before {say_instant(end, full=True)}: {say_left(end - as_of)}."
