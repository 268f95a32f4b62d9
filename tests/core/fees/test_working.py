"""Charges for work: steps, least time, requests, approvals, things by their number; each figure computed by hand."""

import pytest

from tests.core.orchard import JUNE, bound, told, work
from upheld.core.explain import tell
from upheld.core.fees import Line, reckon_invoice
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span


def lines(*facts, parameters=None, readings=None, period=JUNE, **places) -> list[Line]:
    found, _ = reckon_invoice(bound(parameters, readings, **places), facts, period, None, lambda by, at: None)
    return list(found)


def amounts(*facts, **given) -> list[str]:
    return [str(line.amount) for line in lines(*facts, **given) if line.is_charged]


class TestTime:
    @pytest.mark.parametrize(
        ("minutes", "steps", "amount"),
        [
            (20, "1 minute", "GBP 100.00"),
            (60, "1 minute", "GBP 100.00"),
            (61, "1 minute", "GBP 305/3"),
            (70, "15 minutes", "GBP 125.00"),
            (70, "1 hour", "GBP 200.00"),
        ],
    )
    def test_counts_whole_steps_and_the_least(self, minutes, steps, amount):
        """An hour at least, then by the steps that the reading chooses; the amount of a line is exact."""
        assert [amount] == amounts(work("help", "2025-06-10T10:00Z", minutes), readings={"steps-of-time": steps})

    def test_counts_time_as_it_was_spent_without_steps(self):
        """`step: none` rounds nothing: ninety seconds at GBP 80 an hour are GBP 2."""
        spent = work("restore", "2025-06-10T10:00Z", 1, deleted_by="customer")
        assert ["GBP 4/3"] == amounts(spent)

    def test_takes_work_of_one_request_together(self):
        """Two times twenty minutes for one ticket are one hour at least; for two tickets they are two."""
        first = work("help", "2025-06-10T10:00Z", 20, request="T-1")
        same, other = (work("help", "2025-06-11T10:00Z", 20, request=name) for name in ("T-1", "T-2"))

        assert ["GBP 100.00"] == amounts(first, same)
        assert ["GBP 100.00", "GBP 100.00"] == amounts(first, other)

    def test_charges_the_least_once_for_a_request_that_goes_on_in_the_next_month(self):
        """Forty minutes in May and forty in June: an hour in May, and the twenty minutes beyond it in June."""
        may = Span(Instant.parse("2025-05-01T00:00Z"), JUNE.start)
        facts = [work("help", f"2025-0{month}-10T10:00Z", 40, request="T-1") for month in (5, 6, 7)]

        assert ["GBP 100.00"] == amounts(*facts, period=may)
        assert ["GBP 100/3"] == amounts(*facts)
        assert any("was charged for this request before" in line for line in tell(lines(*facts)[0].why))

    def test_charges_of_a_request_what_was_done_from_midnight_to_midnight(self):
        """An hour a second before June, one at its first instant, one at that of July: one of the three is June's."""
        times = ("2025-05-31T23:59:59Z", "2025-06-01T00:00Z", "2025-07-01T00:00Z")
        assert ["GBP 100.00"] == amounts(*(work("help", at, 60, request="T-1") for at in times))

    def test_charges_what_a_topic_costs(self):
        """Work for a topic costs what the topic names; a topic that costs nothing is shown, with its clause."""
        assert ["GBP 100.00"] == amounts(work("advice", "2025-06-10T10:00Z", 5))
        (line,) = lines(work("disaster", "2025-06-10T10:00Z", 300))
        assert ("free", ("OR-4",)) == (line.state, line.why.clauses)

    @pytest.mark.parametrize("name", ["nonsense", "question"])
    def test_says_what_it_does_not_know(self, name):
        """A charge that nobody has, and a topic that names no price, are shown and cost nothing."""
        (line,) = lines(work(name, "2025-06-10T10:00Z", 5))
        assert ("unknown", None) == (line.state, line.amount)

    def test_leaves_out_work_of_other_months(self):
        """What was done in May or July stands on no invoice of June."""
        assert [] == lines(work("help", "2025-05-31T23:59Z", 5), work("help", "2025-07-01T00:00Z", 5))


class TestNumber:
    def test_charges_things_by_their_number(self):
        """Seven letters at half a pound are GBP 3.50; work that gives no number is one."""
        assert ["GBP 3.50"] == amounts(work("mail", "2025-06-10T10:00Z", count=7))
        assert ["GBP 0.50"] == amounts(work("mail", "2025-06-10T10:00Z"))

    def test_shows_what_is_free(self):
        """A charge of no price costs nothing, however much of it."""
        assert ["free"] == [line.state for line in lines(work("gift", "2025-06-10T10:00Z", 90))]

    def test_leaves_what_recurs_to_the_calendar(self):
        """Work that names a monthly charge adds nothing to it."""
        assert [] == lines(work("managing", "2025-06-10T10:00Z", 90))


class TestCondition:
    def test_charges_where_the_condition_holds(self):
        """Restoring what the customer deleted is charged; what the provider lost is not; of the rest nobody knows."""
        done = {who: work("restore", "2025-06-10T10:00Z", 60, deleted_by=who) for who in ("customer", "provider", "")}

        states = {who: [line.state for line in lines(fact)] for who, fact in done.items()}
        assert {"customer": ["charged"], "provider": ["not charged"], "": ["undecided"]} == states

    def test_leaves_open_what_two_cases_claim(self):
        """Two cases that hold at once decide nothing, and the line says between which."""
        cases = {"large": {"when": {"length": "more than 1 hour"}}, "mine": {"when": {"responsible": "customer"}}}
        done = work("help", "2025-06-10T10:00Z", 90, responsible="customer")
        (line,) = lines(done, charges__help__cases=cases)

        assert "undecided" == line.state
        assert any("between large and mine" in words for words in tell(line.why))

    def test_charges_by_the_case_that_holds(self):
        """The price of the case that holds; no case, no charge."""
        cases = {"long": {"when": {"length": "more than 1 hour"}, "price": "GBP 90 per hour"}}
        long, short = (work("help", "2025-06-10T10:00Z", minutes) for minutes in (120, 60))

        assert ["GBP 180.00"] == amounts(long, charges__help__cases=cases)
        assert ["not charged"] == [line.state for line in lines(short, charges__help__cases=cases)]

    def test_charges_each_piece_of_work_by_its_own_case(self):
        """Two pieces of one request under two prices are two lines."""
        cases = {
            "day": {"when": {"responsible": "customer"}},
            "night": {"when": {"responsible": "provider"}, "price": "GBP 200 per hour"},
        }
        facts = [
            work("help", "2025-06-10T10:00Z", 60, f"w-{who}", responsible=who, request="T")
            for who in ("customer", "provider")
        ]
        assert ["GBP 100.00", "GBP 200.00"] == amounts(*facts, charges__help__cases=cases)


class TestApproval:
    def test_waits_for_a_second_person(self):
        """Misuse costs nothing until somebody else than who logged it agreed; the line says what it would cost."""
        done = work("misuse", "2025-06-10T10:00Z", 30, "w", erroneous=True)
        own, second = (told("charge-approved", "2025-06-11T10:00Z", by, work="w", by=by) for by in ("staff", "mara"))

        for facts in ([done], [done, own]):
            (line,) = lines(*facts)
            assert ("waits", None) == (line.state, line.amount)
            assert "misuse: GBP 50.00 would be charged once approved by second person" == line.why.words
        assert ["GBP 50.00"] == amounts(done, own, second)

    def test_shows_no_waiting_work_of_another_month(self):
        """Work of May that waits is no line of June, though its request goes on."""
        earlier = work("misuse", "2025-05-10T10:00Z", 30, "v", erroneous=True, request="T-1")
        later = work("misuse", "2025-06-10T10:00Z", 30, "w", erroneous=True, request="T-1")
        approved = told("charge-approved", "2025-06-11T10:00Z", work="w", by="mara")

        assert ["charged"] == [line.state for line in lines(earlier, later, approved)]

    def test_takes_any_consent_where_the_agreement_names_a_role(self):
        """`approval: [customer]` is given by whoever recorded it."""
        done = work("misuse", "2025-06-10T10:00Z", 30, "w", erroneous=True)
        approved = told("charge-approved", "2025-06-11T10:00Z", work="w", by="staff")

        assert ["GBP 50.00"] == amounts(done, approved, charges__misuse__approval=["customer"])
        assert ["GBP 50.00"] == amounts(done, charges__misuse__approval="none")


def test_an_amount_is_money():
    """A charged line has an exact amount in the agreement's currency."""
    (line,) = lines(work("help", "2025-06-10T10:00Z", 61))
    assert isinstance(line.amount, Money)
    assert "GBP" == line.amount.currency
