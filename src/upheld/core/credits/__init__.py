"""Service credits: what a missed promise is worth, whether a claim for it holds, and what else a side may then do."""

from upheld.core.credits.assess import Assessment, assess
from upheld.core.credits.capping import cap_grants
from upheld.core.credits.claims import Checked, Filed, Ground, Late, check_claim
from upheld.core.credits.granting import Accepted, Granted, grant
from upheld.core.credits.interruptions import Interruption, find_interruptions
from upheld.core.credits.lines import Line, Thing
from upheld.core.credits.rights import Standing, judge_right
from upheld.core.credits.setting import Before, Setting, add_finding
from upheld.core.credits.shown import number
from upheld.core.credits.together import add_credits

__all__ = [
    "Accepted",
    "Assessment",
    "Before",
    "Checked",
    "Filed",
    "Granted",
    "Ground",
    "Interruption",
    "Late",
    "Line",
    "Setting",
    "Standing",
    "Thing",
    "add_credits",
    "add_finding",
    "assess",
    "cap_grants",
    "check_claim",
    "find_interruptions",
    "grant",
    "judge_right",
    "number",
]
