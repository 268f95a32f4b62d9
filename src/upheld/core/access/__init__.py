"""Who may see or do what, and how the switches stand that decide it."""

from upheld.core.access.deciding import Decision, Request, decide_access
from upheld.core.access.switches import Standing, stand_at
from upheld.core.access.uses import judge_access

__all__ = ["Decision", "Request", "Standing", "decide_access", "judge_access", "stand_at"]
