"""Another version of the text for a customer who is bound already: each period is judged by the one of its beginning."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction

from tests.apps.watched import KEY, NOON, sign, watch
from tests.core.sample import BLOCKS, CALENDARS, DOCUMENT
from upheld.apps.agreements import queries
from upheld.apps.agreements.amending import CannotAmend, amend_agreement, list_missing, starts_after
from upheld.apps.agreements.models import Agreement, Amendment, Version
from upheld.apps.agreements.services import add_version, set_parameter
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger.queries import facts_of
from upheld.apps.probes.services import CannotCorrect, correct_fact
from upheld.apps.statements.queries import bundle_of
from upheld.apps.statements.services import prepare
from upheld.core.facts import AgreementSigned, FactCorrected, ParameterSet, of_kind
from upheld.core.terms import Document
from upheld.core.timeline import DAY, HOUR, Instant
from upheld.gateways.signing import FakeSigner
from upheld.pages.words.facts import tell_fact
from upheld.verify import Outcome, verify_bundle
from upheld.verify.bundle import AGREEMENT

pytestmark = pytest.mark.django_db

MARCH, APRIL = Instant.parse("2026-03-01T00:00Z"), Instant.parse("2026-04-01T00:00Z")


@pytest.fixture(autouse=True)
def agreement(settings: Any, tmp_path: Any) -> Agreement:
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    agreement = sign()
    watch()
    return agreement


def keep(name: str = "2026-03", **changes: Any) -> Version:
    """A further version of the sample, with other blocks."""
    said = {**BLOCKS["agreement"], "version": name, **changes.pop("agreement", {})}
    document = Document({**DOCUMENT.blocks, **changes, "agreement": said}, DOCUMENT.cites, DOCUMENT.clauses)
    return add_version(source=f"# Version {name}\n", document=document, calendars=CALENDARS, at=NOON)


def amend(agreement: Agreement, version: Version, from_at: Instant = MARCH, **changes: Any) -> Amendment:
    given = {"values": {}, "by": "person-1", "approved_by": "person-2", "at": NOON, **changes}
    return amend_agreement(agreement=agreement, version=version, from_at=from_at, signer=FakeSigner(), **given)


def refuse(agreement: Agreement, version: Version, from_at: Instant = MARCH, **changes: Any) -> str:
    with pytest.raises(CannotAmend) as problem:
        amend(agreement, version, from_at, **changes)
    return str(problem.value)


class TestAmendAgreement:
    def test_binds_from_then_on(self, agreement: Agreement) -> None:
        """Before its instant the version that was signed holds, from it on the other; a fact says so with the digests."""
        version = keep()
        amend(agreement, version)

        held = [queries.version_at(agreement, at).version for at in (NOON, MARCH.before(DAY), MARCH, APRIL)]
        assert ["2023-01", "2023-01", "2026-03", "2026-03"] == held
        told = of_kind(facts_of(KEY), AgreementSigned)[-1]
        assert (MARCH, NOON, "2026-03", version.terms_digest) == (
            told.occurred_at, told.recorded_at, told.version, told.terms_digest,
        )  # fmt: skip

    def test_stands_in_the_ledger_under_both_names(self, agreement: Agreement) -> None:
        """Who proposed it and who confirmed it are each found from a fact of their own; so are they of its values."""
        amend(agreement, keep(), values={"monthly-price": "EUR 9"})

        told = {fact.id: fact for fact in facts_of(KEY)}
        signed, approved = told["amended-1"], told["amended-1-approved"]
        assert ("person-1", "person-2") == (signed.source, approved.source)
        assert replace(signed, id="", source="") == replace(approved, id="", source="")
        assert {"person-1", "person-2"} == {
            fact.source for fact in of_kind(facts_of(KEY), ParameterSet) if fact.value == "EUR 9"
        }
        assert "confirmed by person-2" in tell_fact(approved)

    def test_a_value_is_taken_back_whole(self, agreement: Agreement) -> None:
        """A correction of a value that two persons set leaves neither fact standing."""
        given: dict[str, Any] = {
            "name": "monthly-price",
            "from_at": NOON,
            "by": "person-1",
            "approved_by": "person-2",
            "at": NOON,
        }
        row = set_parameter(agreement=agreement, value="EUR 9", **given)
        names = (row.fact_id, f"{row.fact_id}-approved")
        assert set(names) <= {fact.id for fact in facts_of(KEY)}

        correct_fact(agreement=KEY, fact_id=names[1], because="x", by="person-1", approved_by="person-2", at=NOON)

        assert set(names) == {fact.corrects for fact in of_kind(facts_of(KEY), FactCorrected)}

    def test_judges_each_period_by_the_version_of_its_beginning(self, agreement: Agreement) -> None:
        """Both statements verify alone; February's bundle holds the old text, March's the new one."""
        amend(agreement, keep())

        signer = FakeSigner()
        made = [
            bundle_of(prepare(agreement=agreement, period=period, by="person-1", at=end + HOUR, signer=signer))
            for period, end in (("2026-02", MARCH), ("2026-03", APRIL))
        ]
        reports = [verify_bundle(one, signer.verifier_key()) for one in made]
        assert [Outcome.VERIFIED] * 2 == [one.outcome for one in reports], [one.checks for one in reports]
        texts = [ZipFile(BytesIO(one)).read(AGREEMENT).decode() for one in made]
        assert ["# Harbour hosting\n", "# Version 2026-03\n"] == texts

    def test_gives_values_to_what_is_new(self, agreement: Agreement) -> None:
        """A version that asks for more is bound with values for it, from its instant on; without them it is refused."""
        more: dict[str, Any] = {"parameters": {**BLOCKS["parameters"], "plan": {"kind": "choice"}}, "money": {
            **BLOCKS["money"], "currency": "parameter plan",
        }}  # fmt: skip
        version = keep(**more)

        assert ["plan"] == list_missing(agreement, version, MARCH)
        assert "plan" in refuse(agreement, version)
        amend(agreement, version, values={"plan": "EUR"})
        assert "EUR" == queries.parameters_at(agreement, MARCH)["plan"]
        set_parameter(agreement=agreement, name="monthly-price", value="EUR 8", from_at=NOON, by="person-1", at=NOON)
        assert "EUR" == queries.terms_of(agreement, MARCH).currency

    @pytest.mark.parametrize(
        ("from_at", "changes", "because"),
        [
            (MARCH + DAY, {}, "is not the beginning of a period"),
            (Instant.parse("2026-02-01T00:00Z"), {}, "is not ahead"),
            (MARCH, {"approved_by": "person-1"}, "two persons"),
            (MARCH, {"values": {"colour": "red"}}, "no parameter is called 'colour'"),
        ],
    )
    def test_refuses(self, agreement: Agreement, from_at: Instant, changes: dict[str, Any], because: str) -> None:
        """What began stays as it was agreed; nobody changes terms alone; no value is lost."""
        assert because in refuse(agreement, keep(), from_at, **changes)
        assert 1 == len(of_kind(facts_of(KEY), AgreementSigned))

    def test_refuses_another_text_and_other_periods(self, agreement: Agreement) -> None:
        """Those are another agreement."""
        quarters = {"month": {**BLOCKS["periods"]["month"], "length": "3 months"}}

        assert "is another text" in refuse(agreement, keep(agreement={"id": "marina"}))
        assert "other periods" in refuse(agreement, keep("2026-05", periods=quarters), APRIL)

    def test_refuses_what_binds_already_and_what_comes_before_the_latest(self, agreement: Agreement) -> None:
        """Versions follow each other."""
        amend(agreement, keep(), APRIL)

        assert "binds then already" in refuse(agreement, keep(), Instant.parse("2026-05-01T00:00Z"))
        assert "the latest that was agreed" in refuse(agreement, keep("2026-04"), MARCH)

    def test_is_never_altered(self, agreement: Agreement) -> None:
        """The database refuses to change or delete a row; its fact is not taken back."""
        row = amend(agreement, keep())

        with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
            Amendment.objects.filter(pk=row.pk).update(from_at=APRIL.utc())
        with pytest.raises(IntegrityError, match="never altered"), transaction.atomic():
            row.delete()
        with pytest.raises(CannotCorrect, match="is what was signed"):
            correct_fact(agreement=KEY, fact_id="amended-1", because="x", by="person-1", approved_by="person-2", at=NOON)


def test_the_next_periods_begin_where_they_do(agreement: Agreement) -> None:
    """The beginnings that may be chosen, the nearest first."""
    assert [MARCH, APRIL] == starts_after(agreement, NOON, 2)


def test_a_month_by_its_name_is_judged_by_its_version(agreement: Agreement) -> None:
    """The same rule where a period is asked for by year and month."""
    changed: dict[str, Any] = {
        "availability": {name: {**rule, "target": "at least 50 %"} for name, rule in BLOCKS["availability"].items()}
    }
    amend(agreement, keep(**changed))

    promised = [
        [rule.target for rule in state_of(agreement, period, APRIL).judged.terms.availability.values()]
        for period in ("2026-02", "2026-03")
    ]
    assert promised[0] != promised[1]
