"""Ways to reach a person: confirmed by whoever reads there, and by nobody else."""

import re

import pytest

from tests.apps.oncall.people import NOON, add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.models import Kind, Message
from upheld.core.timeline import HOUR, MINUTE, SECOND

pytestmark = pytest.mark.django_db

NUMBER = "+442079460000"


@pytest.fixture
def ada():
    return add_person("Ada")


@pytest.fixture
def add(ada):
    def add_way(kind=Kind.SMS, address=NUMBER, *, urgent=True, other=True, at=NOON):
        return services.add_way(user=ada, kind=kind, address=address, for_urgent=urgent, for_other=other, at=at)

    return add_way


def read_code():
    """What stands in the newest message."""
    found = re.search(r"\d{6}", Message.objects.latest("pk").body)
    return found[0] if found else ""


class TestAddWay:
    def test_counts_once_its_code_was_typed_in(self, add, ada):
        """Until then pages go by mail to where she signs in; then to her telephone."""
        way = add()
        before = queries.addresses_of(ada, is_urgent=True)
        services.verify_way(way=way, code=f" {read_code()} ", at=NOON + MINUTE)

        assert [("mail", "ada@example.org")] == before
        assert [("sms", NUMBER)] == queries.addresses_of(ada, is_urgent=True)

    def test_is_used_for_what_it_is_for(self, add, ada):
        """A call for what is urgent alone: what is not goes by mail."""
        services.verify_way(way=add(urgent=True, other=False), code=read_code(), at=NOON)

        assert [[("sms", NUMBER)], [("mail", "ada@example.org")]] == [
            queries.addresses_of(ada, is_urgent=urgent) for urgent in (True, False)
        ]

    def test_keeps_numbers_as_the_world_writes_them(self, add):
        """Spaces and brackets are for the eye."""
        assert NUMBER == add(address="+44 (20) 7946-0000").address

    def test_reads_a_code_aloud_digit_by_digit(self, add):
        """A call says the code twice, so that it can be written down."""
        add(kind=Kind.PHONE)

        spoken = re.findall(r"\d, \d, \d, \d, \d, \d", Message.objects.get().body)
        assert (2, 1) == (len(spoken), len(set(spoken)))

    @pytest.mark.parametrize(
        ("kind", "address"),
        [("sms", "0207 946 0000"), ("phone", "+0"), ("telegram", "ada"), ("slack", "ftp://x"), ("bird", "x"), ("mail", "x")],
    )
    def test_refuses_an_address_that_is_none(self, add, kind, address):
        """Said when it is typed, not when it is needed."""
        with pytest.raises(services.UnfitRecipient, match="expected"):
            add(kind=kind, address=address)

    def test_refuses_a_program_and_a_way_for_nothing(self, add):
        """A webhook reads no code; a way for neither kind of page would never be used."""
        for wrong in ({"kind": Kind.WEBHOOK, "address": "https://x.example/"}, {"urgent": False, "other": False}):
            with pytest.raises(services.UnfitWay):
                add(**wrong)

    def test_sends_no_code_after_the_other(self, add):
        """Whoever presses the button ten times is sent one message a minute."""
        add()

        with pytest.raises(services.UnfitWay, match="a minute ago"):
            add(at=NOON + SECOND * 59)
        add(at=NOON + MINUTE)

        assert 2 == Message.objects.count()

    def test_refuses_to_write_to_the_whole_world(self, add):
        """Nobody sends codes to a hundred strangers from here."""
        for number in range(12):
            add(address=f"+4420794600{number:02d}")

        with pytest.raises(services.UnfitWay, match="enough"):
            add(address="+442079460099")


class TestVerifyWay:
    def test_refuses_another_code(self, add):
        """The digits of somebody who guesses."""
        way = add()
        wrong = f"{(int(read_code()) + 1) % 1_000_000:06d}"

        with pytest.raises(services.UnfitWay, match="not the code"):
            services.verify_way(way=way, code=wrong, at=NOON)

    def test_counts_the_tries(self, add):
        """After five the right code is wrong as well; a new one is sent on asking."""
        way, code = add(), read_code()
        for _ in range(5):
            with pytest.raises(services.UnfitWay, match="not the code"):
                services.verify_way(way=way, code="x", at=NOON)

        with pytest.raises(services.UnfitWay, match="too often"):
            services.verify_way(way=way, code=code, at=NOON)
        again = add(at=NOON + MINUTE)
        services.verify_way(way=again, code=read_code(), at=NOON + MINUTE)

        assert queries.way(way.user, way.pk).verified_at is not None

    def test_ends_after_half_an_hour(self, add):
        """A code that lies about is no proof."""
        way = add()

        with pytest.raises(services.UnfitWay, match="too old"):
            services.verify_way(way=way, code=read_code(), at=NOON + HOUR)

    def test_asked_for_again_sends_nothing_to_what_is_confirmed(self, add):
        """Its owner changes what it is for: it stays confirmed, and no code leaves."""
        way = add()
        services.verify_way(way=way, code=read_code(), at=NOON)
        add(urgent=False, at=NOON + HOUR)

        found = queries.way(way.user, way.pk)
        assert (1, False, True) == (Message.objects.count(), found.is_for_urgent, found.verified_at is not None)

    def test_is_nobody_elses(self, add):
        """A way is found for its own person alone."""
        way = add()

        with pytest.raises(queries.UnknownWay):
            queries.way(add_person("Bob"), way.pk)
