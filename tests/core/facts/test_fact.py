"""A fact is a value: the same when all that it says is the same, never changed, shown with what it says."""

from dataclasses import FrozenInstanceError, replace

import pytest

from tests.core.sample import header
from upheld.core.facts import InvoicePaid, TicketOpened

NOON = "2025-06-11T12:00Z"
TICKET = TicketOpened(**header("T-1", NOON), ticket="T-1", channel="email", told=("volume: 120",))


class TestFact:
    def test_is_equal_to_one_that_says_the_same(self):
        """Equal and one in a set; with any word changed, another."""
        same = replace(TICKET)

        assert TICKET == same
        assert len({TICKET, same}) == 1
        assert replace(TICKET, channel="website") != TICKET
        assert replace(TICKET, told=()) != TICKET

    def test_is_not_equal_to_one_of_another_kind(self):
        """Kinds differ even where their words do not, and a fact is no text."""
        assert InvoicePaid(**header("T-1", NOON), invoice="T-1") != TICKET
        assert TICKET != "T-1"

    def test_cannot_be_changed(self):
        """What happened, happened."""
        with pytest.raises(FrozenInstanceError):
            TICKET.channel = "website"  # type: ignore[misc]

    def test_is_shown_with_all_that_it_says(self):
        """For whoever reads a failed test or a log."""
        assert repr(TICKET).startswith("TicketOpened(id='T-1', agreement=")
        assert "channel='email', outage=''" in repr(TICKET)
