"""Addresses as each way of telling has them."""

import re

from upheld.apps.oncall.models import Kind
from upheld.gateways.probe import read_target

LONGEST_ADDRESS = 2048
NUMBER = re.compile(r"\+[1-9]\d{6,14}")
CHAT = re.compile(r"-?\d{1,20}|@[A-Za-z0-9_]{4,40}")
APPRISE = re.compile(r"[a-z][a-z0-9+.-]*://\S+")


class UnfitRecipient(ValueError):
    """An address to which nothing can be sent."""


def check_address(kind: str, address: str) -> str:
    """The address as it is kept; raises UnfitRecipient."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise UnfitRecipient(f"an address has at most {LONGEST_ADDRESS} letters, came {len(address)}")
    if kind in (Kind.WEBHOOK, Kind.SLACK):
        try:
            read_target(address, schemes=("http", "https"))
        except ValueError as wrong:
            raise UnfitRecipient(str(wrong)) from None
    elif kind in (Kind.SMS, Kind.PHONE):
        address = re.sub(r"[ ()/.-]", "", address)
        if not NUMBER.fullmatch(address):
            raise UnfitRecipient(f"expected a number with + and its country, such as +442079460000; came {address!r}")
    elif kind == Kind.TELEGRAM:
        if not CHAT.fullmatch(address):
            raise UnfitRecipient(f"expected the number of a chat with the bot, or @name of a channel; came {address!r}")
    elif kind == Kind.APPRISE:
        if not APPRISE.fullmatch(address):
            raise UnfitRecipient(f"expected an address of Apprise such as ntfy://host/topic; came {address!r}")
    elif kind != Kind.MAIL or not is_mail_address(address):
        raise UnfitRecipient(
            f"expected a mail address such as night@example.org, or the URL of a webhook; came {address!r}"
        )  # fmt: skip
    return address


def is_mail_address(address: str) -> bool:
    return address.isascii() and address.isprintable() and " " not in address and address.count("@") == 1
