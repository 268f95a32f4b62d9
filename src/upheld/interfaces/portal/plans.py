"""The customer's plans, such as onboarding: how far each is, and the word that it is finished."""

from upheld.apps.desk import services
from upheld.apps.desk.queries import UnknownPlan, list_plans, name_in_agreement
from upheld.apps.findings.queries import CannotJudge
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import leave_toast
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.doors.shown.plans import is_under_way, tell_plan
from upheld.interfaces.portal.tickets import may_act
from upheld.pages.contexts.lists import ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Form
from upheld.pages.words import say_count, say_sentence


def show_plans(asked: Asked) -> Answer:
    sections, under_way = [], 0
    for agreement in asked.agreements():
        naming = name_for(asked, agreement)
        try:
            plans = [one for one in list_plans(agreement, asked.as_of) if one.decided.is_valid is not False]
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=naming.service, empty=f"It cannot be judged: {problem}."))
            continue
        under_way += sum(1 for one in plans if is_under_way(one))
        entries = tuple(
            tell_plan(asked, naming, one, offer(asked, agreement, one.plan.name) if is_under_way(one) else ())
            for one in plans
        )
        if entries:
            sections.append(Section(anchor=agreement.key, heading=naming.service, entries=entries))
    return ListPage(
        as_of=asked.as_of,
        answer=f"{say_count(under_way, 'plan is', 'plans are')} under way" if under_way else "No plan is under way",
        lede="A plan is work in steps that your agreement names. Your word that it is finished is a fact that stays.",
        way=(Link("Home", asked.url_of("home")), Link("Plans")),
        sections=tuple(sections) or (Section(anchor="none", heading="Plans", empty="Your agreements name no plan."),),
    )


def offer(asked: Asked, agreement: Agreement, plan: str) -> tuple[Form, ...]:
    if not may_act(asked):
        return ()
    hidden = (("agreement", agreement.key), ("plan", plan))
    return (Form(url=asked.url_of("plans"), deed="It is finished: sign it off", fields=(), hidden=hidden),)


def sign_off(asked: Asked) -> Answer:
    """The customer's word, under the name by which the agreement knows who gives it."""
    agreement, plan = asked.agreement(asked.sent("agreement")), asked.sent("plan")
    try:
        services.sign_off(agreement=agreement, plan=plan, by=name_in_agreement(agreement, asked.user, asked.at), at=asked.at)
    except UnknownPlan:
        raise NotHere() from None
    except services.CannotDo as problem:
        raise CannotShow("It is not signed off", say_sentence(str(problem))) from None
    leave_toast(asked, f"{plan.replace('-', ' ').capitalize()} is signed off.")
    return to("portal:plans")
