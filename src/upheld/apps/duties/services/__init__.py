"""Recording what the sides do besides: persons named, switches turned, access asked and used, duties done."""

from upheld.apps.duties.services.access import CannotTurn, note_access, turn_switch
from upheld.apps.duties.services.opening import CannotOpen, end_access, end_due, open_access
from upheld.apps.duties.services.owed import UnknownDuty, note_done
from upheld.apps.duties.services.persons import CannotName, name_person
from upheld.apps.duties.services.telling import CannotTell, record_notice

__all__ = [
    "CannotName", "CannotOpen", "CannotTell", "CannotTurn", "UnknownDuty", "end_access", "end_due", "name_person",
    "note_access", "note_done", "open_access", "record_notice", "turn_switch",
]  # fmt: skip
