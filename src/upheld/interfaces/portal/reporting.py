"""Reporting a problem: how pressing it is in the agreement's words, what is asked of such a report, and sending it."""

from collections.abc import Iterator

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.queries import KINDS, REPORTED_KINDS
from upheld.apps.desk.queries.disputes import is_dispute
from upheld.apps.desk.queries.ways import NamedWay, ways_besides_portal
from upheld.apps.desk.services import Attached, CannotDo, Report, Said, Sender, open_ticket, rate, receive, set_priority
from upheld.apps.desk.services.deciding import customer_decides
from upheld.apps.desk.services.disputing import digest_files
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.terms.desk import HelpDesk, Priority
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.beginning import fill_report, keep_template, make_section, tags_of_template
from upheld.interfaces.portal.rated import SCORES
from upheld.interfaces.portal.tickets import find_ticket, make_page, may_act
from upheld.pages.contexts.lists import Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise, join_words, say_count, say_sentence

UNDECIDED = "any"
LONGEST = 100_000
"""Letters of a message: as long as a log that somebody pastes."""
NO_TERMS = "Its agreement cannot be judged; what you report is taken in all the same."
NOT_YOU = "Your managers and members report problems; you see what becomes of it."


def show_report(asked: Asked) -> Answer:
    """First what it is about and how pressing it is: each with its own questions."""
    sections = tuple(section for agreement in asked.agreements() for section in list_choices(asked, agreement))
    return TicketsPage(
        as_of=asked.as_of,
        answer="Report a problem",
        lede="Choose how pressing it is: the words are your agreement's, and so are the questions that come with it.",
        way=(Link("Tickets", asked.url_of("tickets")), Link("Report")),
        sections=sections or (Section(anchor="none", heading="Agreements", empty="No agreement is signed yet."),),
    )


def desk_terms(agreement: Agreement, asked: Asked) -> HelpDesk:
    try:
        return terms_of(agreement, asked.as_of).desk
    except CannotJudge:
        return HelpDesk()


def list_choices(asked: Asked, agreement: Agreement) -> Iterator[Section]:
    name, desk = name_for(asked, agreement), desk_terms(agreement, asked)
    entries = [
        Entry(
            words=priority.name.capitalize(), url=asked.url_of("reporting", agreement.key, priority.name),
            says=(say_sentence(priority.means), *tell_phone(priority)), clauses=priority.clauses,
            agreement=name,
        )
        for priority in desk.priorities.values()
    ]  # fmt: skip
    entries.append(
        Entry(words="A question, or anything else", url=asked.url_of("reporting", agreement.key, UNDECIDED), agreement=name)
    )
    yield Section(anchor=agreement.key, heading=name.service, entries=tuple(entries))


def tell_phone(priority: Priority) -> Iterator[str]:
    if priority.asks:
        yield f"{say_count(len(priority.asks), 'question comes', 'questions come')} with it."


def show_form(asked: Asked, key: str, priority: str) -> Answer:
    agreement, desk, wish = choose(asked, key, priority)
    return make_form_page(asked, agreement, desk, wish, fill_report(asked, agreement, desk))


def choose(asked: Asked, key: str, priority: str) -> tuple[Agreement, HelpDesk, Priority | None]:
    """The agreement with its desk; NotHere for a priority that it does not know."""
    agreement = asked.agreement(key)
    desk = desk_terms(agreement, asked)
    if priority != UNDECIDED and priority not in desk.priorities:
        raise NotHere()
    return agreement, desk, desk.priorities.get(priority)


def make_form_page(
    asked: Asked, agreement: Agreement, desk: HelpDesk, priority: Priority | None, sent: dict[str, str],
    problems: tuple[Problem, ...] = (),
) -> TicketsPage:  # fmt: skip
    name = name_for(asked, agreement)
    says = say_sentence(priority.means) if priority else ""
    words = f"Report it as {priority.name}" if priority else "Tell us"
    ways = see_ways(asked, agreement)
    url = asked.url_of("reporting", agreement.key, priority.name if priority else UNDECIDED)
    begins = make_section(desk, url) if may_act(asked) else None
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{words}, {name.service}",
        lede=" ".join(words for words in (says, tell_decider(desk) if priority else "", tell_ways(ways)) if words),
        deeds=(Link("Live chat", asked.url_of("chat")),) if any(one.is_chat for one in ways) else (),
        way=(Link("Tickets", asked.url_of("tickets")), Link("Report", asked.url_of("report")), Link(words)),
        sections=(
            *((begins,) if begins else ()),
            Section(
                anchor="report", heading="What we need to know", says="" if may_act(asked) else NOT_YOU,
                form=None if not may_act(asked) else Form(
                    url=url, deed="Send the report", not_done="Nothing was sent.", problems=problems, agreement=name,
                    hidden=keep_template(sent), fields=tuple(list_fields(desk, priority, sent)),
                ),
            ),
        ),
    )  # fmt: skip


def tell_decider(desk: HelpDesk) -> str:
    """Whose word on the priority counts."""
    if desk.set_by.value == "customer":
        return "You set how pressing it is."
    decider = "we decide" if desk.set_by.value == "staff" else "the agreement decides by impact and urgency"
    return f"You wish how pressing it is; {decider}, and your wish stays beside it."


def see_ways(asked: Asked, agreement: Agreement) -> list[NamedWay]:
    """The ways in by which alone the agreement promises times; nothing where the portal is one of them."""
    try:
        return ways_besides_portal(agreement, asked.as_of)
    except CannotJudge:
        return []


def tell_ways(ways: list[NamedWay]) -> str:
    """That no time runs for what is sent from here, and by which way it would."""
    if not ways:
        return ""
    named = [f"{one.name.replace('-', ' ')}{f' ({one.address})' if '@' in one.address else ''}" for one in ways]
    cited = ", ".join(dict.fromkeys(clause for one in ways for clause in one.clauses))
    return (
        f"Your agreement promises times for what comes by {join_words(named)}{f' ({cited})' if cited else ''}. From here we "
        "read it all the same, but no time runs for it."
    )


def list_fields(desk: HelpDesk, priority: Priority | None, sent: dict[str, str]) -> Iterator[Field]:
    kinds = tuple(Choice(kind, KINDS[kind]) for kind in REPORTED_KINDS)
    yield Field(name="kind", label="It is a", value=sent.get("kind", "incident" if priority else "question"), choices=kinds)
    yield Field(name="subject", label="In one line", value=sent.get("subject", ""))
    yield Field(name="text", label="What happens, and since when", kind="long", value=sent.get("text", ""))
    covered = [topic for topic in desk.topics.values() if topic.covered.value]
    if covered:
        topics = (Choice("", "none of these"), *(Choice(topic.name, topic.name.replace("-", " ")) for topic in covered))
        yield Field(name="topic", label="Topic", value=sent.get("topic", ""), choices=topics, is_list=True, is_needed=False)
    for number, question in enumerate(priority.asks if priority else ()):
        yield Field(
            name=f"q{number}", label=capitalise(question.ask), value=sent.get(f"q{number}", ""),
            is_needed=question.must, clauses=question.clauses,
            hint="The agreement asks for it." if question.must else "The agreement would like to have it.",
        )  # fmt: skip
    yield Field(name="outage", label="Outage that it is about", value=sent.get("outage", ""), is_needed=False, example="O-3")
    yield Field(name="files", label="Files", kind="file", is_needed=False)


def report(asked: Asked, key: str, priority: str) -> Answer:
    """Open the ticket; its clocks run from this instant, and its page shows them."""
    agreement, desk, wish = choose(asked, key, priority)
    asks = wish.asks if wish else ()
    names = ("kind", "subject", "text", "topic", "outage", "template", *(f"q{number}" for number in range(len(asks))))
    sent = {name: asked.sent(name) for name in names}
    problems = list(list_missing(sent, wish))
    files: list[Attached] = []
    try:
        files = take_in(asked, "files")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    if not problems:
        told = tuple(f"{one.ask}: {sent[f'q{number}']}" for number, one in enumerate(asks) if sent[f"q{number}"])
        made = Report(
            subject=sent["subject"], text=sent["text"], kind=sent["kind"], topic=sent["topic"],
            wish=wish.name if wish else "", outage=sent["outage"], told=told, attached=files,
            tags=tags_of_template(desk, sent["template"]),
        )  # fmt: skip
        try:
            ticket = open_ticket(agreement=agreement, way="portal", report=made, sender=name_sender(asked), at=asked.at)
        except CannotDo as problem:
            problems.append(Problem("topic" if sent["topic"] else "subject", str(problem)))
        else:
            runs = "no time runs for what comes from here" if see_ways(asked, agreement) else "its time runs"
            leave_toast(asked, f"{ticket.name} is open; {runs}.")
            return to("portal:ticket", ticket.name)
    return answer(asked, make_form_page(asked, agreement, desk, wish, sent, tuple(problems)), status=422)


def list_missing(sent: dict[str, str], wish: Priority | None) -> Iterator[Problem]:
    if sent["kind"] not in REPORTED_KINDS:
        yield Problem("kind", f"Expected one of {', '.join(REPORTED_KINDS)}, came {sent['kind'] or 'nothing'!r}")
    if not sent["subject"]:
        yield Problem("subject", "Say in one line what it is about")
    if not sent["text"]:
        yield Problem("text", "Say what happens: whoever works on it has nothing else")
    if words := explain_length("The message", sent["text"], most=LONGEST):
        yield Problem("text", words)
    if words := explain_length("The line", sent["subject"], most=500):
        yield Problem("subject", words)
    if len(sent["outage"]) > 50:
        yield Problem("outage", "An outage is called O-3, for instance")
    for number, question in enumerate(wish.asks if wish else ()):
        if question.must and not sent[f"q{number}"]:
            cited = f" ({', '.join(question.clauses)})" if question.clauses else ""
            yield Problem(f"q{number}", f"The agreement asks for it{cited}: {question.ask}")


def name_sender(asked: Asked) -> Sender:
    return Sender(by=pseudonym_of(asked.user), shown_as=asked.user.name, user=asked.user, address=asked.user.email)


def write(asked: Asked, name: str) -> Answer:
    """A message of the customer on their ticket."""
    ticket = find_ticket(asked, name)
    typed, problems = asked.sent("text"), []
    if not typed:
        problems.append(Problem("text", "A message has words"))
    elif words := explain_length("The message", typed, most=LONGEST):
        problems.append(Problem("text", words))
    try:
        files = take_in(asked, "files")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    if problems:
        return answer(asked, make_page(asked, ticket, typed, tuple(problems)), status=422)
    # What is added to a dispute is evidence: its digest goes where nobody takes it back.
    proofs = tuple(f"file {line}" for line in digest_files(files)) if is_dispute(ticket) else ()
    message = receive(
        ticket=ticket, said=Said(text=typed, says=proofs, attached=files), sender=name_sender(asked), at=asked.at, channel=""
    )
    leave_toast(asked, "Your message is with us.")
    return to("portal:ticket", message.ticket.name, query=f"#m{message.number}")


def say_priority(asked: Asked, name: str) -> Answer:
    """How pressing it is, where that is the customer's to say. What their agreement leaves to us is refused with that."""
    ticket, because, problems = find_ticket(asked, name), asked.sent("because"), []
    if not customer_decides(ticket, asked.at):
        look = (Link(f"Back to {ticket.name}", asked.url_of("ticket", ticket.name)),)
        raise CannotShow("The priority was not set", "Your agreement leaves it to us; write what makes it pressing.", look)
    if words := explain_length("The reason", because):
        problems.append(Problem("because", words))
    else:
        try:
            set_priority(
                ticket=ticket, priority=asked.sent("priority"), by=pseudonym_of(asked.user), because=because, at=asked.at,
                side="customer",
            )  # fmt: skip
        except CannotDo as problem:
            problems.append(Problem("priority", capitalise(problem)))
        else:
            leave_toast(asked, f"{ticket.name} is {asked.sent('priority')} from now on.")
            return to("portal:ticket", ticket.name)
    return answer(asked, make_page(asked, ticket, "", pressing=tuple(problems)), status=422)


def rate_it(asked: Asked, name: str) -> Answer:
    """How content the customer is; said again, the last word stands."""
    ticket, score = find_ticket(asked, name), asked.sent("score")
    problems = []
    if score not in SCORES:
        problems.append(Problem("score", "Choose one of the five"))
    if words := explain_length("What you say", asked.sent("words"), most=LONGEST):
        problems.append(Problem("words", words))
    if not problems:
        try:
            rate(ticket=ticket, score=int(score), by=pseudonym_of(asked.user), at=asked.at, words=asked.sent("words"))
        except CannotDo as problem:
            problems.append(Problem("score", capitalise(problem)))
        else:
            leave_toast(asked, "Thank you. Whoever works on your tickets reads it.")
            return to("portal:ticket", ticket.name)
    return answer(asked, make_page(asked, ticket, "", rating=tuple(problems)), status=422)
