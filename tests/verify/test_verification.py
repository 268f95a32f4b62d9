"""An honest bundle is verified; one in which any byte was changed, or any entry, is not."""

import random

import pytest

from tests.verify.outcomes import KEY, entries_of, results, told, wrong
from tests.verify.samples import (
    february,
    honest,
)
from upheld.core.proof import NotAVerifierKey
from upheld.verify import Outcome, make_bundle, verify_bundle, write_container


class TestHonestBundle:
    def test_is_verified_with_the_key(self):
        """Nothing was changed and the signer is the one whose key the customer holds."""
        report = verify_bundle(honest(), KEY)

        assert {"ok"} == set(results(report).values())
        assert (Outcome.VERIFIED, 0) == (report.outcome, report.outcome.exit_code)
        assert () == report.discrepancies + report.remarks

    def test_has_a_missed_figure_and_a_claim_in_it(self):
        """The month that is verified here is one that is worth verifying."""
        report = verify_bundle(honest(), KEY)

        assert report.statement is not None
        assert "missed" == report.statement.findings[0].verdict.value
        assert 1 == len(report.statement.judged.claims)

    def test_proves_no_signer_without_a_key(self):
        """All parts fit, but whoever made the bundle named the key in it."""
        report = verify_bundle(honest(), None)

        assert (Outcome.SIGNER_NOT_PROVEN, 3) == (report.outcome, report.outcome.exit_code)
        assert "not proven" == results(report)["signature"]
        assert KEY in told(report, "signature")

    def test_is_packed_to_the_same_bytes(self):
        """The same parts make the same bundle."""
        assert honest() == february().pack()

    @pytest.mark.parametrize("key", ["", "nonsense", KEY[:-3], "harbour.example+00000000+" + KEY.split("+", 2)[2]])
    def test_is_not_held_against_a_broken_key(self, key):
        """A key with a slip of the pen is said to be none, instead of refusing an honest bundle."""
        with pytest.raises(NotAVerifierKey):
            verify_bundle(honest(), key)

    def test_is_not_held_against_a_key_of_another_type(self):
        """A witness's key of a newer type cannot verify a provider's signature here; the message says which can."""
        with pytest.raises(NotAVerifierKey, match="type 0x04"):
            verify_bundle(honest(), "witness.example+01020304+BAECAwQ=")


class TestChangedBytes:
    def test_none_of_300_goes_through(self):
        """Any byte of the file, changed to any other value: refused, with the key and without."""
        whole, chance = honest(), random.Random(20260310)
        for _ in range(300):
            place, changed = chance.randrange(len(whole)), bytearray(honest())
            changed[place] ^= chance.randrange(1, 256)

            assert Outcome.WRONG == verify_bundle(bytes(changed), chance.choice([KEY, None])).outcome, place

    @pytest.mark.parametrize("name", sorted(entries_of(honest())))
    def test_none_goes_through_where_the_container_is_made_anew(self, name):
        """A careful forger mends the checksums: the content of every entry hangs on the signature all the same."""
        entries, chance = entries_of(honest()), random.Random(name)
        for _ in range(12):
            content = bytearray(entries[name])
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)

            assert Outcome.WRONG == verify_bundle(write_container({**entries, name: bytes(content)}), KEY).outcome

    @pytest.mark.parametrize("name", sorted(entries_of(honest())))
    def test_no_entry_may_be_missing_or_renamed(self, name):
        """Five entries are no bundle, and a name is part of what was issued."""
        entries = entries_of(honest())
        content = entries.pop(name)

        assert f"{name} is missing" in told(verify_bundle(write_container(entries), KEY), "entries")
        renamed = verify_bundle(write_container({**entries, "other.json": content}), KEY)
        assert "other.json does not belong into a bundle" in told(renamed, "entries")
        assert Outcome.WRONG == renamed.outcome

    def test_no_entry_may_be_added(self):
        """A seventh entry would be read by people and covered by nothing."""
        report = verify_bundle(write_container({**entries_of(honest()), "readme.txt": b"trust me"}), KEY)

        assert {"entries"} == wrong(report)

    @pytest.mark.parametrize("name", ["terms.json", "calendars.json", "statement.json"])
    @pytest.mark.parametrize("spelled", [b"{", b"[]", b'{"a": 1}', b'{"a":1.5}', b"\xff", b'{"a":1,"a":2}'])
    def test_other_spellings_are_not_read(self, name, spelled):
        """JSON has to be canonical and an object; what is told names the entry."""
        report = verify_bundle(write_container({**entries_of(honest()), name: spelled}), KEY)

        assert f"{name}: " in told(report, "entries")
        assert Outcome.WRONG == report.outcome


def test_make_bundle_checks_nothing():
    """The issuing side packs what it is given; only the verifier judges."""
    packed = make_bundle(agreement=b"a", terms=b"t", calendars=b"c", leaves=[b"1", b"2"], checkpoint="k", statement=b"s")

    assert b"1\n2\n" == entries_of(packed)["facts.jsonl"]
    assert Outcome.WRONG == verify_bundle(packed, KEY).outcome
