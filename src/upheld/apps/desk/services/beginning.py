"""Templates of tickets: a report that comes often is written once, and filled in where a ticket is opened."""

from collections.abc import Mapping, Sequence

from upheld.apps.desk.models import Kind, TicketTemplate
from upheld.apps.desk.queries.templates import REPORTED_KINDS
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.marking import read_tags
from upheld.apps.desk.services.opening import LONGEST_SUBJECT
from upheld.apps.desk.services.writing import fill_blanks, refuse_blanks
from upheld.core.timeline import Instant

BLANKS_AT_OPENING = ("customer", "me")
"""What a template may leave to be filled in: of the blanks of macros those of which something is known by then."""
LONGEST = {"name": 100, "topic": 100, "impact": 50, "urgency": 50, "subject": LONGEST_SUBJECT}


def save_template(
    *, name: str, subject: str, by: str, at: Instant, kind: str = Kind.INCIDENT, topic: str = "", impact: str = "",
    urgency: str = "", text: str = "", tags: Sequence[str] = (), is_offered: bool = False,
) -> TicketTemplate:  # fmt: skip
    """
    A template under its name; one that is there gets the new words. Raises CannotDo for a blank that nothing fills in, and
    where customers are offered what they do not report.
    """
    said = {"name": name.strip(), "subject": subject.strip(), "topic": topic, "impact": impact, "urgency": urgency}
    if not said["name"] or not said["subject"]:
        raise CannotDo(f"a template has a name and a subject; the {'subject' if said['name'] else 'name'} is missing")
    for what, most in LONGEST.items():
        if len(said[what]) > most:
            raise CannotDo(f"the {what} of a template has {most} letters at most")
    if kind not in Kind.values:
        raise CannotDo(f"a kind is one of {', '.join(Kind.values)}; came {kind or 'nothing'}")
    if is_offered and kind not in REPORTED_KINDS:
        raise CannotDo(f"customers report {', '.join(REPORTED_KINDS)}; a template of the kind {kind} is for staff alone")
    refuse_blanks(said["subject"], BLANKS_AT_OPENING, "the subject of a template")
    refuse_blanks(text, BLANKS_AT_OPENING, "the text of a template")
    words = {"kind": kind, "text": text.strip(), "tags": read_tags(tags), "is_offered": is_offered}
    kept, _ = TicketTemplate.objects.update_or_create(
        name=said.pop("name"), defaults={**said, **words, "by": by, "at": at.utc()}
    )
    return kept


def remove_template(*, template: TicketTemplate) -> None:
    """It is offered no more; the tickets that began with it stay."""
    template.delete()


def begin(template: TicketTemplate, words: Mapping[str, str]) -> dict[str, str]:
    """
    What the fields of a ticket begin with, each by its name, for whom `words` name. Tags stand with spaces between; a blank
    of which nothing is known stays, to be seen.
    """
    return {
        "kind": template.kind, "topic": template.topic, "impact": template.impact, "urgency": template.urgency,
        "subject": fill_blanks(template.subject, words)[:LONGEST_SUBJECT], "text": fill_blanks(template.text, words),
        "tags": " ".join(template.tags),
    }  # fmt: skip
