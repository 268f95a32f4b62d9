"""Everything the agreement says of one period: availability, maintenance, credits, claims. The one place they meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from upheld.core.availability import (
    Account,
    Excuse,
    Outage,
    account_for,
    component_spans,
    find_down,
    judge_measure,
    read_outages,
)
from upheld.core.credits import Assessment, Granted, Setting, Standing, add_credits, cap_grants, grant
from upheld.core.explain import Finding
from upheld.core.maintenance import Judgement, classify, read_windows
from upheld.core.statement.besides import JudgedBesides, judge_besides
from upheld.core.statement.claiming import ClaimJudged, judge_claims
from upheld.core.statement.desk import DeskJudged, judge_desk
from upheld.core.statement.gathering import Case
from upheld.core.statement.owing import assess_all, judge_rights, set_out
from upheld.core.statement.past import Past
from upheld.core.terms import Terms
from upheld.core.timeline import Span, Timeline


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings of one period under one choice of readings."""

    terms: Terms
    period: Span
    outages: tuple[Outage, ...]
    windows: tuple[Judgement, ...]
    accounts: tuple[Account, ...]
    credits: tuple[Assessment, ...]
    claims: tuple[ClaimJudged, ...]
    grants: Mapping[str, Granted]
    """What is given of each credit, by the rule of its finding."""
    setting: Setting = field(repr=False, compare=False)
    """What the credits were judged from; later periods look back through it."""
    rights: tuple[Standing, ...] = ()
    measured: tuple[Finding, ...] = ()
    """Figures other than availability."""
    desk: DeskJudged = field(default_factory=DeskJudged)
    besides: JudgedBesides = field(default_factory=JudgedBesides)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every figure of the period, family by family."""
        accounts = (*(found for account in self.accounts for found in account.findings), *self.measured)
        rights = tuple(standing.finding for standing in self.rights)
        credits = (*(credit.finding for credit in self.credits), *add_credits(self.setting, self.credits, self.grants))
        return (*accounts, *self.desk.findings, *credits, *rights, *self.besides.findings)

    def granted(self, assessment: Assessment) -> Granted:
        """Units and amount of what is given of a credit."""
        return self.grants[assessment.finding.rule]


def judge_period(case: Case, terms: Terms, period: Span, past: Past | None = None) -> Judged:
    """All findings of a period, as the facts of the case were known."""
    outages = read_outages(terms, case.facts, case.as_of)
    down = Timeline().union(*(find_down(terms, promise, outages, case.facts) for promise in terms.availability.values()))
    down_of: dict[str, Timeline] = {}
    for service in terms.services.values():
        down_of |= component_spans(service, outages)
    windows = classify(terms, read_windows(case.facts), down, down_of)
    excuses = [excuse_of(judgement) for judgement in windows if judgement.excused]
    accounts = tuple(
        account_for(terms, promise, outages, case.facts, excuses, period, case.signed_at, case.as_of)
        for promise in terms.availability.values()
    )
    desk = judge_desk(case, terms, period, outages)
    measured = tuple(
        finding
        for rule in terms.measures.values()
        for finding in judge_measure(terms, rule, outages, case.facts, period, case.as_of)
    )
    setting = set_out(case, terms, period, accounts, desk, measured, past or Past(case, judge_period))
    credits = assess_all(setting)
    claims = judge_claims(case, setting, credits)
    grants = grant(credits, [claim.accepted for claim in claims if claim.checked.accepted])
    grants = cap_grants(setting, credits, grants)
    judged = Judged(terms, period, outages, windows, accounts, credits, claims, grants, setting, (), measured, desk)
    if past:
        # Whoever looks back asks for figures and credits; the rest is told of the period itself.
        return judged
    besides = judge_besides(case, terms, period, outages, windows)
    return replace(judged, rights=judge_rights(case, judged), besides=besides)


def excuse_of(judgement: Judgement) -> Excuse:
    return Excuse(
        name=judgement.window.id,
        time=judgement.excused,
        effect=judgement.effect,
        whole=judgement.counts_whole_window,
        words=judgement.words,
        clauses=judgement.clauses,
        readings=judgement.readings,
        facts=judgement.window.facts,
    )
