"""The checker of the programme of faults finds what it is there to find."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.faults.load import Acknowledged
from tools.faults.reading import Ledger, find_wrong, root_over
from tools.faults.session import FormReader
from tools.faults.truth import Witness
from tools.faults.verdict import find_lost, find_missed, find_untrue
from upheld.core.proof import Checkpoint, leaf_hash, root_of, write_checkpoint, write_note
from upheld.gateways.signing import FakeSigner
from upheld.gateways.signing.key_file import seed_from_words

KEY = Ed25519PrivateKey.from_private_bytes(seed_from_words("upheld")).public_key()
SECOND = 1_000_000


def make_fact(number: int, **fields: object) -> bytes:
    return json.dumps({"id": f"fact-{number}", "type": "cause-assigned/1", "note": f"note-{number}", **fields}).encode()


def make_note(leaves: list[bytes], words: str = "upheld") -> str:
    text = write_checkpoint(Checkpoint("upheld/acorn", len(leaves), root_of([leaf_hash(leaf) for leaf in leaves])))
    return write_note(text, [FakeSigner(words).sign(text)])


def make_ledger(leaves: list[bytes], notes: list[str]) -> Ledger:
    return Ledger("upheld/acorn", len(leaves), leaves, list(range(len(leaves))), notes)


LEAVES = [make_fact(number) for number in range(7)]
NOTE = make_note(LEAVES[:5])


@pytest.mark.parametrize("size", range(20))
def test_has_a_tree_of_its_own_that_agrees_with_ours(size):
    """Two implementations, one written from the definition alone."""
    leaves = [bytes([number]) for number in range(size)]

    assert root_of([leaf_hash(leaf) for leaf in leaves]) == root_over(leaves)


class TestFindWrong:
    def test_is_content_with_a_good_ledger(self):
        """Nothing is found where nothing is wrong."""
        assert [] == find_wrong("acorn", make_ledger(LEAVES, [NOTE, make_note(LEAVES)]), KEY)

    @pytest.mark.parametrize(
        ("ledger", "because"),
        [
            (make_ledger([*LEAVES[:3], make_fact(99), *LEAVES[4:]], [NOTE]), "do not have the root that was signed"),
            (make_ledger([*LEAVES, LEAVES[0]], [NOTE]), "fact-0 is recorded more than once"),
            (make_ledger(LEAVES, [NOTE, NOTE]), "2 heads are signed for the size 5"),
            (make_ledger(LEAVES[:4], [NOTE]), "a head of 5 entries"),
            (make_ledger(LEAVES, [make_note(LEAVES[:5], "another")]), "does not bear our signature"),
            (Ledger("upheld/acorn", 7, LEAVES, [0, 1, 2, 4, 5, 6, 7], [NOTE]), "the places"),
        ],
    )
    def test_names_what_is_wrong(self, ledger, because):
        """A changed leaf, a doubled fact, two heads of one size, a lost entry, a foreign signature, a hole."""
        assert any(because in problem for problem in find_wrong("acorn", ledger, KEY))


class TestFindLost:
    def test_misses_what_was_acknowledged(self):
        """A cause, a statement and a head that somebody was told of and that are not there."""
        acknowledged = Acknowledged(notes=["note-1", "gone"], statements=["acorn/2026-02/1"], heads=[NOTE])

        assert 3 == len(list(find_lost(acknowledged, make_ledger(LEAVES, []))))

    def test_finds_what_is_there_twice(self):
        """Two facts from one deed."""
        doubled = make_ledger([*LEAVES, make_fact(8, note="note-1")], [])

        assert [problem for problem in find_lost(Acknowledged(notes=["note-1"]), doubled) if "recorded 2 times" in problem]


OPENED = {"type": "outage-opened/1", "outage": "O-1", "first_bad_at": "2026-02-14T12:00:10.000000Z"}
NOON = 1_771_070_400 * SECOND


class TestTruth:
    def witness(self, down_from: int, down_to: int) -> Witness:
        """Seconds after noon."""
        return Witness(0, [(NOON + at * SECOND, not down_from <= at < down_to) for at in range(60)])

    def test_an_outage_that_somebody_else_saw_is_true(self):
        """The witness saw it down at the moment of the first bad probe."""
        assert [] == list(find_untrue([OPENED], self.witness(9, 20)))

    def test_an_outage_that_nobody_else_saw_is_not(self):
        """The witness saw it up then."""
        assert ["O-1 calls the service down at 2026-02-14T12:00:10.000000Z, when it was up"] == list(
            find_untrue([OPENED], self.witness(30, 40))
        )

    def test_long_down_time_must_be_told(self):
        """Seen as an outage, or owned up to as not measured; silence is wrong."""
        blind = {"type": "not-measured/1", "from_at": "2026-02-14T12:00:15Z", "to_at": "2026-02-14T12:00:40Z"}

        found = [len(list(find_missed(facts, self.witness(10, 40)))) for facts in ([], [blind], [OPENED])]

        assert [1, 0, 0] == found


def test_reads_a_form_as_it_is_laid_out():
    """Hidden fields, chosen options, ticked boxes and no others; another form on the page is another form."""
    reader = FormReader("/here")
    reader.feed(
        '<form action="/there"><input name="no" value="1"></form><form method="post" action="/here">'
        '<input type="hidden" name="token" value="t"><input type="radio" name="way" value="a">'
        '<input type="radio" name="way" value="b" checked><select name="cause"><option value="x"><option value="y" selected>'
        '</select><textarea name="note"></textarea></form><input name="out" value="1">'
    )

    assert {"token": "t", "way": "b", "cause": "y", "note": ""} == reader.fields


def test_the_key_of_these_tests_is_a_real_one():
    """The fake signer's key is made from its words by SHA-256."""
    assert hashlib.sha256(b"upheld").digest() == seed_from_words("upheld")
