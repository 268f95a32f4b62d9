"""Notes made of macros, where nobody reads the text before it is kept."""

from collections.abc import Mapping

from upheld.apps.desk.models import Macro, Message, Ticket
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.talking import Said, write_note
from upheld.apps.desk.services.writing import BLANK, fill_in
from upheld.core.timeline import Instant


def note_by_macro(
    *, ticket: Ticket, macro: Macro, words: Mapping[str, str], by: str, shown_as: str, at: Instant
) -> Message:  # fmt: skip
    """
    The macro's text, filled in with what is known of the ticket, as a note for the provider's people.

    Raises CannotDo for a macro that is an answer, and for a blank of which nothing is known.
    """
    if macro.is_public:
        raise CannotDo(f"the macro {macro.name} is an answer to a customer; read it on the ticket before you send it")
    if empty := next((blank for blank in BLANK.findall(macro.text) if not words.get(blank)), ""):
        raise CannotDo(f"{ticket.name} has nothing for {{{empty}}}; write the note on its own page")
    return write_note(ticket=ticket, said=Said(fill_in(macro, words)), by=by, shown_as=shown_as, at=at)
