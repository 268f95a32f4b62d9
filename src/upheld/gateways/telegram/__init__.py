"""Telegram: texts that leave by a bot (`sendMessage`), and what people write to it."""

from upheld.gateways.telegram.bot import TelegramBot, open_bot
from upheld.gateways.telegram.update import (
    MOST_BYTES,
    SECRET_HEADER,
    NotAnUpdate,
    TelegramMessage,
    WrongSecret,
    check_secret,
    parse_update,
    read_update,
)

__all__ = [
    "MOST_BYTES",
    "SECRET_HEADER",
    "NotAnUpdate",
    "TelegramBot",
    "TelegramMessage",
    "WrongSecret",
    "check_secret",
    "open_bot",
    "parse_update",
    "read_update",
]
