"""What is planned, what it would be judged as, and who has to be told."""

from upheld.apps.maintenance.models import Notice, Window
from upheld.apps.maintenance.queries.addressees import Addressee, NobodyToTell, addressees_of
from upheld.apps.maintenance.queries.plans import CannotJudge, Plan, check_plan, check_window, explain_span, kinds_of
from upheld.apps.maintenance.queries.windows import (
    CANCELLATION,
    UnknownWindow,
    list_windows,
    notices_to_record,
    notices_to_take_back,
    notices_to_write,
    reason_of_cancelling,
    window,
    windows_of,
)

__all__ = [
    "CANCELLATION",
    "Addressee",
    "CannotJudge",
    "NobodyToTell",
    "Notice",
    "Plan",
    "UnknownWindow",
    "Window",
    "addressees_of",
    "check_plan",
    "check_window",
    "explain_span",
    "kinds_of",
    "list_windows",
    "notices_to_record",
    "notices_to_take_back",
    "notices_to_write",
    "reason_of_cancelling",
    "window",
    "windows_of",
]
