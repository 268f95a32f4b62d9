"""What is read: the same findings as everywhere, as of a chosen instant, and evidence that checks."""

import csv
import io
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.core.sample import CALENDARS
from tests.interfaces.api.ground import AFTER, NOON, NOW, WITH_DESK
from upheld.apps.ledger.queries import facts_of
from upheld.core.proof import canonical_bytes, leaf_hash, verify_consistency, verify_inclusion
from upheld.core.statement import build
from upheld.core.timeline import HOUR, Instant
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.api.reference import print_reference
from upheld.verify import Outcome, verify_bundle

KEY = "acorn-harbour"
PAGE = Path(__file__).parents[3] / "docs/reference/api.md"
AGREEMENT = f"/api/v1/agreements/{KEY}"


class TestPeriod:
    def test_is_what_the_judge_says(self, cast):
        """The same JSON as the judge makes of the same facts, to the byte."""
        answer = cast.get(f"{AGREEMENT}/periods/2026-02", as_of="2026-03-05T09:00Z")

        judged = build(WITH_DESK, CALENDARS, facts_of(KEY), "2026-02", Instant.parse("2026-03-05T09:00Z"))
        assert canonical_bytes(judged.to_json()) == answer.content

    def test_looks_from_the_chosen_instant(self, cast):
        """Before the outage was recorded nothing of it was known."""
        known = [cast.get(f"{AGREEMENT}/periods/2026-02", as_of=str(at)).json() for at in (AFTER.before(HOUR), AFTER + HOUR)]

        units = [one["credits"][0]["units"] for one in known]
        assert ([0, 5], [str(AFTER.before(HOUR)), str(AFTER + HOUR)]) == (units, [one["as_of"] for one in known])

    def test_looks_from_now_without_one(self, cast):
        answer = cast.get(f"{AGREEMENT}/periods/2026-02").json()

        assert (str(NOW), True) == (answer["as_of"], answer["is_over"])

    @pytest.mark.parametrize(
        ("as_of", "expected"),
        [("2026-03-11T09:00Z", "now or earlier"), ("yesterday", "an instant"), ("2026-02-14T10:00", "an instant")],
    )
    def test_refuses_an_instant_that_cannot_be(self, cast, as_of, expected):
        """One that lies ahead, one without a zone, one that is none."""
        answer = cast.get(f"{AGREEMENT}/periods/2026-02", as_of=as_of)

        assert (422, "as_of") == (answer.status_code, answer.json()["misfits"][0]["at"])
        assert expected in answer.json()["expected"]

    @pytest.mark.parametrize("period", ["2026-2", "2026-13", "february", "²026-02", "9999-12", "2026-02-01"])
    def test_refuses_what_names_no_period(self, cast, period):
        assert 422 == cast.get(f"{AGREEMENT}/periods/{period}").status_code


class TestStatement:
    def test_is_the_bytes_that_the_ledger_names(self, cast):
        """The digest in the list is that of the JSON."""
        [told] = cast.get(f"{AGREEMENT}/statements").json()

        answer = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1")
        assert told["digest"] == sha256(answer.content).hexdigest()

    def test_comes_as_a_bundle_that_verifies(self, cast):
        """What a customer loads by the API is checked by the verifier."""
        answer = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1/bundle", "acorn")

        report = verify_bundle(answer.content, FakeSigner().verifier_key())
        assert (Outcome.VERIFIED, 'attachment; filename="acorn-harbour-2026-02-1.zip"') == (
            report.outcome,
            answer["Content-Disposition"],
        )

    def test_comes_on_paper(self, cast):
        """The PDF, the same each time."""
        first, second = (cast.get(f"{AGREEMENT}/periods/2026-02/statements/1/pdf") for _ in range(2))

        assert (b"%PDF", first.content) == (first.content[:4], second.content)

    def test_comes_as_a_table(self, cast):
        """The figures of the statement, each in a row."""
        answer = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1/csv", "acorn")
        told = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1").json()

        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert [finding["rule"] for finding in told["findings"]] == [row["name"] for row in rows if row["kind"] == "figure"]
        assert 'attachment; filename="acorn-harbour-2026-02-1.csv"' == answer["Content-Disposition"]

    def test_the_samples_of_a_period_are_counted_alike_everywhere(self, cast):
        """By the API as known when the statement was made, and in its table."""
        table = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1/csv").content.decode()
        as_of = cast.get(f"{AGREEMENT}/periods/2026-02/statements/1").json()["as_of"]

        counted = cast.get(f"{AGREEMENT}/periods/2026-02/samples", as_of=as_of).json()

        rows = [row for row in csv.DictReader(io.StringIO(table)) if row["kind"] == "samples"]
        assert [(one["component"], f"{one['kept']}/{one['due']}") for one in counted] == [
            (row["name"], row["exact"]) for row in rows
        ]
        assert all(one["missing"] == max(one["due"] - one["kept"], 0) for one in counted)


class TestCauses:
    def test_a_cause_holds_once_a_second_person_approved(self, cast):
        """The flood on the fifth hour counts as up from then on: one full hour less is owed."""
        before = cast.get(f"{AGREEMENT}/periods/2026-02").json()["credits"][0]["units"]
        [waiting] = cast.get("/api/v1/outages/O-1").json()["causes"]

        approved = cast.post("/api/v1/outages/O-1/approvals", {"assignment": waiting["fact"]}).json()

        after = cast.get(f"{AGREEMENT}/periods/2026-02").json()["credits"][0]["units"]
        assert (False, True, 5, 4) == (waiting["holds"], approved["holds"], before, after)

    def test_nobody_approves_their_own(self, cast):
        cause = {"from_at": str(NOON + HOUR), "to_at": str(NOON + HOUR * 2), "cause": "flood", "evidence": "probes"}
        put = cast.post("/api/v1/outages/O-1/causes", cause).json()

        answer = cast.post("/api/v1/outages/O-1/approvals", {"assignment": put["fact"]}, key="k-2")

        assert (False, 422) == (put["holds"], answer.status_code)
        assert "approved by a second person" in answer.json()["detail"]

    def test_a_second_cause_is_put_besides_the_first(self, cast):
        """It is an outage of its own within the first, whose causes stay as they are."""
        causes = cast.get("/api/v1/outages/O-1").json()["causes"]
        span = {"from_at": str(NOON + HOUR), "to_at": str(NOON + HOUR * 2)}
        sent = {**span, "cause": "flood", "evidence": "probes", "is_besides": True}

        put = cast.post("/api/v1/outages/O-1/causes", sent).json()

        name = put["fact"].partition("-cause-")[0]
        second = cast.get(f"/api/v1/outages/{name}").json()
        assert name != "O-1"
        assert [put["fact"]] == [one["fact"] for one in second["causes"]]
        assert causes == cast.get("/api/v1/outages/O-1").json()["causes"]


class TestEvidence:
    def test_facts_come_page_by_page(self, cast):
        """The cursor leads through all of them once, in their order."""
        found: list[Any] = []
        after: int | None = -1
        while after is not None:
            page = cast.get(f"{AGREEMENT}/facts", after=after, limit=7).json()
            found += page["facts"]
            after = page["next"]

        assert [fact.to_json() for fact in facts_of(KEY)] == [one["fact"] for one in found]
        assert list(range(page["size"])) == [one["index"] for one in found]

    def test_a_fact_is_found_by_its_name(self, cast):
        """Also where the name has slashes in it."""
        answer = cast.get(f"{AGREEMENT}/facts/issued-{KEY}/2026-02/1").json()

        assert "statement-issued/1" == answer["fact"]["type"]

    def test_inclusion_is_proven(self, cast):
        """The proof leads from the fact's own bytes to the signed root."""
        head = cast.get(f"{AGREEMENT}/checkpoints/latest").json()
        fact = cast.get(f"{AGREEMENT}/facts", after=4, limit=1).json()["facts"][0]["fact"]

        told = cast.get(f"{AGREEMENT}/proofs/inclusion", index=5, size=head["size"]).json()

        proof = [b64decode(one) for one in told["proof"]]
        leaf = leaf_hash(canonical_bytes(fact))
        assert verify_inclusion(leaf, 5, head["size"], proof, bytes.fromhex(head["root"])) is None

    def test_consistency_is_proven(self, cast):
        """The tree of now begins with the signed one."""
        head = cast.get(f"{AGREEMENT}/checkpoints/latest").json()
        cast.post(f"{AGREEMENT}/tickets", {"channel": "email", "received_at": str(NOON)})
        cast.post(f"{AGREEMENT}/periods/2026-02/statements", key="k-2")
        newer = cast.get(f"{AGREEMENT}/checkpoints/latest").json()

        told = cast.get(f"{AGREEMENT}/proofs/consistency", old_size=head["size"], new_size=newer["size"]).json()

        proof = [b64decode(one) for one in told["proof"]]
        roots = [bytes.fromhex(one["root"]) for one in (head, newer)]
        assert verify_consistency(head["size"], roots[0], newer["size"], roots[1], proof) is None

    def test_what_the_judge_cannot_use_is_shown(self, cast):
        """A claim in another currency's invoice is recorded, and held with its reason."""
        invoice = {"invoice": "x", "amount": "GBP 1.00", "issued_at": str(NOON), "due_at": str(NOON)}
        cast.post(f"{AGREEMENT}/invoices", invoice)

        held = cast.get(f"{AGREEMENT}/held").json()["held"]

        assert any(one.startswith("invoice-x-issued: the invoice is in GBP") for one in held)


class TestWriting:
    def test_records_who_did_it(self, cast):
        """A fact names the person by the name that the ledger knows, whether by page or by program."""
        cast.post(f"{AGREEMENT}/tickets", {"channel": "email", "received_at": str(NOON)})

        assert f"person-{cast.people['staff'].pk}" == facts_of(KEY)[-1].source

    def test_a_verdict_saves_nothing(self, cast):
        """Asked before anything is planned: would count, because, and when it would not."""
        before = len(facts_of(KEY))

        told = cast.get(
            f"{AGREEMENT}/verdict", kind="scheduled", from_at="2026-03-12T20:00Z", to_at="2026-03-12T22:00Z"
        ).json()  # fmt: skip

        assert (True, 7_200_000_000, before) == (told["would_count"], told["counts"]["micros"], len(facts_of(KEY)))
        assert any("asked is at least 5 business days" in one["words"] for one in told["why"]["because"])
        assert told["nearest"]


class TestReference:
    def test_is_what_the_description_says(self):
        """`python -m upheld.interfaces.api.reference > docs/reference/api.md` makes the page anew."""
        assert print_reference() == PAGE.read_text(encoding="utf-8")
