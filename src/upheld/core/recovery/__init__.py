"""Recovery: service and data brought back in time, copies taken, recovery points that are not too old."""

from upheld.core.recovery.backups import BackupJudged, Turn, judge_backups
from upheld.core.recovery.objectives import time_recovery
from upheld.core.recovery.points import Exposure, find_stale, look_at_points
from upheld.core.recovery.restores import list_restores

__all__ = [
    "BackupJudged",
    "Exposure",
    "Turn",
    "find_stale",
    "judge_backups",
    "list_restores",
    "look_at_points",
    "time_recovery",
]
