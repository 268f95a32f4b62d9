"""Behind the addresses that need no signing in: the link of a page's message, and calendars of shifts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from upheld.apps.oncall import services
from upheld.apps.oncall.queries.calendar import write_calendar, write_rota_calendar
from upheld.doors.addresses import Answer
from upheld.doors.answering import answer
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.pages.contexts.oncall import AnswerPage
from upheld.pages.contexts.parts import Form
from upheld.pages.words import say_sentence


def show_answer(asked: Asked, token: str) -> Answer:
    """Asks once more: programs that look into mails open every link, and none of them may see to anything."""
    try:
        told = services.read_link(token)
    except services.LinkIsUsed as problem:
        return refuse(asked, str(problem), 410)
    page = told.step.page
    if page.state not in ("running", "unanswered"):
        return refuse(asked, services.tell_over(page), 410)
    form = Form(url=reverse("answer-page", args=[token]), deed="I see to it", fields=())
    who = told.user.name if told.user else ""
    return AnswerPage(asks=page.subject, says=(f"{page.name}, about {page.about}. You answer as {who}.",), form=form)


def acknowledge(asked: Asked, token: str) -> Answer:
    try:
        page = services.acknowledge_by_link(token=token, at=asked.at)
    except (services.LinkIsUsed, services.PageIsOver) as problem:
        return refuse(asked, str(problem), 410)
    who = page.acknowledged_by.name if page.acknowledged_by else ""
    return AnswerPage(
        asks="You see to it", says=(f"{page.name}: {page.subject}", f"Nobody is paged further. Thank you, {who}.")
    )


def refuse(asked: Asked, because: str, status: int) -> HttpResponse:
    words = say_sentence(because)
    return answer(asked, AnswerPage(asks="There is nothing to answer here", says=(words,)), status=status)


def download_calendar(asked: Asked, token: str) -> HttpResponse:
    owner, rota = services.find_calendar_owner(token), services.find_calendar_rota(token)
    host = urlsplit(settings.UPHELD_URL).hostname or "upheld"
    if owner is not None:
        text = write_calendar(owner, asked.at, host=host)
    elif rota is not None:
        text = write_rota_calendar(rota, asked.at, host=host)
    else:
        raise NotHere()
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
