"""Who may do what: always, never, while a switch is on, for a purpose; and what nobody spoke of."""

from typing import Any

import pytest

from tests.core.orchard import bound, told
from upheld.core.access import Decision, Request, decide_access
from upheld.core.explain import tell
from upheld.core.facts import AccessAsked
from upheld.core.timeline import Instant

AT = Instant.parse("2025-06-10T10:00Z")
ALL = ("ticket", "named person", "end time")


def decide(who: str, what: str, *facts, purpose: str = "", given: tuple[str, ...] = (), **places: Any) -> Decision:
    return decide_access(bound(**places), facts, Request(who, what, AT, purpose, given))


class TestRules:
    def test_always_and_never(self):
        """Each with its short reason; never is told with its clause."""
        assert (True, "always") == (decide("staff", "servers").is_allowed, decide("staff", "servers").code)
        refused = decide("customer", "root")
        assert (False, "never", "customer may not use root") == (refused.is_allowed, refused.code, refused.why.words)
        assert ("OR-5",) == refused.why.because[0].clauses

    def test_while_a_switch_is_on(self):
        """Off at first, open once the customer turned it on."""
        turn = told("switch-turned", "2025-06-10T10:00Z", switch="support-user", on=True, side="customer")

        assert [False, True] == [decide("staff", "pages", *facts).is_allowed for facts in ((), (turn,))]
        assert any("support-user stands as at first" in words for words in tell(decide("staff", "pages").why))

    @pytest.mark.parametrize(
        ("purpose", "given", "allowed", "words"),
        [
            ("error", ALL, True, "told is error"),
            ("backup", ALL, True, "told is backup"),
            ("", ALL, False, "told is no purpose"),
            ("curiosity", ALL, False, "told is curiosity"),
            ("error", ("ticket", "end time"), False, "what is missing: named person"),
            ("error", (), False, "what is missing: ticket, named person, end time"),
        ],
    )
    def test_for_a_purpose_with_all_that_it_needs(self, purpose, given, allowed, words):
        """The purpose must be one of those named, and everything asked must be there."""
        found = decide("staff", "contents", purpose=purpose, given=given)

        assert allowed == found.is_allowed
        assert any(words in line for line in tell(found.why))

    def test_needs_stand_with_any_rule(self):
        """The software is always open, to who has signed in."""
        assert not decide("customer", "software").is_allowed
        assert decide("customer", "software", given=("login",)).is_allowed


class TestSeveralRules:
    RULES: dict[str, Any] = {  # noqa: RUF012
        "open": {"who": ["staff"], "what": ["root"], "rule": "always"},
        "shut": {"who": ["staff", "customer"], "what": ["root"], "rule": "never"},
        "asked": {"who": ["guest"], "what": ["root"], "rule": "always", "needs": ["badge"]},
        "welcome": {"who": ["guest"], "what": ["root"], "rule": "always"},
    }

    def test_never_is_stronger(self):
        """Where one rule opens and another forbids, nobody gets in, and the one that forbids is told."""
        found = decide("staff", "root", access=self.RULES)
        assert (False, ("shut",)) == (found.is_allowed, tuple(rule.name for rule in found.rules))

    def test_one_rule_that_opens_is_enough(self):
        """Of two that allow under conditions, the one whose condition holds decides."""
        found = decide("guest", "root", access=self.RULES)
        assert (True, ("welcome",)) == (found.is_allowed, tuple(rule.name for rule in found.rules))


class TestUnknown:
    def test_refuses_whom_nobody_named(self):
        """With the names that the agreement knows."""
        found = decide("visitor", "root")
        words = "the agreement does not speak of visitor; it knows customer, staff"
        assert (False, "unknown", words) == (found.is_allowed, found.code, found.why.words)

    def test_refuses_what_nobody_named(self):
        """With the things that the agreement knows for that person."""
        words = "the agreement does not speak of coffee for customer; it knows root, servers, software"
        assert words == decide("customer", "coffee").why.words

    def test_an_agreement_may_know_nobody(self):
        """Without rules everything is refused."""
        assert "it knows nobody" in decide("staff", "root", access={}).why.words


def test_a_fact_brings_what_it_holds():
    """Its own list, and its ticket, person and end."""
    fact = told(
        "access-asked", "2025-06-10T10:00Z", "A", who="staff", what="contents", purpose="error", ticket="T-1",
        person="mara", until_at="2025-06-10T12:00Z", given=("login",),
    )  # fmt: skip
    assert isinstance(fact, AccessAsked)
    expected = Request("staff", "contents", AT, "error", ("login", *ALL), ("A",))
    assert expected == Request.of(fact)
