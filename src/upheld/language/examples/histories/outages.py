"""Outages of an example, and the time of which it says that nothing was seen."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.recovery import write_recovery
from upheld.language.examples.histories.traffic import write_share
from upheld.language.examples.histories.writer import SOURCE, Writer


def write_outage(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    outage, start, end = f"O-{number}", one.at("from"), one.at("to")
    writer.outages.append(outage)
    component = writer.components(one)[0]
    hit = {"resource": one.text("resource")} if "resource" in one.fields else {}
    opened = {"component": component, "first_bad_at": start, "last_good_at": start, **hit}
    yield writer.fact("outage-opened", start, outage=outage, **opened)
    yield writer.fact("outage-closed", end, outage=outage, last_bad_at=end, first_good_at=end)
    if "cause" in one.fields:
        cause = {"cause": one.text("cause"), "evidence": "as the example says", "by": SOURCE}
        cause |= {name: one.text(name) for name in ("software", "supplier") if name in one.fields}
        assigned = writer.fact("cause-assigned", end, outage=outage, from_at=start, to_at=end, **cause)
        yield assigned
        # An example tells causes that hold: whoever had to approve them has done so.
        yield writer.fact("cause-approved", end, assignment=assigned.id, by="second person")
    yield from write_share(writer, one, outage)
    yield from write_recovery(writer, one, outage)


def write_unmeasured(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    for component in writer.components(one):
        span = {"from_at": one.at("from"), "to_at": one.at("to"), "because": "as the example says"}
        yield writer.fact("not-measured", one.at("to"), component=component, **span)
