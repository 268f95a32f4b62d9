"""The desk as it is on record, and what the core says of it."""

from upheld.apps.desk.queries.clocks import (
    desk_of,
    digest_of_terms,
    facts_of_desk,
    may_call,
    next_run,
    running_of,
    tell_course,
)
from upheld.apps.desk.queries.lists import (
    Order,
    Wanted,
    count_overdue,
    due_between,
    list_queue,
    next_runs,
    tickets_of,
    tickets_under,
)
from upheld.apps.desk.queries.marks import (
    UnknownMacro,
    is_writing,
    list_macros,
    list_tags,
    macro,
    others_at,
    rating_of,
    tags_of,
)
from upheld.apps.desk.queries.search import search
from upheld.apps.desk.queries.tickets import (
    UnknownTicket,
    find_by_mail,
    find_held,
    messages_of,
    ticket,
    visible_messages,
)

__all__ = [
    "Order",
    "UnknownMacro",
    "UnknownTicket",
    "Wanted",
    "count_overdue",
    "desk_of",
    "digest_of_terms",
    "due_between",
    "facts_of_desk",
    "find_by_mail",
    "find_held",
    "is_writing",
    "list_macros",
    "list_queue",
    "list_tags",
    "macro",
    "may_call",
    "messages_of",
    "next_run",
    "next_runs",
    "others_at",
    "rating_of",
    "running_of",
    "search",
    "tags_of",
    "tell_course",
    "ticket",
    "tickets_of",
    "tickets_under",
    "visible_messages",
]
