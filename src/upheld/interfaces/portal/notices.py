"""What was told to the customer, and when."""

from upheld.apps.ledger.queries import known_facts
from upheld.core.facts import Fact, NoticeGiven, NoticeSent, known_at
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines, lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.pages.contexts.lists import Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count, tell_fact

MOST = 100


def show_notices(asked: Asked) -> Answer:
    entries = [entry for agreement in asked.agreements() for entry in list_notices(asked, agreement)]
    entries.sort(key=lambda entry: entry.at.micros if entry.at else 0, reverse=True)
    shown = tuple(entries[:MOST])
    return ListPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(entries), 'notice was', 'notices were')} sent to you" if entries else "No notice was sent",
        way=(Link("Home", asked.url_of("home")), Link("Notices")),
        sections=(
            Section(
                anchor="sent", heading="Sent", entries=shown,
                empty="Notices of planned work and all that your agreement promises to tell you stand here once sent.",
            ),
        ),
    )  # fmt: skip


def list_notices(asked: Asked, agreement: Agreement) -> list[Entry]:
    lines, (_, facts) = lines_of(asked, agreement.key), known_facts(agreement.key)
    sent = [fact for fact in facts if isinstance(fact, NoticeGiven | NoticeSent)]
    return [tell_notice(asked, agreement, lines, fact) for fact in known_at(sent, asked.as_of)]


def tell_notice(asked: Asked, agreement: Agreement, lines: FactLines, fact: Fact) -> Entry:
    work = fact.window if isinstance(fact, NoticeGiven) else ""
    about = (Link(f"Planned work {work}", asked.url_of("window", work)),) if work else ()
    return Entry(
        words=tell_fact(fact), at=fact.occurred_at, agreement=name_for(asked, agreement),
        links=(*about, *lines.name(fact.id)),
    )  # fmt: skip
