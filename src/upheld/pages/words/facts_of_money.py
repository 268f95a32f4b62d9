"""Facts of fees, charges, credits and rights as sentences."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from upheld.core.facts import ClaimDecided, CreditCorrected, CreditDecided
from upheld.core.timeline import Duration
from upheld.pages.words.figures import say_count, say_money
from upheld.pages.words.instants import say_instant
from upheld.pages.words.lengths import say_minutes


def tell_work(fact: Any) -> str:
    """`work W-1 for major patch: 90 min, from Tue 3 Mar 2026 09:00 UTC, 2 times, by lena`."""
    topic = f", topic {fact.topic}" if fact.topic else ""
    count = f", {fact.count:,} times" if fact.count > 1 else ""
    lasted = f": {say_minutes(Duration(fact.lasted))}" if fact.lasted else ""
    from_at = f", from {say_instant(fact.from_at)}"
    request = f", asked for in {fact.request}" if fact.request else ""
    because = f", caused by the {fact.responsible}" if fact.responsible else ""
    deleted = f", deleted by the {fact.deleted_by}" if fact.deleted_by else ""
    wrong = ", the report was wrong" if fact.erroneous else ""
    quote = f", under quote {fact.quote}" if fact.quote else ""
    restore = f", restore {fact.restore}" if fact.restore else ""
    by = f", by {fact.by}" if fact.by else ""
    charge = f" for {fact.charge}" if fact.charge else ""
    more = f"{topic}{request}{because}{deleted}{restore}{wrong}{quote}{by}"
    return f"work {fact.work}{charge}{lasted}{from_at}{count}{more}"


def tell_discretion(fact: Any) -> str:
    month = f"the period from {say_instant(fact.period_from_at)}"
    because = f", because {fact.because}" if fact.because else ""
    return f"credit {fact.credit} of {month} {'granted' if fact.granted else 'refused'} by {fact.by}{because}"


def tell_correction(fact: Any) -> str:
    what = f"credit {fact.credit}{f' for {fact.subject}' if fact.subject else ''}"
    month = f"the period from {say_instant(fact.period_from_at)}"
    return f"{what} of {month} corrected by {say_money(fact.amount)}, because {fact.because}; {fact.approved_by} agreed"


def say_correction(fact: ClaimDecided | CreditCorrected | CreditDecided) -> str:
    """What was put right of a credit and why, as its statement says it: `CR-3 is corrected by 2 days: we were slower`."""
    if isinstance(fact, ClaimDecided):
        return f"Claim {fact.claim} was granted by decision, beyond what the agreement owes: {fact.because}"
    if isinstance(fact, CreditDecided):
        return fact.because
    about = f" for {fact.subject}" if fact.subject else ""
    return f"Credit {fact.credit}{about} is corrected by {say_money(fact.amount)}: {fact.because}"


def tell_end(fact: Any) -> str:
    when = f"at {say_instant(fact.ends_at)}" if fact.ends_at else "as soon as it can"
    return f"{fact.by} wants the contract to end {when}"


OF_MONEY: MappingProxyType[str, Callable[[Any], str]] = MappingProxyType(
    {
        "work-logged": tell_work,
        "charge-approved": lambda f: f"{f.by} agreed that work {f.work} is charged",
        "credit-applied": lambda f: (
            f"{say_money(f.amount)} of credit {f.credit} taken off the invoice{f', claim {f.claim}' if f.claim else ''}"
        ),
        "credit-decided": tell_discretion,
        "credit-corrected": tell_correction,
        "claim-supported": lambda f: f"{say_count(len(f.facts), 'fact')} put to claim {f.claim} as evidence",
        "claim-appealed": lambda f: f"the decision on claim {f.claim} is not accepted, because {f.because}",
        "right-used": lambda f: f"{f.by} made use of the right {f.right}{f': {f.note}' if f.note else ''}",
        "quote-given": lambda f: f"quote {f.quote} for {f.charge}: {say_money(f.amount)}{f', by {f.by}' if f.by else ''}",
        "quote-accepted": lambda f: f"quote {f.quote} accepted by {f.by}",
        "resource-started": lambda f: f"{f.kind} {f.resource} is looked after from now on",
        "resource-ended": lambda f: f"{f.resource} is no longer looked after",
        "volume-measured": lambda f: f"{f.name or f.charge} measured for {f.charge}: {say_count(f.bytes, 'byte')}",
        "payment-received": lambda f: f"{say_money(f.amount)} received towards invoice {f.invoice}, as {f.payment}",
        "invoice-credited": lambda f: (
            f"{say_money(f.amount)} of invoice {f.invoice} taken back by {f.note}, because {f.because}; "
            f"{f.approved_by} agreed"
        ),
        "end-requested": tell_end,
    }
)
