"""Charges that depend on a volume: shown as what may be charged, never charged by themselves."""

import pytest

from tests.core.orchard import state, told


def backup(size: int, at: str = "2025-06-10T00:00Z", name: str = "night"):
    return told("backup-taken", at, f"{name}-{at}", backup=name, kind="cloud", bytes=size)


def measured(size: int, at: str = "2025-06-10T00:00Z"):
    return told("volume-measured", at, charge="large-backup", name="disk", bytes=size)


def finding(*facts, **places):
    return next((one for one in state(list(facts), **places).findings if one.rule == "charges/large-backup"), None)


@pytest.mark.parametrize("fact", [backup, measured])
def test_may_be_charged_above_the_edge(fact):
    """A byte above 100 GB may be charged, by quote; exactly 100 GB may not. Nothing is added to the invoice."""
    above = finding(fact(100 * 10**9 + 1))

    assert above is not None
    assert ("yes", "may be charged", "by quote") == tuple(above.quantity(name) for name in ("may", "state", "price"))
    assert finding(fact(100 * 10**9)) is None


def test_looks_at_the_last_size_in_the_period():
    """What was too large and is so no more is not shown; what was measured in another month neither."""
    assert finding(measured(2 * 10**11, "2025-06-09T00:00Z"), measured(10**9)) is None
    assert finding(measured(2 * 10**11, "2025-05-09T00:00Z"), backup(2 * 10**11, "2025-07-01T00:00Z")) is None


def test_leaves_open_what_is_not_known():
    """A condition that asks more than the volume leaves the line open."""
    found = finding(measured(2 * 10**11), **{"charges__large-backup__when": {"volume": "more than 1 GB", "topic": "x"}})
    assert found is not None
    assert "undecided" == found.quantity("state")


def test_an_agreement_that_asks_for_no_volume_has_none():
    """Without such a charge a backup of any size is of no account."""
    assert finding(backup(10**12), charges={}, topics={}) is None
