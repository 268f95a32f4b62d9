"""Templates of tickets: those that are kept, and those that a customer may begin from."""

from collections.abc import Collection

from upheld.apps.desk.models import Kind, TicketTemplate

REPORTED_KINDS = (str(Kind.INCIDENT), str(Kind.REQUEST), str(Kind.QUESTION), str(Kind.COMPLAINT))
"""Kinds of tickets that customers report; what else they ask for has a form of its own."""


class UnknownTemplate(LookupError):
    """A template that is not on record."""


def list_templates() -> list[TicketTemplate]:
    return list(TicketTemplate.objects.order_by("name"))


def template(name: str) -> TicketTemplate:
    """One template; raises UnknownTemplate."""
    found = TicketTemplate.objects.filter(name=name).first()
    if found is None:
        raise UnknownTemplate(f"no template is called {name!r}")
    return found


def list_offered(topics: Collection[str]) -> list[TicketTemplate]:
    """Those that customers may begin from: without a topic, or with one of these, which their agreement covers."""
    return list(TicketTemplate.objects.filter(is_offered=True, topic__in=["", *topics]).order_by("name"))
