"""Twice as much in a month takes about twice the work: nothing is compared with everything else."""

from cProfile import Profile

from tests.core.sample import CALENDARS, DOCUMENT, LATER, header, outage, price, window
from tests.core.spans import at
from upheld.core.facts import Fact, NotMeasured, ObservationsSealed
from upheld.core.statement import build
from upheld.core.timeline import MINUTE, Duration

START, MONTH = at("2024-02-01T00:00Z"), MINUTE * 41_760


def busy_month(much: int) -> list[Fact]:
    """Batches without end, and for every ten of them two outages with causes, a window and a blind minute."""
    facts: list[Fact] = [price("EUR 720.00")]
    each = Duration(MONTH.micros // (much * 10))
    for number in range(much * 10):
        start, end = START + each * number, START + each * (number + 1)
        head = header(f"batch-{number}", str(end))
        facts.append(
            ObservationsSealed(
                **head, component="web", from_at=start, to_at=end, every=60_000_000, good=4, bad=0, unseen=0, digest="0" * 64
            )
        )
        if number % 5 == 0:
            cause = ("own", "storm", "dropped")[number % 3]
            facts += outage(f"o{number}", str(start), str(start + Duration(each.micros * 3)), cause)
        if number % 10 == 5:
            facts += window(
                f"w{number}", ("regular", "scheduled")[number % 4 > 1], str(start), str(end), "2024-01-20T00:00Z"
            )
            blind = header(f"blind-{number}", str(end))
            facts.append(NotMeasured(**blind, component="web", from_at=start, to_at=start + MINUTE, because="no line"))
    return facts


def count_calls(facts: list[Fact]) -> int:
    profile = Profile()
    profile.enable()
    build(DOCUMENT, CALENDARS, facts, "2024-02", at(LATER), others=False).to_json()
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_grows_as_the_facts_do():
    """Counted in calls, which no busy machine changes: four times the facts, hardly more than four times the calls."""
    few, many = count_calls(busy_month(30)), count_calls(busy_month(120))

    assert many < few * 5
