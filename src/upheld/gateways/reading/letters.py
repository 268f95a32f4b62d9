"""From bytes to text: character sets as mailers name them, and what a database may hold of the outcome."""

import codecs
import contextlib
import re
from encodings import aliases

# What mailers write, and the codec that reads what they mean: each is a superset of the set that it is called.
MEANT = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc_kr": "cp949",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "tis-620": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac-roman",
    "iso-2022-jp": "iso2022_jp_ext",
}
# Text encodings that are no character set of a mail; some take time with the square of the length.
NOT_FOR_MAIL = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


def load_character_sets() -> None:
    """Load every character set now: a process that may open no file finds none later."""
    for name in {*aliases.aliases.values(), *MEANT.values()}:
        with contextlib.suppress(LookupError):
            codecs.lookup(name)


def find_codec(name: str) -> str | None:
    """The name of the codec for a character set, or None where there is none that we would use."""
    plain = name.strip().strip("\"'").lower()
    if not plain or len(plain) > 40 or not plain.isascii():
        return None
    try:
        found = codecs.lookup(MEANT.get(plain, plain))
        b"text".decode(found.name, "replace")  # a codec that makes no text refuses here
    except (LookupError, ValueError, TypeError, OSError, ImportError):
        return None
    meant = MEANT.get(found.name, found.name)
    return None if meant.replace("-", "_") in NOT_FOR_MAIL else meant


def decode_letters(content: bytes, charset: str = "") -> str:
    """The text that the bytes mean: as declared, else UTF-8, else Windows' western set; never an error."""
    return read_letters(content, charset)[0]


def read_letters(content: bytes, charset: str) -> tuple[str, str]:
    """The same, and what is doubtful about it; nothing where it can hardly be meant otherwise."""
    codec = find_codec(charset)
    # Whoever declares nothing, or a western set, sends UTF-8 often enough; the reverse is never valid UTF-8.
    tries = ["utf-8"] if codec is None or codec in {"cp1252", "utf-8"} else [codec, "utf-8"]
    for name in tries:
        try:
            return content.decode(name), ""
        except UnicodeDecodeError as wrong:
            # A text that was cut within its last letter is no other text for that; where it is the only one, it may be.
            is_cut = wrong.end == len(content) and wrong.reason == "unexpected end of data"
            if name == "utf-8" and is_cut and not content[: wrong.start].isascii():
                return content[: wrong.start].decode(name), ""
        except (UnicodeError, ValueError):
            continue
    last = codec if codec and codec != "utf-8" else "cp1252"
    text = content.decode(last, "replace")
    if codec != last or "ascii" in charset.lower():
        named = f"the named one ({clean_line(charset, 40)}) does not fit" if charset.strip() else "none is named"
        return text, f"the character set was guessed, for {named}: some letters may be wrong"
    if "\ufffd" in text:
        return text, f"some bytes are no letters of the named character set ({clean_line(charset, 40)}), and stand as \ufffd"
    return text, ""


def clean_letters(text: str) -> str:
    """Without NULs, other controls and lone surrogates; lines end with `\\n`."""
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text))


def clean_line(text: str, longest: int) -> str:
    """One line, its white space single, without marks that turn the direction of what follows."""
    return " ".join(DIRECTIONS.sub("", clean_letters(text[: longest * 4])).split())[:longest]
