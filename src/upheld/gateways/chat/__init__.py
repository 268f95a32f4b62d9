"""Chats that take texts by an address of their own, as Slack's incoming webhooks do."""

from upheld.gateways.chat.slack import SlackTexter

__all__ = ["SlackTexter"]
