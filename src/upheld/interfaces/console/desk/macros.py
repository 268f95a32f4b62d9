"""Macros: everybody of the provider reads and uses them, an administrator writes them."""

from typing import Any

from upheld.apps.desk import services
from upheld.apps.desk.queries import list_macros
from upheld.apps.desk.queries import macro as read_macro
from upheld.apps.parties.queries import is_administrator, person_called
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.interfaces.console.desk.forms import BESIDES, THEN
from upheld.pages.contexts.desk import MacroRow, MacrosPage
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

USES = (Choice("answer", "an answer to the customer"), Choice("note", "a note for ourselves"))
WHO_MAY = "An administrator writes macros; you use them on every ticket."


def show_macros(asked: Asked) -> MacrosPage:
    return make_macros_page(asked, {})


def make_macros_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> MacrosPage:
    may = is_administrator(asked.user) and not asked.is_past
    rows = []
    for one in list_macros():
        writer = person_called(one.by)
        removing = Form(url=asked.url_of("macro-remove"), deed="Remove", fields=(), hidden=(("macro", one.name),))
        rows.append(
            MacroRow(
                name=one.name,
                text=one.text,
                use=tell_use(one),
                by=writer.name if writer else one.by,
                deed=removing if may else None,
            )
        )
    return MacrosPage(
        as_of=asked.as_of, desk_url=asked.url_of("desk"), rows=tuple(rows),
        form=make_form(asked, sent, problems) if may else None, who_may="" if may else WHO_MAY,
    )  # fmt: skip


def tell_use(macro: Any) -> str:
    """`an answer with an update; then it waits for the customer; with the tags shop`."""
    if not macro.is_public:
        return "a note"
    held = next((choice.words for choice in BESIDES if choice.value == ",".join(macro.says) and choice.value), "")
    then = next((f"then {choice.words}" for choice in THEN if choice.value == macro.then and choice.value), "")
    tags = f"tags it {' '.join(macro.tags)}" if macro.tags else ""
    return "; ".join(part for part in (f"an answer with {held}" if held else "an answer", then, tags) if part)


def make_form(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    blanks = ", ".join(f"{{{one}}}" for one in services.BLANKS)
    return Form(
        url=asked.url_of("macros"), deed="Keep this macro", not_done="The macro was not kept.", problems=problems,
        fields=(
            Field(name="name", label="Name", value=sent.get("name", ""), hint="One that is there gets the new text."),
            Field(name="text", label="Text", kind="long", value=sent.get("text", ""),
                  hint=f"Filled in on each ticket: {blanks}."),
            Field(name="use", label="It is", value=sent.get("use", "answer"), choices=USES),
            Field(name="says", label="An answer holds", value=sent.get("says", ""), choices=BESIDES, is_list=True),
            Field(name="then", label="After an answer", value=sent.get("then", ""), choices=THEN, is_list=True),
            Field(name="tags", label="Tags that its ticket gets", value=sent.get("tags", ""), is_needed=False,
                  example="shop payments"),
        ),
    )  # fmt: skip


def save(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("name", "text", "use", "says", "then", "tags")}
    if too_long := explain_length("The text", sent["text"]):
        return answer(asked, make_macros_page(asked, sent, (Problem("text", too_long),)), status=422)
    try:
        kept = services.save_macro(
            name=sent["name"], text=sent["text"], is_public=sent["use"] != "note", by=asked.by, at=asked.at,
            says=tuple(one for one in sent["says"].split(",") if one), then=sent["then"],
            tags=tuple(sent["tags"].replace(",", " ").split()),
        )  # fmt: skip
    except services.CannotDo as problem:
        words = capitalise(problem)
        return answer(asked, make_macros_page(asked, sent, (Problem(find_field(words), words),)), status=422)
    leave_toast(asked, f"The macro {kept.name} is kept.")
    return to("macros")


def find_field(words: str) -> str:
    """The field that a refusal is about."""
    if "name" in words.lower():
        return "name"
    if "tag" in words:
        return "tags"
    if "may follow" in words:
        return "then"
    return "says" if "holds nothing" in words or "may hold" in words else "text"


def remove(asked: Asked) -> Answer:
    found = read_macro(asked.sent("macro"))
    services.remove_macro(macro=found)
    leave_toast(asked, f"The macro {found.name} is offered no more.")
    return to("macros")
