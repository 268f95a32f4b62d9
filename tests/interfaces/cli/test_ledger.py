"""`upheld ledger`: every ledger checked whole, and a head that a customer's witness finds in the tree of all heads."""

import json
import subprocess
import sys

import pytest

from tests.anomalies.own import own_installation
from tests.interfaces.cli.command import ROOT, do, upheld

pytestmark = pytest.mark.slow

RECORD = """
import django; django.setup()
from tests.apps.ledger.facts_at_hand import ACORN, NOON, started
from upheld.apps.ledger import platform, services
from upheld.interfaces.worker.head_files import write_heads
from django.conf import settings
services.record(facts=[started(number) for number in range(5)])
services.sign_checkpoint(agreement=ACORN, at=NOON)
platform.sign_platform(at=NOON)
write_heads(settings.UPHELD_STATUS)
"""
SEALS = """
import django; django.setup()
from tests.apps.ledger.facts_at_hand import ACORN, NOON
from upheld.apps.ledger.services import record
from upheld.core.facts import ObservationsSealed
from upheld.core.timeline import MINUTE
def seal(number, good):
    start = NOON + MINUTE * 5 * number
    return ObservationsSealed(id=f"seal-{number}", agreement=ACORN, occurred_at=start, recorded_at=start, source="test",
        component="web", from_at=start, to_at=start + MINUTE * 5, every=60_000_000, good=good, bad=0, unseen=0, digest="")
record(facts=[seal(0, 5), seal(1, 2), seal(2, 5)])
"""
KEEPERS = """
import django; django.setup()
from tests.apps.watched import NOON, sign
from upheld.apps.witnesses import services
from upheld.gateways.stamping import FakeStamper
from upheld.interfaces.cli.witness.notes import cosigner_key
from upheld.interfaces.worker.mailing import mail_heads_of_the_day
from upheld.interfaces.worker.work import sign_heads
agreement = sign()
sign_heads(NOON)
services.add_reader(agreement=agreement, address="archive@acorn.example", by="person-2", at=NOON)
services.add_witness(agreement=agreement, key=cosigner_key("acorn.example", bytes(32)), by="person-2", at=NOON)
mail_heads_of_the_day(NOON)
services.stamp_head(stamper=FakeStamper(NOON), authority="stamps.example", at=NOON)
"""
SPOIL = """
import django; django.setup()
from django.db import connection
from tests.append_only import triggers_stand_aside
with triggers_stand_aside(), connection.cursor() as cursor:
    cursor.execute("UPDATE ledger_entry SET hashes = %s WHERE fact_id = 'fact-3'", [bytes(32)])
"""


def run(environment, script):
    made = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


@pytest.fixture
def environment(tmp_path):
    """An installation with one ledger, whose head is signed and shown."""
    with own_installation(tmp_path / "home") as made:
        made = {**made, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "upheld.project.settings"}
        run(made, RECORD)
        yield made


def test_a_witness_finds_the_agreement_s_head_in_what_everybody_is_shown(environment, tmp_path):
    """The customer looks with the product's own file, then checks the head that the provider sent."""
    heads, kept = tmp_path / "home/status/heads", tmp_path / "kept"
    key = do(environment, "key").strip()
    do(environment, "ledger", "head", "acorn-legal", "--to", tmp_path / "head.json")
    do(environment, "witness", heads, "--key", key, "--folder", kept)

    told = do(environment, "witness", "--folder", kept, "--head", tmp_path / "head.json")

    assert "upheld-witness: the head of 5 facts of upheld/acorn-legal is in the tree that everybody is shown\n" == told


def test_the_head_over_all_is_printed_as_everybody_is_shown_it(environment, tmp_path):
    """The same note as in the file beside the status page, and a backup that is restored continues it."""
    held, backup = tmp_path / "held.txt", tmp_path / "backup.zip"
    do(environment, "ledger", "head", "--to", held)
    do(environment, "backup", backup, "--with-keys")
    with own_installation(tmp_path / "second", migrated=False) as other:
        told = do(other, "restore", backup, "--seen", held)

    assert json.loads((tmp_path / "home/status/heads/head.json").read_text())["head"] == held.read_text()
    assert "the tree over their heads: 1 heads verified, root " in told
    assert "held.txt: the backup continues it" in told


def test_a_ledger_that_was_altered_is_told(environment):
    """With and without reading the facts: which entry, and the code is not 0."""
    assert "1 ledgers and the tree over their heads are as they were recorded\n" == do(environment, "ledger", "verify")
    run(environment, SPOIL)

    for words in (("ledger", "verify"), ("ledger", "verify", "--structure")):
        said = upheld(environment, *words)
        assert (True, True) == (said.code != 0, "acorn-legal, entry 3: its hash is not that of its leaf" in said.out)


def test_who_keeps_the_heads_is_listed_and_the_stamped_head_handed_out(environment, tmp_path):
    """Addresses, mailings, witnesses, the last stamp; the file is what was stamped, byte for byte."""
    assert "no head was stamped yet" in upheld(environment, "ledger", "stamp").err
    run(environment, KEEPERS)

    listed = do(environment, "ledger", "witnesses").splitlines()
    do(environment, "ledger", "stamp", "--to", tmp_path / "stamped")

    assert [
        "acorn-harbour: heads go to archive@acorn.example each day",
        "acorn-harbour: acorn.example has countersigned nothing yet",
        "2026-02-14: 1 mails with the head of 2 heads",
        "2026-02-14: the head of 2 heads was stamped by stamps.example",
    ] == listed
    assert do(environment, "ledger", "head") == (tmp_path / "stamped/head-2026-02-14.txt").read_text()
    assert b"fake" == (tmp_path / "stamped/head-2026-02-14.tsr").read_bytes()


def test_samples_that_were_left_out_are_counted(environment):
    """Three of five are gone from one seal: which one, and how many in the month."""
    run(environment, SEALS)

    said = upheld(environment, "ledger", "samples", "acorn-legal", "--month", "2026-02")

    assert 2 == said.code
    assert "web: 15 samples were due, 12 are kept, 3 are missing" in said.out
    assert ": 5 were due, 2 are kept" in said.out
    assert "a month is written as 2026-02" in upheld(environment, "ledger", "samples", "acorn-legal", "--month", "May").err
