"""Who keeps our heads: one mail a day, and countersignatures under heads that are ours alone."""

import json

import pytest

from tests.apps.watched import KEY, NOON, sign
from upheld.apps.erasure.services import erase_person
from upheld.apps.ledger import platform
from upheld.apps.ledger.queries import SignedHead
from upheld.apps.ledger.services import open_signer, verifier_key
from upheld.apps.oncall.models import Message
from upheld.apps.parties.services import name_provider
from upheld.apps.witnesses import queries, services
from upheld.apps.witnesses.models import Countersignature
from upheld.core.proof import Checkpoint, write_checkpoint, write_note
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant
from upheld.interfaces.cli.witness.notes import Head, Key, cosign, cosigner_key
from upheld.interfaces.worker.mailing import mail_heads_of_the_day
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db

SEED = bytes(range(32))
NAME = "acorn.example"
ARCHIVE = "archive@acorn.example"


@pytest.fixture
def agreement(settings, tmp_path):
    """Acorn is bound, and the head of its ledger is in the signed tree over all heads."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    settings.UPHELD_URL = "https://upheld.example"
    name_provider(name="Harbour")
    agreement = sign()
    sign_heads(NOON)
    return agreement


def signed_head() -> SignedHead:
    head = platform.platform_head()
    assert head is not None
    return head


def countersigned(head: SignedHead, at: Instant, seed: bytes = SEED, name: str = NAME) -> str:
    """What the witness's own code makes of a head that it was shown."""
    shown = Head(head.note, Key(verifier_key()))
    return shown.note + cosign(shown, name, seed, at.micros // SECOND.micros)


class TestMailHeads:
    def test_goes_out_once_a_day(self, agreement):
        """To each address that was named; asked again on that day, nothing is added, on the next one more is."""
        services.add_reader(agreement=agreement, address=f" {ARCHIVE.upper()}", by="person-2", at=NOON)

        written = [mail_heads_of_the_day(at) for at in (NOON, NOON + MINUTE, NOON + HOUR * 11, NOON + DAY)]

        assert [1, 0, 0, 1] == written
        assert [ARCHIVE, ARCHIVE] == [mail.to for mail in Message.objects.all()]
        assert [(1, "2026-02-15"), (1, "2026-02-14")] == [(one.written, str(one.day)) for one in queries.list_mailings()]

    def test_carries_what_a_witness_checks(self, agreement):
        """The file that goes with it holds both signed heads and the proof; the text names the roots."""
        services.add_reader(agreement=agreement, address=ARCHIVE, by="person-2", at=NOON)
        mail_heads_of_the_day(NOON)

        [mail] = Message.objects.all()
        [enclosed] = mail.enclosures.all()
        told = json.loads(bytes(enclosed.content))
        assert "Harbour: heads of 2026-02-14, Harbour hosting" == mail.subject
        assert (platform.prove_head(KEY).head.note, signed_head().note) == (told["head"], told["platform"])
        assert signed_head().root.hex() in mail.body

    def test_waits_for_the_first_head(self, settings, tmp_path):
        """A day without any signed head has no mailing: it goes out when there is one."""
        settings.UPHELD_KEYS = tmp_path / "keys"
        services.add_reader(agreement=sign(), address=ARCHIVE, by="person-2", at=NOON)

        assert (0, []) == (mail_heads_of_the_day(NOON), queries.list_mailings())

    def test_ends_when_the_address_is_taken_back(self, agreement):
        """In whatever case it is written."""
        services.add_reader(agreement=agreement, address=ARCHIVE, by="person-2", at=NOON)
        services.remove_reader(agreement=agreement, address=ARCHIVE.title())

        assert 0 == mail_heads_of_the_day(NOON)

    @pytest.mark.parametrize("address", ["", "archive", "a b@acorn.example", "a@acorn.example\nBcc: c@d.example"])
    def test_takes_mail_addresses_alone(self, agreement, address):
        """What no mail could be sent to is refused when it is named."""
        with pytest.raises(services.UnfitReader, match="expected a mail address"):
            services.add_reader(agreement=agreement, address=address, by="person-2", at=NOON)


class TestAddWitness:
    def test_takes_the_line_from_the_witness_s_folder(self, agreement):
        """Once, however often."""
        for _ in range(2):
            services.add_witness(agreement=agreement, key=cosigner_key(NAME, SEED) + "\n", by="person-2", at=NOON)

        assert [(NAME, 0)] == [(watch.name, watch.size) for watch in queries.list_watches(agreement)]

    def test_refuses_other_keys(self, agreement):
        """The provider's own key, and one whose id was changed."""
        strange = cosigner_key("other.example", SEED).replace("other.example", NAME)
        for key in (verifier_key(), strange, "nothing"):
            with pytest.raises(services.UnfitWitness):
                services.add_witness(agreement=agreement, key=key, by="person-2", at=NOON)


class TestTakeCountersignature:
    @pytest.fixture(autouse=True)
    def _named(self, agreement):
        services.add_witness(agreement=agreement, key=cosigner_key(NAME, SEED), by="person-2", at=NOON)

    def test_is_kept_once(self, agreement):
        """What the witness's programme writes is what we take; sent again, the first one stays."""
        for at in (NOON, NOON + HOUR):
            services.take_countersignature(agreement=agreement, note=countersigned(signed_head(), at), at=at)

        [watch] = queries.list_watches(agreement)
        assert (signed_head().size, NOON) == (watch.size, watch.seen_at)
        assert [signed_head().note + watch.line] == [countersigned(signed_head(), NOON)]

    def test_refuses_what_does_not_verify(self, agreement):
        """A head of ours that nobody countersigned, another's line, a changed line, a time to come, words."""
        head = signed_head()
        good = countersigned(head, NOON)
        bad = {
            head.note: "no line under the head is of a witness",
            countersigned(head, NOON, bytes(32)): "no line under the head is of a witness",
            countersigned(head, NOON + DAY): "still to come",
            good[:-8] + ("AAAA" if good[-8:-4] != "AAAA" else "BBBB") + good[-4:]: "does not verify",
            good.replace(head.note.split("\n")[2], "A" * 43 + "="): "expected a head of ours",
            "nothing": "expected a head of ours",
        }

        for note, because in bad.items():
            with pytest.raises(services.NotCountersigned, match=because):
                services.take_countersignature(agreement=agreement, note=note, at=NOON)
        assert not Countersignature.objects.exists()

    def test_refuses_a_head_that_is_not_kept_here(self, agreement):
        """Signed with our key over another history: the witness is told that it holds evidence."""
        text = write_checkpoint(Checkpoint(signed_head().origin, signed_head().size, bytes(32)))
        other = SignedHead("", "", 1, bytes(32), write_note(text, [open_signer().sign(text)]), NOON)

        with pytest.raises(services.NotCountersigned, match="it is evidence"):
            services.take_countersignature(agreement=agreement, note=countersigned(other, NOON), at=NOON)


def test_is_erased_with_its_person(agreement):
    """Whoever is erased is mailed no heads, and a witness that bore their name speaks no more; others do."""
    for name, seed in (("ana.acorn", bytes(32)), (NAME, SEED)):
        services.add_witness(agreement=agreement, key=cosigner_key(name, seed), by="person-2", at=NOON)
    services.add_reader(agreement=agreement, address=ARCHIVE, by="person-2", at=NOON)
    erase_person(address=ARCHIVE, also=["ana.acorn"], by="person-1", at=NOON)
    services.take_countersignature(agreement=agreement, note=countersigned(signed_head(), NOON), at=NOON)

    assert [] == queries.list_readers()
    note = countersigned(signed_head(), NOON, bytes(32), "ana.acorn")
    with pytest.raises(services.NotCountersigned, match=r"it names acorn\.example"):
        services.take_countersignature(agreement=agreement, note=note, at=NOON)
