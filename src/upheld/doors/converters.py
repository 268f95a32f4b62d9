"""Parts of addresses that are more than a word: a period, an edition, a figure."""

from functools import cache

from django.urls import register_converter
from django.urls.converters import StringConverter


class Month(StringConverter):
    """A period by its first month: `2026-07`."""

    regex = r"\d{4}-\d{2}"


class Edition(StringConverter):
    """A version of an agreement, as its text names it."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"


class Rule(StringConverter):
    """A figure by its rule: `availability/uptime`, `clocks/respond/T-1`."""

    regex = r"[a-z]+/[^/?#]+(?:/[^/?#]+){0,3}"


@cache
def register() -> None:
    """Make them known to addresses, once."""
    for name, converter in (("month", Month), ("rule", Rule), ("edition", Edition)):
        register_converter(converter, name)
