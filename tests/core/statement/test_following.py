"""A further statement of a period names the one before it."""

from tests.core.sample import header, state
from upheld.core.facts import StatementIssued
from upheld.core.timeline import Instant

ISSUED = "2025-08-01T09:00Z"


def issued(number: int) -> StatementIssued:
    """One of several statements of July, all issued at the same instant."""
    return StatementIssued(
        **header(f"issued-{number}", ISSUED),
        statement=f"harbour-orchard/2025-07/{number}",
        period_from_at=Instant.parse("2025-07-01T00:00Z"),
        period_to_at=Instant.parse("2025-08-01T00:00Z"),
        as_of=Instant.parse(ISSUED),
        digest="0" * 64,
    )


class TestFollows:
    def test_is_the_one_with_the_greatest_number(self):
        """The tenth comes after the ninth, though a list of names would put it before the second."""
        statement = state("2025-07", [issued(number) for number in range(1, 11)])

        assert (11, "harbour-orchard/2025-07/10") == (statement.number, statement.follows)

    def test_is_none_for_the_first(self):
        """Nothing stands before the first statement of a period."""
        assert "" == state("2025-07", []).follows
