"""SMS that come: as a provider posts them, believed only with the secret that was agreed."""

import base64
import binascii
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl

MOST_BYTES = 65_536
LONGEST_TEXT = 2_000
NEEDED = ("from", "text")


class WrongSecret(PermissionError):
    """A post without the agreed secret: not from our provider."""


class NotAnSms(ValueError):
    """A body that holds no sender or no text where the settings say that they stand."""


@dataclass(frozen=True, slots=True)
class ArrivedSms:
    """One SMS. `sender` is a number with its country (`+442079460000`), or as it came where it is none."""

    sender: str
    text: str


def check_secret(authorization: str, secret: str) -> None:
    """
    Raise WrongSecret where the header Authorization shows another secret than the agreed one, or none was agreed.

    It is shown as `Bearer SECRET`, or as the password of `Basic` (RFC 7617) under any name: providers that know neither can
    be given an address with name and password in it.
    """
    kind, _, shown = authorization.partition(" ")
    if kind.lower() == "basic":
        try:
            shown = base64.b64decode(shown.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            shown = ""
    elif kind.lower() != "bearer":
        shown = ""
    if not secret or not hmac.compare_digest(shown.strip().encode(errors="replace"), secret.encode()):
        raise WrongSecret("the SMS does not show the secret of this installation (UPHELD_SMS_SECRET)")


def parse_sms(body: bytes, fields: str) -> ArrivedSms:
    """
    The SMS in a form, or in a JSON object. `fields` says where: `from=From&text=Body`; in JSON `a.b` is b inside of a.

    Raises NotAnSms.
    """
    places = dict(parse_qsl(fields))
    if missing := [name for name in NEEDED if not places.get(name)]:
        raise NotAnSms(f"UPHELD_SMS_ARRIVED names no field for {' and for '.join(missing)}, as in from=From&text=Body")
    if len(body) > MOST_BYTES:
        raise NotAnSms(f"an SMS comes in at most {MOST_BYTES} bytes, came {len(body)}")
    record = read_record(body)
    sender, text = (find(record, places[name]) for name in NEEDED)
    return ArrivedSms(tidy_number(clean(sender)), clean(text)[:LONGEST_TEXT])


def read_record(body: bytes) -> Any:
    try:
        if body.lstrip()[:1] in (b"{", b"["):
            return json.loads(body)
        return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    except (ValueError, RecursionError) as wrong:
        raise NotAnSms(f"expected a form or JSON: {wrong}") from None


def find(record: Any, path: str) -> str:
    """The value at `a.b`; a form may have a dot in the name itself."""
    found = record.get(path) if isinstance(record, dict) else None
    if found is None:
        found = record
        for name in path.split("."):
            if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            else:
                found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str):
        raise NotAnSms(f"expected {path} as text, came {'nothing' if found is None else type(found).__name__}")
    return found


def tidy_number(written: str) -> str:
    """`0044 20 7946 0000` and `442079460000` are `+442079460000`; what is no number stays (`BANK`)."""
    digits = re.sub(r"[ ()/.-]", "", written)
    if not re.fullmatch(r"\+?[0-9]{7,17}", digits):
        return written.strip()[:100]
    return f"+{digits.removeprefix('+').removeprefix('00')}"


def clean(text: str) -> str:
    """Without what no database keeps."""
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable()).strip()
