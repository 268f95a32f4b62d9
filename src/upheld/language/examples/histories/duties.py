"""Persons, editions, plans, checks, duties, notices and reviews of an example."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.core.timeline import Instant
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.tickets import write_ticket_change
from upheld.language.examples.histories.writer import Writer

KICK_OFF, ASKED = "kick-off", "asked"


def write_change(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A change of a person (`role`, `for`, told `by` a way), or the kick-off of a plan."""
    if one.text("kind") == KICK_OFF:
        yield writer.fact("plan-started", one.at("at"), plan=one.text("for"))
    elif "role" in one.fields:
        person = {"role": one.text("role"), "person": one.text("for"), "channel": one.text("by")}
        yield writer.fact("person-named", one.at("at"), **person)
    elif "priority" in one.fields or "topic" in one.fields:
        yield from write_ticket_change(writer, one)
    else:
        raise ValueError("a change names the role, the priority or the topic that changes, or is of kind: kick-off")


def write_version(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    effective = one.text("effective")
    at = Instant.parse(f"{effective}T00:00Z")
    yield writer.fact("version-published", at, version=one.text("for") or effective, effective_on=effective)


def write_check(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    names = {"required": one.texts("required"), "found": one.texts("found")}
    yield writer.fact("check-compared", one.at("at"), check=one.text("what"), subject=one.text("for", "it"), **names)


def write_duty(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A duty that was done, or, with `state: asked`, asked for, until `to`."""
    if one.text("state") == ASKED:
        until = one.instant("to")
        due = {"due_at": until} if until else {}
        yield writer.fact(
            "duty-asked", one.at("at"), request=f"request-{number}", duty=one.text("for"), because="an example", **due
        )
        return
    yield writer.fact("duty-done", one.at("at"), duty=one.text("for"), by=one.text("by"))


def write_notice(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A notice of the rule `for`, about `what`; without a name, about the last outage told."""
    about = one.text("what") or writer.outage_of(one)
    yield writer.fact(
        "notice-sent", one.at("at"), notice=one.text("for"), about=about, to=one.text("who", "customer"),
        by=one.text("by", "email"), states=one.texts("details"),
    )  # fmt: skip


def write_event(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    yield writer.fact("event-happened", one.at("at"), event=one.text("kind"), name=one.text("what", f"event-{number}"))


def write_review(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    yield writer.fact("review-held", one.at("at"), next_on=one.text("on"))
