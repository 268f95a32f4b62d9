"""The live chat: a ticket like any other, answered at once where somebody is there, passed on where it is not for that."""

import logging

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge
from upheld.apps.desk.models import Author, Ticket
from upheld.apps.desk.queries.chat import ChatDoor, chats_changed, find_passed, look_at_chat
from upheld.apps.desk.services.deeds import CannotDo, change
from upheld.apps.desk.services.opening import Report, Sender, open_ticket
from upheld.apps.desk.services.talking import Said, write, write_automatic
from upheld.core.timeline import MINUTE, Instant
from upheld.pages.words import NBSP, UTC, say_instant

log = logging.getLogger("upheld.desk")

LOOKED_BACK = MINUTE * 2


def start_chat(*, agreement: Agreement, report: Report, sender: Sender, at: Instant) -> Ticket:
    """
    A chat begins with what the customer writes; it is passed on at once where its topic belongs elsewhere, and the customer
    reads when somebody is there where nobody is. Raises CannotDo where the agreement has no chat for this customer.
    """
    door = look_at_chat(agreement, at)
    if door is None:
        raise CannotDo(f"{agreement.key} has no live chat; open a ticket instead")
    if not door.is_offered:
        cited = f"{', '.join(door.clauses)}: " if door.clauses else ""
        raise CannotDo(f"{cited}the live chat is no part of this subscription; open a ticket instead")
    ticket = open_ticket(agreement=agreement, way="chat", report=report, sender=sender, at=at)
    if not pass_on(ticket=ticket, at=at) and not door.is_open:
        write_automatic(ticket=ticket, said=Said(say_absence(door)), at=at)
    return ticket


def say_absence(door: ChatDoor) -> str:
    """That nobody is at the chat, and from when somebody is."""
    if door.opens_at is None:
        return "Nobody is at the chat now. Your message is kept, and a person answers it. (Written by a machine.)"
    when = say_instant(door.opens_at, door.zone or UTC).replace(NBSP, " ")
    return f"Nobody is at the chat until {when}. Your message is kept and answered then. (Written by a machine.)"


def pass_on(*, ticket: Ticket, at: Instant) -> bool:
    """
    What the chat is not for goes on by the channel that the agreement names: answers come there from now on, and the
    customer reads so. Whether it was; asked again, nothing changes.
    """
    passed = find_passed(ticket, at)
    if passed is None:
        return False
    with change(ticket, at) as locked:
        if locked.channel == passed.channel:
            return False
        locked.channel = passed.channel
        if not locked.address and locked.requester is not None:
            locked.address = locked.requester.email
        cited = f" ({', '.join(passed.clauses)})" if passed.clauses else ""
        words = (
            f"The chat is not for {passed.topic or 'this'}{cited}. It goes on by {passed.channel}: answers come there, and "
            f"stay to be read here. It is {locked.name}. (Written by a machine.)"
        )
        write(locked, Author.MACHINE, Said(words), "machine", "", at, at, passed.channel)
    log.info("chat passed on", extra={"ticket": ticket.name, "channel": passed.channel, "topic": passed.topic})
    return True


def pass_on_changed(*, at: Instant) -> int:
    """Pass on what was found, a moment ago, to be about something else than the chat is for; how many."""
    moved = 0
    for ticket in chats_changed(at.before(LOOKED_BACK)):
        try:
            moved += pass_on(ticket=ticket, at=at)
        except CannotJudge as problem:
            log.error("a chat cannot be passed on", extra={"ticket": ticket.name, "because": str(problem)})
    return moved
