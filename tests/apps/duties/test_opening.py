"""Coming in with purpose, ticket and end: while the agreement lets one in, and on record as used when it is over."""

import pytest

from tests.apps.desk.ground import MONDAY, STAFF, after, sign
from upheld.apps.duties import services
from upheld.apps.duties.queries import list_comings, list_running
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import AccessUsed, of_kind
from upheld.core.timeline import DAY

pytestmark = pytest.mark.django_db

DATA = {"who": "staff", "what": "database contents", "purpose": "error-resolution"}
PAGES = {"who": "staff", "what": "dashboards", "purpose": "a question"}


@pytest.fixture
def agreement():
    return sign("funnelflux")


def come_in(agreement, at=MONDAY, **given):
    told = {**DATA, "person": STAFF, "ticket": "T-7", "until_at": after(60), "by": STAFF, **given}
    return services.open_access(agreement=agreement, at=at, **told)


def used(agreement):
    return of_kind(facts_of(agreement.key), AccessUsed)


def turn(agreement, at, *, on):
    services.turn_switch(agreement=agreement, switch="support-user", on=on, side="customer", by="person-9", at=at)


class TestComingIn:
    def test_is_seen_at_once(self, agreement):
        """With who, for what, ticket and end; and the agreement's own answer."""
        asked = come_in(agreement)

        [coming] = list_comings(agreement, MONDAY)
        assert (asked, True) == (coming.fact, coming.decision.is_allowed)
        assert [asked] == list_running(agreement, MONDAY)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"purpose": "curiosity"}, "FF-25"), ({"ticket": " "}, "name the ticket"), ({"purpose": ""}, "for what"),
            ({"until_at": MONDAY}, "until when"), ({"until_at": after(1) + DAY}, "until when"),
            (PAGES, "support-user"),
        ],
    )  # fmt: skip
    def test_is_refused_with_the_reason(self, agreement, given, words):
        """Another purpose than the agreement's, no ticket, no end within a day, a switch that is off."""
        if "what" in given:
            given = {**given, "what": pages_of(agreement)}

        with pytest.raises(services.CannotOpen, match=words):
            come_in(agreement, **given)
        assert [] == list_running(agreement, MONDAY)


def pages_of(agreement) -> str:
    from upheld.apps.agreements.queries import terms_of

    [rule] = [rule for rule in terms_of(agreement, MONDAY).doors.rules.values() if rule.switch]
    return str(rule.what.value[0])


class TestGoingOut:
    def test_is_on_record_as_used(self, agreement):
        """From when one came in until one went; said twice, it was once."""
        asked = come_in(agreement)
        services.end_access(agreement=agreement, name=asked.id, by=STAFF, at=after(20))
        again = services.end_access(agreement=agreement, name=asked.id, by=STAFF, at=after(30))

        [fact] = used(agreement)
        assert (MONDAY, after(20), "T-7", None) == (fact.occurred_at, fact.ended_at, fact.ticket, again)
        assert [] == list_running(agreement, after(20))

    def test_comes_by_itself_when_the_time_is_over(self, agreement):
        """At its own end, however late somebody looks; not before."""
        come_in(agreement)

        assert [0, 1, 0] == [services.end_due(at) for at in (after(59), after(75), after(76))]
        assert [after(60)] == [fact.ended_at for fact in used(agreement)]

    def test_comes_at_once_when_the_switch_is_turned_off(self, agreement):
        """The customer's word ends it in the same moment."""
        turn(agreement, MONDAY, on=True)
        come_in(agreement, at=after(1), **{**PAGES, "what": pages_of(agreement)})
        turn(agreement, after(10), on=False)

        assert [after(10)] == [fact.ended_at for fact in used(agreement)]
        assert [] == list_running(agreement, after(10))
