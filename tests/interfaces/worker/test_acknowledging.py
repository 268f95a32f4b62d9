"""Somebody on call answers a page by SMS or to the bot: over the wire, by the jobs of the worker in their order."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.apps.oncall.people import add_person
from tests.apps.oncall.test_paging import NIGHT, add_way, begin
from tests.gateways.texts.taker import open_taker
from upheld.apps.desk.models import Inbound, Ticket
from upheld.apps.oncall import services
from upheld.apps.oncall.models import Page
from upheld.core.timeline import MINUTE, SECOND
from upheld.interfaces.api import entering
from upheld.interfaces.worker.work import list_telling

pytestmark = pytest.mark.django_db
NUMBER, STRANGER, CHAT = "+442079460000", "+442079469999", 700_100
JOBS = ("take in chats", "take in SMS", "deliver messages")


@pytest.fixture
def taker(settings, tmp_path):
    """One server for SMS and for the bot, and an installation that knows both."""
    with open_taker() as taker:
        settings.UPHELD_SMS_URL, settings.UPHELD_SMS_SECRET = f"{taker.url}/send", "walnut"
        settings.UPHELD_TELEGRAM_TOKEN, settings.UPHELD_TELEGRAM_SECRET = "12345:secret-of-the-bot", "walnut"
        settings.UPHELD_TELEGRAM_API, settings.UPHELD_WEBHOOK_NETWORKS = taker.url, ["127.0.0.0/8"]
        settings.UPHELD_SMS_FIELDS = '{"to": "{to}", "text": "{text}"}'
        settings.UPHELD_KEYS, settings.UPHELD_MAIL = tmp_path / "keys", tmp_path / "mail"
        yield taker


@pytest.fixture
def ada():
    ada = add_person("Ada")
    add_way(ada, "sms", NUMBER)
    add_way(ada, "telegram", str(CHAT))
    return ada


@pytest.fixture
def page(taker, ada):
    page = begin(services.save_policy(name="Outages", steps=[services.WantedStep(0, (ada,))], at=NIGHT))
    services.escalate_due(NIGHT)
    work(NIGHT)
    return page


@pytest.fixture
def at(monkeypatch):
    """The clock of whoever takes what is brought."""

    def set_clock(instant: Any) -> None:
        monkeypatch.setattr(entering, "now_us", lambda: instant.micros)

    set_clock(NIGHT + MINUTE)
    return set_clock


def work(instant):
    jobs = {job.name: job for job in list_telling()}
    for name in JOBS:
        jobs[name].run(instant)


def text(words, sender=NUMBER, secret="walnut"):
    return bring(urlencode({"From": sender, "Body": words}), secret)


def bring(form, secret="walnut"):
    headers = {"Authorization": f"Bearer {secret}"}
    kind = "application/x-www-form-urlencoded"
    return Client().post("/api/sms", data=form, content_type=kind, headers=headers).status_code


def chat(words, number=CHAT, update=1):
    message = {
        "message_id": update, "date": (NIGHT + MINUTE).micros // SECOND.micros, "chat": {"id": number, "type": "private"},
        "text": words,
    }  # fmt: skip
    headers = {"X-Telegram-Bot-Api-Secret-Token": "walnut"}
    body = json.dumps({"update_id": update, "message": message})
    return Client().post("/api/telegram", data=body, content_type="application/json", headers=headers).status_code


def said_to(taker, to):
    sent = [json.loads(body) for _, _, body in taker.posts]
    return [one["text"] for one in sent if str(one.get("to", one.get("chat_id"))) == str(to)]


@pytest.mark.parametrize("by", ["sms", "telegram"])
def test_the_code_that_was_sent_acknowledges(page, taker, at, by):
    """The code is read out of what came over the wire, written back, and thanked for the same way."""
    to = NUMBER if by == "sms" else CHAT
    [told] = said_to(taker, to)
    code = told.partition("ack ")[2][:4]

    status = text(f"Ack {code}") if by == "sms" else chat(f"Ack {code}")
    work(NIGHT + MINUTE)

    assert (200, ["Ada"]) == (status, [row.acknowledged_by.name for row in Page.objects.all() if row.acknowledged_by])
    assert [told, f"{page.name} is yours, Ada: nobody else is woken for it."] == said_to(taker, to)
    assert "read" == Inbound.objects.get().state


def test_another_sender_acknowledges_nothing_and_is_told(page, ada, taker, at):
    """Whoever read the code over a shoulder; no ticket is opened by it."""
    code = services.code_of(page, ada)

    text(f"ack {code}", STRANGER)
    chat(f"ack {code}", CHAT + 1)
    work(NIGHT + MINUTE)

    words = "Nothing was acknowledged: nobody is paged here."
    assert ([words], [words]) == (said_to(taker, STRANGER), said_to(taker, CHAT + 1))
    assert (None, 0) == (Page.objects.get().acknowledged_at, Ticket.objects.count())


def test_codes_are_not_found_by_trying(page, ada, taker, at):
    """After five wrong ones the right one is refused too; who texts without end is answered five times."""
    code = services.code_of(page, ada)
    wrong = [one for one in (f"{number:04d}" for number in range(9)) if one != code][:7]
    for number, one in enumerate([*wrong, code]):
        at(NIGHT + SECOND * number)
        text(f"ack {one}")
    work(NIGHT + MINUTE)

    assert Page.objects.get().acknowledged_at is None
    assert 5 == sum("Nothing was acknowledged" in one for one in said_to(taker, NUMBER))
    assert 5 == Inbound.objects.filter(because__startswith="a wrong code").count()


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_long_text_acknowledges_once_whatever_order_its_parts_come_in(page, ada, taker, at, first):
    """Its parts are posted one by one: the code counts in whichever it stands, and the others are not answered."""
    [told] = said_to(taker, NUMBER)
    parts = [f"Good evening. {'I am on the train and see to it. ' * 4}", f"So I ack {services.code_of(page, ada)}: ", "me"]
    for number, one in enumerate((parts[first], *(part for part in parts if part != parts[first]))):
        at(NIGHT + SECOND * number)
        text(one + "x" * (80 if number == 0 and first == 2 else 0))
        work(NIGHT + SECOND * number)
    work(NIGHT + MINUTE)

    assert ["Ada"] == [row.acknowledged_by.name for row in Page.objects.all() if row.acknowledged_by]
    assert [told, f"{page.name} is yours, Ada: nobody else is woken for it."] == said_to(taker, NUMBER)
    assert 2 == Inbound.objects.filter(because__startswith="a part of a longer text").count()


def test_a_long_text_without_a_code_is_answered_half_a_minute_later(page, ada, taker, at):
    """Whoever thinks that it acknowledged is told that it did not; a stranger at once."""
    words = "I have seen it and will look at it as soon as I am out of the train, in ten minutes."
    at(NIGHT)
    text(words)
    text(f"{words}!", STRANGER)
    work(NIGHT + SECOND)
    early = (len(said_to(taker, NUMBER)), len(said_to(taker, STRANGER)))
    work(NIGHT + MINUTE)

    assert ((1, 1), (2, 1)) == (early, (len(said_to(taker, NUMBER)), len(said_to(taker, STRANGER))))
    assert "ack CODE" in said_to(taker, NUMBER)[-1]


def test_what_is_no_sms_is_kept_and_what_has_no_secret_is_not(page, taker, at):
    """Bytes without a sender wait for somebody to mend the settings; a stranger's post leaves nothing."""
    refused = text("ack 1", secret="other")
    bring("x=y")
    work(NIGHT + MINUTE)

    [kept] = Inbound.objects.all()
    assert (401, "unreadable", "expected From as text, came nothing") == (refused, kept.state, kept.because)
    assert 405 == Client().get("/api/sms").status_code
