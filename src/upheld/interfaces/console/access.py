"""Access to customers' data: who of ours is in now, coming in with purpose, ticket and end, and going out again."""

from upheld.apps.agreements.queries import list_agreements, terms_of
from upheld.apps.duties import services
from upheld.apps.duties.queries import list_running
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import name_of_mark
from upheld.core.facts import AccessAsked
from upheld.core.timeline import HOUR
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.coming import explain_ticket
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import CannotShow
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.lists import Badge, DutiesPage, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_instant

IN = Badge("In", "run")
Sent = dict[str, str]


def show_access(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: Sent, problems: tuple[Problem, ...] = ()) -> DutiesPage:
    running: list[Entry] = []
    forms: list[Section] = []
    for agreement in list_agreements():
        name = name_for(asked, agreement)
        try:
            running += [tell_running(asked, agreement, name, one) for one in list_running(agreement, asked.as_of)]
            mine = sent if sent.get("agreement") == agreement.key else {}
            if asked.may_change and (form := make_form(asked, agreement, name, mine, problems)):
                forms.append(Section(anchor=f"{name.key}-open", heading=f"Come in, {name.words}", form=form))
        except CannotJudge:
            continue
    return DutiesPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(running), 'person is', 'people are')} in a customer’s data" if running
        else "Nobody is in a customer’s data",
        lede="The customer sees who is in, for what and until when, from the moment on at which somebody comes in.",
        way=(Link("Agreements", asked.url_of("agreements")), Link("Access")),
        sections=(Section(anchor="running", heading="Who is in", entries=tuple(running), empty="Nobody."), *forms),
    )  # fmt: skip


def tell_running(asked: Asked, agreement: Agreement, name: AgreementName, fact: AccessAsked) -> Entry:
    end = Form(
        url=asked.url_of("access-end"), deed="Go out", fields=(), hidden=(("agreement", agreement.key), ("name", fact.id))
    )
    until = f" until {say_instant(fact.until_at, name.zone, as_of=asked.as_of)}" if fact.until_at else ""
    return Entry(
        words=f"{name_of_mark(fact.person)} ({fact.who}) is in {fact.what}{until}", badge=IN, at=fact.occurred_at,
        says=(f"For: {name_of_mark(fact.purpose)}, ticket {fact.ticket}.",), agreement=name,
        deeds=(end,) if asked.may_change else (),
    )  # fmt: skip


def make_form(
    asked: Asked, agreement: Agreement, name: AgreementName, sent: Sent, problems: tuple[Problem, ...]
) -> Form | None:
    """Who, what and for what as the agreement's rules name them; none where it has none."""
    rules = [rule for rule in terms_of(agreement, asked.as_of).doors.rules.values() if rule.rule.value != "never"]
    if not rules:
        return None
    choices = {
        "who": dict.fromkeys(one for rule in rules for one in rule.who.value),
        "what": dict.fromkeys(one for rule in rules for one in rule.what.value),
        "purpose": dict.fromkeys(one for rule in rules for one in rule.purposes.value),
    }

    def choose(field: str, label: str) -> Field:
        known = tuple(Choice(one, one.replace("-", " ")) for one in choices[field])
        return Field(name=field, label=label, value=sent.get(field, ""), choices=known, is_list=bool(known))

    until = write_time(asked.at + HOUR, zone_of(agreement))
    return Form(
        url=asked.url_of("access"), deed="Come in", not_done="Nobody came in.", agreement=name,
        problems=problems if sent else (), hidden=(("agreement", agreement.key),),
        fields=(
            choose("who", "As"), choose("what", "In"), choose("purpose", "For what"),
            Field(name="ticket", label="Ticket", value=sent.get("ticket", ""), example="T-7"),
            Field(name="until", label="Until", value=sent.get("until", until), hint="With its zone; a day at most."),
        ),
    )  # fmt: skip


def come_in(asked: Asked) -> Answer:
    """Open access for oneself, where the agreement lets one in."""
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in ("agreement", "who", "what", "purpose", "ticket", "until")}
    problems = [Problem("purpose", words)] if (words := explain_length("The purpose", sent["purpose"])) else []
    if words := explain_ticket(sent["ticket"], agreement.customer):
        problems.append(Problem("ticket", words))
    if not problems:
        try:
            until_at = read_time(sent["until"], {"": zone_of(agreement)})
            fact = services.open_access(
                agreement=agreement, who=sent["who"], what=sent["what"], person=asked.by, purpose=sent["purpose"],
                ticket=sent["ticket"], until_at=until_at, by=asked.by, at=asked.at,
            )  # fmt: skip
        except NotATime as problem:
            problems.append(Problem("until", capitalise(problem)))
        except services.CannotOpen as problem:
            problems.append(Problem("purpose", capitalise(problem)))
        else:
            leave_toast(asked, f"You are in {fact.what} until {say_instant(until_at)}; the customer sees it.")
            return to("access")
    return answer(asked, make_page(asked, sent, tuple(problems)), status=422)


def go_out(asked: Asked) -> Answer:
    """Whoever of the provider's people: an open door is closed by anybody."""
    agreement = asked.agreement(asked.sent("agreement"))
    used = services.end_access(agreement=agreement, name=asked.sent("name"), by=asked.by, at=asked.at)
    if used is None:
        raise CannotShow("Nothing was ended", f"Nobody is in by {asked.sent('name')!r}: it ended before.")
    leave_toast(asked, "It is over, and on record as used.")
    return to("access")
