"""Home: does it work for me, what was promised, what waits for me."""

from collections.abc import Iterator

from upheld.apps.findings.queries import CannotJudge, look_ahead, main_account
from upheld.apps.parties.queries import contacts_of
from upheld.doors.addresses import Answer, to
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.doors.shown.figures import budget_of, tell_availability, tell_owed
from upheld.doors.shown.standing import see_standing
from upheld.doors.shown.statements import list_rows
from upheld.interfaces.portal.frame import customer_of
from upheld.interfaces.portal.persons import list_persons
from upheld.interfaces.portal.tickets import list_open
from upheld.interfaces.portal.waiting import list_waiting
from upheld.interfaces.portal.work import list_told
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.portal import HomePage, ServiceHere
from upheld.pages.contexts.statements import StatementRow
from upheld.pages.states import State
from upheld.pages.words import say_money, say_month, say_verdict

LATEST = 3
MORE = (
    ("maintenance", "Planned work", "what is ahead, what was done, and a calendar of it"),
    ("chat", "Live chat", "whether somebody is there, and what it is for"),
    ("disputes", "Disputes", "figures and verdicts of ours that you do not accept, and our answers"),
    ("appointments", "Appointments", "times that are agreed or proposed, and a calendar of them"),
    ("plans", "Plans", "work in steps, such as your onboarding, and your word that it is finished"),
    ("reviews", "Reviews", "what was learnt after something went wrong, and what is done about it"),
    ("prepaid", "Prepaid time", "what you bought ahead, what used it, what is left"),
    ("telegram", "Telegram", "a code that lets your chat with our bot write in your name"),
    ("notices", "Notices", "what was told to you, and when"),
    ("duties", "Duties", "what each side owes besides, how it stands, and what you can ask for"),
    ("access", "Access", "switches that you hold, and who came in for what"),
    ("persons", "Who may instruct", "whose word counts for you"),
    ("own", "Your records", "every fact of your agreements to take with you"),
    ("heads", "Heads", "who keeps what proves that nothing was changed since"),
)


def show_home(asked: Asked) -> Answer:
    customer = customer_of(asked)
    if customer is None:
        return to("portal:look")
    services = tuple(tell_service(asked, agreement) for agreement in asked.agreements())
    told = list_rows(asked)[:LATEST]
    contacts = ", ".join(contact.email for contact in contacts_of(customer))
    persons = tuple(list_persons(asked))
    sections = (
        Section(anchor="waiting", heading="Waiting for you", entries=tuple(list_waiting(asked)), empty="Nothing waits."),
        Section(
            anchor="tickets", heading="Your tickets", entries=tuple(list_open(asked)), empty="No ticket is open.",
            more=Link("All tickets", asked.url_of("tickets")),
        ),
        Section(
            anchor="work", heading="Planned work", entries=tuple(list_told(asked, ahead=True)), empty="No work is planned.",
            more=Link("All planned work", asked.url_of("maintenance")),
        ),
        Section(
            anchor="told", heading="Statements", entries=tuple(tell_statement(row) for row in told),
            empty="No statement was issued yet. The first comes after the first period.",
            more=Link("All statements", asked.url_of("statements")),
        ),
        Section(
            anchor="who", heading="Who may instruct us for you", entries=persons,
            says=f"Notices go to {contacts}." if contacts else "", empty="Your agreements do not say whose word counts.",
            more=Link("Someone has left or joined", asked.url_of("persons")),
        ),
        Section(anchor="more", heading="More", entries=tuple(list_more(asked))),
    )  # fmt: skip
    deeds = (Link("Report a problem", asked.url_of("report")), Link("File a claim", asked.url_of("claims")))
    return HomePage(as_of=asked.as_of, services=services, sections=sections, deeds=deeds)


def tell_service(asked: Asked, agreement: Agreement) -> ServiceHere:
    """One agreement with its running period."""
    name = name_for(asked, agreement)
    try:
        prospect = look_ahead(agreement, asked.as_of)
    except CannotJudge as problem:
        return ServiceHere(agreement=name, state=State.UNKNOWN, says=f"It cannot be judged: {problem}.")
    account = main_account(prospect.statement)
    stands = see_standing(agreement.key, account, asked.as_of, is_past=asked.is_past)
    running = stands.running[0] if stands.running else None
    figures = tell_availability(prospect.statement, name, lines_of(asked, agreement.key))
    owed = tell_owed(prospect)[:1]
    return ServiceHere(
        agreement=name,
        state=stands.state,
        period=prospect.statement.period,
        since=stands.since,
        lasting=asked.as_of - stands.since if stands.since and running else None,
        outage=Link(f"outage {running.id}", asked.url_of("outage", running.id)) if running else None,
        seen_at=stands.seen_at,
        figure=figures[0] if figures else None,
        budget=budget_of(prospect.statement, account) if account else None,
        missed_at=prospect.missed_at,
        amount=owed[0].amount if owed else None,
        amount_at=owed[0].at if owed else None,
        says="" if account else "No share of availability is promised.",
    )


def tell_statement(row: StatementRow) -> Entry:
    verdict = say_verdict(row.verdict)
    given = f"{say_money(row.credited)} credited. " if row.credited else ""
    number = f", statement {row.number}" if row.number > 1 else ""
    return Entry(
        words=f"{say_month(row.period, row.agreement.zone)}{number}, {row.agreement.service}",
        url=row.url,
        badge=Badge(f"Availability {verdict.words.lower()}", verdict.icon, verdict.colour),
        says=(f"{given}{row.figure} available. The bundle to check it yourself is on its page.",),
        agreement=row.agreement,
    )


def list_more(asked: Asked) -> Iterator[Entry]:
    for name, words, says in MORE:
        yield Entry(words=words, url=asked.url_of(name), says=(says,))
