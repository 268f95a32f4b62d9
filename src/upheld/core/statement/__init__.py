"""The account of a period: everything the agreement says of it, built once and checked anywhere."""

from upheld.core.statement.build import Statement, build
from upheld.core.statement.claiming import ClaimJudged, judge_claims
from upheld.core.statement.gathering import Case, TermsDoNotBind, bind_case, gather, read_period
from upheld.core.statement.judging import Judged, judge_period
from upheld.core.statement.owing import assess_all

__all__ = [
    "Case",
    "ClaimJudged",
    "Judged",
    "Statement",
    "TermsDoNotBind",
    "assess_all",
    "bind_case",
    "build",
    "gather",
    "judge_claims",
    "judge_period",
    "read_period",
]
