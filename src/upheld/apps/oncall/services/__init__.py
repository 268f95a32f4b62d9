"""Telling and waking: messages through the outbox, rotas and who steps in, policies, pages, and ways to reach people."""

from upheld.apps.oncall.services.addresses import UnfitRecipient
from upheld.apps.oncall.services.announcing import announce, tell_test
from upheld.apps.oncall.services.answering import acknowledge_by_link, acknowledge_by_text
from upheld.apps.oncall.services.calendars import (
    calendar_token,
    find_calendar_owner,
    find_calendar_rota,
    renew_calendar,
    renew_rota_calendar,
    rota_calendar_token,
)
from upheld.apps.oncall.services.codes import code_of, read_code
from upheld.apps.oncall.services.outbox import (
    LEASE,
    PAUSES,
    ROUND,
    Letter,
    MessageDiffers,
    add_recipient,
    claim,
    deliver,
    deliver_due,
    let_go,
    postpone,
    remove_recipient,
    send_again,
    tell,
    write_message,
)
from upheld.apps.oncall.services.paging import (
    PageIsOver,
    acknowledge,
    escalate_due,
    page,
    resolve,
    resolve_about,
    take_step,
    tell_over,
)
from upheld.apps.oncall.services.policies import UnfitPolicy, WantedStep, save_channel, save_policy
from upheld.apps.oncall.services.reaching import LinkIsUsed, link_of, read_link
from upheld.apps.oncall.services.rotas import UnfitRota, add_rota, change_rota, step_in, withdraw
from upheld.apps.oncall.services.ways import UnfitWay, add_way, remove_way, verify_way

__all__ = [
    "LEASE", "PAUSES", "ROUND", "Letter", "LinkIsUsed", "MessageDiffers", "PageIsOver", "UnfitPolicy",
    "UnfitRecipient", "UnfitRota", "UnfitWay", "WantedStep", "acknowledge", "acknowledge_by_link",
    "acknowledge_by_text", "add_recipient", "add_rota", "add_way", "announce", "calendar_token", "change_rota",
    "claim", "code_of", "deliver", "deliver_due", "escalate_due", "find_calendar_owner", "find_calendar_rota", "let_go",
    "link_of", "page", "postpone", "read_code", "read_link", "remove_recipient", "remove_way", "renew_calendar",
    "renew_rota_calendar", "resolve", "resolve_about", "rota_calendar_token", "save_channel", "save_policy", "send_again",
    "step_in", "take_step", "tell", "tell_over", "tell_test", "verify_way", "withdraw", "write_message",
]  # fmt: skip
