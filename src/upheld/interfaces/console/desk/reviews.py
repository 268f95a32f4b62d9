"""What was learnt: reviews of what went wrong, what they ask of whom, and meetings about the agreement itself."""

from collections.abc import Iterator
from datetime import date

from upheld.apps.desk import services
from upheld.apps.desk.queries import UnknownTicket, is_overdue, list_reviews, meetings_of, open_actions
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for, say_person
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.reviews import tell_action, tell_review
from upheld.interfaces.console.desk.fields import Wrong, read_words
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, say_count

PUBLIC = "public"
SEEN_BY = (Choice("", "only ourselves"), Choice(PUBLIC, "the customer too"))
FIELDS = ("deed", "agreement", "ticket", "outage", "summary", "cause", "seen", "met", "next")


def show_reviews(asked: Asked) -> Answer:
    sent = {"ticket": asked.query("ticket"), "outage": asked.query("outage"), "agreement": asked.query("agreement")}
    return make_page(asked, sent)


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    actions = [one for one in open_actions() if Instant.of(one.review.held_at) <= asked.as_of]
    late = sum(1 for one in actions if is_overdue(one, asked.as_of))
    rows = [one for one in list_reviews() if Instant.of(one.held_at) <= asked.as_of]
    choices = tuple(Choice(one.key, name_for(asked, one).words) for one in asked.agreements())
    may = asked.may_change and bool(choices)

    def form_of(deed: str, words: str, *fields: Field) -> Form:
        return Form(
            url=asked.url_of("reviews"), deed=words, fields=fields, hidden=(("deed", deed),), not_done="Nothing was kept.",
            problems=problems if sent.get("deed") == deed else (),
        )  # fmt: skip

    about = form_of(
        "hold", "Keep this review",
        Field(name="agreement", label="Agreement", choices=choices, is_list=True, value=sent.get("agreement", "")),
        Field(name="ticket", label="Ticket", value=sent.get("ticket", ""), is_needed=False, example="T-7"),
        Field(name="outage", label="Outage", value=sent.get("outage", ""), is_needed=False, example="O-3"),
        Field(name="summary", label="What was learnt", kind="long", value=sent.get("summary", "")),
        Field(name="cause", label="What caused it", kind="long", value=sent.get("cause", ""), is_needed=False),
        Field(name="seen", label="Who reads it", choices=SEEN_BY, is_list=True, value=sent.get("seen", "")),
    )  # fmt: skip
    met = form_of(
        "meet", "Keep this meeting",
        Field(name="met", label="Agreement that was gone through", choices=choices, is_list=True, value=sent.get("met", "")),
        Field(name="next", label="Day of the next time", value=sent.get("next", ""), is_needed=False, example="2026-11-30"),
    )  # fmt: skip
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{say_count(late, 'action is', 'actions are')} late" if late else "No action is late",
        way=(Link("Desk", asked.url_of("desk")), Link("Reviews")),
        sections=(
            Section(
                anchor="actions", heading="To be done", entries=tuple(tell_action(asked, one) for one in actions),
                empty="Nothing that a review asked for is open.",
            ),
            Section(
                anchor="reviews", heading="Reviews", entries=tuple(tell_review(asked, one) for one in rows),
                empty="Nothing was gone through yet.", form=about if may else None,
            ),
            Section(
                anchor="meetings", heading="The agreement itself", entries=tuple(list_meetings(asked)),
                says="The sides go through the agreement together, and name the day of the next time. It is a fact.",
                form=met if may else None,
            ),
        ),
    )  # fmt: skip


def list_meetings(asked: Asked) -> Iterator[Entry]:
    for agreement in asked.agreements():
        naming = name_for(asked, agreement)
        for fact in meetings_of(agreement, asked.as_of)[:1]:
            following = f"The next is on {date.fromisoformat(fact.next_on):%-d %b %Y}. " if fact.next_on else ""
            yield Entry(
                words=f"Gone through: {naming.words}", at=fact.occurred_at, agreement=naming,
                says=(f"{following}Recorded by {say_person(fact.source)}.",),
            )  # fmt: skip


def act(asked: Asked) -> Answer:
    """A review, or a meeting about the agreement, is kept."""
    if asked.is_past:
        raise NotAllowed("Reviews are kept now", PAST)
    sent = {name: asked.sent(name) for name in FIELDS}
    does = keep_meeting if sent["deed"] == "meet" else keep_review
    try:
        return does(asked, sent)
    except Wrong as problem:
        wrong = Problem(problem.field, capitalise(problem))
    except services.CannotDo as problem:
        wrong = Problem("next" if sent["deed"] == "meet" else "summary", capitalise(problem))
    return answer(asked, make_page(asked, {**sent, "deed": sent["deed"] or "hold"}, (wrong,)), status=422)


def keep_review(asked: Asked, sent: dict[str, str]) -> Answer:
    if not sent["agreement"]:
        raise Wrong("agreement", "Name the agreement under which it happened")
    if len(sent["outage"]) > 50:
        raise Wrong("outage", "An outage is called O-3, for instance")
    try:
        ticket = read_ticket(sent["ticket"].upper()) if sent["ticket"] else None
    except UnknownTicket as problem:
        raise Wrong("ticket", str(problem)) from None
    made = services.hold_review(
        agreement=asked.agreement(sent["agreement"]), summary=read_words(asked, "summary", "What was learnt"), by=asked.by,
        cause=read_words(asked, "cause", "The cause", is_needed=False), ticket=ticket, outage=sent["outage"].upper(),
        is_public=sent["seen"] == PUBLIC, at=asked.at,
    )  # fmt: skip
    leave_toast(asked, f"{made.name} is kept. Say what is to be done.")
    return to("review", made.name)


def keep_meeting(asked: Asked, sent: dict[str, str]) -> Answer:
    if not sent["met"]:
        raise Wrong("met", "Name the agreement that was gone through")
    try:
        next_on = date.fromisoformat(sent["next"]) if sent["next"] else None
    except ValueError:
        raise Wrong("next", f"{sent['next']!r} is not a day; write for instance 2026-11-30") from None
    services.review_agreement(agreement=asked.agreement(sent["met"]), next_on=next_on, by=asked.by, at=asked.at)
    leave_toast(asked, "It is on record that the agreement was gone through.")
    return to("reviews")
