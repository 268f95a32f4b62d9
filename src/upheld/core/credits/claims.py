"""A claim held against its conditions: every ground of refusal that holds is named, with both figures."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from fractions import Fraction

from upheld.core.explain import Step, show_instant
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.answers import answer
from upheld.core.terms.circumstances import Circumstances, Known, Lead
from upheld.core.terms.claiming import Claim
from upheld.core.terms.rules import Terms
from upheld.core.timeline import ZERO, Duration, Instant


@frozen_class
class Late(Frozen):
    """One invoice that was paid late, or is late still: due when, and for how long it waited."""

    due_at: Instant
    paid_at: Instant
    fact: str


@frozen_class
class Filed(Frozen):
    """A claim as it came: what it is for, when, how, and what was known of ticket, details and account at that time."""

    claim_at: Instant
    channel: str
    details: tuple[str, ...]
    ticket_at: Instant | None
    overdue: Fraction
    """Unpaid amounts past their due date when the claim came, in the agreement's currency."""
    outage_start_at: Instant | None
    outage_end_at: Instant | None
    """None while the outage runs."""
    responsible: tuple[str, ...]
    verdicts: Mapping[str, Known]
    """What was found of each rule for the period that is claimed for; one that is not known is left out."""
    facts: tuple[str, ...] = ()
    facts_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The facts behind a part: `ticket`, `overdue`, `claim`."""
    causes: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    length: Duration = ZERO
    """The counted time of what is claimed."""
    period_end_at: Instant | None = None
    aware_at: Instant | None = None
    eligible_at: Instant | None = None
    signed_at: Instant | None = None
    late: tuple[Late, ...] = ()
    is_claimed_before: bool = False
    priority: str = ""


@frozen_class
class Ground(Frozen):
    """One ground of refusal: whether it holds (None: not known), in words, with its clauses."""

    code: str
    holds: bool | None
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple[str, ...]


@frozen_class
class Checked(Frozen):
    """A claim after all its grounds were tried. `accepted` is None while something is not known."""

    claim: Claim
    accepted: bool | None
    grounds: tuple[Ground, ...]
    deadline_at: Instant | None
    """The earliest deadline of the claim, exclusive."""
    decide_by_at: Instant | None = None
    """Until when the provider has to answer; None where nothing is said."""

    @property
    def refused_for(self) -> tuple[str, ...]:
        return tuple(ground.code for ground in self.grounds if ground.holds)

    def tell(self) -> Step:
        """Not met first, then not known, then met; as a person reads a list of conditions."""
        order = sorted(self.grounds, key=lambda ground: {True: 0, None: 1, False: 2}[ground.holds])
        face = {True: "refused", None: "not known yet", False: "fulfilled"}
        because = tuple(
            Step(face[ground.holds], f"{ground.code}: {ground.words}", ground.clauses, ground.readings, ground.facts)
            for ground in order
        )
        words = {True: "accepted", False: f"refused: {', '.join(self.refused_for)}", None: "not known yet"}[self.accepted]
        until = f"; it had to come before {show_instant(self.deadline_at)}" if self.deadline_at else ""
        until += f"; it is to be decided before {show_instant(self.decide_by_at)}" if self.decide_by_at else ""
        return Step(words, f"claim for {', '.join(self.claim.credits)}{until}", self.claim.clauses, because=because)


def check_claim(
    terms: Terms, claim: Claim, filed: Filed, earlier: "Callable[[str, int], tuple[Circumstances, ...] | None] | None" = None
) -> Checked:
    """Try every ground of refusal. All that hold are named, in the order of the text."""
    lacking = tuple(detail for detail in claim.details if detail not in filed.details)
    at = look_back(circumstances(terms, claim, filed, lacking), filed, earlier)
    grounds = []
    for code, condition, clauses in claim.refused_when:
        found = answer(condition, at)
        words = "; ".join(reason for reason, _, _ in found.reasons)
        named = tuple(fact for part, told in filed.facts_of.items() if part in words for fact in told)
        if lacking and "details" in words:
            words += f": {', '.join(lacking)}"
        cited = tuple(dict.fromkeys((*clauses, *(clause for _, cites, _ in found.reasons for clause in cites))))
        used = tuple(dict.fromkeys(reading for _, _, readings in found.reasons for reading in readings))
        grounds.append(Ground(code, found.holds, words, cited, used, named))
    held = [ground.holds for ground in grounds]
    accepted = False if True in held else None if None in held else True
    ends = [end for term in claim.deadlines if (end := at.deadline(term.value))]
    within = claim.decided_within.value
    decide_by = at.end_of(within, filed.claim_at) if within is not None else None
    return Checked(claim, accepted, tuple(grounds), min(ends, default=None), decide_by)


def circumstances(terms: Terms, claim: Claim, filed: Filed, lacking: tuple[str, ...]) -> Circumstances:
    """Everything that a ground of refusal may ask for."""
    worst = max(filed.late, key=lambda entry: entry.paid_at - entry.due_at, default=None)
    given: dict[str, Known] = {detail: None if detail in lacking else detail for detail in claim.details}
    known: dict[str, Known] = {
        **given,
        **filed.verdicts,
        "responsible": filed.responsible,
        "cause": filed.causes or ("none",),
        "component": filed.components or ("none",),
        "software": filed.software or None,
        "length": filed.length,
        "ticket": filed.ticket_at,
        "claim": filed.claim_at,
        "overdue": filed.overdue,
        "days late": Lead(worst.due_at, worst.paid_at) if worst else None,
        "details": None if lacking else filed.details or ("none asked",),
        "channel": filed.channel,
        "claimed before": "true" if filed.is_claimed_before else "false",
        "priority": filed.priority or None,
    }
    anchors = {
        "outage start": filed.outage_start_at,
        "outage end": filed.outage_end_at,
        "ticket opened": filed.ticket_at,
        "claim received": filed.claim_at,
        "period end": filed.period_end_at,
        "awareness": filed.aware_at,
        "eligibility": filed.eligible_at,
        "signed": filed.signed_at,
    }
    return terms.circumstances(known, anchors)


def look_back(
    at: Circumstances, filed: Filed, earlier: "Callable[[str, int], tuple[Circumstances, ...] | None] | None"
) -> Circumstances:
    """
    What was before the claim: of invoices each that was late, as one stretch that ends with the claim; of rules the
    earlier periods.
    """

    def looked(fact: str, back: int) -> tuple[Circumstances, ...] | None:
        if fact != "days late":
            return earlier(fact, back) if earlier else None
        if back:
            return None
        return tuple(
            replace(
                at, facts={**at.facts, "days late": Lead(entry.due_at, entry.paid_at)},
                anchors={**at.anchors, "period start": entry.due_at},
            )
            for entry in filed.late
        )  # fmt: skip

    return replace(at, earlier=looked)
