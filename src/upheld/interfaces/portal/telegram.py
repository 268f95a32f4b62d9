"""Writing to us by Telegram: a code that links the reader's chat with their name here, and the end of such a link."""

from django.conf import settings

from upheld.apps.desk import services
from upheld.apps.desk.queries import chats_of
from upheld.apps.parties.queries import is_customers, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import CannotShow, NotAllowed
from upheld.pages.contexts.lists import ColleaguesPage, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Form
from upheld.pages.words import say_count, say_instant

UNLINK = "unlink"
NOT_SET_UP = "No bot is set up here. Write to us by mail, or report on this portal."
HOW = (
    "A code shows the bot who you are. What you write in that chat then opens tickets in your name, and our answers come "
    "there."
)
NOT_YOU = "Members and managers write to us; as a reader you see what becomes of it."


def show_telegram(asked: Asked) -> Answer:
    return make_page(asked)


def make_page(asked: Asked, code: str = "") -> ColleaguesPage:
    own = is_customers(asked.user)
    linked = [Instant.of(chat.linked_at) for chat in chats_of(asked.user)] if own else []
    may = own and may_act_for_customer(asked.user) and not asked.is_past and bool(settings.UPHELD_TELEGRAM_TOKEN)
    url = asked.url_of("telegram")
    says = HOW if settings.UPHELD_TELEGRAM_TOKEN else NOT_SET_UP
    if settings.UPHELD_TELEGRAM_TOKEN and not may_act_for_customer(asked.user):
        says = NOT_YOU
    return ColleaguesPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(linked), 'chat writes', 'chats write')} in your name" if linked else "No chat is linked",
        way=(Link("People", asked.url_of("people")), Link("Telegram")),
        sections=(
            *((tell_code(asked, code),) if code else ()),
            Section(
                anchor="link", heading="Link a chat", says=says,
                form=Form(url=url, deed="Show me a code", fields=()) if may else None,
            ),
            Section(
                anchor="linked", heading="Linked chats",
                entries=tuple(Entry(words="A chat with our bot", at=at) for at in linked),
                empty="Nobody writes in your name from Telegram.",
                form=Form(url=url, deed="End every link", fields=(), hidden=(("deed", UNLINK),))
                if linked and own and not asked.is_past else None,
            ),
        ),
    )  # fmt: skip


def tell_code(asked: Asked, code: str) -> Section:
    until = say_instant(asked.at + services.CODE_LASTS, as_of=asked.as_of)
    entry = Entry(words=f"/start {code}", says=("Send this line to our bot, letter by letter, from your own account.",))
    return Section(anchor="code", heading=f"Your code, good once and until {until}", entries=(entry,))


def act(asked: Asked) -> Answer:
    """A code is shown once, on the answer itself: no address leads to it again. Links are each person's own."""
    if not is_customers(asked.user):
        raise NotAllowed(says=asked.frame.not_allowed)
    if asked.sent("deed") == UNLINK:
        services.unlink_chats(user=asked.user)
        leave_toast(asked, "No chat writes in your name any more.")
        return to("portal:telegram")
    if not settings.UPHELD_TELEGRAM_TOKEN:
        raise CannotShow("No bot is set up here", NOT_SET_UP)
    if not may_act_for_customer(asked.user):
        raise NotAllowed(says=asked.frame.not_allowed)
    return answer(asked, make_page(asked, services.offer_chat_code(user=asked.user, at=asked.at)))
