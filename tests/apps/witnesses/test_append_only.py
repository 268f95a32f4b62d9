"""What others said of our heads stays as it came: the database itself refuses to change it."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.apps.watched import NOON, sign
from upheld.apps.erasure.services import erase_person
from upheld.apps.ledger.platform import platform_head
from upheld.apps.ledger.services import verifier_key
from upheld.apps.witnesses import services
from upheld.apps.witnesses.models import Countersignature, Stamp
from upheld.core.timeline import SECOND
from upheld.gateways.stamping import FakeStamper
from upheld.interfaces.cli.witness.notes import Head, Key, cosign, cosigner_key
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db

SEED = bytes(range(32))
NAME = "ana.acorn"
TABLES = ("witnesses_stamp", "witnesses_countersignature")
# SQLite replaces a row by deleting it silently; PostgreSQL empties a table without looking at its rows.
ROUNDABOUT = {"sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {0}"}[connection.vendor]
CHANGES = (
    "UPDATE witnesses_stamp SET token = token",
    "UPDATE witnesses_stamp SET day = '2025-01-01'",
    "UPDATE witnesses_countersignature SET size = size + 1",
    "UPDATE witnesses_countersignature SET received_at = '2025-01-01 00:00:00+00'",
    "UPDATE witnesses_countersignature SET seen_at = '2025-01-01 00:00:00+00'",
    "UPDATE witnesses_countersignature SET line = replace(line, '=', 'A')",
    "UPDATE witnesses_countersignature SET line = ''",
    *(f"DELETE FROM {table}" for table in TABLES),
    *(ROUNDABOUT.format(table) for table in TABLES),
)


@pytest.fixture(autouse=True)
def _kept(settings, tmp_path):
    """One head, stamped by an authority and countersigned by a witness."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    agreement = sign()
    sign_heads(NOON)
    head = platform_head()
    assert head is not None
    services.stamp_head(stamper=FakeStamper(NOON), authority="stamps.example", at=NOON)
    services.add_witness(agreement=agreement, key=cosigner_key(NAME, SEED), by="person-2", at=NOON)
    line = cosign(Head(head.note, Key(verifier_key())), NAME, SEED, NOON.micros // SECOND.micros)
    services.take_countersignature(agreement=agreement, note=head.note + line, at=NOON)
    connection.check_constraints()


@pytest.mark.parametrize("change", CHANGES)
def test_is_refused_to_change_or_delete(change):
    """Each column, each row, and the ways round a delete; with a sentence that says why."""
    before = list(Stamp.objects.values_list()), list(Countersignature.objects.values_list())

    with pytest.raises(IntegrityError, match="is append-only: what others signed"), transaction.atomic():
        connection.cursor().execute(change)

    assert before == (list(Stamp.objects.values_list()), list(Countersignature.objects.values_list()))


def test_only_a_name_may_go():
    """Who is erased stands in front of the signature no more; the signature is the same to the last letter."""
    witness = Countersignature.objects.get().witness
    services.add_reader(agreement=witness.agreement, address="ana@acorn.example", by="person-2", at=NOON)
    before = Countersignature.objects.get().line

    erase_person(address="ana@acorn.example", also=[NAME], by="person-1", at=NOON)

    after = Countersignature.objects.get().line
    assert (True, False) == (NAME in before, NAME in after)
    assert before.split()[-1] == after.split()[-1]
