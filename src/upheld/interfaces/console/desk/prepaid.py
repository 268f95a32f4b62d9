"""Time that customers bought ahead: what is left of it, the work that used it, and another purchase."""

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk import services
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import MINUTE, ZERO, Duration, Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.prepaid import list_balances
from upheld.doors.written_times import EXAMPLE, NotATime, read_time
from upheld.interfaces.console.desk.fields import Wrong
from upheld.interfaces.console.desk.ticket import PAST
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import capitalise

FIELDS = ("charge", "minutes", "reference", "until")
MOST_MINUTES = 60 * 24 * 366


def show_prepaid(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> WorkPage:
    sections: list[Section] = []
    choices: list[Choice] = []
    for agreement in asked.agreements():
        naming = name_for(asked, agreement)
        try:
            sections += list_balances(asked, agreement)
            charges = list_by_time(agreement, asked.as_of)
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=naming.words, empty=f"It cannot be judged: {problem}."))
            continue
        choices += [Choice(f"{agreement.key}/{charge}", f"{charge}, {naming.words}") for charge in charges]
    buying = Section(
        anchor="buy", heading="Somebody bought time", form=make_form(asked, tuple(choices), sent, problems),
        says="Work of that charge takes from it as it is logged. What ends first is used first.",
    )  # fmt: skip
    return WorkPage(
        as_of=asked.as_of,
        answer="Time that was bought ahead",
        way=(Link("Desk", asked.url_of("desk")), Link("Prepaid time")),
        sections=(
            *(sections or [Section(anchor="none", heading="Balances", empty="Nobody has bought time ahead.")]),
            *([buying] if asked.may_change and choices else []),
        ),
    )  # fmt: skip


def list_by_time(agreement: Agreement, at: Instant) -> list[str]:
    """The charges of an agreement that count time. Raises CannotJudge."""
    rules = terms_of(agreement, at).fees.charges
    return [name for name, rule in rules.items() if any(case.rule.step is not None for case in rule.each)]


def make_form(asked: Asked, choices: tuple[Choice, ...], sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=asked.url_of("prepaid"), deed="Keep this purchase", not_done="The purchase was not kept.", problems=problems,
        fields=(
            Field(name="charge", label="For what", choices=choices, is_list=True, value=sent.get("charge", "")),
            Field(name="minutes", label="Minutes bought", value=sent.get("minutes", ""), example="600"),
            Field(name="reference", label="Invoice or order", value=sent.get("reference", ""), example="2026-114"),
            Field(name="until", label="Ends", value=sent.get("until", ""), is_needed=False, example=EXAMPLE,
                  hint="Empty: what is left is kept."),
        ),
    )  # fmt: skip


def buy(asked: Asked) -> Answer:
    if asked.is_past:
        raise NotAllowed("Purchases are kept now", PAST)
    sent = {name: asked.sent(name) for name in FIELDS}
    try:
        key, _, charge = sent["charge"].partition("/")
        if not charge:
            raise Wrong("charge", "Name the charge for which the time was bought")
        agreement = asked.agreement(key)
        services.buy_time(
            agreement=agreement, charge=charge, lasted=read_minutes(sent["minutes"]),
            reference=read_reference(sent["reference"]), until_at=read_until(sent["until"], agreement), by=asked.by,
            at=asked.at,
        )  # fmt: skip
    except Wrong as problem:
        return answer(asked, make_page(asked, sent, (Problem(problem.field, capitalise(problem)),)), status=422)
    except services.CannotDo as problem:
        return answer(asked, make_page(asked, sent, (Problem("charge", capitalise(problem)),)), status=422)
    leave_toast(asked, f"The purchase of {sent['minutes']} minutes is kept.")
    return to("prepaid")


def read_minutes(written: str) -> Duration:
    is_number = written.isascii() and written.isdigit() and len(written) < 7
    found = MINUTE * int(written) if is_number else ZERO
    if not ZERO < found <= MINUTE * MOST_MINUTES:
        raise Wrong("minutes", "Write the minutes in digits, for instance 600")
    return found


def read_reference(written: str) -> str:
    if not written:
        raise Wrong("reference", "Say by which invoice or order it was bought")
    if too_long := explain_length("The reference", written, most=200):
        raise Wrong("reference", too_long)
    return written


def read_until(written: str, agreement: Agreement) -> Instant | None:
    if not written:
        return None
    try:
        return read_time(written, {"": zone_of(agreement)})
    except NotATime as problem:
        raise Wrong("until", str(problem)) from None
