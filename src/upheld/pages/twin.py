"""The twin of a page: every figure of its record as JSON, so that page and JSON cannot differ."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from upheld.core.explain import Count, Share, Step, show, to_json
from upheld.core.facts import Fact
from upheld.core.money import Money
from upheld.core.service_hours import Zone
from upheld.core.timeline import Duration, Instant, Span, Timeline
from upheld.pages.contexts.page import Page
from upheld.pages.contexts.parts import AgreementName, Form, Why

LEFT_OUT = frozenset({"prose", "empty", "form", "deeds", "deed", "next_steps", "calendar_url", "several"})
"""What is on the page for a person to press, to hover over or to keep secret, and is no figure."""


def write_twin(page: Page) -> dict[str, Any]:
    """The page's heading and everything that its record holds; exact values beside the words that show them."""
    return {"heading": page.heading, **write_record(page)}


def write_record(record: Any) -> dict[str, Any]:
    return {
        field.name: write(getattr(record, field.name))
        for field in fields(record)
        if field.name not in LEFT_OUT and not isinstance(getattr(record, field.name), Form)
    }


def write(value: Any) -> Any:
    """One value: texts and whole numbers as they are, times canonical, figures exact and as shown."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Instant):
        return str(value)
    if isinstance(value, Duration | Share | Money | Count):
        return {**to_json(value), "shown": show(value)}
    if isinstance(value, Span):
        return [str(value.start), str(value.end)]
    return write_whole(value)


def write_whole(value: Any) -> Any:
    """A value that has parts."""
    if isinstance(value, Timeline | tuple | list):
        return [write(part) for part in value]
    if isinstance(value, Zone):
        return value.name
    if isinstance(value, Step | Fact):
        return value.to_json()
    if isinstance(value, Why):
        return write(value.step)
    if isinstance(value, AgreementName):
        return {"key": value.key, "service": value.service, "customer": value.customer, "url": value.url}
    if isinstance(value, Mapping):
        return {str(key): write(part) for key, part in value.items()}
    if is_dataclass(value):
        return write_record(value)
    raise TypeError(f"{type(value).__name__} has no writing as JSON; give it one in pages/twin.py")
