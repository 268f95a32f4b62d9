"""Recording what the sides do besides: persons named, switches turned, access asked and used, duties asked and done."""

from upheld.apps.duties.services.access import CannotTurn, note_access, turn_switch
from upheld.apps.duties.services.owed import CannotAsk, ask_duty, note_done
from upheld.apps.duties.services.persons import CannotName, name_person

__all__ = [
    "CannotAsk", "CannotName", "CannotTurn", "ask_duty", "name_person", "note_access", "note_done", "turn_switch",
]  # fmt: skip
