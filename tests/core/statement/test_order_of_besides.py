"""The order in which facts are told decides nothing of money, access and duties; what it was told from can be said again."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.orchard import LATER, signed, state, told, work
from tests.core.sums import find_wrong_sums
from upheld.core.facts import Fact, read_fact
from upheld.core.money import Money
from upheld.core.proof import canonical_bytes
from upheld.core.statement import Statement

DAYS = st.integers(1, 28).map(lambda day: f"2025-06-{day:02d}T12:00Z")
REQUESTS = st.sampled_from(["", "T-1", "T-2"])


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """Some work, servers, credits, persons, duties and switches of June, each with a name of its own."""
    facts: list[Fact] = [signed("2025-05-20T00:00Z")]
    for number in range(draw(st.integers(0, 4))):
        charge = draw(st.sampled_from(["help", "misuse", "restore", "advice", "disaster", "nonsense"]))
        minutes, request = draw(st.integers(0, 200)), draw(REQUESTS)
        facts.append(work(charge, draw(DAYS), minutes, f"w{number}", request=request, erroneous=draw(st.booleans())))
        facts.append(told("charge-approved", draw(DAYS), f"a{number}", work=f"w{number}", by="mara"))
    for number in range(draw(st.integers(0, 3))):
        facts.append(told("resource-started", draw(DAYS), f"s{number}", resource=f"r{number}", kind="server"))
        facts.append(told("credit-applied", draw(DAYS), f"c{number}", credit="late", amount=Money.parse(f"GBP {number}.5")))
        facts.append(told("person-named", draw(DAYS), f"p{number}", role="main-person", person=f"x{number}"))
        facts.append(told("instruction-received", draw(DAYS), f"i{number}", instruction=f"I-{number}", by="x1"))
        facts.append(told("duty-done", draw(DAYS), f"d{number}", duty="try-restore"))
        facts.append(
            told("switch-turned", draw(DAYS), f"t{number}", switch="support-user", on=number % 2 == 0, side="customer")
        )
        facts.append(told("access-used", draw(DAYS), f"u{number}", who="staff", what="pages"))
    return facts


def written(found: Statement) -> bytes:
    return canonical_bytes(found.to_json())


@settings(max_examples=40, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_facts_decides_nothing(facts, random):
    """Shuffled, or written down and read again: the same bytes; and every sum of the reasons adds up."""
    shuffled = list(facts)
    random.shuffle(shuffled)
    again = [read_fact(fact.to_json()) for fact in shuffled]
    assert all(isinstance(fact, Fact) for fact in again)
    found = state(facts, as_of=LATER)

    assert written(found) == written(state(shuffled, as_of=LATER))
    assert written(found) == written(state([fact for fact in again if isinstance(fact, Fact)], as_of=LATER))
    assert [] == find_wrong_sums(found.findings)


@settings(max_examples=30, deadline=None)
@given(stories())
def test_an_invoice_is_its_lines_less_its_credits(facts):
    """Net is the rounded lines less the credits, gross is net and tax; nobody pays for what waits or is free."""
    invoice = state(facts, as_of=LATER).judged.besides.invoice
    assert invoice is not None
    assert invoice.tax is not None
    assert invoice.gross == invoice.net + invoice.tax
    pennies = sum(round_half_up(line.amount.amount) for line in invoice.lines if line.is_charged and line.amount)
    assert invoice.net.amount * 100 == pennies - invoice.credits.amount * 100
    assert all(line.amount is None for line in invoice.lines if not line.is_charged)


def round_half_up(amount: Fraction) -> int:
    """Whole pennies of an amount that is not negative."""
    return int((amount * 200 + 1) // 2)
