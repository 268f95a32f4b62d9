"""Rows of telling and of waking: the outbox, rotas, escalation policies, pages, and how each person is reached."""

from upheld.apps.oncall.models.outbox import Event, Kind, Message, Recipient, of_outages
from upheld.apps.oncall.models.pages import Page, PageStep, Told
from upheld.apps.oncall.models.policies import Channel, Hours, Policy, Step, Target
from upheld.apps.oncall.models.rotas import Layer, Override, Rota, RotaVersion, Turn
from upheld.apps.oncall.models.ways import CalendarAddress, ContactWay

__all__ = [
    "CalendarAddress", "Channel", "ContactWay", "Event", "Hours", "Kind", "Layer", "Message", "Override", "Page",
    "PageStep", "Policy", "Recipient", "Rota", "RotaVersion", "Step", "Target", "Told", "Turn", "of_outages",
]  # fmt: skip
