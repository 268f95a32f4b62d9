"""When this fact is recorded, these services run: in the transaction that records it, neither without the other."""

from collections.abc import Sequence
from contextlib import suppress

from upheld.apps.agreements.queries import UnknownAgreement, agreement
from upheld.apps.desk.services import open_incident
from upheld.apps.oncall import services as oncall
from upheld.apps.oncall.queries import default_policy
from upheld.core.facts import Fact, OutageClosed, OutageOpened
from upheld.core.timeline import Instant
from upheld.interfaces.worker import letters


def react(facts: Sequence[Fact], at: Instant) -> None:
    """
    An outage that opened or closed is told to everybody who wants to know, by mail and by webhook.

    One that opened pages the default escalation policy, where there is one; when it closes, nobody is paged further. Where
    the provider chose so for its agreement, it opens a ticket.

    What is shown is not told of a fact: pages ask, and the status file is written anew every few seconds.
    """
    for fact in facts:
        if isinstance(fact, OutageOpened):
            letter = letters.tell_opened(fact, at)
            announce("outage.opened", letter, fact, at)
            if policy := default_policy():
                oncall.page(
                    policy=policy, key="opened", about=fact.outage, urgent=True, subject=letter.subject, text=letter.text,
                    at=at,
                )  # fmt: skip
            with suppress(UnknownAgreement):
                bound = agreement(fact.agreement)
                open_incident(agreement=bound, outage=fact.outage, subject=letter.subject, text=letter.text, at=at)
        elif isinstance(fact, OutageClosed):
            announce("outage.closed", letters.tell_closed(fact, at), fact, at)
            oncall.resolve_about(about=fact.outage, because="the outage closed", at=at)


def announce(event: str, letter: letters.Letter, fact: Fact, at: Instant) -> None:
    oncall.tell(event=event, subject=letter.subject, text=letter.text, event_fields=letter.fields, key=fact.id, at=at)
