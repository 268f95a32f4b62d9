"""Recording that the customer was told of what the agreement wants to be told: an outage, a release, another event."""

import logging
from collections.abc import Iterator, Sequence

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.duties.queries.telling import find_notice, list_events, list_outages
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.ledger.queries import known_facts
from upheld.apps.ledger.services import record
from upheld.apps.oncall.services import announce
from upheld.core.facts import EventHappened, Fact, NoticeSent, OutageOpened, known_at, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.duties")


class CannotTell(ValueError):
    """A notice of nothing that is on record, by a way that the agreement does not name, or told in time to come."""


def record_notice(
    *, agreement: Agreement, notice: str, about: str, to: str, way: str, told_at: Instant, by: str, at: Instant
) -> NoticeSent:
    """
    Record that somebody was told of an outage (`O-7`), or of an event that the agreement names (`new feature`), which is
    recorded with it. What is told of an outage is told of what was put besides it, too.

    The same notice of the same outage is recorded once. Raises CannotTell, CannotJudge, UnknownNotice.
    """
    found = find_notice(agreement, notice, at)
    ways, events = found.by.value, list_events(agreement, found, at)
    if way not in ways and not (way and any(one.startswith("any ") for one in ways)):
        raise CannotTell(f"{notice} is told by {' or '.join(ways)}, as {', '.join(found.clauses)} has it; came {way!r}")
    if told_at > at:
        raise CannotTell("a notice is recorded once it was sent; the instant that you gave lies ahead")
    with transaction.atomic():
        hold_agreement(agreement)
        _, known = known_facts(agreement.key)
        facts = known_at(known, at)
        outages = [one.outage for one in list_outages(facts, found)]
        if about not in (*outages, *events):
            named = ", ".join((*outages, *events)) or "nothing"
            raise CannotTell(f"{notice} tells of {', '.join(found.upon.value)}; on record is {named}, and {about!r} is not")
        sent = of_kind(known, NoticeSent)
        same = next((fact for fact in sent if (fact.notice, fact.about, fact.occurred_at) == (notice, about, told_at)), None)
        if same is not None:
            return same
        made: list[Fact] = []
        names = [about, *list_besides(facts, about)]
        if about in events:
            names = [f"{about.replace(' ', '-')}-{len(of_kind(known, EventHappened)) + 1}"]
            made.append(
                EventHappened(
                    id=f"event-{names[0]}", agreement=agreement.key, occurred_at=told_at, recorded_at=at, source=by,
                    event=about, name=names[0],
                )
            )  # fmt: skip
        told = [
            NoticeSent(
                id=f"notice-{notice}-{len(sent) + place}", agreement=agreement.key, occurred_at=told_at, recorded_at=at,
                source=by, notice=notice, about=name, to=to.strip() or ", ".join(found.to.value), by=way,
            )
            for place, name in enumerate(names, start=1)
        ]  # fmt: skip
        record(facts=[*made, *told])
        names = [fact.about for fact in told]
        announce(
            "notice.recorded", agreement, notice, words=f"the customer was told of {', '.join(names)}",
            path="/duties", key=told[0].id, at=at, notice=told[0].id, kind=notice, about=names,
            told_at=str(told_at),
        )  # fmt: skip
    log.info("notice recorded", extra={"agreement": agreement.key, "notice": notice, "about": about})
    return told[0]


def list_besides(facts: Sequence[Fact], outage: str) -> Iterator[str]:
    """Outages that are a second cause within this one."""
    for fact in of_kind(facts, OutageOpened):
        if fact.because.startswith(f"besides {outage},"):
            yield fact.outage
