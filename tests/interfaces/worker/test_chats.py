"""A customer writes by Telegram and is answered there: over the wire, by the jobs of the worker in their order."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.apps.desk.ground import MONDAY, answer, sign
from tests.gateways.texts.taker import open_taker
from upheld.apps.desk.models import Run, Ticket
from upheld.apps.desk.services import offer_chat_code, set_priority, start_work
from upheld.apps.parties.models import Role, User
from upheld.core.timeline import MINUTE, SECOND
from upheld.interfaces.api import entering
from upheld.interfaces.worker.work import list_telling

pytestmark = pytest.mark.django_db
CHAT = 700_100
JOBS = ("take in chats", "write answers to chats", "chase clocks", "deliver messages")


@pytest.fixture
def bot(settings, tmp_path):
    """A bot server on this machine, and an installation that knows it."""
    with open_taker() as taker:
        settings.UPHELD_TELEGRAM_TOKEN, settings.UPHELD_TELEGRAM_SECRET = "12345:secret-of-the-bot", "walnut-harbour"
        settings.UPHELD_TELEGRAM_API, settings.UPHELD_WEBHOOK_NETWORKS = taker.url, ["127.0.0.0/8"]
        settings.UPHELD_KEYS, settings.UPHELD_MAIL = tmp_path / "keys", tmp_path / "mail"
        yield taker


@pytest.fixture
def bring(monkeypatch):
    """What is written to the bot, as Telegram brings it."""
    count = 0

    def bring_one(text: str, at: Any) -> int:
        nonlocal count
        count += 1
        monkeypatch.setattr(entering, "now_us", lambda: at.micros)
        message = {
            "message_id": count, "date": at.micros // SECOND.micros, "chat": {"id": CHAT, "type": "private"}, "text": text,
        }  # fmt: skip
        body = json.dumps({"update_id": count, "message": message})
        headers = {"X-Telegram-Bot-Api-Secret-Token": "walnut-harbour"}
        answered = Client().post("/api/telegram", data=body, content_type="application/json", headers=headers)
        return answered.status_code

    return bring_one


def work(at):
    for job in list_telling():
        if job.name in JOBS:
            job.run(at)


def test_a_customer_is_answered_where_they_wrote(bot, bring):
    """Linked by a code, opened, confirmed by a machine that stops no clock, answered by a person who does."""
    agreement = sign()
    ana = User.objects.create(
        email="ana@acorn.example", name="Ana", role=Role.CUSTOMER, customer=agreement.customer, customer_role="member",
        password="!", created_at=MONDAY.utc(),
    )  # fmt: skip

    assert 200 == bring(f"/start {offer_chat_code(user=ana, at=MONDAY)}", MONDAY)
    work(MONDAY + SECOND)
    assert 200 == bring("The search is slow", MONDAY + MINUTE)
    work(MONDAY + MINUTE * 2)
    ticket = Ticket.objects.get()
    set_priority(ticket=ticket, priority="high", by="person-1", because="as we see it", at=MONDAY + MINUTE * 3)
    confirmed = Run.objects.get(ticket=ticket, clock="respond").state
    start_work(ticket=ticket, by="person-1", at=MONDAY + MINUTE * 4)
    answer(ticket, MONDAY + MINUTE * 5, text="We look into it.")
    for minute in (6, 7):
        work(MONDAY + MINUTE * minute)

    sent = [json.loads(body) for path, _, body in bot.posts if path == "/bot12345:secret-of-the-bot/sendMessage"]
    assert [CHAT] * 3 == [int(one["chat_id"]) for one in sent]
    assert ["This chat is linked to Ana", "T-1:\nYour message has arrived", "T-1, Eve:\nWe look into it."] == [
        one["text"][:length] for one, length in zip(sent, (26, 29, 29), strict=True)
    ]
    assert ("running", "stopped") == (confirmed, Run.objects.get(ticket=ticket, clock="respond").state)
