"""What is done at the desk: each deed is rows and facts in one transaction, and the clocks reckoned anew with them."""

from upheld.apps.desk.services.acknowledging import take_sms
from upheld.apps.desk.services.appointing import accept_appointment, decline_appointment, propose_appointment
from upheld.apps.desk.services.asking import ask_access, ask_copy
from upheld.apps.desk.services.beginning import BLANKS_AT_OPENING, begin, remove_template, save_template
from upheld.apps.desk.services.calling import mark_misuse, record_call
from upheld.apps.desk.services.chasing import Lead, chase, warn
from upheld.apps.desk.services.chat_links import CODE_LASTS, link_chat, offer_chat_code, unlink_chats
from upheld.apps.desk.services.chatting import take_update, write_chats
from upheld.apps.desk.services.deciding import (
    assign,
    complete_information,
    identify_fault,
    reopen,
    resolve,
    set_priority,
    set_topic,
    start_work,
    weigh,
)
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.escalating import open_none_on_outage, open_on_outage, remove_escalation, save_escalation
from upheld.apps.desk.services.exhibiting import NoRoom, keep_exhibit, keep_exhibits
from upheld.apps.desk.services.following import THEN, reply_and
from upheld.apps.desk.services.holding import close_hold, declare_high_load, open_hold
from upheld.apps.desk.services.incidents import open_incident
from upheld.apps.desk.services.instructing import carry_out, receive_instruction
from upheld.apps.desk.services.intake import take_in
from upheld.apps.desk.services.joining import link, merge, split
from upheld.apps.desk.services.keeping import keep_inbound
from upheld.apps.desk.services.live_chat import pass_on, pass_on_changed, start_chat
from upheld.apps.desk.services.mailing import write_mails
from upheld.apps.desk.services.marking import forget_presence, rate, set_tags, show_presence
from upheld.apps.desk.services.opening import Attached, Report, Sender, adopt, hold_ticket, open_ticket
from upheld.apps.desk.services.planning import do_step, hold_session, sign_off, start_plan
from upheld.apps.desk.services.quoting import accept_quote, decline_quote, give_quote
from upheld.apps.desk.services.recalculating import Recalculated, recalculate
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.desk.services.reviewing import Asked, add_action, finish_action, hold_review, review_agreement
from upheld.apps.desk.services.talking import (
    SAYS,
    Said,
    receive,
    receive_automatic,
    reply,
    waive,
    write_automatic,
    write_note,
)
from upheld.apps.desk.services.working import Done, approve_charge, buy_time, log_work, preview_work, propose_misuse
from upheld.apps.desk.services.writing import BLANKS, fill_in, remove_macro, save_macro

__all__ = [
    "BLANKS",
    "BLANKS_AT_OPENING",
    "CODE_LASTS",
    "SAYS",
    "THEN",
    "Asked",
    "Attached",
    "CannotDo",
    "Done",
    "Lead",
    "NoRoom",
    "Recalculated",
    "Report",
    "Said",
    "Sender",
    "accept_appointment",
    "accept_quote",
    "add_action",
    "adopt",
    "approve_charge",
    "ask_access",
    "ask_copy",
    "assign",
    "begin",
    "buy_time",
    "carry_out",
    "chase",
    "close_hold",
    "complete_information",
    "declare_high_load",
    "decline_appointment",
    "decline_quote",
    "do_step",
    "fill_in",
    "finish_action",
    "forget_presence",
    "give_quote",
    "hold_review",
    "hold_session",
    "hold_ticket",
    "identify_fault",
    "keep_exhibit",
    "keep_exhibits",
    "keep_inbound",
    "link",
    "link_chat",
    "log_work",
    "mark_misuse",
    "merge",
    "offer_chat_code",
    "open_hold",
    "open_incident",
    "open_none_on_outage",
    "open_on_outage",
    "open_ticket",
    "pass_on",
    "pass_on_changed",
    "preview_work",
    "propose_appointment",
    "propose_misuse",
    "rate",
    "recalculate",
    "receive",
    "receive_automatic",
    "receive_instruction",
    "reckon",
    "record_call",
    "remove_escalation",
    "remove_macro",
    "remove_template",
    "reopen",
    "reply",
    "reply_and",
    "resolve",
    "review_agreement",
    "save_escalation",
    "save_macro",
    "save_template",
    "set_priority",
    "set_tags",
    "set_topic",
    "show_presence",
    "sign_off",
    "split",
    "start_chat",
    "start_plan",
    "start_work",
    "take_in",
    "take_sms",
    "take_update",
    "unlink_chats",
    "waive",
    "warn",
    "weigh",
    "write_automatic",
    "write_chats",
    "write_mails",
    "write_note",
]
