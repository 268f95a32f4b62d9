"""Approvals: what waits for a second person, with the way to it; corrections, terms and erasures are decided here."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from upheld.apps.agreements.queries import list_agreements
from upheld.apps.approvals import queries, services
from upheld.apps.erasure.queries import list_erasures, say_kept
from upheld.apps.ledger.queries import NotRecorded, fact_of
from upheld.apps.parties.queries import is_administrator, is_staff, list_users, name_of_mark, pseudonym_of, user
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.approving import CARRIED_OUT, CORRECTION, ERASURE, PARAMETER, TERMS, CannotApprove
from upheld.doors.asking import Asked, explain_length
from upheld.doors.refusing import BadAsking, CannotShow, NotAllowed, NotHere
from upheld.pages.contexts.lists import ApprovalsPage, Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_sentence

WAITS = Badge("Waits", "pause")
PLACES = {
    "credit note": "invoices", "payment": "invoices", "credit": "credits", "claim": "claims", "invoice": "invoices",
    "end": "endings",
}  # fmt: skip
"""Where the other kinds are decided, by what their name begins with."""
ALONE = (
    "Only one of your people can sign in. Nothing that needs two can be done until you invite a second one under People: "
    "it waits here until then."
)
MOST = 50
PROPOSED = (CORRECTION, PARAMETER, ERASURE)
"""Kinds that are proposed on this page; another version of a text on a page of its own."""


def show_approvals(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ApprovalsPage:
    waiting = queries.list_waiting()
    decided = [row for row in queries.list_approvals() if not row.is_open][:MOST]
    can_sign_in = [one for one in list_users() if is_staff(one) and one.has_usable_password()]
    may = is_staff(asked.user) and not asked.is_past
    return ApprovalsPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(waiting), 'proposal waits', 'proposals wait')} for a second person" if waiting
        else "Nothing waits for a second person",
        lede=ALONE if len(can_sign_in) < 2 else "Whoever proposed something cannot confirm it.",
        sections=(
            Section(anchor="waits", heading="What waits", entries=tuple(tell_waiting(asked, row) for row in waiting),
                    empty="Nothing."),
            *(tuple(list_forms(asked, sent, problems)) if may else ()),
            Section(anchor="decided", heading="What was decided", entries=tuple(tell_decided(row) for row in decided),
                    empty="Nothing was decided yet."),
            *(list_erased(asked) if is_administrator(asked.user) else ()),
        ),
    )  # fmt: skip


def list_erased(asked: Asked) -> Iterator[Section]:
    """Who was erased, by mark, and what names them still since it never changes."""
    rows = [row for row in list_erasures() if Instant.of(row.at) <= asked.as_of]
    if rows:
        entries = tuple(
            Entry(words=row.person, at=Instant.of(row.at), says=(say_kept(row) or "Nothing names the person any more.",))
            for row in rows
        )
        yield Section(anchor="erased", heading="Who was erased", entries=entries)


def tell_waiting(asked: Asked, row: Any) -> Entry:
    is_own = row.proposed_by == asked.by
    says = f"Proposed by {name_of_mark(row.proposed_by)}, because: {row.because}"
    if row.kind not in CARRIED_OUT:
        place = next((name for begin, name in PLACES.items() if row.kind.startswith(begin)), "credits")
        links: tuple[Link, ...] = (Link("Decide it", asked.url_of(place)),)
        return Entry(words=tell_subject(row), badge=WAITS, at=Instant.of(row.proposed_at), says=(says,), links=links)
    compared = row.kind == TERMS
    return Entry(
        words=tell_subject(row), badge=WAITS, at=Instant.of(row.proposed_at), anchor=row.name,
        links=(Link("What changes", asked.url_of("terms-change", row.agreement, row.subject)),) if compared else (),
        says=(says, "You proposed it: another person confirms it.") if is_own else (says,),
        deeds=() if asked.is_past else tuple(list_deeds(asked, row, is_own=is_own)),
    )  # fmt: skip


def list_deeds(asked: Asked, row: Any, *, is_own: bool) -> list[Form]:
    confirm = Form(url=asked.url_of("approval", row.name, "confirm"), deed=f"Confirm {row.name}", fields=())
    refuse = Form(
        url=asked.url_of("approval", row.name, "refuse"), deed="Take it back" if is_own else "Refuse it",
        fields=(Field(name=f"because-{row.pk}", label="Why"),),
    )  # fmt: skip
    may = row.kind != ERASURE or is_administrator(asked.user)
    return [*([confirm] if may and not is_own else []), refuse]


def tell_subject(row: Any) -> str:
    """`A-3: correction of O-3-opened, acorn-hosting`."""
    of = row.subject if row.kind != ERASURE else row.content.get("address", row.subject)
    value = f" to {row.content['value']} from {row.content['from_at']}" if row.kind == PARAMETER else ""
    if row.kind == TERMS:
        given = ", ".join(f"{name} {each}" for name, each in row.content["values"].items())
        value = f" from {row.content['from_at']}{f', with {given}' if given else ''}"
    return f"{row.name}: {row.kind} of {of}{value}{f', {row.agreement}' if row.agreement else ''}"


def tell_decided(row: Any) -> Entry:
    is_confirmed = row.confirmed_at is not None
    by, at = (row.confirmed_by, row.confirmed_at) if is_confirmed else (row.refused_by, row.refused_at)
    because = f", because: {row.refused_because}" if row.refused_because else ""
    says = f"Proposed by {name_of_mark(row.proposed_by)}, {'confirmed' if is_confirmed else 'refused'} by {name_of_mark(by)}"
    return Entry(
        words=tell_subject(row), badge=Badge("Done", "up", "up") if is_confirmed else Badge("Refused", "down", "down"),
        at=Instant.of(at), says=(f"{says}{because}.",),
    )  # fmt: skip


# --- proposing ----------------------------------------------------------------------------------------------------------


def list_forms(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...]) -> list[Section]:
    keys = tuple(Choice(one.key, f"{one.customer.name}, {one.version.title}") for one in list_agreements())
    kind = sent.get("kind", "")

    def form(of: str, deed: str, *fields: Field) -> Form:
        return Form(
            url=asked.url_of("approvals"), deed=deed, fields=fields, hidden=(("kind", of),),
            not_done="Nothing was proposed.", problems=problems if kind == of else (),
        )  # fmt: skip

    def field(of: str, name: str, label: str, **more: Any) -> Field:
        return Field(name=name, label=label, value=sent.get(name, "") if kind == of else "", **more)

    chosen = {"is_list": True, "choices": keys}
    found = [
        Section(
            anchor="correct", heading="Correct a fact",
            says="A fact is never changed: the correction says that it holds no longer.",
            form=form(CORRECTION, "Propose the correction", field(CORRECTION, "agreement", "Agreement", **chosen),
                      field(CORRECTION, "subject", "The fact", example="O-3-opened"),
                      field(CORRECTION, "because", "Why", kind="long")),
        ),
        Section(
            anchor="terms", heading="Change a value of an agreement",
            says="It holds from the instant of its confirmation on, or later.",
            more=Link("Another version of the text", asked.url_of("terms")),
            form=form(PARAMETER, "Propose the value", field(PARAMETER, "agreement", "Agreement", **chosen),
                      field(PARAMETER, "subject", "Parameter", example="monthly-price"),
                      field(PARAMETER, "value", "Value"),
                      field(PARAMETER, "from_at", "From", example="2026-12-01T00:00Z", is_needed=False),
                      field(PARAMETER, "because", "Why", kind="long")),
        ),
    ]  # fmt: skip
    if is_administrator(asked.user):
        says = "Every row with the person is blanked. The ledgers keep a mark that means nobody. Nothing brings it back."
        fields = (field(ERASURE, "subject", "E-mail address", kind="email", autocomplete="off"),
                  field(ERASURE, "because", "Why", kind="long"))  # fmt: skip
        found.append(
            Section(anchor="erase", heading="Erase a person", says=says, form=form(ERASURE, "Propose the erasure", *fields))
        )
    return found


def propose(asked: Asked) -> Answer:
    """Put it before a second person; nothing else happens."""
    sent = {name: asked.sent(name) for name in ("kind", "agreement", "subject", "value", "from_at", "because")}
    if sent["kind"] not in PROPOSED:
        raise BadAsking("Nothing was proposed", f"kind: expected one of {', '.join(PROPOSED)}, came {sent['kind']!r}.")
    if sent["kind"] == ERASURE and not is_administrator(asked.user):
        raise NotAllowed(says="An administrator proposes and another one confirms that a person is erased.")
    problems = list(find_problems(asked, sent))
    if not problems:
        try:
            made = services.propose(
                kind=sent["kind"], subject=subject_of(sent), agreement=sent["agreement"] if sent["kind"] != ERASURE else "",
                content=content_of(asked, sent), because=sent["because"], by=asked.by, at=asked.at,
            )  # fmt: skip
        except (services.AlreadyProposed, services.NoReason) as problem:
            problems.append(Problem("subject", capitalise(problem)))
        else:
            leave_toast(asked, f"{made.name} waits for a second person.")
            return to("approvals")
    return answer(asked, make_page(asked, sent, tuple(problems)), status=422)


def find_problems(asked: Asked, sent: dict[str, str]) -> list[Problem]:
    found = []
    if not sent["because"]:
        found.append(Problem("because", "Say why: the second person decides by this reason"))
    elif words := explain_length("The reason", sent["because"]):
        found.append(Problem("because", words))
    if not sent["subject"]:
        found.append(Problem("subject", "Say what it is about"))
    if sent["kind"] == ERASURE:
        return found
    key = asked.agreement(sent["agreement"]).key
    if sent["kind"] == CORRECTION and sent["subject"]:
        try:
            fact_of(key, sent["subject"])
        except NotRecorded as problem:
            found.append(Problem("subject", capitalise(problem)))
    if sent["kind"] == PARAMETER and sent["from_at"]:
        try:
            Instant.parse(sent["from_at"])
        except ValueError as problem:
            found.append(Problem("from_at", capitalise(problem)))
    return found


def subject_of(sent: dict[str, str]) -> str:
    """Of an erasure the pseudonym, where it is somebody who signs in."""
    if sent["kind"] != ERASURE:
        return sent["subject"]
    try:
        return pseudonym_of(user(sent["subject"]))
    except LookupError:
        return sent["subject"].lower()


def content_of(asked: Asked, sent: dict[str, str]) -> dict[str, str]:
    if sent["kind"] == ERASURE:
        return {"address": sent["subject"].lower()}
    return {"value": sent["value"], "from_at": sent["from_at"] or str(asked.at)} if sent["kind"] == PARAMETER else {}


# --- deciding -----------------------------------------------------------------------------------------------------------


def decide(asked: Asked, name: str, deed: str) -> Answer:
    """Confirm as the second person, which does it, or refuse."""
    row = queries.approval(name)
    if row.kind not in CARRIED_OUT or deed not in ("confirm", "refuse"):
        raise NotHere(says=f"{name} is not decided here.")
    if deed == "confirm" and row.kind == ERASURE and not is_administrator(asked.user):
        raise NotAllowed(says="An administrator proposes and another one confirms that a person is erased.")
    try:
        with transaction.atomic():
            if deed == "confirm":
                done = services.confirm(approval=row, by=asked.by, at=asked.at)
                words = CARRIED_OUT[row.kind](done, asked.by, asked.at)
            else:
                services.refuse(approval=row, by=asked.by, at=asked.at, because=asked.sent(f"because-{row.pk}"))
                words = f"{row.name} is refused"
    except (services.SamePerson, services.AlreadyDecided, services.NoReason, CannotApprove) as problem:
        raise CannotShow("Nothing was done", say_sentence(str(problem))) from None
    leave_toast(asked, f"{words}.")
    return to("approvals")
