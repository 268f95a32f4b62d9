"""Web and worker without the signing key: they ask who has it, and show the public half."""

import threading

import pytest

from tests.apps.watched import NOON, sign
from upheld.apps.ledger import services
from upheld.apps.ledger.platform import platform_head
from upheld.apps.ledger.queries import latest_checkpoint
from upheld.apps.parties.services import name_provider
from upheld.core.proof import Opened, open_note, parse_verifier_key
from upheld.gateways.signing import Memory, NoSigner, SigningServer, asked, open_key_file
from upheld.interfaces.worker.status_page import build_status_page
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db


@pytest.fixture
def unreadable(settings, tmp_path, monkeypatch):
    """The key lies with somebody else; whoever here tries to open a key file fails."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    settings.UPHELD_SIGNER = str(tmp_path / "run/ask")

    def refuse(*_):
        raise PermissionError(13, "the signing key is not for this process")

    monkeypatch.setattr(services, "open_key_file", refuse)
    return tmp_path


@pytest.fixture
def signer(unreadable):
    """The process that has the key, as a thread."""
    there = open_key_file(unreadable / "elsewhere", "upheld.example")
    server = SigningServer(unreadable / "run/ask", there, Memory(unreadable / "elsewhere/signed.json"))
    ended = threading.Event()

    def answer():
        while not ended.is_set():
            server.answer_one()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield there
    ended.set()
    asked.AskedSigner(unreadable / "run/ask", unreadable / "last.vkey").verifier_key()
    thread.join(5)
    server.close()


def test_agreements_heads_and_pages_need_no_private_key(signer, unreadable):
    """An agreement is signed, its head and the platform's are, the status page names the key: by asking alone."""
    name_provider(name="Harbour")
    sign("acorn-a")

    sign_heads(NOON)

    key = parse_verifier_key(signer.verifier_key())
    heads = (latest_checkpoint("acorn-a"), platform_head())
    assert all(head is not None and isinstance(open_note(head.note, [key]), Opened) for head in heads)
    assert (str(key),) == build_status_page(NOON).verifier_keys
    assert ["signing.vkey"] == [path.name for path in (unreadable / "keys").iterdir()]


def test_pages_stand_while_no_signer_answers(signer, unreadable, monkeypatch, settings):
    """What was asked once is kept; only signing waits, and says so."""
    name_provider(name="Harbour")
    sign("acorn-a")
    assert signer.verifier_key() == services.verifier_key()
    settings.UPHELD_SIGNER = str(unreadable / "run/nobody")
    monkeypatch.setattr(asked, "START_SECONDS", 0.0)

    sign_heads(NOON)

    assert (signer.verifier_key(),) == build_status_page(NOON).verifier_keys
    assert latest_checkpoint("acorn-a") is None
    with pytest.raises(NoSigner):
        services.sign_checkpoint(agreement="acorn-a", at=NOON)
