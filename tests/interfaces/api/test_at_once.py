"""The same request twice at the same moment, as a client sends it whose first answer is slow."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection, connections

from tests.interfaces.api.cast import gather
from tests.interfaces.api.ground import NOW, SIGNED, build_one
from upheld.apps.ledger.queries import facts_of
from upheld.apps.statements.queries import list_statements
from upheld.core.facts import TicketOpened, of_kind
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.api import entering

AGREEMENT = "/api/v1/agreements/acorn-harbour"
AT_ONCE = 4


@pytest.fixture
def cast(transactional_db, settings, tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(entering, "now_us", lambda: NOW.micros)
    build_one("acorn", 0, FakeSigner())
    return gather(SIGNED)


def post_at_once(cast, path: str, body: dict[str, Any]) -> list[Any]:
    """The same request from several threads, let go together."""
    start, answers = threading.Barrier(AT_ONCE), []

    def send() -> None:
        start.wait()
        try:
            answers.append(cast.post(path, body))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_deed_is_done_once(cast):
    """All are answered alike, and one ticket is recorded: the others waited for the first."""
    before = len(of_kind(facts_of("acorn-harbour"), TicketOpened))

    answers = post_at_once(cast, f"{AGREEMENT}/tickets", {"channel": "email", "received_at": "2026-02-15T09:00Z"})

    after = len(of_kind(facts_of("acorn-harbour"), TicketOpened))
    assert ({201}, 1, 1) == ({one.status_code for one in answers}, len({one.content for one in answers}), after - before)


def test_a_statement_is_issued_once(cast):
    """One is issued; whoever asked for it meanwhile has it too, or is told to come again."""
    answers = post_at_once(cast, f"{AGREEMENT}/periods/2026-02/statements", {})

    told = Counter(one.status_code for one in answers)
    assert set(told) <= {201, 409}
    assert told[201] >= 1
    assert {"acorn-harbour/2026-02/2"} == {one.json()["statement"] for one in answers if one.status_code == 201}
    assert [2, 1] == [row.number for row in list_statements()]
