"""FunnelFlux for a customer in New York: his clocks are frozen with his value, in the rows, the ledger and the bundle."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.desk.ground import SIGNED, STAFF, open_one, raise_to
from tools.build_verifier import pack
from upheld.apps.agreements import queries, services
from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.queries import digest_of_terms, running_of
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.services import add_customer, name_provider
from upheld.apps.statements.models import Statement
from upheld.apps.statements.queries import bundle_of, content_of
from upheld.apps.statements.services import prepare
from upheld.core.facts import ParameterSet, of_kind
from upheld.core.timeline import HOUR, Instant, Span
from upheld.gateways.signing import FakeSigner
from upheld.language import check
from upheld.language.calendars import transitions
from upheld.verify import Outcome, verify_bundle

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
CHOICES = (
    "choices: [UTC, Asia/Dubai, America/New_York, America/Los_Angeles, Europe/London, Europe/Berlin, Asia/Singapore, "
    "Australia/Sydney], "
)
OWN_CLOCKS = (
    (CHOICES, ""),
    ("we read: UTC\n    senses: {UTC: UTC, seat", "we read: zone of the customer\n    senses: {UTC: UTC, seat"),
)
"""A FunnelFlux that goes by the customer's clocks, wherever he is: no text can name and freeze them beforehand."""
VALUES = {"sample-every": "1 minute", "currency": "EUR", "plan-price": "EUR 99.00"}
NIGHT = Instant.parse("2026-03-08T07:00Z")
"""The clocks of New York go from two to three."""
SUNDAY, MONDAY = Instant.parse("2026-03-09T03:30Z"), Instant.parse("2026-03-09T04:30Z")
MARCH = Span(Instant.parse("2026-03-01T05:00Z"), Instant.parse("2026-04-01T04:00Z"))
MAY, LATER = Instant.parse("2026-05-01T00:00Z"), Instant.parse("2026-09-01T00:00Z")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"


def text(*changes: tuple[str, str]) -> str:
    written = (ROOT / "agreements/funnelflux.md").read_text("utf-8")
    for old, new in changes:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def sign(zone: str = "America/New_York", changes: tuple[tuple[str, str], ...] = OWN_CLOCKS) -> Agreement:
    read = check(written := text(*changes), as_of=SIGNED)
    assert read.document is not None
    name_provider(name="Harbour")
    return services.sign_agreement(
        key="acorn-funnelflux",
        customer=add_customer(slug="acorn", name="Acorn"),
        version=services.add_version(source=written, document=read.document, calendars=read.calendars, at=SIGNED),
        parameters={**VALUES, "zone": zone},
        signed_at=SIGNED,
        by=STAFF,
        at=SIGNED,
        signer=FakeSigner(),
    )


def put(agreement: Agreement, zone: str, at: str = "2026-06-10T00:00Z") -> None:
    moment = Instant.parse(at)
    services.set_parameter(agreement=agreement, name="zone", value=zone, from_at=moment, by=STAFF, at=moment)


def tell(agreement: Agreement, period: str, at: Instant) -> Statement:
    return prepare(agreement=agreement, period=period, by=STAFF, at=at, signer=FakeSigner())


def zone_facts(agreement: Agreement) -> list[ParameterSet]:
    return [fact for fact in of_kind(facts_of(agreement.key), ParameterSet) if fact.name == "zone"]


class TestSigning:
    def test_freezes_the_clocks_with_the_value(self):
        """The text knows nothing of New York; fact and row have every change of its clocks in the years of the version."""
        agreement = sign()

        [fact] = zone_facts(agreement)
        calendars = queries.calendars_of(agreement, LATER)
        years = int(calendars["from"][:4]), int(calendars["to"][:4])
        assert "America/New_York" not in calendars["zones"]
        assert tuple(f"{at} {east}" for at, east in transitions("America/New_York", *years)) == fact.zone
        assert f"{NIGHT} -14400" in fact.zone
        assert {"zone": fact.zone} == queries.zones_at(agreement, LATER)

    def test_keeps_the_clocks_of_a_choice_as_well(self):
        """As it is shipped, the text freezes its choices; what the customer chose is frozen again with his value."""
        [fact] = zone_facts(sign(changes=()))

        assert f"{NIGHT} -14400" in fact.zone

    def test_refuses_a_zone_that_is_none(self):
        """What came, what is expected, what is nearest; nothing is signed."""
        with pytest.raises(services.ParametersDoNotFit) as refused:
            sign("America/New_Yrok")

        expected = (
            "parameters/zone: no zone is called 'America/New_Yrok'; write UTC, a place (America/New_York) or an offset"
        )
        assert [f"{expected} (fixed UTC-05:00)"] == list(refused.value.reasons)
        assert not queries.list_agreements()

    def test_no_table_is_asked_afterwards(self, monkeypatch):
        """The tables of a later day say something else; the terms go by what was frozen."""
        agreement = sign()
        monkeypatch.setattr("upheld.language.calendars.transitions", lambda *_: pytest.fail("a table was asked"))

        assert MARCH == queries.terms_of(agreement, MARCH.start).statement_period.containing(NIGHT)


class TestJudging:
    @pytest.mark.django_db(transaction=True)
    def test_the_statement_of_a_month_with_a_short_night(self, tmp_path):
        """743 hours, from midnight to midnight in New York; the bundle verifies with nothing but the handed-out file."""
        agreement = sign()

        statement = tell(agreement, "2026-03", LATER)

        (tmp_path / "upheld-verify.pyz").write_bytes(pack(ROOT))
        (tmp_path / "bundle.zip").write_bytes(bundle_of(statement))
        command = [sys.executable, "-I", "-S", "upheld-verify.pyz", "bundle.zip", "--key", FakeSigner().verifier_key()]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment, encoding="utf-8")
        assert (HOUR * 743, [str(MARCH.start), str(MARCH.end)]) == (MARCH.length, content_of(statement)["period"])
        assert (0, "") == (ran.returncode, ran.stderr), ran.stdout
        assert "\nVERIFIED. " in ran.stdout

    def test_a_ticket_after_the_night_goes_by_the_new_hour(self):
        """Half past midnight on Monday by summer time, by winter time still Sunday: six hours, as on weekdays."""
        agreement = sign()

        due = []
        for at in (SUNDAY, MONDAY):
            ticket = open_one(agreement, at)
            raise_to(ticket, "critical", at)
            due += [run.due_at for run in running_of(ticket, at) if run.clock == "resolve"]

        assert [SUNDAY + HOUR * 12, MONDAY + HOUR * 6] == due


class TestChanging:
    @pytest.mark.django_db(transaction=True)
    def test_leaves_the_earlier_months_as_they_were(self):
        """He moves to Dubai in June: March is judged as before, July by Dubai; both bundles verify."""
        agreement = sign()
        before = tell(agreement, "2026-03", MAY)
        put(agreement, "Asia/Dubai")

        after, july = (tell(agreement, period, LATER) for period in ("2026-03", "2026-07"))

        assert content_of(before)["findings"] == content_of(after)["findings"]
        assert [str(MARCH.start), str(MARCH.end)] == content_of(after)["period"]
        assert ["2026-06-30T20:00:00.000000Z", "2026-07-31T20:00:00.000000Z"] == content_of(july)["period"]
        key = FakeSigner().verifier_key()
        assert [Outcome.VERIFIED] * 3 == [verify_bundle(bundle_of(one), key).outcome for one in (before, after, july)]

    def test_every_query_binds_with_the_clocks_in_force(self):
        """Terms, the state of a month, the digest that the desk reckons by, the zones that times are told in."""
        agreement = sign()
        told = digest_of_terms(agreement, LATER)
        put(agreement, "Asia/Dubai")

        assert "Asia/Dubai" == queries.terms_of(agreement, LATER).statement_period.zone.name
        assert MARCH == state_of(agreement, "2026-03", LATER).period
        assert told != digest_of_terms(agreement, LATER)
        assert {"UTC", "America/New_York", "Asia/Dubai"} <= set(queries.zones_of(agreement, LATER))

    def test_refuses_a_zone_that_is_none(self):
        """The one in force stays."""
        agreement = sign()

        with pytest.raises(services.ParametersDoNotFit, match="no zone is called 'Dubai'"):
            put(agreement, "Dubai")
        assert ["America/New_York"] == [fact.value for fact in zone_facts(agreement)]

    @pytest.mark.django_db(transaction=True)
    def test_refuses_an_instant_that_splits_a_month(self):
        """June begins earlier in Dubai; in between it would begin by nobody's clocks. From its start it may."""
        agreement = sign()

        with pytest.raises(services.ParametersDoNotFit, match=r"Let the value hold from 2026-05-31T20:00:00\.000000Z"):
            put(agreement, "Asia/Dubai", at="2026-06-01T00:00Z")
        put(agreement, "Asia/Dubai", at="2026-05-31T20:00Z")

        june = tell(agreement, "2026-06", LATER)
        assert ["2026-05-31T20:00:00.000000Z", "2026-06-30T20:00:00.000000Z"] == content_of(june)["period"]
        assert Outcome.VERIFIED == verify_bundle(bundle_of(june), FakeSigner().verifier_key()).outcome

    @pytest.mark.django_db(transaction=True)
    def test_a_move_to_the_west_may_begin_with_the_old_month(self):
        """From midnight in Dubai on New York's clocks hold: June begins by them, and verifies."""
        agreement = sign("Asia/Dubai")

        put(agreement, "America/New_York", at="2026-05-31T20:00Z")

        june = tell(agreement, "2026-06", LATER)
        assert ["2026-06-01T04:00:00.000000Z", "2026-07-01T04:00:00.000000Z"] == content_of(june)["period"]
        assert Outcome.VERIFIED == verify_bundle(bundle_of(june), FakeSigner().verifier_key()).outcome


class TestOldLedger:
    def test_is_judged_by_the_zones_of_the_text(self):
        """Values from before clocks were carried have none; the text's own choices still bind."""
        agreement = sign(changes=OWN_CLOCKS[1:])
        terms = queries.terms_of(agreement, LATER)
        bare = queries.bind_kept(
            bytes(agreement.version.terms),
            bytes(agreement.version.calendars),
            tuple(sorted(queries.parameters_at(agreement, LATER).items())),
            (),
        )

        assert not isinstance(bare, str)
        assert terms.statement_period.containing(NIGHT) == bare.statement_period.containing(NIGHT) == MARCH
