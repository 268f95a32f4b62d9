"""Which signing binds for a period, and that text, terms and calendars are those that it signed."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from tests.core.sample import header
from tests.verify.outcomes import KEY, told, without, wrong
from tests.verify.samples import (
    AS_OF,
    amend,
    february,
    issued_from,
    live_through_february,
    signing,
)
from upheld.core.facts import FactCorrected
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Instant
from upheld.verify import find_signing, verify_bundle

FEBRUARY_AT = Instant.parse("2026-02-01T00:00Z")


def find(*facts) -> str:
    found = find_signing(facts, FEBRUARY_AT, AS_OF)
    return found.id if found else ""


def test_none_binds_where_none_was_signed():
    """No signing, no agreement."""
    assert "" == find()


@pytest.mark.parametrize(
    ("days", "bound"),
    [
        (["2026-01-20"], "2026-01-20"),
        (["2026-01-20", "2026-01-25"], "2026-01-25"),
        (["2026-01-20", "2026-02-01"], "2026-02-01"),
        (["2026-01-20", "2026-02-10"], "2026-01-20"),
        (["2026-01-20", "2026-03-05"], "2026-01-20"),
        (["2026-02-10"], "2026-02-10"),
        (["2026-02-10", "2026-02-20"], "2026-02-10"),
    ],
)
def test_the_latest_in_force_when_the_period_began_binds(days, bound):
    """An amendment signed later judges no earlier month; in the month in which it all began, the first signing does."""
    assert bound == find(*(signing(f"{day}T00:00Z", day) for day in days))


def test_the_later_recorded_of_one_instant_binds():
    """Signed again for the same instant, for instance with a slip mended: what was written down last holds."""
    first, second = signing("2026-01-20T00:00Z", "a"), signing("2026-01-20T00:00Z", "b")

    assert "b" == find(first, second)
    assert "b" == find(second, first)


def test_what_was_written_later_than_the_statement_looks_does_not_bind():
    """A signing dated back, recorded after the instant from which the statement looks, is not known to it."""
    assert "a" == find(signing("2026-01-20T00:00Z", "a"), signing("2026-03-11T00:00Z", "b"))


def test_a_corrected_signing_binds_nobody():
    """It was recorded by mistake, and a fact says so."""
    undone = FactCorrected(**header("undone", "2026-01-26T00:00Z"), corrects="b", because="wrong file", by="Mara")

    assert "a" == find(signing("2026-01-20T00:00Z", "a"), signing("2026-01-25T00:00Z", "b"), undone)


class TestAgreement:
    @pytest.mark.parametrize("digest", ["source_digest", "terms_digest", "calendars_digest"])
    def test_must_be_what_was_signed(self, digest):
        """Text, terms and calendars each hang on a digest in the signed fact."""
        facts = amend(live_through_february(), "signed", **{digest: "00" * 32})

        assert {"agreement"} == wrong(verify_bundle(issued_from(facts).pack(), KEY))

    def test_of_another_text_is_refused(self):
        """The prose counts as much as the terms."""
        report = verify_bundle(replace(february(), agreement=b"# Harbour hosting, kinder\n").pack(), KEY)

        assert {"agreement"} == wrong(report)
        assert "agreement.md is not what was signed" in told(report, "agreement")

    def test_must_have_been_signed(self):
        """Without a signing before it a statement binds nobody."""
        assert {"agreement", "key"} <= wrong(verify_bundle(without(february(), "signed").pack(), KEY))

    def test_of_terms_that_cannot_be_judged_is_told(self):
        """Terms that were really signed and that the judge cannot use: a discrepancy, not a crash."""
        terms = json.loads(february().terms)
        del terms["blocks"]["periods"]["month"]["length"]
        terms["order"].pop("/blocks/periods/month", None)
        spoiled = canonical_bytes(terms)
        facts = amend(february().facts, "signed", terms_digest=sha256(spoiled).hexdigest())
        report = verify_bundle(replace(february(), facts=facts, terms=spoiled).pack(), KEY)

        assert {"figures"} == wrong(report)
        assert "it cannot be recomputed" in report.discrepancies[0].recomputed

    @pytest.mark.parametrize(
        "terms",
        [{}, {"language": "9"}, {"language": "1"}, {"language": "1", "blocks": {}, "cites": {}, "clauses": {}, "x": "y"}],
    )
    def test_in_no_known_language_is_told(self, terms):
        """Terms that this verifier cannot read whole are not read in part."""
        report = verify_bundle(replace(february(), terms=canonical_bytes(terms)).pack(), KEY)

        assert "terms.json: " in told(report, "entries")
