"""A count before the name of what is counted, in the singular where it is one."""

import re

ENDS = (("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ies", "y"), ("s", ""))
"""The end of a plural and that of its singular; the first that fits holds."""
ALIKE = frozenset({"series", "means", "news", "always", "perhaps", "besides", "works"})
WITHOUT_PLURAL = ("ss", "us", "is")
NOUN_IS_BEFORE = re.compile(r" (?=(?:of|per|in|at|by|to|on|for|with|without|against|that|which|from)\b)")


def show_count(number: int, things: str) -> str:
    """
    A number with what it is of; `things` is written in the plural.

    >>> show_count(1, "times late"), show_count(1_200, "failed requests"), show_count(1, "uses against the rules")
    ('1 time late', '1,200 failed requests', '1 use against the rules')
    """
    return f"{number:,} {in_singular(things) if number == 1 else things}".rstrip()


def in_singular(things: str) -> str:
    """The same words for one of them: the first plural before `of`, `that` and their like; words without one stay."""
    noun, *rest = NOUN_IS_BEFORE.split(things, maxsplit=1)
    words = noun.split(" ")
    for place, word in enumerate(words):
        if word.endswith("s") and not word.endswith(WITHOUT_PLURAL) and word not in ALIKE:
            end, one = next(pair for pair in ENDS if word.endswith(pair[0]))
            words[place] = word.removesuffix(end) + one
            break
    return " ".join((*words, *rest))
