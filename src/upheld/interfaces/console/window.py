"""One planned work: its verdict, its notice, and what may be done with it now."""

from collections.abc import Callable

from django.urls import reverse

from upheld.apps.agreements.queries import agreement
from upheld.apps.maintenance import services
from upheld.apps.maintenance.queries import CannotJudge, NobodyToTell, addressees_of, check_window
from upheld.apps.maintenance.queries import window as read_window
from upheld.apps.parties.queries import may_change_facts
from upheld.core.facts import Fact
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement
from upheld.doors.refusing import NotAllowed, NotHere, Refusal
from upheld.doors.shown.windows import Window, is_ahead, is_known, state_at, tell_window, told_at
from upheld.interfaces.console.verdict import tell_verdict
from upheld.pages.contexts.maintenance import PlanVerdict, WindowPage, WindowRow
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import capitalise, join_words, say_instant, say_sentence

DONE = {"over": "The work is over.", "cancelled": "The work was cancelled."}
PAST = "You look from a past instant. Go back to now to act."


class CannotDo(Refusal):
    """A step that somebody else took before, or that does not follow from where the work stands."""

    def __init__(self, words: str, name: str) -> None:
        look = (Link("Look at it as it is now", reverse("window", args=[name])),)
        super().__init__("This was not done", words, look, 409)


def show_window(asked: Asked, name: str) -> WindowPage:
    return make_window_page(asked, name)


def make_window_page(asked: Asked, name: str, problems: tuple[Problem, ...] = ()) -> WindowPage:
    window = read_window(name)
    if not is_known(window, asked.as_of):
        raise NotHere(says=f"{name} was not planned yet at {say_instant(asked.as_of)}.")
    bound = agreement(window.agreement.key)
    lines = FactLines(bound.key, asked.as_of)
    told = [number for number, fact in enumerate(lines.facts) if is_about(fact, name) and fact.recorded_at <= asked.as_of]
    row = tell_window(asked, window)
    may = may_change_facts(asked.user) and not asked.is_past
    return WindowPage(
        as_of=asked.as_of,
        list_url=reverse("maintenance"),
        row=row,
        verdict=judge(asked, bound, window),
        facts=tuple(lines.at(number) for number in told),
        deeds=list_deeds(asked, bound, window, row, problems) if may else (),
        why_none=DONE.get(state_at(window, asked.as_of), "") if may else PAST,
    )


def is_about(fact: Fact, name: str) -> bool:
    return getattr(fact, "window", "") == name


def judge(asked: Asked, bound: Agreement, window: Window) -> PlanVerdict | None:
    """What is ahead of the work; of work that is over the row says what became of it."""
    if not is_ahead(window, asked.as_of):
        return None
    try:
        plan = check_window(window, asked.as_of)
    except CannotJudge:
        return None
    told = told_at(window)
    return tell_verdict(bound, plan, window.span, told_at=told or asked.as_of, as_of=asked.as_of)


def list_deeds(
    asked: Asked, bound: Agreement, window: Window, row: WindowRow, problems: tuple[Problem, ...]
) -> tuple[Form, ...]:
    """What follows from where the work stands, the likeliest first."""
    state = state_at(window, asked.as_of)
    forms = []
    if state == "planned" and not window.notices.exists():
        try:
            told = join_words([one.address for one in addressees_of(bound, window.kind, asked.as_of)])
        except NobodyToTell:
            told = ""
        if told:
            forms.append(
                make_deed(window, "notice", f"Give notice to {told}{' although it counts' if row.would_count else ''}")
            )
    if state in ("planned", "told"):
        forms += [make_deed(window, "start", "Start the work now"), make_cancelling(asked, window, problems)]
    if state == "running":
        forms.append(make_deed(window, "end", "End the work now"))
    return tuple(forms)


def make_deed(window: Window, deed: str, words: str) -> Form:
    return Form(url=reverse("window-deed", args=[window.name, deed]), deed=words, fields=())


def make_cancelling(asked: Asked, window: Window, problems: tuple[Problem, ...]) -> Form:
    why = Field(name="because", label="Why it is cancelled, as the customer will read it", value=asked.sent("because"))
    return Form(
        url=reverse("window-deed", args=[window.name, "cancel"]), deed="Cancel the work", fields=(why,),
        not_done="The work was not cancelled.", problems=problems,
    )  # fmt: skip


def act(asked: Asked, name: str, deed: str) -> Answer:
    """One step of the work; whoever was faster is told."""
    if asked.is_past:
        raise NotAllowed("Work is done now", PAST)
    window = read_window(name)
    deeds: dict[str, Callable[[], str]] = {
        "notice": lambda: give_notice(asked, window),
        "start": lambda: f"{services.start(window=window, by=asked.by, at=asked.at).name} has begun.",
        "end": lambda: f"{services.end(window=window, by=asked.by, at=asked.at).name} is over.",
        "cancel": lambda: cancel(asked, window),
    }
    if deed not in deeds:
        raise NotHere()
    try:
        words = deeds[deed]()
    except services.CannotPlan as problem:
        return answer(asked, make_window_page(asked, name, (Problem("because", capitalise(problem)),)), status=422)
    except (services.WrongMoment, NobodyToTell) as problem:
        raise CannotDo(say_sentence(str(problem)), name) from None
    lines = FactLines(window.agreement.key, asked.at)
    told = [number for number, fact in enumerate(lines.facts) if is_about(fact, name)]
    leave_toast(asked, words, lines.link(told[-1]) if told and deed != "notice" else None)
    return to("window", name)


def cancel(asked: Asked, window: Window) -> str:
    because = asked.sent("because")
    if too_long := explain_length("The reason", because):
        raise services.CannotPlan(too_long)
    done = services.cancel(window=window, because=because, by=asked.by, at=asked.at)
    told = [notice.to for notice in done.notices.all() if notice.message and notice.message.sent_at]
    who = f"; {join_words(told)}, who had notice of it, {'is' if len(told) == 1 else 'are'} told by mail" if told else ""
    return f"{done.name} is cancelled{who}."


def give_notice(asked: Asked, window: Window) -> str:
    notices = services.give_notice(window=window, by=asked.by, at=asked.at)
    return f"Notice to {join_words([notice.to for notice in notices])} is on its way; it counts from when it is sent."
