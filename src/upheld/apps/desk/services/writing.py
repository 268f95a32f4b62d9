"""Macros: texts that are written once and used on many tickets."""

import re
from collections.abc import Mapping, Sequence

from upheld.apps.desk.models import Macro
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.following import THEN
from upheld.apps.desk.services.marking import read_tags
from upheld.apps.desk.services.talking import SAYS
from upheld.core.timeline import Instant

BLANK = re.compile(r"\{([^{}\n]*)\}")
BLANKS = ("customer", "requester", "ticket", "subject", "priority", "me")
"""What a macro may leave to be filled in, each in braces."""


def save_macro(
    *, name: str, text: str, by: str, at: Instant, is_public: bool = True, says: tuple[str, ...] = (), then: str = "",
    tags: tuple[str, ...] = (),
) -> Macro:  # fmt: skip
    """A macro under its name; one that is there gets the new text. Raises CannotDo for a blank that nothing fills in."""
    if not name.strip() or not text.strip():
        raise CannotDo("a macro has a name and a text")
    if len(name.strip()) > 100:
        raise CannotDo("the name of a macro has 100 letters at most")
    refuse_blanks(text, BLANKS, "a macro")
    if unknown_says := set(says) - set(SAYS):
        raise CannotDo(f"an answer may hold {', '.join(SAYS)}; came {', '.join(sorted(unknown_says))}")
    if then and then not in THEN:
        raise CannotDo(f"after an answer may follow {', '.join(THEN)}; came {then}")
    if (says or then or tags) and not is_public:
        raise CannotDo("a note holds nothing for the customer, and nothing follows it; or let it be an answer")
    kept, _ = Macro.objects.update_or_create(
        name=name.strip(),
        defaults={
            "text": text.strip(),
            "is_public": is_public,
            "says": list(says),
            "then": then,
            "tags": read_tags(tags),
            "by": by,
            "at": at.utc(),
        },
    )
    return kept


def remove_macro(*, macro: Macro) -> None:
    """It is offered no more; what was sent with it stays."""
    macro.delete()


def fill_in(macro: Macro, words: Mapping[str, str]) -> str:
    """The macro's text for one ticket; a blank of which nothing is known stays, so that whoever sends it sees it."""
    return fill_blanks(macro.text, words)


def refuse_blanks(text: str, known: Sequence[str], what: str) -> None:
    """Raises CannotDo for a blank in `text` that nothing fills in, and names those that `what` may have."""
    if unknown := [found for found in BLANK.findall(text) if found not in known]:
        may = ", ".join(f"{{{blank}}}" for blank in known)
        raise CannotDo(f"nothing fills in {{{unknown[0]}}}; {what} may have {may}")


def fill_blanks(text: str, words: Mapping[str, str]) -> str:
    """The text with its blanks filled in, as far as something is known of them."""
    return BLANK.sub(lambda found: words.get(found.group(1)) or found.group(), text)
