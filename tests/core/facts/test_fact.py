"""A fact is a value: the same when all that it says is the same, never changed, shown with what it says."""

import pickle
from copy import deepcopy
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

    def test_loses_nothing(self):
        """No more than it can be changed."""
        with pytest.raises(FrozenInstanceError):
            del TICKET.channel

    def test_needs_what_has_no_usual_value(self):
        """A field that is missing, and one that the kind does not know, are named."""
        with pytest.raises(TypeError, match="TicketOpened needs ticket"):
            TicketOpened(**header("T-1", NOON), channel="email")
        with pytest.raises(TypeError, match="InvoicePaid knows no amount, when"):
            InvoicePaid(**header("T-1", NOON), invoice="I-1", when=1, amount=2)  # type: ignore[call-arg]

    def test_is_the_same_when_it_was_copied(self):
        """Deep copies, and what another process is sent."""
        assert TICKET == deepcopy(TICKET) == pickle.loads(pickle.dumps(TICKET))

    def test_is_shown_with_all_that_it_says(self):
        """For whoever reads a failed test or a log."""
        assert repr(TICKET).startswith("TicketOpened(id='T-1', agreement=")
        assert "channel='email', outage=''" in repr(TICKET)
