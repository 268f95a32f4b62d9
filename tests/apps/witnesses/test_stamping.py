"""The head of each day is stamped once, and shown with its stamp."""

import json

import pytest

from tests.apps.watched import NOON, sign
from upheld.apps.ledger.platform import platform_head
from upheld.apps.witnesses import jobs, services
from upheld.apps.witnesses.queries import latest_stamp
from upheld.core.proof import write_base64
from upheld.core.timeline import DAY, HOUR, SECOND
from upheld.gateways.stamping import FakeStamper, NotStamped
from upheld.interfaces.worker.head_files import write_heads
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    sign()


def stamp(stamper, at):
    return services.stamp_head(stamper=stamper, authority="stamps.example", at=at)


def test_once_a_day(tmp_path):
    """Over the signed head as everybody reads it; on the next day again. The newest lies beside the status page."""
    sign_heads(NOON)
    head, stamper = platform_head(), FakeStamper(NOON + SECOND)
    assert head is not None

    made = [stamp(stamper, at) is not None for at in (NOON, NOON + HOUR, NOON + DAY)]
    write_heads(tmp_path / "status")

    told = json.loads((tmp_path / "status/heads/stamp.json").read_text())
    assert ([True, False, True], [head.note.encode()] * 2) == (made, stamper.stamped)
    assert (head.note, str(NOON + SECOND), write_base64(b"fake")) == (told["head"], told["stamped_at"], told["token"])


def test_again_when_none_came():
    """Nothing is kept of a refusal; while nothing is signed, nobody is asked."""
    refusing, stamper = FakeStamper(NOON, "it answered 503"), FakeStamper(NOON)
    assert None is stamp(refusing, NOON)
    sign_heads(NOON)

    with pytest.raises(NotStamped):
        stamp(refusing, NOON)
    assert stamp(stamper, NOON) is not None
    assert latest_stamp() is not None


def test_settings_that_name_nobody_usable_are_told(settings, caplog):
    """Without an authority nothing happens; with half of the settings the log says which is missing."""
    sign_heads(NOON)
    settings.UPHELD_TSA_URL, settings.UPHELD_TSA_ROOTS = "", None
    assert not jobs.stamp_head(NOON)
    settings.UPHELD_TSA_URL = "https://stamps.example/"

    assert not jobs.stamp_head(NOON)
    assert "no head is stamped" in caplog.text
