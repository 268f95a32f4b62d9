"""Texts by a bot (Telegram Bot API, `sendMessage`)."""

import json
import re
from dataclasses import dataclass, field

from upheld.gateways.texts import NotTaken, Text, Wire, post_text, shorten

LONGEST = 4096
"""Letters of one message, as the Bot API has it."""
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,100}")
FOR_EVER = frozenset({400, 403})
"""No such chat, or its owner blocked the bot. A wrong token (401, 404) can be mended in the settings."""


class NotAToken(ValueError):
    """A setting that is no token of a bot."""


@dataclass(frozen=True, slots=True)
class TelegramBot:
    """Sends each text to one chat. The address is the chat's number, or `@name` of a public channel."""

    token: str = field(repr=False)
    api: str
    wire: Wire = field(default_factory=Wire)

    def send(self, text: Text) -> None:
        body = {"chat_id": text.to, "text": shorten(text.text, LONGEST), "link_preview_options": {"is_disabled": True}}
        host, status, said = post_text(
            f"{self.api}/bot{self.token}/sendMessage", {"content-type": "application/json"},
            json.dumps(body, ensure_ascii=False).encode(), wire=self.wire,
        )  # fmt: skip
        answer = read_answer(said)
        if 200 <= status <= 299 and answer.get("ok") is True:
            return
        words = answer.get("description")
        because = words if isinstance(words, str) else "no answer of a bot server"
        raise NotTaken(f"{host} answered {status}: {because[:200]}", for_ever=status in FOR_EVER)


def read_answer(said: bytes) -> dict[str, object]:
    try:
        answer = json.loads(said)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def open_bot(token: str, *, api: str, wire: Wire) -> TelegramBot:
    """The bot that the settings name. Raises NotAToken without quoting it."""
    if not TOKEN.fullmatch(token):
        raise NotAToken("UPHELD_TELEGRAM_TOKEN is what BotFather gave, digits, a colon and letters")
    return TelegramBot(token, api.rstrip("/"), wire)
