"""Access: the switches that the customer holds, who came in for what, and who looked from the provider's side."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.duties import services
from upheld.apps.duties.queries import Came, TurnedSwitch, list_comings, list_running, list_switches
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import looks_of, may_act_for_customer, name_of_mark, person_called
from upheld.core.facts import AccessUsed, SwitchTurned
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import leave_toast
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import BadAsking, CannotShow
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Badge, Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Form
from upheld.pages.words import say_count, say_instant, say_sentence

ON, OFF = Badge("On", "up", "up"), Badge("Off", "excluded")
MOST = 100


def show_access(asked: Asked) -> Answer:
    switches: list[Entry] = []
    turns: list[Entry] = []
    comings: list[Entry] = []
    on = 0
    for agreement in asked.agreements():
        name = name_for(asked, agreement)
        try:
            found = list_switches(agreement, asked.as_of)
            came = list_comings(agreement, asked.as_of)
        except CannotJudge:
            continue
        switches += [tell_switch(asked, agreement, name, one) for one in found]
        turns += [tell_turn(asked, agreement, name, turn) for one in found for turn in one.turns]
        running = {one.id for one in list_running(agreement, asked.as_of)}
        comings += [tell_coming(asked, name, one, is_in=one.fact.id in running) for one in came]
        on += sum(1 for one in found if one.is_on)
    customer: Any = customer_of(asked)
    looks = looks_of(customer) if customer else []
    return ListPage(
        as_of=asked.as_of,
        answer=f"{say_count(on, 'switch is', 'switches are')} on" if on else "No switch is on",
        lede="A switch that you hold works from the moment you turn it.",
        way=(Link("Home", asked.url_of("home")), Link("Access")),
        sections=(
            Section(anchor="switches", heading="Switches", entries=tuple(switches), empty="Your agreements have none."),
            Section(anchor="turns", heading="How they were turned", entries=tuple(turns[:MOST]), empty="Nobody turned any."),
            Section(
                anchor="came", heading="Who came in, and for what", entries=tuple(comings[:MOST]),
                empty="Nobody came in, and nobody asked to.",
            ),
            Section(
                anchor="looked", heading="Who looked at this portal as you see it",
                entries=tuple(tell_look(look) for look in looks),
                empty="Nobody of ours looked.",
            ),
        ),
    )  # fmt: skip


def tell_look(look: Any) -> Entry:
    """Who, from when until when, what for and because of which ticket."""
    end = look.ended_at or look.until_at
    until = f"Until {say_instant(Instant.of(end))}{'' if look.ended_at else ' at the latest'}." if end else ""
    what = f"For: {look.purpose}. Ticket {look.ticket}." if look.purpose else ""
    return Entry(words=look.user.name, at=Instant.of(look.at), says=tuple(line for line in (what, until) if line))


def tell_switch(asked: Asked, agreement: Agreement, name: AgreementName, one: TurnedSwitch) -> Entry:
    switch = one.switch
    opens = f"While it is on, it opens {', '.join(one.opens)}." if one.opens else "It opens nothing."
    is_ours = switch.held_by.value == "customer"
    holder = "You hold it." if is_ours else "We hold it."
    may = is_ours and may_act_for_customer(asked.user) and not asked.is_past
    return Entry(
        words=f"{switch.name.replace('-', ' ').capitalize()}, {name.service}",
        badge=ON if one.is_on else OFF,
        says=(opens, holder),
        clauses=switch.clauses,
        agreement=name,
        deeds=tuple(make_turn(asked, agreement, one)) if may else (),
    )


def make_turn(asked: Asked, agreement: Agreement, one: TurnedSwitch) -> Iterator[Form]:
    wanted = "off" if one.is_on else "on"
    yield Form(
        url=asked.url_of("switch"), deed=f"Turn {one.switch.name.replace('-', ' ')} {wanted}", fields=(),
        hidden=(("agreement", agreement.key), ("switch", one.switch.name), ("to", wanted)),
    )  # fmt: skip


def tell_turn(asked: Asked, agreement: Agreement, name: AgreementName, turn: SwitchTurned) -> Entry:
    lines = lines_of(asked, agreement.key)
    return Entry(
        words=f"{turn.switch.replace('-', ' ').capitalize()} was turned {'on' if turn.on else 'off'} by {name_of(turn.by)}",
        at=turn.occurred_at, agreement=name, links=lines.name(turn.id),
    )  # fmt: skip


def tell_coming(asked: Asked, name: AgreementName, one: Came, *, is_in: bool = False) -> Entry:
    fact, is_use = one.fact, isinstance(one.fact, AccessUsed)
    who = name_of(fact.person) if fact.person else fact.who
    ended = fact.ended_at if isinstance(fact, AccessUsed) else fact.until_at if is_in else None
    deed = "is in" if is_in else "was in" if is_use else "asked for"
    ticket = f", ticket {fact.ticket}" if fact.ticket else ""
    purpose = name_of_mark(fact.purpose) or "no purpose was told"
    until = f"Until {say_instant(ended, name.zone, as_of=asked.as_of)}." if ended else ""
    lines = lines_of(asked, name.key)
    return Entry(
        words=f"{who} ({fact.who}) {deed} {fact.what}",
        badge=Badge("Allowed", "up", "up") if one.decision.is_allowed else Badge("Not allowed", "down", "down"),
        at=fact.occurred_at,
        says=tuple(words for words in (f"For: {purpose}{ticket}.", until) if words),
        clauses=tuple(dict.fromkeys(clause for rule in one.decision.rules for clause in rule.clauses)),
        agreement=name,
        links=lines.name(fact.id),
    )


def name_of(person: str) -> str:
    found = person_called(person)
    return found.name if found else person or "nobody named"


def turn(asked: Asked) -> Answer:
    """Turn a switch of the customer's; it works from now on."""
    agreement = asked.agreement(asked.sent("agreement"))
    if asked.sent("to") not in ("on", "off"):
        raise BadAsking("The switch was not turned", f"to: expected on or off, came {asked.sent('to')!r}.")
    try:
        fact = services.turn_switch(
            agreement=agreement, switch=asked.sent("switch"), on=asked.sent("to") == "on", side="customer", by=asked.by,
            at=asked.at,
        )  # fmt: skip
    except services.CannotTurn as problem:
        raise CannotShow("The switch was not turned", say_sentence(str(problem))) from None
    words = f"{asked.sent('switch').replace('-', ' ').capitalize()} is {asked.sent('to')} from now on."
    leave_toast(asked, words if fact else words.replace("from now on", "already"),
                lines_of(asked, agreement.key).link_fact(fact) if fact else None)  # fmt: skip
    return to("portal:access")
