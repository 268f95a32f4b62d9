"""What comes under watch, and what a prober is asked for it."""

import pytest
from django.db import IntegrityError, transaction

from upheld.apps.fleet import queries, services
from upheld.apps.fleet.models import Service
from upheld.apps.parties.services import add_customer
from upheld.gateways.samples import Assignment

pytestmark = pytest.mark.django_db


def watch(**changes):
    wanted = {
        "slug": "shop",
        "name": "The shop",
        "customer": add_customer(slug="acorn", name="Acorn"),
        "agreement": "acorn-harbour",
        "terms_service": "shop",
        "component": "web",
        "url": "http://127.0.0.1:8080/health",
        "interval_seconds": 15,
        "deadline_seconds": 10,
        "allow": ["127.0.0.0/8"],
        "controls": ["tcp://127.0.0.1:53"],
    }
    return services.watch_service(**{**wanted, **changes})


class TestWatchService:
    def test_asks_a_prober_for_it(self):
        """What was put under watch is what the prober is given, field by field."""
        watch(status="200,304", body="in service", redirects=2)

        assert [
            Assignment(
                id="shop",
                kind="http",
                url="http://127.0.0.1:8080/health",
                interval_seconds=15,
                deadline_seconds=10,
                status="200,304",
                body="in service",
                redirects=2,
                allow=("127.0.0.0/8",),
                controls=("tcp://127.0.0.1:53",),
            )
        ] == queries.list_assignments()

    def test_changes_how_a_known_service_is_watched(self):
        """The same slug again: one service, watched in the new way."""
        watch()
        watch(url="tcp://127.0.0.1:5432", interval_seconds=60)

        assert [("tcp", 60)] == [(row.kind, row.interval_seconds) for row in queries.services_of("acorn-harbour")]

    @pytest.mark.parametrize("purpose", [{"agreement": "other"}, {"component": "mail"}])
    def test_keeps_what_a_service_is_for(self, purpose):
        """Facts were recorded under its agreement and component: these do not change."""
        watch()

        with pytest.raises(services.ServiceDiffers, match="shop watches shop/web for acorn-harbour"):
            watch(**purpose)

    def test_watches_a_component_once(self):
        """Two checks of one component would tell two stories of it: refused by us, and by the database."""
        watch()

        with pytest.raises(services.ServiceDiffers, match="is watched as shop already"):
            watch(slug="shop-2")
        row = Service.objects.get()
        row.pk, row.slug = None, "shop-2"
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    @pytest.mark.parametrize(
        ("part", "said"),
        [
            ({"url": "ftp://127.0.0.1/"}, "shop: expected one of http, https, tcp"),
            ({"status": "fine"}, "shop: expected statuses"),
            ({"allow": ["everywhere"]}, "shop: expected a network"),
            ({"controls": ["nowhere"]}, "shop: expected"),
            ({"interval_seconds": 5}, "expected a deadline within the interval of 5 s, came 10 s"),
            ({"deadline_seconds": 0}, "shop: expected a deadline of 1 to 120 seconds"),
        ],
    )
    def test_refuses_a_check_that_no_prober_could_carry_out(self, part, said):
        """Said when it is written, not found out by a prober later."""
        with pytest.raises(services.UnfitCheck, match=said):
            watch(**part)

        assert [] == queries.list_services()

    def test_stops_and_starts_again(self):
        """A service that is not watched is kept, and not asked for."""
        services.stop_watching(service=watch())

        assert ([], ["shop"]) == (queries.list_assignments(), [row.slug for row in queries.list_services()])
        watch()
        assert ["shop"] == [assignment.id for assignment in queries.list_assignments()]


def test_names_a_service_that_is_not_on_record():
    """The sentence has the name that was asked for."""
    with pytest.raises(queries.UnknownService, match="no service is called 'moon'"):
        queries.service("moon")
