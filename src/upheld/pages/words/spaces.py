"""Spaces that do not break: a figure never leaves its unit, a currency never leaves its amount."""

import re
from collections.abc import Sequence

NBSP = "\u00a0"
UNITS = r"(?:min|h|d|s|ms|%|kB|MB|days?|hours?|minutes?)"
UNIT = re.compile(rf"(?<=\d) (?={UNITS}(?!\w))")
CURRENCY = re.compile(r"\b([A-Z]{3}) (?=[−-]?\d)")
DAYS, MONTHS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun", "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
CLOCK = r"\d\d:\d\d(?::\d\d)?(?:–\d\d:\d\d)?"
TIME = re.compile(rf"(?:\b(?:{DAYS}) )?\b\d{{1,2}} (?:{MONTHS})\b(?: \d{{4}}\b)?(?: {CLOCK})?(?: UTC)?|{CLOCK} UTC")
SIGN = re.compile(r"(?<=[−×=+]) (?=\d|[A-Z]{3} ?\d)")


def keep_together(text: str) -> str:
    """
    The same words, with spaces that do not break inside figures and times.

    >>> keep_together("178 min down of EUR 10.00") == "178\\u00a0min down of EUR\\u00a010.00"
    True
    """
    text = TIME.sub(lambda found: keep_whole(found.group()), text)
    return SIGN.sub(NBSP, UNIT.sub(NBSP, CURRENCY.sub(rf"\1{NBSP}", text)))


def capitalise(words: object) -> str:
    """The same words, of a problem too, with a capital first; the rest stays as it is."""
    text = str(words)
    return f"{text[:1].upper()}{text[1:]}"


def say_sentence(text: str) -> str:
    """The same words as a sentence of its own: a capital first, a full stop last; nothing stays nothing."""
    return f"{capitalise(text)}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


def keep_whole(text: str) -> str:
    """The same words with no place to break at all: for one figure, one time."""
    return text.replace(" ", NBSP)


def shorten(text: str, most: int) -> str:
    """
    The beginning of a long text, cut between words.

    >>> shorten("watch the disks", 12), shorten("watch the disks", 15)
    ('watch the …', 'watch the disks')
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """
    A list as a sentence writes it.

    >>> join_words(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
