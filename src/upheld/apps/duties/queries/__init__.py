"""Who may instruct, how switches stand, who came in, how each duty stands: the facts of a ledger, told by the judge."""

from upheld.apps.duties.queries.access import Came, TurnedSwitch, list_comings, list_switches, switch_of
from upheld.apps.duties.queries.owed import Asking, UnknownRequest, askable, list_duties, request_of
from upheld.apps.duties.queries.persons import HeldRole, is_authorised, list_roles, persons_rule, ways_of_change
from upheld.apps.duties.queries.recorded import facts_of

__all__ = [
    "Asking", "Came", "HeldRole", "TurnedSwitch", "UnknownRequest", "askable", "facts_of", "is_authorised", "list_comings",
    "list_duties", "list_roles", "list_switches", "persons_rule", "request_of", "switch_of", "ways_of_change",
]  # fmt: skip
