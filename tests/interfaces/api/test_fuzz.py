"""Whatever is sent, no answer is a fault of ours: bodies near the right ones, and bodies of anything."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.interfaces.api.routes import Route, address, body, list_routes, query

WRITING = [route for route in list_routes() if route.method == "post"]
ASKED = [route for route in list_routes() if route.method == "get" and query(route)]
TELLING = [
    "", "\x00", "\ud800", "e\u0301", "O-1", "EUR 1.00", "EUR 0.001", "2026-02-14T10:00Z", "2099-12-31T23:59:59Z",
    "2026-02-14T10:00:60Z", "2000-01-01T00:00+23:59", "scheduled", "storm", "email", "tenfold", "probes",
]  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(TELLING),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def near(draw: st.DrawFn, route: Route) -> Any:
    """A body that fits, with some fields changed, left out or added."""
    sent = body(route, "acorn")
    for name in draw(st.lists(st.sampled_from(sorted(sent) or ["x"]), max_size=3)):
        sent[name] = draw(ANYTHING)
    if draw(st.booleans()):
        sent.pop(draw(st.sampled_from(sorted(sent))), None) if sent else None
    return sent


@pytest.mark.parametrize("route", WRITING, ids=str)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(payload=st.data())
def test_a_body_of_anything_is_answered(cast, route, payload):
    """Refused with a reason, or done; nothing in between."""
    sent = payload.draw(near(route) | ANYTHING)

    answer = cast.post(address(route, "acorn"), dump(sent), key=f"k-{payload.draw(st.uuids())}")

    assert answer.status_code < 500, (sent, answer.content)


@pytest.mark.parametrize("route", ASKED, ids=str)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(payload=st.data())
def test_a_query_of_anything_is_answered(cast, route, payload):
    """Sizes beyond every ledger, instants before every agreement, words of nobody."""
    asked = query(route)
    for name in payload.draw(st.lists(st.sampled_from(sorted(asked)), min_size=1, max_size=2)):
        asked[name] = payload.draw(st.text() | st.integers().map(str) | st.sampled_from(["2099-12-31T23:59Z", "9" * 30]))

    answer = cast.get(address(route, "acorn"), **asked)

    assert answer.status_code < 500, (asked, answer.content)


def dump(sent: Any) -> bytes:
    """As JSON; `NaN` and halves of letters are written as some programs write them."""
    return json.dumps(sent).encode()
