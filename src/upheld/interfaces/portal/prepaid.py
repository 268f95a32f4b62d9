"""Time that the customer bought ahead: what is left, and the work that used it."""

from upheld.apps.findings.queries import CannotJudge
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.shown.prepaid import list_balances
from upheld.pages.contexts.lists import ListPage, Section
from upheld.pages.contexts.page import Link


def show_prepaid(asked: Asked) -> Answer:
    sections: list[Section] = []
    for agreement in asked.agreements():
        try:
            sections += list_balances(asked, agreement)
        except CannotJudge as problem:
            heading = name_for(asked, agreement).service
            sections.append(Section(anchor=agreement.key, heading=heading, empty=f"It cannot be judged: {problem}."))
    return ListPage(
        as_of=asked.as_of,
        answer="Time that you bought ahead",
        lede="Each work that used it is named with its facts; the counted time follows the steps of your agreement.",
        way=(Link("Home", asked.url_of("home")), Link("Prepaid time")),
        sections=tuple(sections) or (Section(anchor="none", heading="Balances", empty="You bought no time ahead."),),
    )
