"""Every setting of the installation: its name in the environment, what it means, and what holds when it is not set.

The one list: `settings` reads nothing else, `python -m upheld.project.declared` prints docs/reference/settings.md from it.
"""

import os
from collections.abc import Mapping
from typing import NamedTuple


class Setting(NamedTuple):
    """One variable of the environment. `default` is the text that holds when it is unset or empty."""

    name: str
    meaning: str
    default: str = ""
    default_words: str = ""
    """What the default comes to, where the empty text does not say it."""


SETTINGS = (
    Setting(
        "UPHELD_HOME",
        "Folder of everything that this installation keeps: database, keys, spool, status files, samples, unsent mail.",
        "var",
        "`var` in the folder where the command is started",
    ),
    Setting(
        "UPHELD_DATABASE_URL",
        "The database: `postgres://user:password@host:5432/name`, or `sqlite:///absolute/path`.",
        "",
        "the SQLite file `upheld.sqlite3` in UPHELD_HOME",
    ),
    Setting(
        "UPHELD_SECRET_KEY",
        "The key that sessions and forms are signed with; at least 50 letters.",
        "",
        "made at the first start, kept in `keys/session.key` in UPHELD_HOME",
    ),
    Setting(
        "UPHELD_URL",
        "Where people reach the installation, as in `https://upheld.example.com`. Links in mails begin with it, its host "
        "names the ledgers begun from now on, and with `https:` cookies are sent over TLS only.",
        "http://localhost:8000",
    ),
    Setting(
        "UPHELD_ALLOWED_HOSTS",
        "Further host names that requests may be addressed to, separated by commas.",
        "",
        "the host of UPHELD_URL, `localhost`, `127.0.0.1` and `[::1]`",
    ),
    Setting(
        "UPHELD_BEHIND_PROXY",
        "`yes` where a proxy in front ends TLS and sets `X-Forwarded-Proto` itself; then that header is believed.",
        "no",
    ),
    Setting(
        "UPHELD_EMAIL_URL",
        "The server that sends our mail: `smtp://user:password@host:25`, `smtp+tls://` (STARTTLS, port 587) or `smtps://` "
        "(TLS from the start, port 465).",
        "",
        "no mail leaves; each becomes a file in `mail` in UPHELD_HOME",
    ),
    Setting("UPHELD_EMAIL_FROM", "The sender of our mail.", "upheld@localhost"),
    Setting(
        "UPHELD_INBOX_URL",
        "The mailbox of the desk: `imaps://user:password@host/INBOX`, or `imap+tls://` (STARTTLS). A mail that was kept is "
        "moved to the folder `Upheld`, or to the one that `?kept=` names.",
        "",
        "no mailbox is looked into",
    ),
    Setting(
        "UPHELD_INBOX_LISTEN",
        "Where a mail server hands mail over to the desk: `lmtp://127.0.0.1:8024` or `smtp://127.0.0.1:8025`.",
        "",
        "no mail is taken over",
    ),
    Setting(
        "UPHELD_INBOX_ADDRESSES",
        "The addresses of the desk, separated by commas; mail to others is refused where it is handed over.",
        "",
        "the address of UPHELD_EMAIL_FROM",
    ),
    Setting(
        "UPHELD_INBOX_AUTHSERV_ID",
        "The name that your own mail server writes at the head of `Authentication-Results` (RFC 8601). Only what stands "
        "there under this name makes a sender certain.",
        "",
        "no sender of a mail is certain: none has authority",
    ),
    Setting(
        "UPHELD_REOPEN_DAYS",
        "For how many days after a ticket was settled a message of the customer opens it again; a later one is a ticket of "
        "its own that follows it.",
        "14",
    ),
    Setting(
        "UPHELD_WARN_SHARE",
        "When somebody is warned that the time of a ticket is nearly over: once so many percent of it are left, at most "
        "four hours of open time.",
        "25",
    ),
    Setting(
        "UPHELD_WARN_MINUTES",
        "The least warning, in minutes of open time; never more than half of the allowed time.",
        "15",
    ),
    Setting(
        "UPHELD_RECORDS_MEGABYTES",
        "How much each customer may hand over of their own, in million bytes (0 to 1000000). What is there stays, whatever "
        "you set; files on tickets are not counted.",
        "500",
    ),
    Setting(
        "UPHELD_SIGNER",
        "The socket of `upheld signer`: heads are signed there, and neither pages nor worker need to read the signing key.",
        "",
        "`upheld run` starts a signer of its own; commands and single processes read `keys/signing.key` in UPHELD_HOME",
    ),
    Setting(
        "UPHELD_WEBHOOK_SECRET",
        "The secret that webhooks are signed with (Standard Webhooks): `whsec_` and base64 of 24 to 64 bytes.",
        "",
        "made at the first start, kept in `keys/webhook.key` in UPHELD_HOME",
    ),
    Setting(
        "UPHELD_WEBHOOK_NETWORKS",
        "Private networks that webhooks may reach nevertheless, as in `127.0.0.0/8, 10.1.0.0/16`.",
        "",
        "none: public addresses only",
    ),
    Setting(
        "UPHELD_TELEGRAM_TOKEN",
        "The token of the Telegram bot that sends pages and answers, as BotFather gave it. See docs/how-to/telegram.md.",
        "",
        "nothing is sent by Telegram",
    ),
    Setting(
        "UPHELD_TELEGRAM_SECRET",
        "The secret that Telegram shows with each message to the bot (`secret_token` of `setWebhook`).",
        "",
        "what is written to the bot is refused",
    ),
    Setting(
        "UPHELD_TELEGRAM_API",
        "Where the Bot API answers; another one where you run a server of your own.",
        "https://api.telegram.org",
    ),
    Setting(
        "UPHELD_SMS_URL",
        "Where the SMS provider takes a text by HTTP POST. See docs/how-to/on-call.md.",
        "",
        "nothing is sent by SMS",
    ),
    Setting(
        "UPHELD_SMS_FIELDS",
        "What is posted to the SMS provider: a JSON object or a form, with `{to}`, `{text}` and, where it helps, `{key}` in "
        "their places.",
        "To={to}&Body={text}",
    ),
    Setting("UPHELD_SMS_HEADER", "One header for the SMS provider, as in `Authorization: Bearer …`.", "", "none"),
    Setting(
        "UPHELD_SMS_SECRET",
        "The secret that the SMS provider shows when it brings an answer to `/api/sms`: `Authorization: Bearer SECRET`, or "
        "the password of `Basic`.",
        "",
        "answers by SMS are refused",
    ),
    Setting(
        "UPHELD_SMS_ARRIVED",
        "In which fields an SMS that comes has its sender and its text; in JSON `a.b` is b inside of a.",
        "from=From&text=Body",
    ),
    Setting(
        "UPHELD_PHONE_URL",
        "Where the telephone provider takes a call by HTTP POST: it calls, and reads the text.",
        "",
        "nobody is called",
    ),
    Setting(
        "UPHELD_PHONE_FIELDS",
        "What is posted to the telephone provider, as for SMS. Between `>` and `<` the text is written as XML needs it.",
        "To={to}&Twiml=<Response><Say>{text}</Say></Response>",
    ),
    Setting("UPHELD_PHONE_HEADER", "One header for the telephone provider.", "", "none"),
    Setting(
        "UPHELD_APPRISE",
        "`yes` lets pages go by any service that Apprise knows. It has to be installed (`pip install 'upheld[apprise]'`), "
        "and its connections are not vetted.",
        "no",
    ),
    Setting(
        "UPHELD_TSA_URL",
        "The address of a time stamping authority (RFC 3161), which stamps the head over all ledgers once a day. It takes "
        "an extra: `pip install 'upheld[stamps]'`.",
        "",
        "none",
    ),
    Setting("UPHELD_TSA_ROOTS", "A file with the root certificates (PEM) by which its stamps are verified.", "", "none"),
    Setting("UPHELD_LOG_LEVEL", "How much is logged: `debug`, `info`, `warning` or `error`.", "info"),
    Setting(
        "UPHELD_BACKUP_KEYS_DAYS",
        "For how many days after an erasure the backups from before it can still be restored (0 to 365). After that the key "
        "under which they are sealed is destroyed.",
        "30",
    ),
    Setting(
        "UPHELD_DEBUG",
        "`yes` shows errors in the browser, with what the program held. Never where others can reach it.",
        "no",
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class NotASetting(ValueError):
    """A value in the environment that cannot be used, or a name with our prefix that no setting has."""


def read_setting(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text of a declared setting: from the environment, else its default."""
    return environment.get(name, "").strip() or _BY_NAME[name].default


def read_flag(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """A setting that is `yes` or `no`."""
    text = read_setting(name, environment).lower()
    if text not in ("yes", "no"):
        raise NotASetting(f"{name} is yes or no, came {text!r}")
    return text == "yes"


def read_number(name: str, most: int, environment: Mapping[str, str] = os.environ) -> int:
    """A setting that is a whole number from 0 to `most`."""
    text = read_setting(name, environment)
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= most):
        raise NotASetting(f"{name} is a whole number from 0 to {most}, came {text!r}")
    return int(text)


def read_list(name: str, environment: Mapping[str, str] = os.environ) -> list[str]:
    """A setting that is a list, separated by commas."""
    return [part.strip() for part in read_setting(name, environment).split(",") if part.strip()]


def name_unknown(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Variables that look like ours and are none: a slip of the pen, by which a setting would silently not be in force."""
    return sorted(name for name in environment if name.startswith("UPHELD_") and name not in _BY_NAME)


def print_reference() -> str:
    """The page docs/reference/settings.md."""
    lines = [
        "# Settings",
        "",
        "All settings are variables of the environment. None has to be set: the defaults run on one machine, with SQLite.",
        "This page is printed by `python -m upheld.project.declared`; a test compares the two.",
        "",
        "| name | meaning | when not set |",
        "|---|---|---|",
    ]
    for setting in SETTINGS:
        lines.append(f"| `{setting.name}` | {setting.meaning} | {setting.default_words or f'`{setting.default}`'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(print_reference(), end="")
