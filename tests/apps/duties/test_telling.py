"""That somebody was told of an outage or an event is a fact once, and the judge counts no notice as missing then."""

import json
from typing import Any

import pytest

from tests.apps.desk.ground import MONDAY, STAFF, after, sign
from upheld.apps.agreements.models import Agreement
from upheld.apps.duties import services
from upheld.apps.duties.queries import UnknownNotice, list_notices
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.services import add_recipient
from upheld.core.facts import EventHappened, NoticeSent, OutageClosed, OutageOpened, of_kind
from upheld.core.timeline import HOUR, Instant

pytestmark = pytest.mark.django_db

WAY = "any way that reaches the client"


@pytest.fixture
def agreement() -> Agreement:
    """Down for an hour on Monday, and in that by something else besides."""
    agreement = sign("redtrack")
    down(agreement, "O-1", MONDAY, "")
    down(agreement, "O-2", MONDAY + HOUR, "besides O-1, in a part of its time")
    return agreement


def down(agreement: Agreement, name: str, at: Instant, because: str) -> None:
    kept: dict[str, Any] = {"agreement": agreement.key, "recorded_at": MONDAY + HOUR * 4, "source": "prober", "outage": name}
    until = MONDAY + HOUR * 3
    record(
        facts=[
            OutageOpened(
                id=f"{name}-opened", occurred_at=at, component="application", first_bad_at=at, because=because, **kept
            ),
            OutageClosed(id=f"{name}-closed", occurred_at=until, last_bad_at=until, first_good_at=until, **kept),
        ]
    )


def tell(agreement: Agreement, **changes: Any) -> NoticeSent:
    given: dict[str, Any] = {
        "notice": "outages", "about": "O-1", "to": "", "way": WAY, "told_at": MONDAY + HOUR * 5, "by": STAFF, **changes
    }  # fmt: skip
    return services.record_notice(agreement=agreement, at=after(600), **given)


def missing(agreement: Agreement) -> str:
    found = state_of(agreement, f"{MONDAY.utc():%Y-%m}", after(600)).to_json()["findings"]
    return next(str(one["shown"]) for one in found if one["rule"] == "notices/outages")


def test_who_was_told_of_an_outage_was_told_of_what_lies_within_it(agreement: Agreement) -> None:
    """Two were missing; one deed records both, and none is missing."""
    before = missing(agreement)

    tell(agreement)

    told = of_kind(facts_of(agreement.key), NoticeSent)
    assert ("2 notices missing", "0 notices missing") == (before, missing(agreement))
    assert [("O-1", "every client concerned"), ("O-2", "every client concerned")] == [(one.about, one.to) for one in told]


def test_is_recorded_once(agreement: Agreement) -> None:
    """The same notice of the same outage again changes nothing, and programs hear of it once."""
    add_recipient(kind="webhook", address="https://hooks.example/x", events=["notice.recorded"])

    assert tell(agreement) == tell(agreement)
    assert 2 == len(of_kind(facts_of(agreement.key), NoticeSent))
    assert [["O-1", "O-2"]] == [json.loads(one.body)["data"]["about"] for one in Message.objects.all()]


def test_an_event_is_recorded_with_its_notice(agreement: Agreement) -> None:
    """Of what only a person knows, such as a new feature, both facts are made."""
    first, second = (tell(agreement, notice="new-features", about="new feature", told_at=after(at)) for at in (400, 500))

    happened = of_kind(facts_of(agreement.key), EventHappened)
    assert [first.about, second.about] == [one.name for one in happened] == ["new-feature-1", "new-feature-2"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"about": "O-9"}, "on record is O-2, O-1"), ({"way": ""}, "is told by any way"), ({"about": "release"}, "is not"),
        ({"told_at": after(900)}, "lies ahead"),
    ],
)  # fmt: skip
def test_refuses(agreement: Agreement, changes: dict[str, Any], words: str) -> None:
    """Nothing that is not on record, in no way at all, or in time to come."""
    with pytest.raises(services.CannotTell, match=words):
        tell(agreement, **changes)
    assert [] == of_kind(facts_of(agreement.key), NoticeSent)


def test_names_the_notices_that_a_person_records(agreement: Agreement) -> None:
    """Those of planned work go out by themselves."""
    assert ["outages", "new-features"] == [one.name for one in list_notices(agreement, MONDAY)]
    assert [] == list_notices(sign("teamplify"), MONDAY)
    with pytest.raises(UnknownNotice, match="there are: outages, new-features"):
        tell(agreement, notice="alarms")
