"""How the reader is reached, and the address of their calendar."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.oncall.jobs import list_kinds_set_up
from upheld.apps.oncall.queries import UnknownWay
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import BadAsking
from upheld.interfaces.console.oncall.showing import lead_back
from upheld.pages.contexts.oncall import WayRow, WaysPage
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_sentence

KINDS = {
    "mail": "By mail", "telegram": "By Telegram", "slack": "By Slack", "sms": "By SMS", "phone": "By a phone call",
    "apprise": "By Apprise",
}  # fmt: skip
USES = (
    Choice("both", "All pages"), Choice("urgent", "Pages that are urgent"), Choice("other", "Pages that are not urgent"),
)  # fmt: skip


def show(asked: Asked) -> WaysPage:
    return make_page(asked, {})


def make_page(
    asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = (), wrong_code: tuple[int, str] | None = None
) -> WaysPage:
    may = not asked.is_past
    return WaysPage(
        as_of=asked.as_of,
        rows=tuple(show_way(row, may, wrong_code) for row in queries.ways_of(asked.user)),
        form=make_form(sent, problems) if may else None,
        calendar_url=f"{settings.UPHELD_URL}{reverse('calendar', args=[services.calendar_token(asked.user)])}"
        if may
        else "",
        renew=Form(url=reverse("calendar-renew"), deed="Make another address", fields=()) if may else None,
        back=lead_back(),
    )


def show_way(row: Any, may: bool, wrong_code: tuple[int, str] | None) -> WayRow:
    uses = {(True, True): "for all pages", (True, False): "for urgent pages", (False, True): "for pages that are not urgent"}
    hidden = (("way", str(row.pk)),)
    field = f"code{row.pk}"
    problems = (Problem(field, wrong_code[1]),) if wrong_code and wrong_code[0] == row.pk else ()
    confirm = Form(
        url=reverse("way-confirm"), deed="Confirm", hidden=hidden, problems=problems, not_done="This way is not confirmed.",
        fields=(Field(name=field, label=f"The code that was sent to {row.address}", autocomplete="one-time-code"),),
    )  # fmt: skip
    return WayRow(
        way=str(row.get_kind_display()),
        address=row.address,
        used_for=uses[row.is_for_urgent, row.is_for_other],
        confirm=confirm if may and row.verified_at is None else None,
        remove=Form(url=reverse("way-remove"), deed="Remove", fields=(), hidden=hidden) if may else None,
    )


def make_form(sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    kinds = tuple(Choice(kind, KINDS[kind]) for kind in list_kinds_set_up() if kind in KINDS)
    return Form(
        url=reverse("ways"),
        deed="Send a code there",
        not_done="No way was added.",
        problems=problems,
        fields=(
            Field(name="kind", label="How", value=sent.get("kind", "mail"), choices=kinds),
            Field(name="address", label="Address", value=sent.get("address", ""), hint=(
                "A mail address; a number such as +442079460000; the number of your chat with the bot; the address of a "
                "room’s webhook.")),
            Field(name="uses", label="For what", value=sent.get("uses", "both"), choices=USES),
        ),
    )  # fmt: skip


def add(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("kind", "address", "uses")}
    problems = []
    if sent["kind"] not in list_kinds_set_up() or sent["kind"] not in KINDS:
        problems.append(Problem("kind", "Choose one of these ways"))
    if sent["uses"] not in {use.value for use in USES}:
        problems.append(Problem("uses", "Say what this way is for"))
    if not problems:
        try:
            way = services.add_way(
                user=asked.user, kind=sent["kind"], address=sent["address"], for_urgent=sent["uses"] != "other",
                for_other=sent["uses"] != "urgent", at=asked.at,
            )  # fmt: skip
        except (services.UnfitRecipient, services.UnfitWay) as problem:
            problems.append(Problem("address", capitalise(problem)))
        else:
            leave_toast(asked, "It is kept." if way.verified_at else f"A code is on its way to {way.address}.")
            return to("ways")
    return answer(asked, make_page(asked, sent, tuple(problems)), status=422)


def confirm(asked: Asked) -> Answer:
    way = find_way(asked)
    try:
        services.verify_way(way=way, code=asked.sent(f"code{way.pk}"), at=asked.at)
    except services.UnfitWay as problem:
        said = capitalise(problem)
        return answer(asked, make_page(asked, {}, wrong_code=(way.pk, said)), status=422)
    leave_toast(asked, f"Pages reach you at {way.address} from now on.")
    return to("ways")


def remove(asked: Asked) -> Answer:
    way = find_way(asked)
    services.remove_way(way=way)
    leave_toast(asked, f"Nothing goes to {way.address} any more.")
    return to("ways")


def renew(asked: Asked) -> Answer:
    services.renew_calendar(user=asked.user)
    leave_toast(asked, "The calendar has another address; the one before shows nothing any more.")
    return to("ways")


def find_way(asked: Asked) -> Any:
    number = asked.sent("way")
    try:
        return queries.way(asked.user, int(number) if number.isdecimal() and len(number) <= 15 else 0)
    except UnknownWay as problem:
        raise BadAsking("Nothing was changed", say_sentence(str(problem))) from None
