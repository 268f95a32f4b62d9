"""A document in the order of its file and the same one read back from canonical JSON judge alike."""

import pytest

from tests.core import sample
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.statement import build
from upheld.core.terms import Document
from upheld.core.timeline import Instant


class TestDocument:
    def test_keeps_its_order_through_canonical_json(self):
        """Canonical JSON sorts keys; the grounds of refusal keep the order of the text all the same."""
        written = canonical_bytes(sample.DOCUMENT.to_json())
        back = Document.from_json(parse_canonical(written))

        assert list(sample.BLOCKS["claims"]["tenfold-claim"]["refused when"]) == list(
            back.blocks["claims"]["tenfold-claim"]["refused when"]
        )
        assert written == canonical_bytes(back.to_json())

    def test_makes_the_same_statement_after_it_was_written_and_read(self):
        """The issuer judges the file, the verifier judges the JSON: one statement."""
        history = sample.outage("O-1", "2024-02-14T10:00Z", "2024-02-14T13:29Z")
        facts = [sample.price("EUR 720.00"), *history, sample.claim("2024-03-15T11:00Z", "O-1", details=())]
        back = Document.from_json(parse_canonical(canonical_bytes(sample.DOCUMENT.to_json())))

        ours, theirs = (
            canonical_bytes(build(document, sample.CALENDARS, facts, "2024-02", Instant.parse(sample.LATER)).to_json())
            for document in (sample.DOCUMENT, back)
        )

        assert ours == theirs

    def test_refuses_an_order_that_names_other_keys(self):
        """An order that was tampered with is no order of this map."""
        written = sample.DOCUMENT.to_json()
        written["order"]["/blocks/agreement"] = ["id"]

        with pytest.raises(ValueError, match="the order kept for /blocks/agreement"):
            Document.from_json(written)

    def test_refuses_another_language(self):
        """Terms of a later language are not guessed at."""
        with pytest.raises(ValueError, match="terms of language '2'"):
            Document.from_json({**sample.DOCUMENT.to_json(), "language": "2"})
