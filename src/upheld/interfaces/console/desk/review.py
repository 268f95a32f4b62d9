"""One review: what was learnt, and what it asks of whom until when."""

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk import services
from upheld.apps.desk.queries import actions_of
from upheld.apps.desk.queries import review as read_review
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import is_staff, list_users
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for, zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.reviews import Row, is_done, tell_action, tell_matter
from upheld.doors.written_times import EXAMPLE, NotATime, read_time
from upheld.interfaces.console.desk.fields import Wrong, read_words
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise, say_count, shorten

MOST_SHOWN = 80
"""Letters of an action in a list to choose from."""
FIELDS = ("deed", "what", "owner", "due", "duty", "action", "evidence")


def show_review(asked: Asked, name: str) -> Answer:
    return make_page(asked, find_review(asked, name), {})


def find_review(asked: Asked, name: str) -> Row:
    found = read_review(name)
    if Instant.of(found.held_at) > asked.as_of:
        raise NotHere()
    return found


def make_page(asked: Asked, row: Row, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    actions = actions_of(row)
    open_ = [one for one in actions if not is_done(one, asked.as_of)]

    def form_of(deed: str, words: str, *fields: Field) -> Form | None:
        if not asked.may_change:
            return None
        return Form(
            url=asked.url_of("review", row.name), deed=words, fields=fields, hidden=(("deed", deed),),
            problems=problems if sent.get("deed") == deed else (), not_done="Nothing was kept.",
            agreement=name_for(asked, row.agreement),
        )  # fmt: skip

    people = tuple(Choice(str(one.pk), one.name) for one in list_users() if is_staff(one) and one.is_active)
    asking = form_of(
        "ask", "Ask for this",
        Field(name="what", label="What is to be done", value=sent.get("what", "")),
        Field(name="owner", label="Who sees to it", choices=(Choice("", "nobody yet"), *people), is_list=True,
              value=sent.get("owner", "")),
        Field(name="due", label="Until when", value=sent.get("due", ""), is_needed=False, example=EXAMPLE),
        Field(name="duty", label="Duty that it serves", choices=list_duties(row, asked.as_of), is_list=True,
              value=sent.get("duty", "")),
    )  # fmt: skip
    finishing = form_of(
        "finish", "Record it as done",
        Field(name="action", label="What was done", is_list=True, value=sent.get("action", ""),
              choices=tuple(Choice(str(one.number), shorten(f"{one.name}: {one.what}", MOST_SHOWN)) for one in open_)),
        Field(name="evidence", label="What shows it", value=sent.get("evidence", ""), example="alarm at 80 %, tried"),
    )  # fmt: skip
    done = [Section(anchor="done", heading="Something was done", form=finishing)] if open_ and finishing else []
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{row.name}: {say_count(len(open_), 'action is', 'actions are')} open" if open_ else f"{row.name}: all done",
        lede="The customer reads it." if row.is_public else "The customer does not read it.",
        way=(Link("Desk", asked.url_of("desk")), Link("Reviews", asked.url_of("reviews")), Link(row.name)),
        sections=(
            Section(anchor="learnt", heading=name_for(asked, row.agreement).words, entries=tell_matter(asked, row)),
            Section(
                anchor="actions", heading="What it asks", entries=tuple(tell_action(asked, one) for one in actions),
                empty="It asks nothing yet.", form=asking,
            ),
            *done,
        ),
    )  # fmt: skip


def list_duties(row: Row, at: Instant) -> tuple[Choice, ...]:
    """The provider's duties under the agreement; none of them where it cannot be judged."""
    none = Choice("", "none")
    try:
        duties = terms_of(row.agreement, at).besides.duties.values()
    except CannotJudge:
        return (none,)
    return (none, *(Choice(duty.name, f"{duty.name}: {duty.does}") for duty in duties if duty.who.value != "customer"))


def act(asked: Asked, name: str) -> Answer:
    if asked.is_past:
        raise NotAllowed("Reviews are kept now", PAST)
    row, sent = find_review(asked, name), {field: asked.sent(field) for field in FIELDS}
    deed = "finish" if sent["deed"] == "finish" else "ask"
    try:
        words = finish(asked, row, sent) if deed == "finish" else ask(asked, row, sent)
    except Wrong as problem:
        wrong = Problem(problem.field, capitalise(problem))
        return answer(asked, make_page(asked, row, {**sent, "deed": deed}, (wrong,)), status=422)
    except services.CannotDo as problem:
        field = "evidence" if deed == "finish" else "due" if "due" in str(problem) else "what"
        wrong = Problem(field, capitalise(problem))
        return answer(asked, make_page(asked, row, {**sent, "deed": deed}, (wrong,)), status=422)
    leave_toast(asked, words)
    return to("review", name)


def ask(asked: Asked, row: Row, sent: dict[str, str]) -> str:
    owner = next((one for one in list_users() if str(one.pk) == sent["owner"] and is_staff(one)), None)
    if sent["owner"] and owner is None:
        raise Wrong("owner", "Name one of our people, or nobody yet")
    try:
        due_at = read_time(sent["due"], {"": zone_of(row.agreement)}) if sent["due"] else None
    except NotATime as problem:
        raise Wrong("due", str(problem)) from None
    what = read_words(asked, "what", "What is to be done")
    made = services.add_action(review=row, asked=services.Asked(what, owner, due_at, sent["duty"]), by=asked.by, at=asked.at)
    return f"{made.name} is asked for."


def finish(asked: Asked, row: Row, sent: dict[str, str]) -> str:
    found = next((one for one in actions_of(row) if str(one.number) == sent["action"]), None)
    if found is None:
        raise Wrong("action", "Name one of the actions of this review")
    evidence = read_words(asked, "evidence", "What shows it", is_needed=False)
    services.finish_action(action=found, evidence=evidence, by=asked.by, at=asked.at)
    return f"{found.name} is on record as done."
