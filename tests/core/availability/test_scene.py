"""What one promise is measured from: outages that somebody recorded, and those that only the requests tell of."""

from typing import Any

import pytest

from tests.core.availability.made import promised, requests, stated

FAILING: dict[str, Any] = {"each": "1 minute", "bad_when": {"error rate": "more than 5 %"}}
PARTS = {"tracking": {"covered": True}, "web": {"covered": True}}


@pytest.mark.parametrize("asked", ["web", "tracking"])
def test_an_outage_that_requests_tell_of_is_one_of_the_part_that_is_asked(asked: str):
    """Of two parts the service hangs on one: where its requests fail, that one was down."""
    service = {"services__shop__components": PARTS, "services__shop__down_when": {"all": [asked]}}
    failing = requests("2026-04-10T10:00Z", "2026-04-10T11:00Z", 10, 9, component=asked)
    (found,) = stated(promised(**FAILING, **service), [failing]).judged.accounts[0].outages

    assert (asked, "too many requests failed") == (found.component, found.note)
