"""Templates that a customer may begin a report from: links above its form, which fill it in."""

from typing import Any
from urllib.parse import urlencode

from upheld.apps.desk.queries import list_offered
from upheld.apps.desk.services import begin
from upheld.core.terms.desk import HelpDesk
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement
from upheld.doors.refusing import NotHere
from upheld.pages.contexts.lists import Entry, Section


def list_templates(desk: HelpDesk) -> list[Any]:
    """Those that are offered to customers, and whose topic, where they have one, their agreement covers."""
    return list_offered([topic.name for topic in desk.topics.values() if topic.covered.value])


def make_section(desk: HelpDesk, url: str) -> Section | None:
    """Links to the form at `url`, each filling it in; nothing where no template is offered."""
    entries = tuple(
        Entry(words=one.name, url=f"{url}?{urlencode({'template': one.name})}#report") for one in list_templates(desk)
    )
    return Section(anchor="begin", heading="Begin with", entries=entries) if entries else None


def fill_report(asked: Asked, agreement: Agreement, desk: HelpDesk) -> dict[str, str]:
    """The fields of a report as the chosen template fills them in; none where none was chosen. Raises NotHere."""
    name = asked.query("template")
    if not name:
        return {}
    found = next((one for one in list_templates(desk) if one.name == name), None)
    if found is None:
        raise NotHere()
    return {**begin(found, {"customer": agreement.customer.name, "me": asked.user.name}), "template": name}


def keep_template(sent: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The template that was begun from, as the form carries it on."""
    return (("template", sent["template"]),) if sent.get("template") else ()


def tags_of_template(desk: HelpDesk, name: str) -> tuple[str, ...]:
    """What a ticket that began with it is tagged; nothing where it is offered no more."""
    return next((tuple(one.tags) for one in list_templates(desk) if one.name == name), ())
