"""Versions, signatures, parameters: rows and facts that say the same."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from tests.core.sample import CALENDARS, DOCUMENT
from upheld.apps.agreements import queries, services
from upheld.apps.ledger import queries as ledger
from upheld.apps.parties.services import add_customer
from upheld.core.facts import AgreementSigned, ParameterSet
from upheld.core.proof import canonical_bytes
from upheld.core.statement.gathering import parameters_at
from upheld.core.timeline import DAY, Instant
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

KEY = "acorn-harbour"
SIGNED = Instant.parse("2026-01-01T00:00Z")
NOON = Instant.parse("2026-02-14T12:00Z")
SOURCE = "# Harbour hosting\n"
PRICE = {"monthly-price": "EUR 300"}


def add(source=SOURCE, document=DOCUMENT):
    return services.add_version(source=source, document=document, calendars=CALENDARS, at=NOON)


def sign(parameters=PRICE, **changes):
    wanted = {"key": KEY, "customer": add_customer(slug="acorn", name="Acorn"), "version": add(), **changes}
    return services.sign_agreement(
        parameters=parameters, signed_at=SIGNED, by="person-1", at=NOON, signer=FakeSigner(), **wanted
    )


def put(agreement, value, *, from_at=NOON, at=NOON, name="monthly-price"):
    return services.set_parameter(agreement=agreement, name=name, value=value, from_at=from_at, by="person-1", at=at)


class TestAddVersion:
    def test_keeps_what_was_written_and_what_was_made_of_it(self):
        """Text, terms and calendars come back as they went in."""
        agreement = sign()

        assert (SOURCE, DOCUMENT, CALENDARS) == (
            queries.source_of(agreement.version),
            queries.document_of(agreement, NOON),
            queries.calendars_of(agreement, NOON),
        )

    def test_keeps_the_same_version_once(self):
        """Added at every start of the program, it is there once."""
        assert add() == add()

    def test_keeps_the_calendars_of_its_first_reading(self):
        """Read again in another year, more holidays are known; what was signed covers the ones that were frozen."""
        first = add()

        later = services.add_version(source=SOURCE, document=DOCUMENT, calendars={**CALENDARS, "to": "2041-01-01"}, at=NOON)

        assert (first, first.calendars_digest) == (later, later.calendars_digest)

    def test_refuses_other_words_under_the_same_version(self):
        """Somebody signed that version: a changed text is another one."""
        add()

        with pytest.raises(services.VersionDiffers, match="with other words; give the changed text a version of its own"):
            add(source=SOURCE + "One word more.\n")

    @pytest.mark.parametrize("change", ["UPDATE agreements_version SET title = 'x'", "DELETE FROM agreements_version"])
    def test_is_kept_by_the_database(self, change):
        """Not even by hand: the digests are in facts that customers hold."""
        add()

        with pytest.raises(IntegrityError, match="agreements_version is never altered"), transaction.atomic():
            connection.cursor().execute(change)


class TestSignAgreement:
    def test_records_what_was_signed(self):
        """One fact with three digests and the verifier key, one for each value, in the transaction of the row."""
        sign()

        signed, price = ledger.facts_of(KEY)
        assert (
            AgreementSigned(
                id="signed-harbour-2023-01",
                agreement=KEY,
                occurred_at=SIGNED,
                recorded_at=NOON,
                source="person-1",
                document="harbour",
                version="2023-01",
                customer="acorn",
                source_digest=sha256(SOURCE.encode()).hexdigest(),
                terms_digest=sha256(canonical_bytes(DOCUMENT.to_json())).hexdigest(),
                calendars_digest=sha256(canonical_bytes(CALENDARS)).hexdigest(),
                verifier_key=FakeSigner().verifier_key(),
            )
            == signed
        )
        assert isinstance(price, ParameterSet)
        assert ("monthly-price", "EUR 300", SIGNED) == (price.name, price.value, price.from_at)

    def test_is_done_once(self):
        """The same signature again, as after a crash between the commit and its acknowledgement."""
        assert sign() == sign()
        assert len(ledger.facts_of(KEY)) == 2

    def test_refuses_a_key_that_binds_somebody_else(self):
        """One key, one ledger, one customer."""
        sign()

        with pytest.raises(services.AgreementExists, match="acorn-harbour binds Acorn to Harbour hosting"):
            sign(customer=add_customer(slug="birch", name="Birch"))

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [
            (
                {"mounthly-price": "EUR 300"},
                "no parameter is called 'mounthly-price'; there are monthly-price, currency, measured-by",
            ),
            ({"monthly-price": "a lot"}, "monthly-price|a lot"),
            ({}, "'monthly-price' has no value"),
        ],
    )
    def test_refuses_values_with_which_nothing_could_be_judged(self, parameters, said):
        """Found before anybody is bound; neither row nor fact is left."""
        with pytest.raises(services.ParametersDoNotFit, match=said):
            sign(parameters=parameters)

        assert ([], None) == (queries.list_agreements(), ledger.head_of(KEY))


class TestSetParameter:
    def test_holds_from_its_instant_on(self):
        """The old value before, the new one from then; what the judge reads from facts is the same."""
        agreement = sign()
        put(agreement, "EUR 350")

        moments = (SIGNED, NOON.before(DAY), NOON, NOON + DAY)
        ours = [queries.parameters_at(agreement, moment)["monthly-price"] for moment in moments]
        judged = [parameters_at(ledger.facts_of(KEY), moment)["monthly-price"] for moment in moments]

        assert ["EUR 300", "EUR 300", "EUR 350", "EUR 350"] == ours == judged

    def test_is_seen_as_it_was_known(self):
        """A value set later for an earlier time was not known before it was set."""
        agreement = sign()
        put(agreement, "EUR 350", from_at=SIGNED + DAY, at=NOON + DAY)

        known = [queries.parameters_at(agreement, NOON, as_of=moment)["monthly-price"] for moment in (NOON, NOON + DAY)]

        assert ["EUR 300", "EUR 350"] == known

    def test_records_nothing_for_the_value_that_holds(self):
        """Saving a form without a change is no fact."""
        agreement = sign()

        put(agreement, "EUR 300")

        assert len(ledger.facts_of(KEY, kinds=[ParameterSet])) == 1

    def test_records_each_change_under_its_own_id(self):
        """Back to the first value is a third fact."""
        agreement = sign()
        put(agreement, "EUR 350")
        put(agreement, "EUR 300", from_at=NOON + DAY)

        ids = [fact.id for fact in ledger.facts_of(KEY, kinds=[ParameterSet])]
        assert [f"parameter-monthly-price-{number}" for number in (1, 2, 3)] == ids

    def test_refuses_a_value_that_cannot_be_read(self):
        """The sentence names the parameter or the value; nothing is recorded."""
        agreement = sign()

        with pytest.raises(services.ParametersDoNotFit):
            put(agreement, "much")

        assert len(ledger.facts_of(KEY)) == 2


def test_names_an_agreement_that_is_not_on_record():
    """The sentence has the key that was asked for."""
    with pytest.raises(queries.UnknownAgreement, match="no agreement is called 'moon'"):
        queries.agreement("moon")
