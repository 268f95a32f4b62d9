"""Services: a component that is promised, and whose failure nothing sees."""

from typing import Any

from upheld.language.meaning.conditions import COMBINED
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said
from upheld.language.vocabulary import WORDS


def check_services(subject: Subject) -> None:
    for service in subject.rules("services"):
        if subject.has(*service.path, "down when"):
            check_watched(subject, service)


def check_watched(subject: Subject, service: Said) -> None:
    """A covered component belongs to what makes the service down, under some sense; `components down` counts all of them."""
    named = {name for sense in subject.senses(*service.path, "down when") for name in watched(sense)}
    parts = {name for inner in ("components", "checks") for name in subject.merged.names(*service.path, inner)}
    if "components down" in named or named - parts - set(WORDS["conditions"]):
        # All of them are counted; or one is misspelt, which is told where it stands.
        return
    bad = [subject.value(*rule.path, "bad when") for rule in subject.rules("availability")]
    named |= {name for condition in bad for name in watched(condition)}
    for component in subject.merged.below(*service.path, "components"):
        if subject.value(*component.path, "covered") is True and component.path[-1] not in named:
            subject.error(
                component.path,
                f"nobody watches {component.path[-1]}: it is covered, and {service.path[1]} is never down by it",
                "name it in down when, or write covered: false", component.spot,
            )  # fmt: skip


def watched(condition: Any) -> set[str]:
    """The components of which a condition speaks, and its facts."""
    if isinstance(condition, list):
        return {name for part in condition for name in watched(part)}
    if not isinstance(condition, dict):
        return {condition} if isinstance(condition, str) else set()
    found: set[str] = set()
    for fact, wanted in condition.items():
        found |= watched(wanted) if fact in (*COMBINED, "not", "component") else {fact}
    return found
