"""A claim held against its conditions: every ground of refusal that holds is named, with both figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from upheld.core.explain import Step, show_instant
from upheld.core.terms.conditions import Circumstances, Known, answer
from upheld.core.terms.rules import Claim, Terms
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Filed:
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
    verdicts: Mapping[str, str]
    """The verdict of each promise for the period that is claimed for."""
    facts: tuple[str, ...] = ()
    facts_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The facts behind a part: `ticket`, `overdue`, `claim`."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of refusal: whether it holds (None: not known), in words, with its clauses."""

    code: str
    holds: bool | None
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim after all its grounds were tried. `accepted` is None while something is not known."""

    claim: Claim
    accepted: bool | None
    grounds: tuple[Ground, ...]
    deadline_at: Instant | None
    """The earliest deadline of the claim, exclusive."""

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
        return Step(words, f"claim for {', '.join(self.claim.credits)}{until}", self.claim.clauses, because=because)


def check_claim(terms: Terms, claim: Claim, filed: Filed) -> Checked:
    """Try every ground of refusal. All that hold are named, in the order of the text."""
    lacking = tuple(detail for detail in claim.details if detail not in filed.details)
    known: dict[str, Known] = {
        **filed.verdicts,
        "responsible": filed.responsible,
        "ticket": filed.ticket_at,
        "claim": filed.claim_at,
        "overdue": filed.overdue,
        "details": None if lacking else filed.details or ("none asked",),
        "channel": filed.channel,
    }
    anchors = {
        "outage start": filed.outage_start_at,
        "outage end": filed.outage_end_at,
        "ticket opened": filed.ticket_at,
        "claim received": filed.claim_at,
    }
    at = Circumstances(known, {name: instant for name, instant in anchors.items() if instant}, terms.calendars)
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
    return Checked(claim, accepted, tuple(grounds), min(ends, default=None))
