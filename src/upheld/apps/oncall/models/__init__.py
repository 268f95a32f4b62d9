"""Rows of telling and of waking: the outbox, rotas, escalation policies, pages, and how each person is reached."""

from upheld.apps.oncall.models.outbox import Kind, Message, Recipient
from upheld.apps.oncall.models.pages import Page, PageStep, Told
from upheld.apps.oncall.models.policies import Channel, Hours, Policy, Step, Target
from upheld.apps.oncall.models.rotas import Layer, Override, Rota, RotaVersion, Turn
from upheld.apps.oncall.models.ways import CalendarAddress, ContactWay

__all__ = [
    "CalendarAddress", "Channel", "ContactWay", "Hours", "Kind", "Layer", "Message", "Override", "Page", "PageStep",
    "Policy", "Recipient", "Rota", "RotaVersion", "Step", "Target", "Told", "Turn",
]  # fmt: skip
