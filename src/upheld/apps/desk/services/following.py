"""An answer together with what follows it: the ticket waits, is settled, or gets tags. All of it is done, or nothing."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from upheld.apps.desk.models import Message, Ticket
from upheld.apps.desk.services.deciding import resolve
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.holding import CUSTOMER, open_hold
from upheld.apps.desk.services.marking import change_tags
from upheld.apps.desk.services.talking import Said, reply
from upheld.core.timeline import Instant

WAIT, RESOLVE = "wait", "resolve"
THEN = (WAIT, RESOLVE)
QUESTION = "question"


def reply_and(
    *, ticket: Ticket, said: Said, then: str, by: str, shown_as: str, at: Instant, tags: Sequence[str] = ()
) -> Message:
    """
    Answer, and let what follows stand on the answer: a wait for the customer is proved by it, a settling names it.

    `then` is one of THEN, or empty; `tags` come to those that the ticket has. Raises CannotDo, with nothing sent.
    """
    if then and then not in THEN:
        raise CannotDo(f"after an answer may follow {', '.join(THEN)}; came {then}")
    if then == WAIT and QUESTION not in said.says:
        said = replace(said, says=(*said.says, QUESTION))
    with transaction.atomic():
        if tags:
            change_tags(ticket=ticket, add=tags)
        message = reply(ticket=ticket, said=said, by=by, shown_as=shown_as, at=at)
        if then == WAIT:
            open_hold(ticket=ticket, waiting_for=CUSTOMER, asked_in=message, by=by, at=at)
        elif then == RESOLVE:
            resolve(ticket=ticket, by=by, because=f"answered in {message.name}", at=at)
    return message
