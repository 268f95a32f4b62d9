"""What is asked where several tickets of the queue get the same deed."""

from upheld.apps.desk.queries import list_macros
from upheld.doors.asking import Asked
from upheld.interfaces.console.desk.forms import NO_TROUBLE, Trouble, list_staff
from upheld.pages.contexts.desk import Several
from upheld.pages.contexts.parts import Choice, Field, Form

ASSIGN, TAG, UNTAG, NOTE = "assign", "tag", "untag", "note"
DEEDS = (
    Choice(ASSIGN, "give them to a person"), Choice(TAG, "add a tag"), Choice(UNTAG, "take a tag away"),
    Choice(NOTE, "keep a note made of a macro"),
)  # fmt: skip


def make_several(
    asked: Asked, query: str, *, trouble: Trouble = NO_TROUBLE, chosen: tuple[str, ...] = (), refused: tuple[str, ...] = ()
) -> Several | None:
    """`query` is what leads back to these rows. None for who may only read."""
    if not asked.may_change:
        return None
    notes = tuple(Choice(one.name, one.name) for one in list_macros() if not one.is_public)
    value = trouble.value
    macro = Field(name="macro", label="Macro", note="for a note", choices=notes, is_list=True, value=value("macro"))
    return Several(
        form=Form(
            url=f"{asked.url_of('tickets-deed')}{query}", deed="Do it with the chosen tickets", not_done="Nothing was done.",
            problems=trouble.problems,
            fields=(
                Field(name="deed", label="What is done", choices=DEEDS if notes else DEEDS[:-1], is_list=True,
                      value=value("deed")),
                Field(name="assignee", label="Who works on them", note="for a person", choices=list_staff(), is_list=True,
                      value=value("assignee", str(asked.user.pk))),
                Field(name="one-tag", label="Tag", note="for a tag", is_needed=False, value=value("one-tag")),
                *((macro,) if notes else ()),
            ),
        ),
        chosen=chosen,
        refused=refused,
    )  # fmt: skip
