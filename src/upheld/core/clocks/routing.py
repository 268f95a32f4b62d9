"""Where a ticket goes: the channel that takes it, its topic, and the clocks that its topic leaves."""

from collections.abc import Iterator, Mapping

from upheld.core.clocks.asking import ask, read_told
from upheld.core.clocks.tickets import Ticket
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms import Terms
from upheld.core.terms.circumstances import Known
from upheld.core.terms.desk import Channel

Reason = tuple[str, tuple[str, ...]]


@frozen_class
class Routed(Frozen):
    """The channel at which a ticket arrives in the end, its first priority there, and which clocks do not run on it."""

    channel: str
    first_priority: str
    without_clock: Mapping[str, Reason]
    only_clocks: tuple[str, ...] | None


def told_with(ticket: Ticket) -> Iterator[tuple[str, Known]]:
    """What else whoever opened the ticket told, each as `name: value`; a bare number is one."""
    for line in ticket.opened.told:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), read_told(value.strip())


def find_topic(terms: Terms, ticket: Ticket) -> str:
    """
    What a ticket is about: as staff see it, else as it was told, else the one topic whose condition fits what was told.
    Empty where nobody said so.
    """
    named = ticket.topics[-1].topic if ticket.topics else ticket.opened.topic
    if named:
        return named
    at = terms.circumstances(dict(told_with(ticket)))
    fitting = [one.name for one in terms.desk.topics.values() if one.when and ask(one.when, at).holds]
    return fitting[0] if len(fitting) == 1 else ""


def route(terms: Terms, ticket: Ticket) -> Routed:
    """A channel that does not take a ticket passes it on; a chain that turns back on itself ends where it does."""
    topic = find_topic(terms, ticket)
    name, passed = ticket.opened.channel, {ticket.opened.channel}
    while (channel := terms.desk.channels.get(name)) and channel.sends_to and not takes(terms, channel, topic):
        name = channel.sends_to.value
        if name in passed:
            break
        passed.add(name)
    channel = terms.desk.channels.get(name)
    first = channel.first_priority.value if channel and channel.first_priority else ""
    known = terms.desk.topics.get(topic)
    only = known.clocks.value if known and known.clocks else None
    return Routed(name, first, find_excluded(terms, topic), only)


def takes(terms: Terms, channel: Channel, topic: str) -> bool:
    """Whether a channel is there for this customer and for this topic."""
    is_there = channel.when is None or ask(channel.when, terms.circumstances({})).holds is not False
    return is_there and topic not in channel.not_for.value


def find_excluded(terms: Terms, name: str) -> Mapping[str, Reason]:
    """The clocks that a topic takes away, with the reason: all of them where it is not covered or names none."""
    topic = terms.desk.topics.get(name)
    if topic is None:
        return {}
    if not topic.covered.value:
        return {"*": (f"{name} is not covered", topic.covered.clauses)}
    if topic.clocks and not topic.clocks.value:
        return {"*": (f"for {name} no time is promised", topic.clocks.clauses)}
    return {}
