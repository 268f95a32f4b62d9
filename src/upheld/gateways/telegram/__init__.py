"""Telegram: texts that leave by a bot (`sendMessage`), and what people write to it."""

from upheld.gateways.telegram.bot import TelegramBot, open_bot
from upheld.gateways.telegram.update import NotAnUpdate, TelegramMessage, WrongSecret, read_update

__all__ = ["NotAnUpdate", "TelegramBot", "TelegramMessage", "WrongSecret", "open_bot", "read_update"]
