"""Coming into what is a customer's: the ticket that is named for it."""

import re
from typing import Any

from upheld.apps.desk.queries import UnknownTicket, ticket
from upheld.pages.words import capitalise

Customer = Any
"""A row, as its queries give it."""
LONGEST = 50


def explain_ticket(name: str, customer: Customer) -> str:
    """Why a ticket is not taken: a name of ours has to be on record, of this customer. Those of other desks are theirs."""
    if not 0 < len(name) <= LONGEST:
        return "Name the ticket, for instance T-7: the customer reads it"
    if not re.fullmatch(r"T-\d+", name, re.ASCII):
        return ""
    try:
        found = ticket(name)
    except UnknownTicket as problem:
        return capitalise(problem)
    return "" if found.customer_id == customer.pk else f"{name} is not a ticket of {customer.name}"
