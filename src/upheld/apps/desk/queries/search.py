"""Tickets found again by their words, by each database's own full text."""

import re
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries.choosing import Order, Wanted, choose, find_page
from upheld.apps.desk.queries.lists import MOST_SHOWN, read_page

WORD = re.compile(r"[^\W_]+")
NAME = re.compile(r"T-[0-9]{1,9}", re.IGNORECASE)
MOST_WORDS = 12
LONGEST_WORD = 100
FOUND: Final = {
    "sqlite": (
        "SELECT rowid FROM desk_ticket_words WHERE desk_ticket_words MATCH %s UNION SELECT message.ticket_id"
        " FROM desk_message_words AS words JOIN desk_message AS message ON message.id = words.rowid"
        " WHERE desk_message_words MATCH %s AND (message.is_public OR %s)"
    ),
    "postgresql": (
        "SELECT id FROM desk_ticket WHERE words @@ to_tsquery('simple', %s) UNION SELECT ticket_id"
        " FROM desk_message WHERE words @@ to_tsquery('simple', %s) AND (is_public OR %s)"
    ),
}
"""Tickets with a word in them, for each database: the word twice, and whether notes are looked through."""
BEGINS: Final = {"sqlite": '"{}" *', "postgresql": "{}:*"}
"""How each writes that a word begins so."""


def search(
    words: str, wanted: Wanted | None = None, *, notes: bool = True, order: Order = Order.CHANGED, limit: int = MOST_SHOWN,
    after: int = 0,
) -> list[Ticket]:  # fmt: skip
    """
    Tickets in which every word, or a longer one that begins so, stands in the subject, the address or a message, and those
    that are called so (`T-7`). Of all states unless `wanted` says otherwise; without `notes` what only staff wrote for
    themselves is not looked through. Nothing is found by no word at all.
    """
    wanted = wanted or Wanted(is_open=False)
    here, through_runs = look_for(words, notes=notes), look_for(words, notes=notes, of="ticket__")
    if here is None or through_runs is None:
        return []
    return read_page(find_page(choose(wanted) & here, choose(wanted, "ticket__") & through_runs, order, limit, after))


def look_for(words: str, *, notes: bool = True, of: str = "") -> Q | None:
    """The condition that all the words are there, on tickets or on what belongs to one; None where there is no word."""
    if name := NAME.fullmatch(words.strip()):
        return Q(**{f"{of}number": int(name.group()[2:])})
    asked = [word[:LONGEST_WORD].lower() for word in WORD.findall(words)][:MOST_WORDS]
    if not asked:
        return None
    condition = Q()
    for word in asked:
        begin = BEGINS[connection.vendor].format(word)
        condition &= Q(**{f"{of}pk__in": RawSQL(FOUND[connection.vendor], (begin, begin, notes))})
    return condition
