"""Settings that are kept with the rows: who is told of what. The others are variables of the environment."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from upheld.apps.ledger.services import open_signer
from upheld.apps.oncall import services
from upheld.apps.oncall.queries import EVENTS, list_recipients, messages_given_up
from upheld.apps.parties.queries import UnknownParty, is_administrator, provider_name
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import THEME_COOKIE, THEMES, answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.refusing import BadAsking
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.people import RecipientRow, SettingsPage, UntoldRow
from upheld.pages.words import capitalise

KINDS = (Choice("mail", "By mail"), Choice("webhook", "By a signed webhook"))
LONGEST_ADDRESS = 2048
MOST_UNTOLD = 50
WHO_MAY = "An administrator says who is told."
OF_WHAT: dict[str, tuple[str, str | tuple[str, ...]]] = {
    "outages": ("Outages", "outage."),
    "tickets": ("Tickets: opened, answered, resolved", "ticket."),
    "clocks": ("Clocks of tickets: nearly over, and over", "clock."),
    "agreed": (
        "Prices, times, claims and credits; statements, invoices and payments",
        ("quote.", "appointment.", "instruction.", "claim.", "credit.", "statement.", "invoice.", "payment."),
    ),
    "works": ("Planned work, and what customers were told of", ("maintenance.", "notice.")),
    "all": ("All of it", ""),
}
"""What a recipient may choose, each with its words and how the names of its events begin."""


def show_settings(asked: Asked) -> SettingsPage:
    return make_settings_page(asked, {})


def make_settings_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> SettingsPage:
    may = is_administrator(asked.user) and not asked.is_past
    untold = [] if asked.is_past else messages_given_up()
    theme = asked.request.COOKIES.get(THEME_COOKIE, "")
    return SettingsPage(
        as_of=asked.as_of,
        recipients=tuple(
            RecipientRow(
                address=row.address,
                way=str(row.get_kind_display()).lower(),
                deed=make_removal(row.pk) if may else None,
                trial=make_trial(row.pk) if may else None,
                of_what=say_events(row.events),
            )
            for row in list_recipients()
        ),
        untold=tuple(tell_untold(one, may=may) for one in untold[:MOST_UNTOLD]),
        untold_more=max(len(untold) - MOST_UNTOLD, 0),
        form=make_form(sent, problems) if may else None,
        who_may="" if may else WHO_MAY,
        theme=make_theme(theme if theme in THEMES else "system", asked.here),
        facts=(
            ("Provider", name_provider()),
            ("Address", settings.UPHELD_URL),
            ("Mail", "is sent by a server" if settings.UPHELD_EMAIL_URL else "is not sent; each becomes a file in the home"),
            ("Key of the ledgers", open_signer().verifier_key()),
        ),
    )


def name_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return "has no name yet"


def make_theme(chosen: str, here: str) -> Form:
    choices = (Choice("system", "As the system says"), Choice("light", "Light"), Choice("dark", "Dark"))
    return Form(
        url=reverse("theme"), deed="Show pages so", hidden=(("next", here),),
        fields=(Field(name="theme", label="Light or dark", value=chosen, choices=choices),),
    )  # fmt: skip


def list_events(chosen: str) -> list[str]:
    """The events of a choice; none for one that is not offered."""
    return [event for event in EVENTS if event.startswith(OF_WHAT[chosen][1])] if chosen in OF_WHAT else []


def say_events(events: list[str]) -> str:
    """A choice by its words; events that are no choice each by its own."""
    for name, (words, _) in OF_WHAT.items():
        if sorted(events) == sorted(list_events(name)):
            return words
    return "; ".join(words for event, words in EVENTS.items() if event in events)


def make_removal(row: int) -> Form:
    return Form(url=reverse("settings-remove"), deed="Tell no more", fields=(), hidden=(("recipient", str(row)),))


def make_trial(row: int) -> Form:
    return Form(url=reverse("settings-trial"), deed="Try it", fields=(), hidden=(("recipient", str(row)),))


def tell_untold(message: Any, *, may: bool) -> UntoldRow:
    """What was given up, and for administrators what becomes of it."""
    deeds = tuple(
        Form(url=reverse("settings-untold"), deed=words, fields=(), hidden=(("message", str(message.pk)), ("deed", deed)))
        for deed, words in (("again", "Send it again"), ("let-go", "Let it go"))
    )
    because = message.last_error or "No reason was given."
    return UntoldRow(message.subject or str(message.get_kind_display()), message.to, because, deeds if may else ())


def make_form(sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=reverse("settings"),
        deed="Tell this address",
        not_done="Nobody was added.",
        problems=problems,
        fields=(
            Field(name="kind", label="How", value=sent.get("kind", "mail"), choices=KINDS),
            Field(name="address", label="Address", value=sent.get("address", ""), example="night@example.org",
                  hint="A mail address, or the URL of a webhook."),
            Field(name="events", label="Of what", value=sent.get("events") or "outages",
                  choices=tuple(Choice(name, words) for name, (words, _) in OF_WHAT.items())),
        ),
    )  # fmt: skip


def add_recipient(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("kind", "address", "events")}
    if too_long := explain_length("The address", sent["address"], most=LONGEST_ADDRESS):
        return answer(asked, make_settings_page(asked, sent, (Problem("address", too_long),)), status=422)
    try:
        events = list_events(sent["events"]) if sent["events"] else None
        added = services.add_recipient(kind=sent["kind"], address=sent["address"], events=events)
    except services.UnfitRecipient as problem:
        wrong = Problem("address", capitalise(problem))
        return answer(asked, make_settings_page(asked, sent, (wrong,)), status=422)
    leave_toast(asked, f"{added.address} is told from now on.")
    return to("settings")


def find_recipient(asked: Asked, refusal: str) -> Any:
    found = next((row for row in list_recipients() if str(row.pk) == asked.sent("recipient")), None)
    if found is None:
        raise BadAsking(refusal, "The address is not on the list any more; look at the settings again.")
    return found


def try_recipient(asked: Asked) -> Answer:
    """Write to it as an event would; what comes of it stands here where it is not taken."""
    found = find_recipient(asked, "Nothing was sent")
    services.tell_test(recipient=found, at=asked.at)
    leave_toast(asked, f"A test is on its way to {found.address}.")
    return to("settings")


def settle_untold(asked: Asked) -> Answer:
    """Send again what nobody took, or let it go."""
    found = next((one for one in messages_given_up() if str(one.pk) == asked.sent("message")), None)
    deeds = {"again": services.send_again, "let-go": services.let_go}
    deed = deeds.get(asked.sent("deed"))
    if found is None or deed is None or not deed(message=found, at=asked.at):
        raise BadAsking("Nothing was done", "It is on its way, or was let go; look at the settings again.")
    leave_toast(asked, f"It is on its way to {found.to} again." if deed is services.send_again else "It is let go.")
    return to("settings")


def remove_recipient(asked: Asked) -> Answer:
    found = find_recipient(asked, "Nobody was removed")
    services.remove_recipient(recipient=found)
    leave_toast(asked, f"{found.address} is told no more.")
    return to("settings")
