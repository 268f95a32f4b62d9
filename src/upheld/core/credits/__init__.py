"""Service credits: what a missed promise is worth, and whether a claim for it holds."""

from upheld.core.credits.assess import Assessment, assess
from upheld.core.credits.claims import Checked, Filed, Ground, check_claim
from upheld.core.credits.interruptions import Interruption, find_interruptions

__all__ = ["Assessment", "Checked", "Filed", "Ground", "Interruption", "assess", "check_claim", "find_interruptions"]
