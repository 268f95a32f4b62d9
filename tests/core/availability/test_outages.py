"""Outages from facts: four instants, the cause of each moment, and when a service is down."""

from tests.core.sample import header, outage
from tests.core.spans import at, bits, span
from tests.core.terms.changed import terms
from upheld.core.availability import read_outages
from upheld.core.availability.outages import down_time
from upheld.core.facts import CauseAssigned, OutageOpened, known_at

LATER, MIDNIGHT = at("2025-07-01T00:00Z"), "2025-06-11T00:00Z"


def assign(name: str, start: str, end: str, cause: str, recorded: str = "2025-06-12T00:00Z") -> CauseAssigned:
    """A cause put on a span of outage o1."""
    return CauseAssigned(
        **header(name, recorded), outage="o1", from_at=at(start), to_at=at(end), cause=cause, evidence="e", by="Mara"
    )  # fmt: skip


def read(*facts, as_of=LATER, **places):
    return read_outages(terms(**places), known_at(facts, as_of), as_of)


def told(outages):
    return [(str(stretch.span)[11:16], str(stretch.span)[39:44], stretch.cause.name) for stretch in outages[0].stretches]


O1 = outage("o1", "2025-06-11T06:00Z", "2025-06-11T08:00Z")


class TestReadOutages:
    def test_reaches_from_the_first_bad_to_the_first_good(self):
        """TP-46: from the outage until the service is available again, with its two facts."""
        found = read(*O1)[0]

        assert span("2025-06-11T06:00Z", "2025-06-11T08:00Z") == found.span == found.certain == found.possible
        assert ("o1-opened", "o1-closed") == found.facts
        assert not found.is_running

    def test_a_running_one_reaches_to_where_it_is_looked_at_from(self):
        """As of 07:00 it has lasted an hour, certainly."""
        found = read(*O1, as_of=at("2025-06-11T07:00Z"))[0]

        assert span("2025-06-11T06:00Z", "2025-06-11T07:00Z") == found.span == found.certain
        assert found.is_running

    def test_one_that_begins_just_now_has_no_stretch(self):
        """Looked at from its first moment, there is nothing yet to have a cause."""
        assert () == read(*O1, as_of=at("2025-06-11T06:00Z"))[0].stretches

    def test_may_have_lasted_since_the_last_good_observation(self):
        """Where nothing good was seen before, from its first bad one."""
        seen = OutageOpened(
            **header("x", MIDNIGHT), outage="x", component="web", first_bad_at=at("2025-06-11T06:00Z"),
            last_good_at=at("2025-06-11T05:59Z"), because="connection refused",
        )  # fmt: skip
        unseen = OutageOpened(**header("y", MIDNIGHT), outage="y", component="web", first_bad_at=at("2025-06-12T06:00Z"))

        assert at("2025-06-11T05:59Z") == read(seen)[0].possible.start
        assert "connection refused" == read(seen)[0].note
        assert at("2025-06-12T06:00Z") == read(unseen)[0].possible.start

    def test_the_usual_cause_holds_where_none_was_given(self):
        """None given: the provider's own."""
        assert [("06:00", "08:00", "own")] == told(read(*O1))

    def test_the_latest_assignment_of_a_moment_holds(self):
        """A storm for all of it, then half of it taken back; what lies outside the outage is nothing."""
        whole = assign("a", "2025-06-11T05:00Z", "2025-06-11T09:00Z", "storm")
        half = assign("b", "2025-06-11T07:00Z", "2025-06-11T09:00Z", "own", "2025-06-13T00:00Z")

        assert [("06:00", "07:00", "storm"), ("07:00", "08:00", "own")] == told(read(*O1, half, whole))

    def test_a_cause_that_the_agreement_does_not_know_changes_nothing(self):
        """It is shown as held elsewhere; a span recorded backwards is empty."""
        facts = [
            assign("a", "2025-06-11T05:00Z", "2025-06-11T09:00Z", "aliens"),
            assign("b", "2025-06-11T07:30Z", "2025-06-11T06:30Z", "storm"),
        ]

        assert [("06:00", "08:00", "own")] == told(read(*O1, *facts))

    def test_without_a_usual_cause_a_moment_may_have_none(self):
        """The agreement names no `otherwise`: the rest of the outage has no cause."""
        storm = assign("a", "2025-06-11T07:00Z", "2025-06-11T09:00Z", "storm")

        assert [("07:00", "08:00", "storm")] == told(read(*O1, storm, causes__own__otherwise=False))


class TestDownTime:
    def test_follows_the_agreement(self):
        """All of, any of, and one within the other."""
        lines = {"web": bits((0, 10)), "mail": bits((5, 15)), "shop": bits((20, 30))}
        wanted = [
            ({"all": ["web", "mail"]}, bits((5, 10))),
            ({"any": ["web", "mail"]}, bits((0, 15))),
            ({"any": [{"all": ["web", "mail"]}, "shop"]}, bits((5, 10), (20, 30))),
            ({"all": ["web", "never-down"]}, bits()),
        ]
        components = {name: {"covered": True} for name in ("web", "mail", "shop", "never-down")}

        assert [line for _, line in wanted] == [
            down_time(
                terms(services__shop__components=components, services__shop__down_when=when).services["shop"], lines
            )
            for when, _ in wanted
        ]  # fmt: skip
