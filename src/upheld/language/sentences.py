"""A rule of the terms as plain sentences: each key and value in words, without marks of the notation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KEYS = {
    "is": "This is {}",
    "means": "It means {}",
    "does": "What is owed: to {}",
    "who": "It is owed by the {}",
    "target": "The target is {}",
    "of": "It is of {}",
    "per": "It is reckoned per {}",
    "period": "Its period is the {}",
    "within": "It must be done within {}",
    "starts": "It begins with {}",
    "stops": "It ends with {}",
    "hours": "The hours that count: {}",
    "pauses": "It pauses for {}",
    "repeats": "It repeats {}",
    "strength": "Its strength: {}",
    "counts as": "It counts as {}",
    "measured": "What is measured: {}",
    "responsible": "Who answers for it: {}",
    "evidence": "It is proven by {}",
    "unmeasured": "Time that was not measured: {}",
    "pays": "It pays {}",
    "times": "It pays {}",
    "for each": "It pays for each {}",
    "cap": "At most: {}",
    "least": "At least: {}",
    "to": "It goes to {}",
    "by": "It comes by {}",
    "from": "It comes from {}",
    "open": "Open: {}",
    "closed": "Closed: {}",
    "zone": "Its clocks are those of {}",
    "notice": "Notice: {}",
    "otherwise": "Otherwise: {}",
    "formula": "The formula: {}",
    "upon": "It is told upon {}",
    "states": "It states {}",
    "length": "It lasts {}",
    "price": "The price is {}",
    "items": "On it are {}",
    "see": "It is carried out by {}",
    "provider": "The provider is {}",
    "customer": "The customer is {}",
    "version": "This is edition {}",
    "effective": "It takes effect on {}",
    "contact": "Questions go to {}",
    "each": "There is one for each {}",
    "usual": "Where nothing is said: {}",
}
"""Sentences for the usual keys; another key is told by its own name."""
NONE = {
    "evidence": "Nothing has to prove it",
    "every": "It is written down as things happen",
    "closed": "No holidays are taken out",
    "notice": "No notice is needed",
    "otherwise": "Otherwise there is nothing",
    "charge": "Nothing is charged for it",
    "clock": "No clock runs on it",
    "cap": "There is no most",
    "least": "There is no least",
    "decided within": "No time is set for the decision",
    "refund": "Nothing is refunded",
    "shortest outage": "An outage counts however short it is",
}
"""Sentences of keys whose value is `none`."""
CONDITIONS = ("when", "refused when", "in", "outside")
STRAY = ("cite",)


def tell_rule(values: Any, blocks: Mapping[str, Any]) -> list[str]:
    """Every key of a rule as a sentence; clauses are cited beside it, not in it."""
    if not isinstance(values, Mapping):
        return [f"{capital(say(values, blocks))}."]
    return [line for key, value in values.items() if key not in STRAY for line in tell_key(str(key), value, blocks)]


def tell_key(key: str, value: Any, blocks: Mapping[str, Any]) -> Iterator[str]:
    if key in CONDITIONS and isinstance(value, Mapping):
        if key == "refused when":
            yield from (f"Refused, {say_name(name)}: when {say_condition(one, blocks)}." for name, one in value.items())
            return
        yield f"It holds {'when' if key == 'when' else key} {say_condition(value, blocks)}."
        return
    if key == "otherwise" and value is True:
        yield "It is what holds where nothing else does."
        return
    if isinstance(value, Mapping) and value and all(isinstance(one, Mapping) for one in value.values()):
        for name, one in value.items():
            told = "; ".join(line.rstrip(".") for line in tell_rule(one, blocks))
            yield f"{capital(key)}, {say_name(name)}: {told}."
        return
    if value in (None, "none", []) and key in NONE:
        yield f"{NONE[key]}."
        return
    phrase = KEYS.get(key, f"{capital(say_name(key))}: {{}}")
    yield f"{phrase.format(say(value, blocks))}."


def say(value: Any, blocks: Mapping[str, Any]) -> str:
    """A value in words: what a reading decides with our sense, what a customer fills in by its name."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{say_name(key)} {say(one, blocks)}" for key, one in value.items() if key not in STRAY)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return join([say(one, blocks) for one in value])
    return say_word(str(value), blocks)


def say_word(word: str, blocks: Mapping[str, Any]) -> str:
    """
    A single value: `reading cents` as the sense that is used, `parameter monthly-price` as the customer's own value.

    >>> say_word("parameter monthly-price", {})
    'the customer’s own monthly price'
    """
    kind, _, name = word.partition(" ")
    if kind == "reading" and name in blocks.get("readings", {}):
        return f"{say(blocks['readings'][name].get('we read'), blocks)} (reading {name})"
    if kind == "parameter":
        return f"the customer’s own {say_name(name)}"
    return say_name(word) if "-" in word and word in names_of(blocks) else word


def names_of(blocks: Mapping[str, Any]) -> frozenset[str]:
    """The names that the author gave to rules, and to the parts of services."""
    named = {str(name) for values in blocks.values() if isinstance(values, Mapping) for name in values}
    services = [one for one in blocks.get("services", {}).values() if isinstance(one, Mapping)]
    parts = {str(name) for one in services for key in ("components", "checks") for name in one.get(key, {})}
    return frozenset(named | parts)


def say_condition(value: Any, blocks: Mapping[str, Any]) -> str:
    """`uptime is missed and responsible is provider`."""
    if not isinstance(value, Mapping):
        return say(value, blocks)
    told = []
    for key, one in value.items():
        if key in ("any", "all"):
            many = one if isinstance(one, Sequence) and not isinstance(one, str) else [one]
            told.append(join([say_condition(each, blocks) for each in many], "or" if key == "any" else "and"))
        elif key == "not":
            told.append(f"not: {say_condition(one, blocks)}")
        elif key == "missing":
            told.append(f"{say(one, blocks)} is missing")
        elif key not in STRAY:
            told.append(compare(say_name(key), one, blocks))
    return " and ".join(told)


def compare(name: str, value: Any, blocks: Mapping[str, Any]) -> str:
    if isinstance(value, Mapping):
        return f"{name} is {', '.join(f'{key} {say(one, blocks)}' for key, one in value.items())}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"{name} is {join([say(one, blocks) for one in value], 'or')}"
    return f"{name} is {say(value, blocks)}"


def say_name(name: Any) -> str:
    """`software-fault` as `software fault`."""
    return str(name).replace("-", " ")


def join(words: Sequence[str], last: str = "and") -> str:
    if len(words) < 2:
        return "".join(words) or "none"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
