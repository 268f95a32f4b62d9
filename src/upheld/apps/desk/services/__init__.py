"""What is done at the desk: each deed is rows and facts in one transaction, and the clocks reckoned anew with them."""

from upheld.apps.desk.services.calling import record_call
from upheld.apps.desk.services.deciding import (
    assign,
    complete_information,
    identify_fault,
    reopen,
    resolve,
    set_priority,
    set_topic,
    start_work,
)
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.holding import close_hold, declare_high_load, open_hold
from upheld.apps.desk.services.intake import take_in
from upheld.apps.desk.services.joining import link, merge, split
from upheld.apps.desk.services.keeping import keep_inbound
from upheld.apps.desk.services.mailing import write_mails
from upheld.apps.desk.services.marking import rate, set_tags, show_presence
from upheld.apps.desk.services.opening import Attached, Report, Sender, adopt, hold_ticket, open_ticket
from upheld.apps.desk.services.recalculating import Recalculated, recalculate
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.desk.services.talking import Said, receive, receive_automatic, reply, waive, write_automatic, write_note
from upheld.apps.desk.services.writing import BLANKS, fill_in, remove_macro, save_macro

__all__ = [
    "BLANKS",
    "Attached",
    "CannotDo",
    "Recalculated",
    "Report",
    "Said",
    "Sender",
    "adopt",
    "assign",
    "close_hold",
    "complete_information",
    "declare_high_load",
    "fill_in",
    "hold_ticket",
    "identify_fault",
    "keep_inbound",
    "link",
    "merge",
    "open_hold",
    "open_ticket",
    "rate",
    "recalculate",
    "receive",
    "receive_automatic",
    "reckon",
    "record_call",
    "remove_macro",
    "reopen",
    "reply",
    "resolve",
    "save_macro",
    "set_priority",
    "set_tags",
    "set_topic",
    "show_presence",
    "split",
    "start_work",
    "take_in",
    "waive",
    "write_automatic",
    "write_mails",
    "write_note",
]
