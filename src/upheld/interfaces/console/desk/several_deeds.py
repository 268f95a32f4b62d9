"""One deed on several tickets of the queue: each by its own service, and told by name whether it was done."""

from collections.abc import Callable

from django.db import transaction

from upheld.apps.agreements.queries import CannotJudge
from upheld.apps.desk import services
from upheld.apps.desk.queries import list_macros
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services.marking import change_tags, read_tags
from upheld.apps.desk.services.noting import note_by_macro
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, tidy
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.due import Ticket
from upheld.interfaces.console.desk.fields import Wrong, find_person
from upheld.interfaces.console.desk.forms import Trouble, list_words
from upheld.interfaces.console.desk.queue import REFUSED, make_queue, read_filters, write_query
from upheld.interfaces.console.desk.several import ASSIGN, NOTE, TAG, UNTAG
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import join_words, say_sentence

MOST = 100
LONGEST_NAME = 20
Deed = tuple[str, Callable[[Ticket], object]]
"""What is said of those on which it was done, before their names; and what does it."""


def act(asked: Asked) -> Answer:
    """What can be done is done; what is refused is told with its reason, and stays as it was."""
    if asked.is_past:
        raise NotAllowed("Tickets are worked on now", PAST)
    names = tuple(dict.fromkeys(tidy(one)[:LONGEST_NAME] for one in asked.request.POST.getlist("ticket")))
    sent = {name: asked.sent(name) for name in ("deed", "assignee", "one-tag", "macro")}
    try:
        refuse_number(len(names))
        words, does = read_deed(asked, sent["deed"])
    except Wrong as problem:
        trouble = Trouble(problems=(Problem(problem.field, str(problem)),), sent=sent)
        return answer(asked, make_queue(asked, trouble=trouble, chosen=names), status=422)
    done, refused = do_each(names, does)
    if not done:
        page = make_queue(asked, trouble=Trouble(sent=sent), chosen=names, refused=refused)
        return answer(asked, page, status=422)
    leave_toast(asked, f"{words} {join_words(done)}.")
    asked.request.session[REFUSED] = list(refused)
    return to("desk", query=write_query(read_filters(asked)))


def refuse_number(number: int) -> None:
    if not number:
        raise Wrong("", "Choose tickets first: each has a box before its name")
    if number > MOST:
        raise Wrong("", f"At most {MOST} tickets are done at once; {number:,} are chosen")


def do_each(names: tuple[str, ...], does: Callable[[Ticket], object]) -> tuple[list[str], tuple[str, ...]]:
    """The names of those that were done, and what is said of the others."""
    done, refused = [], []
    # In the order of their numbers: two people who choose the same ones wait for each other, and never both.
    for name in sorted(names, key=lambda one: (len(one), one)):
        try:
            with transaction.atomic():
                does(read_ticket(name))
        except (services.CannotDo, CannotJudge, LookupError) as problem:
            words = str(problem)
            refused.append(say_sentence(words if words.startswith(f"{name} ") else f"{name}: {words}"))
        else:
            done.append(name)
    return done, tuple(refused)


def read_deed(asked: Asked, deed: str) -> Deed:
    """Raises Wrong for what holds for all of the tickets."""
    if deed not in DEEDS:
        raise Wrong("deed", "Choose one of these")
    return DEEDS[deed](asked)


def assign(asked: Asked) -> Deed:
    found = find_person(asked, "assignee")
    who = found.name if found else "Nobody"
    return f"{who} works now on", lambda ticket: services.assign(ticket=ticket, to=found, at=asked.at, by=asked.by)


def add_tag(asked: Asked) -> Deed:
    name = read_tag(asked)
    return f"The tag {name} is on", lambda ticket: change_tags(ticket=ticket, add=[name])


def take_tag(asked: Asked) -> Deed:
    name = read_tag(asked)
    return f"The tag {name} is taken from", lambda ticket: change_tags(ticket=ticket, take=[name])


def read_tag(asked: Asked) -> str:
    try:
        names = read_tags([asked.sent("one-tag")])
    except services.CannotDo as problem:
        raise Wrong("one-tag", say_sentence(str(problem)).removesuffix(".")) from None
    if not names:
        raise Wrong("one-tag", "Write the tag")
    return names[0]


def keep_note(asked: Asked) -> Deed:
    macro = next((one for one in list_macros() if one.name == asked.sent("macro") and not one.is_public), None)
    if macro is None:
        raise Wrong("macro", "Choose one of the macros that are notes")
    return f"The note {macro.name} is kept, for our people, on", lambda ticket: note_by_macro(
        ticket=ticket, macro=macro, words=list_words(asked, ticket), by=asked.by, shown_as=asked.user.name, at=asked.at
    )


DEEDS: dict[str, Callable[[Asked], Deed]] = {ASSIGN: assign, TAG: add_tag, UNTAG: take_tag, NOTE: keep_note}
