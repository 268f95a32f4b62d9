"""When this fact is recorded, these services run: in the transaction that records it, neither without the other."""

from collections.abc import Sequence

from upheld.apps.oncall import services as oncall
from upheld.core.facts import Fact, OutageClosed, OutageOpened
from upheld.core.timeline import Instant
from upheld.interfaces.worker import letters


def react(facts: Sequence[Fact], at: Instant) -> None:
    """
    An outage that opened or closed is told to everybody who wants to know, by mail and by webhook.

    What is shown is not told of a fact: pages ask, and the status file is written anew every few seconds.
    """
    for fact in facts:
        if isinstance(fact, OutageOpened):
            announce("outage.opened", letters.tell_opened(fact, at), fact, at)
        elif isinstance(fact, OutageClosed):
            announce("outage.closed", letters.tell_closed(fact, at), fact, at)


def announce(event: str, letter: letters.Letter, fact: Fact, at: Instant) -> None:
    oncall.tell(event=event, subject=letter.subject, text=letter.text, event_fields=letter.fields, key=fact.id, at=at)
