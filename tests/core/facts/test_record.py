"""A fact is written as one JSON object and read back as it was; what is no fact is told, all of it at once."""

import json

import pytest
from hypothesis import given

from tests.core.facts.every_kind import any_fact
from tests.core.sample import claim, outage
from upheld.core.facts import FactProblem, OutageOpened, read_fact
from upheld.core.proof import canonical_bytes

OPENED = outage("o1", "2025-06-11T06:00Z", None)[0].to_json()


class TestReadFact:
    @given(any_fact)
    def test_reads_back_what_was_written(self, fact):
        """Whatever the kind: through JSON and back, nothing is lost or added."""
        assert fact == read_fact(json.loads(json.dumps(fact.to_json())))

    @given(any_fact)
    def test_a_fact_is_canonical(self, fact):
        """What is written can be a leaf of the ledger, up to the form of its texts."""
        written = fact.to_json()
        if all(part.isascii() for part in json.loads(json.dumps(list(written.values()))) if isinstance(part, str)):
            assert canonical_bytes(written)

    def test_leaves_out_what_keeps_its_default(self):
        """An outage whose last good observation is not known says nothing of it."""
        assert isinstance(read_fact({k: v for k, v in OPENED.items() if k != "last_good_at"}), OutageOpened)
        assert "because" not in OPENED

    def test_writes_lists_as_lists(self):
        """The details of a claim, one by one."""
        assert ["date and time", "users"] == claim("2025-06-12T10:00Z", "o1").to_json()["details"]

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"outage": 5}, "outage: 5 is not a text"),
            ({"first_bad_at": 5}, "first_bad_at: 5 is not a text"),
            ({"first_bad_at": "yesterday"}, "first_bad_at: 'yesterday' is not an instant"),
            ({"colour": "red"}, "colour: is not a field of outage-opened/1; its fields are id"),
            ({"type": "outage-opened/9"}, "type: 'outage-opened/9' is no known type of fact; known are access-asked/1"),
            ({"type": ["x"]}, "type: ['x'] is no known type of fact"),
        ],
    )
    def test_says_what_is_wrong_with_a_field(self, change, problem):
        """The field, what came, and what would be right."""
        problems = read_fact({**OPENED, **change})

        assert isinstance(problems, list)
        assert str(problems[0]).startswith(problem)

    @pytest.mark.parametrize(
        ("kind", "field", "value", "problem"),
        [
            ("observations-sealed/1", "good", True, "True is not a whole number"),
            ("observations-sealed/1", "good", 1.0, "1.0 is not a whole number"),
            ("claim-decided/1", "granted", 1, "1 is not true or false"),
            ("claim-filed/1", "details", "all", "'all' is not a list"),
            ("claim-filed/1", "details", ["a", 5], "5 is not a text"),
            (
                "invoice-issued/1",
                "amount",
                "12 EUR",
                "'12 EUR' is not money; write the ISO code first, for instance EUR 7440.00",
            ),
        ],
    )
    def test_takes_no_near_misses(self, kind, field, value, problem):
        """True is no number and 1 is not true; what is not of the field's own kind is refused."""
        problems = read_fact({"type": kind, field: value})

        assert isinstance(problems, list)
        assert FactProblem(field, problem) in problems

    def test_names_everything_at_once(self):
        """Each missing field and each unknown one; not only the first."""
        problems = read_fact({"type": "window-started/1", "id": "w", "colour": "red"})

        assert isinstance(problems, list)
        assert ["colour", "agreement", "occurred_at", "recorded_at", "source", "window"] == [each.field for each in problems]

    def test_a_fact_is_an_object(self):
        """A list, a text or nothing is none."""
        assert [FactProblem("", "a fact is one JSON object a line")] == read_fact([OPENED])
        assert "a fact is one JSON object a line" == str(FactProblem("", "a fact is one JSON object a line"))
