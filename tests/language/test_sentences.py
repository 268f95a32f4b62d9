"""Rules read as sentences: no mark of the notation is left, and nothing that a rule says is left out."""

from pathlib import Path

import pytest

from upheld.core.timeline import Instant
from upheld.language import check
from upheld.language.sentences import say, say_condition, tell_rule

AGREEMENTS = sorted((Path(__file__).parents[2] / "agreements").glob("*.md"))
BLOCKS = {"readings": {"cents": {"we read": "half up"}, "open": {"we read": {"notice": "2 days"}}}}


class TestSay:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (None, "none"), (True, "yes"), (False, "no"), ([], "none"), (["a", "b", "c"], "a, b and c"), (7, "7"),
            ("reading cents", "half up (reading cents)"), ("reading open", "notice 2 days (reading open)"),
            ("reading unknown", "reading unknown"), ("parameter monthly-price", "the customer’s own monthly price"),
            ({"later than": "5 days", "cite": "A-1"}, "later than 5 days"),
        ],
    )  # fmt: skip
    def test_each_kind_of_value(self, value, words):
        """A reading is told by our sense, a parameter as the customer's own, a list as a list."""
        assert words == say(value, BLOCKS)


    def test_names_of_the_author(self):
        """A rule, component or check is told by its words; a word that names nothing keeps its hyphen."""
        blocks = {"causes": {"force-majeure": {}}, "services": {"app": {"components": {"sign-in": {}}}}, "money": "EUR"}

        assert "force majeure, sign in and off-site" == say(["force-majeure", "sign-in", "off-site"], blocks)


class TestSayCondition:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ({"uptime": "missed", "responsible": "provider"}, "uptime is missed and responsible is provider"),
            ({"not": {"priority": ["high", "low"]}}, "not: priority is high or low"),
            ({"any": [{"missing": "ticket"}, {"claim": {"later than": "5 days"}}]},
             "ticket is missing or claim is later than 5 days"),
            ({"all": "always", "cite": "A-1"}, "always"), ("always", "always"),
        ],
    )  # fmt: skip
    def test_reads_as_a_claim(self, value, words):
        """And, or and not are words; clauses stand elsewhere."""
        assert words == say_condition(value, BLOCKS)


class TestTellRule:
    def test_keys_and_cases(self):
        """A usual key is a sentence of its own, another is told by its name, cases one by one."""
        rule = {
            "target": "at least 99.5 %", "odd-key": "x", "cite": "A-1", "otherwise": True, "when": {"uptime": "missed"},
            "refused when": {"too-late": {"missing": "ticket"}}, "cases": {"high": {"within": "1 hour", "hours": "always"}},
        }  # fmt: skip

        assert [
            "The target is at least 99.5 %.", "Odd key: x.", "It is what holds where nothing else does.",
            "It holds when uptime is missed.", "Refused, too late: when ticket is missing.",
            "Cases, high: It must be done within 1 hour; The hours that count: always.",
        ] == tell_rule(rule, BLOCKS)  # fmt: skip
        assert ["Always."] == tell_rule("always", BLOCKS)

    @pytest.mark.parametrize("value", [None, "none", []])
    def test_nothing_is_said_in_words(self, value):
        """What is none is a sentence where one is known for it, and `none` elsewhere."""
        assert ["Nothing has to prove it.", "Odd key: none."] == tell_rule({"evidence": value, "odd-key": value}, BLOCKS)

    @pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
    def test_every_rule_of_the_shipped_agreements(self, path):
        """No brace, bracket or missing word is left in any sentence of any rule."""
        document = check(path.read_text(encoding="utf-8"), as_of=Instant.parse("2026-01-01T00:00Z")).document
        assert document is not None
        rules = [
            rule
            for block in document.blocks.values()
            if isinstance(block, dict)
            for rule in block.values()
            if isinstance(rule, dict)
        ]

        told = [line for rule in rules for line in tell_rule(rule, document.blocks)]
        assert len(told) > 50
        assert [line for line in told if not line.endswith(".") or {"{", "}", "["} & set(line) or "None" in line] == []
