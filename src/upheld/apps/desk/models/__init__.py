"""Rows of the desk. What is judged are the facts; these rows are what people look at, look for and work with."""

from upheld.apps.desk.models.agreed import Appointment, Consent, Instruction
from upheld.apps.desk.models.calling import Call, HighLoad
from upheld.apps.desk.models.chasing import Escalation, OutageRule, Reminder, When
from upheld.apps.desk.models.chat import Chat, ChatCode
from upheld.apps.desk.models.exhibit import Exhibit, ExhibitKind
from upheld.apps.desk.models.macro import Macro
from upheld.apps.desk.models.mail import Inbound
from upheld.apps.desk.models.message import Attachment, Author, Message
from upheld.apps.desk.models.presence import Presence
from upheld.apps.desk.models.rating import Rating
from upheld.apps.desk.models.review import Action, Review
from upheld.apps.desk.models.run import Reckoned, Run
from upheld.apps.desk.models.template import TicketTemplate
from upheld.apps.desk.models.ticket import Kind, Link, State, Tag, Ticket
from upheld.apps.desk.models.waiting import Hold
from upheld.apps.desk.models.work import Purchase, Quote, Work

__all__ = [
    "Action",
    "Appointment",
    "Attachment",
    "Author",
    "Call",
    "Chat",
    "ChatCode",
    "Consent",
    "Escalation",
    "Exhibit",
    "ExhibitKind",
    "HighLoad",
    "Hold",
    "Inbound",
    "Instruction",
    "Kind",
    "Link",
    "Macro",
    "Message",
    "OutageRule",
    "Presence",
    "Purchase",
    "Quote",
    "Rating",
    "Reckoned",
    "Reminder",
    "Review",
    "Run",
    "State",
    "Tag",
    "Ticket",
    "TicketTemplate",
    "When",
    "Work",
]
