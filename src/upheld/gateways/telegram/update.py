"""What people write to the bot: an update as Telegram posts it, believed only with the secret that was agreed."""

import hmac
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from upheld.core.timeline import SECOND, Instant

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""The header in which Telegram shows the secret that `setWebhook` was given."""
MOST_BYTES = 1_000_000


class WrongSecret(PermissionError):
    """An update without the agreed secret: not from Telegram."""


class NotAnUpdate(ValueError):
    """A body that is no update."""


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """A new message to the bot. `update` counts upwards: one that comes twice has the same number."""

    update: int
    chat: int
    message: int
    is_private: bool
    """A chat with one person; otherwise a group."""
    sender: int | None
    sender_name: str
    text: str
    """What was written; of a picture or a file its caption."""
    at: Instant
    """When Telegram had it, to the second."""
    answers: int | None = None
    """The message that this one replies to."""
    has_files: bool = False
    file_names: tuple[str, ...] = ()
    """What was handed over, each by its name, or by what it is (`photo`) where it has none."""


FILES = ("animation", "audio", "document", "photo", "sticker", "video", "video_note", "voice")
MOST_LETTERS_OF_A_NAME = 200


def check_secret(shown_secret: str, secret: str) -> None:
    """Raise WrongSecret where `shown_secret` (of the header SECRET_HEADER) is not the agreed one, or none was agreed."""
    if not secret or not hmac.compare_digest(shown_secret.encode(errors="replace"), secret.encode()):
        raise WrongSecret("the update does not show the secret of this bot; was the webhook set with another one?")


def read_update(body: bytes, *, shown_secret: str, secret: str) -> TelegramMessage | None:
    """The same as `parse_update`, of a body that nobody vouched for yet. Raises WrongSecret and NotAnUpdate."""
    check_secret(shown_secret, secret)
    return parse_update(body)


def parse_update(body: bytes) -> TelegramMessage | None:
    """
    The message of an update; None for updates of other kinds (an edit, a reaction, somebody who joined).

    Raises NotAnUpdate.
    """
    if len(body) > MOST_BYTES:
        raise NotAnUpdate(f"an update has at most {MOST_BYTES} bytes, came {len(body)}")
    try:
        update = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotAnUpdate(f"expected an update as JSON: {wrong}") from None
    number = take(update, "update_id", int)
    if not isinstance(update.get("message"), dict):
        return None
    message = update["message"]
    chat, text = take(message, "chat", dict), message.get("text", message.get("caption", ""))
    if not isinstance(text, str):
        raise NotAnUpdate("expected the text of a message as a string")
    has_files = any(name in message for name in FILES)
    if not text and not has_files:
        return None
    sender, answered = message.get("from"), message.get("reply_to_message")
    return TelegramMessage(
        update=number,
        chat=take(chat, "id", int),
        message=take(message, "message_id", int),
        is_private=chat.get("type") == "private",
        sender=take(sender, "id", int) if isinstance(sender, dict) else None,
        sender_name=name_sender(sender) if isinstance(sender, dict) else "",
        text=clean(text),
        at=Instant(take(message, "date", int) * SECOND.micros),
        answers=take(answered, "message_id", int) if isinstance(answered, dict) else None,
        has_files=has_files,
        file_names=tuple(name_file(message, name) for name in FILES if name in message),
    )


def name_file(message: dict[str, Any], what: str) -> str:
    given = message[what].get("file_name") if isinstance(message[what], dict) else None
    return clean(given)[:MOST_LETTERS_OF_A_NAME] if isinstance(given, str) and given else what


def take(record: Any, name: str, kind: type) -> Any:
    found = record.get(name) if isinstance(record, dict) else None
    if type(found) is not kind:
        raise NotAnUpdate(f"expected {name} as {kind.__name__}, came {type(found).__name__}")
    return found


def name_sender(sender: dict[str, Any]) -> str:
    parts = (sender.get("first_name"), sender.get("last_name"))
    return clean(" ".join(part for part in parts if isinstance(part, str)))[:MOST_LETTERS_OF_A_NAME]


def clean(text: str) -> str:
    """Without what no database keeps: control characters, halves of letters."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
