"""Who may instruct, how switches stand, who came in, how each duty stands: the facts of a ledger, told by the judge."""

from upheld.apps.duties.queries.access import Came, TurnedSwitch, list_comings, list_running, list_switches, switch_of
from upheld.apps.duties.queries.owed import Asking, askable, list_duties
from upheld.apps.duties.queries.persons import HeldRole, is_authorised, list_roles, persons_rule, ways_of_change
from upheld.apps.duties.queries.recorded import facts_of
from upheld.apps.duties.queries.telling import UnknownNotice, list_events, list_notices, list_outages

__all__ = [
    "Asking", "Came", "HeldRole", "TurnedSwitch", "UnknownNotice", "askable", "facts_of", "is_authorised", "list_comings",
    "list_duties", "list_events", "list_notices", "list_outages", "list_roles", "list_running", "list_switches",
    "persons_rule", "switch_of", "ways_of_change",
]  # fmt: skip
