"""Who keeps our heads, for the provider's people: what each witness saw and when, and what to do when one is behind."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.agreements.queries import agreement
from upheld.apps.ledger.platform import platform_head
from upheld.apps.ledger.services import verifier_key
from upheld.apps.witnesses.models import Mailing, Stamp
from upheld.apps.witnesses.services import add_reader, add_witness, take_countersignature
from upheld.core.timeline import DAY, HOUR, SECOND
from upheld.interfaces.cli.witness.notes import Head, Key, cosign, cosigner_key
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db

SEED = bytes(range(32))


@pytest.fixture
def named(lived, settings, tmp_path):
    """Acorn's witness, named two days ago, and a head that is signed since."""
    settings.UPHELD_STATUS = tmp_path / "status"
    row = agreement(cast.ACORN)
    sign_heads(cast.NOW.before(HOUR))
    add_witness(agreement=row, key=cosigner_key("acorn.example", SEED), by="person-9", at=cast.NOW.before(DAY * 2))
    return row


def test_says_what_is_named_where_nothing_is(lived, tom):
    """Nobody, and where a customer names one; no authority, and the setting that names one."""
    answer = tom.get("/witnesses")

    told = plain(read(answer))
    assert "No witness keeps our heads yet" == heading(answer)
    assert ("Customers name witnesses and addresses in the portal" in told, "UPHELD_TSA_URL" in told) == (True, True)


def test_one_that_saw_nothing_new_for_a_day_is_behind(named, tom):
    """It is said first, with what to ask and what to run."""
    answer = tom.get("/witnesses")

    told = plain(read(answer))
    assert "1 witness is behind" == heading(answer)
    assert ("upheld ledger verify" in told, "It has countersigned nothing yet" in told) == (True, True)


def test_one_that_saw_the_newest_head_is_not(named, tom):
    """Which head, and when; then nobody has anything to do."""
    head = platform_head()
    assert head is not None
    line = cosign(Head(head.note, Key(verifier_key())), "acorn.example", SEED, cast.NOW.before(HOUR).micros // SECOND.micros)
    take_countersignature(agreement=named, note=head.note + line, at=cast.NOW.before(HOUR))

    answer = tom.get("/witnesses")
    told = plain(read(answer))
    assert "1 witness, none behind" == heading(answer)
    assert (f"the head over {head.size:,}" in told, "upheld ledger verify" in told) == (True, False)


def test_stamps_and_mails_are_told(named, tom):
    """By whom and when it was stamped, where both can be read, who gets mail, and each day's."""
    day = cast.NOW.before(HOUR).utc()
    Stamp.objects.create(day=day.date(), size=3, note="n", authority="tsa.example", token=b"t", stamped_at=day)
    Mailing.objects.create(day=day.date(), at=day, size=3, note="n", written=2)
    add_reader(agreement=named, address="archive@elsewhere.example", by="person-9", at=cast.NOW.before(HOUR))

    page = read(tom.get("/witnesses"))
    told = plain(page)
    assert "tsa.example" in told
    assert ("archive@elsewhere.example" in told, "2 mails" in told) == (True, True)
    assert "/status/heads/stamp.json" in [link.attributes["href"] for link in page.find("a")]


def test_is_led_to_from_the_facts(lived, tom):
    """Beside the facts that the heads stand for."""
    assert "/witnesses" in [link.attributes["href"] for link in read(tom.get("/facts")).find("a")]
