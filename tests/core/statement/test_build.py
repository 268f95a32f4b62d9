"""The statement of a period: numbered, complete, and the same wherever it is built."""

from dataclasses import replace

from tests.core.sample import CALENDARS, DOCUMENT, claim, header, outage, price, state, ticket, window
from tests.core.service_hours.frozen import freeze
from tests.core.spans import at, span
from tests.core.terms.changed import changed
from upheld.core.facts import ClaimFiled, StatementIssued, WindowCancelled
from upheld.core.proof import canonical_bytes
from upheld.core.statement import build
from upheld.core.terms import Document

DOWN = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own")
LATER = at("2030-01-01T00:00Z")


def issued(number: int, start: str = "2025-06-01T00:00Z", end: str = "2025-07-01T00:00Z") -> StatementIssued:
    return StatementIssued(
        **header(f"s{number}-{start}", f"2025-07-0{number}T00:00Z"), statement=f"harbour-orchard/2025-06/{number}",
        period_from_at=at(start), period_to_at=at(end), as_of=at("2025-07-01T00:00Z"), digest="0" * 64,
    )  # fmt: skip


class TestBuild:
    def test_names_its_agreement_period_and_number(self):
        """The first of June; the second names the one it follows, and replaces nothing."""
        first, second = state("2025-06", DOWN), state("2025-06", [*DOWN, issued(1), issued(1, "2025-05-01T00:00Z")])

        assert ("harbour-orchard/2025-06/1", "") == (first.id, first.follows)
        assert ("harbour-orchard/2025-06/2", "harbour-orchard/2025-06/1") == (second.id, second.follows)

    def test_is_named_after_the_local_month(self):
        """June in London begins on 31 May at 23:00 UTC; the statement is June's all the same."""
        zone = freeze("Europe/London")
        written = [[str(start), offset] for start, offset in zip(zone.starts, zone.offsets, strict=True)]
        calendars = {**CALENDARS, "zones": {**CALENDARS["zones"], "Europe/London": written}}
        document = Document(changed(periods__month__zone="Europe/London"))
        statement = build(document, calendars, [price("EUR 720.00")], "2025-06", LATER)

        assert span("2025-05-31T23:00Z", "2025-06-30T23:00Z") == statement.period
        assert "harbour-orchard/2025-06/1" == statement.id

    def test_takes_a_span_and_stand_ins(self):
        """A question about no customer: the document's own name, and values that the asker gives."""
        statement = build(
            DOCUMENT,
            CALENDARS,
            [],
            span("2025-06-01T00:00Z", "2025-07-01T00:00Z"),
            LATER,
            parameters={"monthly-price": "EUR 1.00"},
        )

        assert ("harbour", {"monthly-price": "EUR 1.00"}) == (statement.agreement, dict(statement.parameters))

    def test_tells_what_other_senses_would_give(self):
        """Each reading that a figure used, with its other senses, whether anything changes, and whom it favours."""
        facts = [
            *outage("o1", "2025-06-11T06:00Z", "2025-06-11T12:00Z", "own"),
            *outage("o2", "2025-06-11T08:00Z", "2025-06-11T12:00Z", "storm"),
        ]
        readings = {entry["reading"]: entry for entry in state("2025-06", facts, others=True).to_json()["readings"]}

        assert [
            {"sense": "730", "figures": ["99.1666 %", "EUR 59.18"], "verdicts": ["missed"], "changes": True}
        ] == readings["hour-price"]["others"]
        assert ["99.1666 %", "EUR 60.00"] == readings["hour-price"]["figures"]
        assert ("neither", "hours") == (readings["hour-price"]["favours"], readings["hour-price"]["we_read"])
        assert "touching-outages" in readings

    def test_tells_of_other_senses_unless_it_need_not(self):
        """Whoever does not speak of them gets them; without them the findings are the same."""
        given = (DOCUMENT, CALENDARS, [price("EUR 720.00"), *DOWN], "2025-06", LATER)
        usual, asked, short = build(*given), build(*given, others=True), build(*given, others=False)

        assert "hour-price" in [other.reading for other in usual.others]
        assert usual.others == asked.others
        assert ((), usual.findings) == (short.others, short.findings)


class TestToJson:
    FACTS = (
        *DOWN, ticket("2025-06-11T14:00Z", "o1"), claim("2025-06-12T10:00Z", "o1"),
        claim("2025-06-29T10:00Z", "o1", name="C-2"),
        *window("w1", "regular", "2025-06-11T20:00Z", "2025-06-11T23:00Z"),
        *window("w2", "regular", "2025-06-11T22:00Z", "2025-06-12T01:00Z"),
        *window("w3", "regular", "2025-06-18T22:00Z", "2025-06-19T01:00Z"),
        WindowCancelled(**header("w3-cancelled", "2025-06-18T20:00Z"), window="w3", because="rain"),
        *window("w4", "regular", "2025-07-18T22:00Z", "2025-07-19T01:00Z"),
    )  # fmt: skip

    def test_is_canonical_and_the_same_again(self):
        """No float, no null key, nothing that has two writings: the digest of the statement can be signed."""
        one, two = (canonical_bytes(state("2025-06", list(self.FACTS), others=True).to_json()) for _ in range(2))

        assert one == two

    def test_holds_claims_windows_and_maintenance_time(self):
        """What was granted and refused, the month's windows, and the minutes of maintenance: shown, not judged."""
        written = state("2025-06", list(self.FACTS)).to_json()

        assert [(True, [], 7), (False, ["claim-late"], 0)] == [
            (entry["accepted"], entry["refused_for"], entry["units"]) for entry in written["claims"]
        ]
        assert ["o1"] == written["credits"][0]["interruptions"][0]["outages"]
        assert 3 == len(written["windows"])
        assert {"micros": 5 * 3600 * 10**6} == written["maintenance_time"]
        assert [{"evidence": "probes", "kind": "probe", "from": "our own probes"}] == written["measured_by"]
        assert written["is_over"]

    def test_a_claim_without_a_deadline_says_null(self):
        """While the outage runs its end is not known."""
        facts = [
            *outage("o1", "2025-06-11T06:00Z", None),
            ticket("2025-06-11T14:00Z", "o1"),
            claim("2025-06-12T10:00Z", "o1"),
        ]

        assert state("2025-06", facts).to_json()["claims"][0]["deadline"] is None

    def test_measures_nothing_without_evidence(self):
        """A promise that names evidence which the agreement does not hold proves nothing by it."""
        blocks = changed(availability__uptime__evidence=["rumour"])
        statement = build(Document(blocks), CALENDARS, [price("EUR 720.00")], "2025-06", LATER)

        assert [] == statement.to_json()["measured_by"]

    def test_passes_over_claims_that_no_rule_reads(self):
        """A claim for another credit, or about another month's outage, is none of this statement's."""
        facts = [*DOWN, *outage("o0", "2025-05-11T06:00Z", "2025-05-11T13:00Z")]
        other, old = claim("2025-06-12T10:00Z", "o1"), claim("2025-06-12T10:00Z", "o0", name="C-2")
        assert isinstance(other, ClaimFiled)

        assert [] == state("2025-06", [*facts, replace(other, credit="elevenfold"), old]).to_json()["claims"]
