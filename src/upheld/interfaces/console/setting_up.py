"""The first run: whoever can read the log names the first administrator, once."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.urls import reverse

from upheld.apps.parties import services
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, awaits_first_run, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.pages.contexts.access import SetupPage
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import say_sentence

WHERE = "The code stands at the end of the link that was printed in the first lines of the log."


def show_set_up(asked: Asked, code: str = "") -> Answer:
    refuse_when_done()
    return make_set_up({"code": code})


def set_up(asked: Asked, code: str = "") -> Answer:
    refuse_when_done()
    sent = {name: asked.sent(name) for name in ("code", "person", "email")}
    problems = [Problem(name, words) for name, words in list_missing(sent)]
    password = asked.request.POST.get("password", "")
    if not problems:
        try:
            user = services.create_first_administrator(
                token=sent["code"], email=sent["email"], name=sent["person"], password=password, at=asked.at
            )
        except services.SetupIsOver as problem:
            # Somebody was faster: then there is nothing to set up any more.
            refuse_when_done()
            problems = [Problem("code", say_sentence(str(problem)))]
        except ValidationError as problem:
            problems = list_invalid(problem)
        else:
            login(asked.request, user)
            leave_toast(asked, f"{user.name} is the administrator now, and signed in.")
            return to("now")
    return answer(asked, make_set_up(sent, problems), status=422)


def refuse_when_done() -> None:
    if not awaits_first_run():
        raise NotHere()


def list_missing(sent: dict[str, str]) -> list[tuple[str, str]]:
    asked_for = {
        "code": "The code is missing: it stands in the link in the log",
        "person": "The name is missing: pages show it beside what was done",
        "email": "The e-mail address is missing: one signs in with it",
    }
    return [(name, words) for name, words in asked_for.items() if not sent[name]]


def list_invalid(problem: ValidationError) -> list[Problem]:
    """Django's own sentences, each at its field; those of no field are about the password."""
    if not hasattr(problem, "error_dict"):
        return [Problem("password", words) for words in problem.messages]
    fields = {"name": "person"}
    return [Problem(fields.get(name, name), words) for name, found in problem.message_dict.items() for words in found]


def make_set_up(sent: dict[str, str], problems: "list[Problem] | tuple[Problem, ...]" = ()) -> SetupPage:
    code = sent.get("code", "")
    return SetupPage(
        where_code=WHERE,
        form=Form(
            url=reverse("set-up"),
            deed="Name this administrator",
            not_done="Nobody was named.",
            problems=tuple(problems),
            fields=(
                Field(name="code", label="Code from the log", value=code, autocomplete="one-time-code"),
                Field(name="person", label="Name", autocomplete="name", value=sent.get("person", "")),
                Field(name="email", label="E-mail address", kind="email", autocomplete="email", value=sent.get("email", "")),
                Field(name="password", label="Password", kind="password", hint="At least 12 characters.",
                      autocomplete="new-password"),
            ),
        ),
    )  # fmt: skip
