"""The address for Telegram: believed by its secret, kept before it is read, taken only once it is kept."""

import json

import pytest
from django.test import Client

from tests.interfaces.api.ground import NOW
from upheld.apps.desk.models import Inbound
from upheld.apps.desk.models.mail import Reading

ADDRESS = "/api/telegram"
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x"}
BODY = json.dumps({"update_id": 1, "message": MESSAGE})


@pytest.fixture(autouse=True)
def _secret(cast, settings):
    settings.UPHELD_TELEGRAM_SECRET = "walnut-harbour"


def bring(body=BODY, secret="walnut-harbour"):
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    return Client().post(ADDRESS, data=body, content_type="application/json", headers=headers)


def test_an_update_is_kept_before_it_is_read():
    """Byte for byte, waiting for the worker; brought twice, once."""
    answers = [bring().status_code for _ in range(2)]

    assert [200, 200] == answers
    assert [(BODY.encode(), Reading.WAITING, NOW.utc())] == [
        (bytes(row.raw), row.state, row.received_at) for row in Inbound.objects.filter(channel="telegram")
    ]


@pytest.mark.parametrize("secret", [None, "", "walnut", "wälnut", "walnut-harbour2"])
def test_without_the_secret_nothing_is_kept(secret):
    """Whoever finds the address can write nothing there."""
    answer = bring(secret=secret)

    assert (403, b"", 0) == (answer.status_code, answer.content, Inbound.objects.count())


def test_without_a_secret_in_the_settings_nobody_is_believed(settings):
    """An installation without a bot has no way in."""
    settings.UPHELD_TELEGRAM_SECRET = ""

    assert 403 == bring(secret="").status_code


def test_what_is_kept_by_nobody_is_not_taken(monkeypatch):
    """Where the disk is full, Telegram hears no 200 and brings it again."""
    from upheld.interfaces.api import updates

    def fail(**asked):
        raise OSError("no space left")

    monkeypatch.setattr(updates, "keep_inbound", fail)
    with pytest.raises(OSError, match="no space"):
        bring()


@pytest.mark.parametrize("body", ["", "x" * 3_000_000, "x" * 1_000_001])
def test_what_is_no_update_is_not_kept(body):
    """Nothing, or more than any update has; asked for again, it would be the same."""
    assert (200, 0) == (bring(body).status_code, Inbound.objects.count())


def test_is_no_page():
    """Looked at in a browser there is nothing."""
    assert 405 == Client().get(ADDRESS).status_code
