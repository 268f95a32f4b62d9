"""Planned work: was notice given, does it lie where it may, what is it judged as, and what does it excuse."""

from upheld.core.maintenance.classify import Judgement, check_plan, classify
from upheld.core.maintenance.tested import Tested
from upheld.core.maintenance.trials import earliest_start
from upheld.core.maintenance.windows import Window, read_windows

__all__ = ["Judgement", "Tested", "Window", "check_plan", "classify", "earliest_start", "read_windows"]
