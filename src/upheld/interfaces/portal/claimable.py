"""What may be claimed still: outages of this period and the one before, each with its last day and what is in the way."""

from upheld.apps.findings.queries import period_at
from upheld.apps.findings.queries.claims import Claimable, list_claimable
from upheld.core.credits import Checked
from upheld.core.service_hours import Zone
from upheld.core.timeline import MICRO, Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.words import say_count, say_instant


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


def tell_open(asked: Asked, agreement: Agreement, one: Claimable) -> Entry:
    """An outage that may be claimed, with until when, and what is in the way as things stand."""
    name, checked = name_for(asked, agreement), one.judged.checked
    last = tell_last(one, name.zone)
    wrong = [ground.code.replace("-", " ") for ground in checked.grounds if ground.holds]
    open_still = [ground.code.replace("-", " ") for ground in checked.grounds if ground.holds is None]
    stands = f"In the way: {', '.join(wrong)}." if wrong else ""
    if not wrong and open_still:
        stands = f"Not known yet: {', '.join(open_still)}."
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
