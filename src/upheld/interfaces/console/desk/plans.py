"""Plans of every customer: begun, done step by step, met about, and signed off when the customer says so."""

from collections.abc import Callable, Iterator

from upheld.apps.desk import services
from upheld.apps.desk.queries import Progress, UnknownPlan, list_plans
from upheld.apps.findings.queries import CannotJudge
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotAllowed, NotHere
from upheld.doors.shown.plans import is_under_way, tell_plan
from upheld.interfaces.console.desk.ticket import PAST
from upheld.interfaces.console.desk.working_forms import CUSTOMER
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Form
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import say_count, say_sentence


def show_plans(asked: Asked) -> Answer:
    """Those that are under way first."""
    going: list[Section] = []
    others: list[Section] = []
    under_way = 0
    for agreement in asked.agreements():
        naming = name_for(asked, agreement)
        try:
            plans = list_plans(agreement, asked.as_of)
        except CannotJudge as problem:
            others.append(Section(anchor=agreement.key, heading=naming.words, empty=f"It cannot be judged: {problem}."))
            continue
        if not plans:
            continue
        entries = tuple(tell_plan(asked, naming, one, tuple(list_deeds(asked, agreement, one))) for one in plans)
        counted = sum(1 for one in plans if is_under_way(one))
        under_way += counted
        section = Section(anchor=agreement.key, heading=naming.words, entries=entries)
        (going if counted else others).append(section)
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{say_count(under_way, 'plan is', 'plans are')} under way" if under_way else "No plan is under way",
        lede="Each step, each meeting and the end are facts that the customer sees.",
        way=(Link("Desk", asked.url_of("desk")), Link("Plans")),
        sections=(*going, *others) or (Section(anchor="none", heading="Plans", empty="No agreement has a plan."),),
    )


def list_deeds(asked: Asked, agreement: Agreement, progress: Progress) -> Iterator[Form]:
    """What can be recorded of a plan as it stands."""
    if not asked.may_change or progress.decided.is_valid is not True:
        return

    def make(deed: str, words: str, step: str = "") -> Form:
        hidden = (("agreement", agreement.key), ("plan", progress.plan.name), ("step", step))
        return Form(url=asked.url_of("plans-deed", deed), deed=words, fields=(), hidden=hidden)

    if progress.started_at is None:
        yield make("start", "Begin it: the kick-off is now")
    elif progress.signed_off is None:
        for step in progress.decided.steps:
            if step not in progress.done:
                yield make("step", f"Done: {step}", step)
        yield make("session", "A meeting was held")
        yield make("sign-off", "The customer signed it off")


def act(asked: Asked, deed: str) -> Answer:
    if asked.is_past:
        raise NotAllowed("Facts are recorded now", PAST)
    if deed not in DEEDS:
        raise NotHere()
    agreement = asked.agreement(asked.sent("agreement"))
    try:
        words = DEEDS[deed](asked, agreement, asked.sent("plan"))
    except UnknownPlan as problem:
        raise NotHere(says=say_sentence(str(problem))) from None
    except services.CannotDo as problem:
        raise CannotShow("This was not recorded", say_sentence(str(problem))) from None
    leave_toast(asked, words)
    return to("plans")


def start(asked: Asked, agreement: Agreement, plan: str) -> str:
    services.start_plan(agreement=agreement, plan=plan, by=asked.by, at=asked.at)
    return f"{plan} has begun."


def do_step(asked: Asked, agreement: Agreement, plan: str) -> str:
    services.do_step(agreement=agreement, plan=plan, step=asked.sent("step"), by=asked.by, at=asked.at)
    return f"{asked.sent('step')} is on record as done."


def hold_session(asked: Asked, agreement: Agreement, plan: str) -> str:
    held = services.hold_session(agreement=agreement, plan=plan, by=asked.by, at=asked.at)
    return f"{say_count(held.sessions_held, 'meeting is', 'meetings are')} on record."


def sign_off(asked: Asked, agreement: Agreement, plan: str) -> str:
    services.sign_off(agreement=agreement, plan=plan, by=CUSTOMER, source=asked.by, at=asked.at)
    return f"{plan} is on record as signed off."


DEEDS: dict[str, Callable[[Asked, Agreement, str], str]] = {
    "start": start, "step": do_step, "session": hold_session, "sign-off": sign_off
}  # fmt: skip
