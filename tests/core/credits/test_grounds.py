"""Everything that a claim can be refused for: deadlines of all kinds, payment history, software, plans, earlier claims."""

from typing import Any

import pytest

from tests.core.credits.owed import down, state_credits
from tests.core.credits.test_shapes import CLOCK
from tests.core.sample import header, outage
from tests.core.spans import at
from upheld.core.facts import (
    AgreementSigned,
    CauseAssigned,
    ClaimFiled,
    InvoiceIssued,
    InvoicePaid,
    MessageSent,
    TicketOpened,
)
from upheld.core.money import Money

CREDIT = {"pays": "EUR 5", "per": "outage", "touching": "as one", "claim": "needed"}
ASKED = [{"ask": "the reason", "must": True}, {"ask": "the request itself", "must": True}]
BILLING = {"length": "1 month", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
PLANS = {"kind": "choice", "choices": ["small", "large"], "usual": "small"}
RULE = {"for": ["one"], "by": ["letter"], "decided within": "none"}


def claim(when: str, **fields):
    told = {"claim": "C-1", "credit": "one", "outage": "o-2025-06-11", "channel": "letter", **fields}
    return ClaimFiled(**header(f"claim-{when}", when), **told)


def invoice(due: str, paid: str = "", amount: str = "EUR 9"):
    facts = [InvoiceIssued(**header(f"i-{due}", due), invoice=due, amount=Money.parse(amount), due_at=at(due))]
    return [*facts, *([InvoicePaid(**header(f"p-{due}", paid), invoice=due)] if paid else [])]


def refused(ground, *facts, **rest):
    """For which grounds the last claim is refused, under one ground of refusal."""
    rule = {**RULE, "details": ASKED, "refused when": {"ground": ground}}
    places = {"claims": {"ask": rule}, "periods__billing-month": BILLING, "parameters__plan": PLANS, **rest}
    return state_credits({"one": CREDIT}, *down(300), *facts, **places).judged.claims[-1].checked.refused_for


def judge(*facts, credit=CREDIT, rule=RULE, **rest):
    return state_credits({"one": credit}, *down(300), *facts, claims={"ask": rule}, **rest).judged.claims


class TestDeadlines:
    @pytest.mark.parametrize(
        ("deadline", "in_time", "late"),
        [
            ("72 hours after outage end", "2025-06-14T04:59:59Z", "2025-06-14T05:00Z"),
            ("15 calendar days after outage end", "2025-06-26T23:59Z", "2025-06-27T00:00Z"),
            ("5 business days after outage end", "2025-06-18T23:59Z", "2025-06-19T00:00Z"),
            ("10 business hours after outage end", "2025-06-11T16:59Z", "2025-06-11T17:00Z"),
            ("15 calendar days after period end", "2025-07-15T23:59Z", "2025-07-16T00:00Z"),
            ("3 months after period end", "2025-09-30T23:59Z", "2025-10-01T00:00Z"),
            ("5 business days after period end", "2025-07-07T23:59Z", "2025-07-08T00:00Z"),
            ("end of billing-month 2 after outage start", "2025-08-31T23:59Z", "2025-09-01T00:00Z"),
            ("24 hours after awareness", "2025-06-21T09:59Z", "2025-06-21T10:00Z"),
            ("30 calendar days after eligibility", "2025-07-31T23:59Z", "2025-08-01T00:00Z"),
        ],
    )
    def test_ends_where_the_words_say(self, deadline, in_time, late):
        """Hours, dates, days and hours of a calendar, months, the agreement's own periods; at the end it is late."""
        told = {"aware_at": at("2025-06-20T10:00Z"), "eligible_at": at("2025-07-01T08:00Z")}
        ground = {"claim": f"later than {deadline}"}

        assert [(), ("ground",)] == [refused(ground, claim(when, **told)) for when in (in_time, late)]

    @pytest.mark.parametrize(
        ("grounds", "deadline"),
        [
            ({"first": {"ticket": "later than 3 calendar days after outage end"},
              "then": {"claim": "later than 15 calendar days after outage end"}}, "2025-06-27T00:00Z"),
            ({"first": {"ticket": "later than 3 calendar days after outage end"}}, "2025-06-15T00:00Z"),
        ],
    )  # fmt: skip
    def test_a_claim_in_two_steps_has_the_deadline_of_the_claim(self, grounds, deadline):
        """The ticket's own time is a ground of its own; where nothing else is timed, it is the only deadline."""
        (judged,) = judge(claim("2025-06-20T10:00Z"), rule={**RULE, "refused when": grounds})

        assert at(deadline) == judged.checked.deadline_at

    @pytest.mark.parametrize(("anchor", "deadline"), [("start", "2025-06-17T00:00Z"), ("end", "2025-06-26T00:00Z")])
    def test_of_several_outages_counts_from_the_first_or_the_last(self, anchor, deadline):
        """Claimed at once, those of the 11th and the 20th: they began with the one and ended with the other."""
        both = claim("2025-06-21T10:00Z", outages=("o-2025-06-20",))
        rule = {**RULE, "refused when": {"late": {"claim": f"later than 5 calendar days after outage {anchor}"}}}
        (judged,) = judge(*down(60, day=20), both, rule=rule)

        assert at(deadline) == judged.checked.deadline_at

    @pytest.mark.parametrize(
        ("signed", "deadline"), [(["2025-01-10T09:00Z", "2025-03-10T09:00Z"], "2025-07-10T00:00Z"), ([], None)]
    )
    def test_may_run_from_the_signature(self, signed, deadline):
        """A hundred and eighty days from the day on which the first one was put; without any, nobody knows from when."""
        texts = ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest", "verifier_key")
        facts = [AgreementSigned(**{**header(when, when), **dict.fromkeys(texts, "x")}) for when in signed]
        rule = {**RULE, "refused when": {"late": {"claim": "later than 180 calendar days after signed"}}}
        (judged,) = judge(*facts, claim("2025-06-12T10:00Z"), rule=rule)

        assert (at(deadline) if deadline else None) == judged.checked.deadline_at

    def test_the_provider_has_a_deadline_too(self):
        """Two business days from the claim."""
        rule = {**RULE, "decided within": "2 business days"}
        checked = judge(claim("2025-06-12T10:00Z"), rule=rule)[0].checked

        assert at("2025-06-17T00:00Z") == checked.decide_by_at
        assert checked.tell().words.endswith("it is to be decided before Tue 17 Jun 2025 00:00 UTC")


class TestGrounds:
    @pytest.mark.parametrize(
        ("ground", "fields", "holds"),
        [
            ({"missing": "the reason"}, {"details": ("the request itself",)}, True),
            ({"missing": "the reason"}, {"details": ("the reason",)}, False),
            ({"missing": "details"}, {"details": ("the reason",)}, True),
            ({"missing": "details"}, {"details": ("the reason", "the request itself")}, False),
            ({"not": {"channel": "ticket"}}, {}, True),
            ({"not": {"plan": "large"}}, {}, True),
            ({"plan": "large"}, {}, False),
            ({"cause": "own"}, {}, True),
            ({"component": "web"}, {}, True),
            ({"length": "under 6 hours"}, {}, True),
            ({"uptime": "at least 99.4 %"}, {}, False),
            ({"uptime": "at least 99.0 %"}, {}, True),
            ({"uptime": "at least 3 business days"}, {}, False),
            ({"software": ["Solr"]}, {}, False),
        ],
    )
    def test_asks_for_what_was_told(self, ground, fields, holds):
        """Details by name, channel, plan, causes, parts, lengths, figures."""
        assert (("ground",) if holds else ()) == refused(ground, claim("2025-06-12T10:00Z", **fields))

    @pytest.mark.parametrize(("software", "holds"), [("Plug-in", True), ("Solr", False)])
    def test_software_that_is_not_supported(self, software, holds):
        """The software of the cause, as it was recorded."""
        lists = {"supported": {"items": ["Solr", "Debian"]}}
        span: dict[str, Any] = {
            "from_at": at("2025-06-12T00:00Z"), "to_at": at("2025-06-12T05:00Z"), "evidence": "r", "by": "Mara",
        }  # fmt: skip
        cause = CauseAssigned(**header("cs", "2025-06-12T05:00Z"), outage="o2", cause="own", software=software, **span)
        facts = [*outage("o2", "2025-06-12T00:00Z", "2025-06-12T05:00Z"), cause, claim("2025-06-13T10:00Z", outage="o2")]

        assert (("ground",) if holds else ()) == refused({"not": {"software": "in supported"}}, *facts, lists=lists)

    @pytest.mark.parametrize(
        ("invoices", "holds"),
        [
            ([], False),
            (invoice("2025-06-05T00:00Z", "2025-06-13T00:00Z"), True),
            (invoice("2025-06-05T00:00Z", "2025-06-10T00:00Z"), False),
            (invoice("2025-06-05T00:00Z", "2025-06-05T00:00Z"), False),
            (invoice("2025-03-05T00:00Z", "2025-05-13T00:00Z"), False),
            (invoice("2025-06-05T00:00Z"), True),
            (invoice("2025-06-05T00:00Z", amount="USD 9"), False),
        ],
    )
    def test_balances_that_were_late_in_the_last_cycles(self, invoices, holds):
        """More than three business days late, at least once within two billing months; March is too long ago."""
        ground = {"days late": "more than 3 business days", "times": "at least 1", "within": "2 billing-months"}

        assert (("ground",) if holds else ()) == refused(ground, *invoices, claim("2025-07-12T10:00Z"))

    def test_or_late_at_any_time(self):
        """Without a stretch of time, the worst invoice of all speaks."""
        ground = {"days late": "more than 3 business days"}
        facts = invoice("2023-05-05T00:00Z", "2023-06-05T00:00Z")

        late, none = refused(ground, *facts, claim("2025-07-12T10:00Z")), refused(ground, claim("2025-07-12T10:00Z"))

        assert [("ground",), ()] == [late, none]

    def test_two_bad_months_are_looked_back_for(self):
        """A claim may ask for what went before its own month."""
        ground = {"not": {"uptime": "missed", "in a row": "at least 2"}}
        before = down(300, month="2025-05")

        assert [("ground",), ()] == [refused(ground, *each, claim("2025-07-12T10:00Z")) for each in ([], before)]

    def test_what_was_claimed_before(self):
        """A second claim for the same outage is refused where the text says so."""
        claims = [claim("2025-06-12T10:00Z"), claim("2025-06-13T10:00Z", claim="C-2")]

        judged = judge(*claims, rule={**RULE, "refused when": {"again": {"claimed before": True}}})

        assert [(), ("again",)] == [one.checked.refused_for for one in judged]

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ({"ticket": "T-1"}, {"ticket": "T-1"}, ("again",)),
            ({"ticket": "T-1"}, {"ticket": "T-2"}, ()),
            ({"ticket": "T-1"}, {"outage": "o-2025-06-11"}, ()),
            ({"outage": "o-2025-06-11"}, {"ticket": "T-1"}, ()),
            ({"ticket": "T-1"}, {"outage": "o-2025-06-11", "ticket": "T-1"}, ()),
            ({"ticket": "T-1"}, {}, ()),
            ({"outage": "o-2025-06-11"}, {}, ("again",)),
        ],
    )
    def test_is_the_same_ticket_or_the_same_outage(self, first, second, expected):
        """T-1 again is refused; another ticket, or the outage of that month, is another thing; a month is its outages."""
        rule = {**RULE, "refused when": {"again": {"claimed before": True}}}
        credit = {"pays": "EUR 5", "per": "ticket", "for each": "case", "when": {"respond": "missed"}, "claim": "needed"}
        claims = [
            claim("2025-07-12T10:00Z", **{"outage": "", **first}),
            claim("2025-07-13T10:00Z", **{"claim": "C-2", "outage": "", **second}),
        ]
        tickets = [
            TicketOpened(**header(f"t-{name}", "2025-06-02T10:00Z"), ticket=name, channel="email") for name in ("T-1", "T-2")
        ]

        judged = judge(*tickets, *claims, credit=credit, rule=rule, clocks={"respond": CLOCK})

        assert [(), expected] == [one.checked.refused_for for one in judged]

    def test_is_what_was_accepted(self):
        """The first claim names no reason and is refused: the second is the first that counts."""
        grounds = {"again": {"claimed before": True}, "incomplete": {"missing": "details"}}
        rule = {**RULE, "details": ASKED, "refused when": grounds}
        told = ("the reason", "the request itself")
        claims = [claim("2025-06-12T10:00Z"), claim("2025-06-13T10:00Z", claim="C-2", details=told)]

        assert [("incomplete",), ()] == [one.checked.refused_for for one in judge(*claims, rule=rule)]

    def test_is_of_the_same_credit(self):
        """One outage, two credits, a claim for each: both are the first."""
        rule = {**RULE, "for": ["one", "two"], "refused when": {"again": {"claimed before": True}}}
        claims = [claim("2025-06-12T10:00Z"), claim("2025-06-13T10:00Z", claim="C-2", credit="two")]
        found = state_credits({"one": CREDIT, "two": CREDIT}, *down(300), *claims, claims={"ask": rule})

        assert [("one", ()), ("two", ())] == [(it.filed.credit, it.checked.refused_for) for it in found.judged.claims]

    def test_what_is_used_up_brings_nothing(self):
        """Both are accepted; the second brings no unit."""
        claims = [claim("2025-06-12T10:00Z"), claim("2025-06-13T10:00Z", claim="C-2")]

        assert [(True, 1), (True, 0)] == [
            (one.checked.accepted, one.units) for one in judge(*claims, rule={**RULE, "consumes": True})
        ]

    def test_a_claim_for_what_the_agreement_does_not_know_is_left_alone(self):
        """Another credit, no such outage, a ticket of no clock: nothing is judged."""
        claims = [
            claim("2025-06-12T10:00Z", credit="two"),
            claim("2025-06-13T10:00Z", outage="o-9"),
            claim("2025-06-14T10:00Z", outage="", ticket="T-9"),
        ]

        assert () == judge(*claims)

    def test_causes_are_those_of_what_is_claimed(self):
        """An outage by a storm refuses a claim for the whole month, and none for the outage beside it."""
        storm = down(60, day=20, cause="storm")
        one, all_of_june = claim("2025-07-12T10:00Z"), claim("2025-07-12T10:00Z", outage="")

        assert [(), ("ground",)] == [refused({"cause": "storm"}, *storm, asked) for asked in (one, all_of_june)]

    def test_a_claim_about_a_ticket_asks_of_no_other(self):
        """T-1 waits to this day, T-2 was answered at once: the one is accepted, the other refused, in either order."""
        rule = {**RULE, "refused when": {"in-time": {"not": {"respond": "missed"}}}}
        credit = {"pays": "EUR 5", "per": "ticket", "for each": "case", "when": {"respond": "missed"}, "claim": "needed"}
        for late, kept in (("T-1", "T-2"), ("T-2", "T-1")):
            opened = [
                TicketOpened(**header(name, "2025-06-02T10:00Z"), ticket=name, channel="email") for name in ("T-1", "T-2")
            ]
            answer = MessageSent(**header("m", "2025-06-02T10:05Z"), ticket=kept, message="M-1", author="person")
            claims = [claim(f"2025-07-1{day}T10:00Z", outage="", ticket=name) for day, name in enumerate((late, kept))]
            found = state_credits({"one": credit}, *opened, answer, *claims, claims={"ask": rule}, clocks={"respond": CLOCK})

            assert [(), ("in-time",)] == [one.checked.refused_for for one in found.judged.claims]

    def test_a_claim_about_a_ticket(self):
        """It is about the ticket that was answered late."""
        rule = {**RULE, "refused when": {"in-time": {"not": {"respond": "missed"}}}}
        credit = {"pays": "EUR 5", "per": "ticket", "for each": "case", "when": {"respond": "missed"}, "claim": "needed"}
        facts = [
            TicketOpened(**header("t", "2025-06-02T10:00Z"), ticket="T-1", channel="email"),
            claim("2025-06-14T10:00Z", outage="", ticket="T-1"),
        ]
        statement = state_credits({"one": credit}, *facts, claims={"ask": rule}, clocks={"respond": CLOCK})

        assert (True, "T-1") == (statement.judged.claims[0].checked.accepted, statement.judged.claims[0].about)
        assert "EUR 5.00" == statement.to_json()["credits"][0]["granted"]
