"""Rotas: who is on call now, who steps in, and that nobody's past changes."""

from datetime import date

import pytest

from tests.apps.oncall.people import add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Turns
from upheld.apps.parties.models import Role, User
from upheld.core.timeline import DAY, HOUR, Instant, Span
from upheld.pages.words import say_instant

pytestmark = pytest.mark.django_db

MONDAY = Instant.parse("2026-02-09T09:00Z")


@pytest.fixture
def ada():
    return add_person("Ada")


@pytest.fixture
def bob():
    return add_person("Bob")


@pytest.fixture
def rota(ada, bob):
    """By weeks from Monday 09:00 in London: Ada first."""
    return services.add_rota(name="Nights", zone="Europe/London", layers=[weekly(ada, bob)], by="person-1", at=MONDAY)


def weekly(*people):
    return Turns(tuple(user.pk for user in people), date(2026, 2, 9), 540, 7)


def name_at(rota, at):
    """Whoever is on call, by name."""
    found = queries.who_is_on_call(rota, at)
    return found.person.name if found else ""


def tell(shifts):
    return [(str(shift.span.start)[:16], str(shift.span.end)[:16], shift.person.name) for shift in shifts]


class TestWhoIsOnCall:
    def test_is_the_person_in_turn_in_the_whole_shift(self, rota):
        """Until when is told, too: the shift is whole, not cut at the instant that was asked about."""
        found = queries.who_is_on_call(rota, MONDAY + DAY * 8)

        assert found
        assert ("Bob", Span(MONDAY + DAY * 7, MONDAY + DAY * 14)) == (found.person.name, found.span)

    def test_is_asked_by_person_too(self, rota, ada, bob):
        """Whoever is on call, until when and in which zone; whoever steps in as well, and nobody whose turn is later."""
        services.step_in(rota=rota, user=bob, from_at=MONDAY + HOUR, to_at=MONDAY + HOUR * 3, by="person-1", at=MONDAY)

        [(shift, zone)] = queries.shifts_of(bob, MONDAY + HOUR * 2)
        assert (MONDAY + HOUR * 3, "Europe/London") == (shift.span.end, zone.name)
        assert ([], 1, []) == (
            queries.shifts_of(ada, MONDAY + HOUR * 2),
            len(queries.shifts_of(ada, MONDAY + HOUR * 4)),
            queries.shifts_of(bob, MONDAY + HOUR * 4),
        )

    def test_is_nobody_before_the_rota_was(self, rota):
        """A rota says nothing of the time before it was made."""
        assert queries.who_is_on_call(rota, MONDAY.before(HOUR)) is None

    def test_names_who_follows(self, rota):
        """On call now, until when, and who is next."""
        found = queries.look_around(rota, MONDAY + HOUR)

        assert found.now
        assert found.next
        assert ("Ada", "Bob", MONDAY + DAY * 7) == (found.now.person.name, found.next.person.name, found.next.span.start)

    def test_is_the_upper_layer_where_it_holds(self, rota, ada, bob):
        """Bob has the working hours over Ada, who has all the rest."""
        hours = Turns((bob.pk,), date(2026, 2, 9), 0, 7, frozenset(range(5)), 540, 1020)
        services.change_rota(
            rota=rota, zone="Europe/London", layers=[weekly(ada), hours], by="person-1", at=MONDAY + DAY
        )  # fmt: skip

        shifts = queries.shifts_between(rota, MONDAY + DAY, MONDAY + DAY * 2)

        assert [
            ("2026-02-10T09:00", "2026-02-10T17:00", "Bob"),
            ("2026-02-10T17:00", "2026-02-11T09:00", "Ada"),
        ] == tell(shifts)


class TestStepIn:
    def test_takes_the_place_of_whoever_is_in_turn(self, rota, bob):
        """One evening of Ada's week is Bob's; before and after it is hers."""
        start = MONDAY + HOUR * 8
        services.step_in(rota=rota, user=bob, from_at=start, to_at=start + HOUR * 4, by="person-1", at=MONDAY)

        shifts = queries.shifts_between(rota, MONDAY, MONDAY + DAY)

        assert ["Ada", "Bob", "Ada"] == [shift.person.name for shift in shifts]
        assert [False, True, False] == [shift.steps_in for shift in shifts]

    def test_holds_as_it_was_made_last(self, rota, ada, bob):
        """Bob steps in, and in the middle of it Ada again."""
        for user, begin, end in ((bob, 2, 8), (ada, 4, 6)):
            services.step_in(
                rota=rota, user=user, from_at=MONDAY + HOUR * begin, to_at=MONDAY + HOUR * end, by="person-1", at=MONDAY
            )

        shifts = queries.shifts_between(rota, MONDAY + HOUR * 2, MONDAY + HOUR * 8)

        assert ["Bob", "Ada", "Bob"] == [shift.person.name for shift in shifts]

    def test_never_begins_in_the_past(self, rota, bob):
        """What is past of it is left out: Ada was on call, whatever is written now."""
        services.step_in(
            rota=rota, user=bob, from_at=MONDAY, to_at=MONDAY + HOUR * 8, by="person-1", at=MONDAY + HOUR * 5
        )  # fmt: skip

        found = [name_at(rota, MONDAY + HOUR * hour) for hour in (1, 4, 5, 7, 8)]

        assert ["Ada", "Ada", "Bob", "Bob", "Ada"] == found

    def test_that_is_withdrawn_keeps_what_it_was(self, rota, bob):
        """Bob stepped in for two hours before it was taken back: these stay his."""
        row = services.step_in(
            rota=rota, user=bob, from_at=MONDAY, to_at=MONDAY + HOUR * 8, by="person-1", at=MONDAY
        )  # fmt: skip
        services.withdraw(override=row, at=MONDAY + HOUR * 2)
        services.withdraw(override=queries.override(rota, row.pk), at=MONDAY + HOUR)

        found = [name_at(rota, MONDAY + HOUR * hour) for hour in (0, 1, 2, 3)]

        assert (["Bob", "Bob", "Ada", "Ada"], []) == (found, queries.overrides_of(rota, MONDAY))

    @pytest.mark.parametrize("hours", [-2, -1, 0])
    def test_refuses_what_is_over(self, rota, bob, hours):
        """Somebody who would have stepped in yesterday is refused with the instants."""
        with pytest.raises(services.UnfitRota, match=f"after now .*: {say_instant(MONDAY + DAY)} is not after"):
            services.step_in(
                rota=rota,
                user=bob,
                from_at=MONDAY,
                to_at=MONDAY + DAY,
                by="person-1",
                at=(MONDAY + DAY).before(HOUR * hours),
            )

    def test_refuses_a_customers_person(self, rota):
        """Whoever is no staff is never woken."""
        with pytest.raises(services.UnfitRota, match="Cleo"):
            services.step_in(
                rota=rota, user=User(name="Cleo", role=Role.CUSTOMER), from_at=MONDAY, to_at=MONDAY + DAY, by="x", at=MONDAY
            )


class TestChangeRota:
    def test_leaves_the_past_as_it_was(self, rota, ada, bob):
        """After any change the shifts before it are, letter for letter, those that were told before it."""
        changed_at = MONDAY + DAY * 10
        before = tell(queries.shifts_between(rota, MONDAY.before(DAY), changed_at))

        services.change_rota(rota=rota, zone="Asia/Tokyo", layers=[weekly(bob)], by="person-1", at=changed_at)

        assert before == tell(queries.shifts_between(rota, MONDAY.before(DAY), changed_at))
        assert [("2026-02-19T09:00", "2026-02-23T00:00", "Bob")] == tell(
            queries.shifts_between(rota, changed_at, Instant.parse("2026-02-23T00:00Z"))
        )

    def test_that_was_to_come_is_dropped_by_a_nearer_one(self, rota, ada, bob):
        """A version of next month never was in force; whoever changes the rota now means from now on."""
        services.change_rota(
            rota=rota, zone="UTC", layers=[weekly(bob)], by="x", at=MONDAY, from_at=MONDAY + DAY * 30
        )  # fmt: skip
        services.change_rota(rota=rota, zone="UTC", layers=[weekly(ada)], by="x", at=MONDAY + DAY)

        assert [MONDAY, MONDAY + DAY] == [Instant.of(row.from_at) for row in queries.versions_of(rota)]

    def test_refuses_to_change_the_past(self, rota, ada):
        """Who was on call is history."""
        with pytest.raises(services.UnfitRota, match="is past"):
            services.change_rota(
                rota=rota, zone="UTC", layers=[weekly(ada)], by="x", at=MONDAY + DAY, from_at=MONDAY
            )  # fmt: skip

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"people": ()}, "at least one person"),
            ({"shift_days": 0}, "1 to 366 days"),
            ({"handoff_minute": 1440}, "23:59"),
            ({"weekdays": frozenset()}, "weekday"),
            ({"begins_on": date(1926, 1, 1)}, "1926"),
            ({"people": (0,)}, "number 0"),
        ],
    )
    def test_refuses_what_cannot_be_laid_out(self, rota, ada, wrong, says):
        """Each slip is named, and the rota stays as it was."""
        fields = {"people": (ada.pk,), "begins_on": date(2026, 2, 9), "handoff_minute": 0, "shift_days": 7, **wrong}

        with pytest.raises(services.UnfitRota, match=says):
            services.change_rota(rota=rota, zone="UTC", layers=[Turns(**fields)], by="x", at=MONDAY + DAY)

        assert 1 == len(queries.versions_of(rota))

    def test_refuses_a_second_rota_of_the_name(self, rota, ada):
        """Two rotas called Nights would be one in everybody's mouth."""
        with pytest.raises(services.UnfitRota, match="already"):
            services.add_rota(name=" Nights ", zone="UTC", layers=[weekly(ada)], by="x", at=MONDAY)
