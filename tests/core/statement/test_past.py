"""How far back anything is known."""

import pytest

from tests.core.sample import CALENDARS, DOCUMENT, covered, header, price
from tests.core.spans import at
from upheld.core.facts import AgreementSigned, Fact
from upheld.core.statement import gather
from upheld.core.statement.judging import judge_period
from upheld.core.statement.past import Past

SEEN = covered("2025-03-01T00:00Z", "2025-04-01T00:00Z")
TEXTS = ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest", "verifier_key")
SIGNED = AgreementSigned(**{**header("signed", "2025-06-01T00:00Z"), **dict.fromkeys(TEXTS, "x")})


@pytest.mark.parametrize(
    ("facts", "begin"),
    [([], None), ([SEEN], "2025-04-01T00:00Z"), ([SEEN, SIGNED], "2025-06-01T00:00Z"), ([SIGNED], "2025-06-01T00:00Z")],
)
def test_begins_with_what_was_recorded_and_with_the_signature(facts: list[Fact], begin: str | None) -> None:
    """A price that was set long ago tells of no period; what was seen does, from when the agreement bound anybody."""
    case = gather(DOCUMENT, CALENDARS, [price("EUR 720.00", "2020-01-01T00:00Z"), *facts], at("2030-01-01T00:00Z"), {})

    assert (at(begin) if begin else None) == Past(case, judge_period).begin_at
