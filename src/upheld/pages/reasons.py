"""The tree of reasons, made ready for the page: what is open, what is folded, what is fetched when it is opened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from upheld.pages.contexts.parts import AgreementName, FactLine, Why
from upheld.pages.words import keep_together
from upheld.pages.words.zones import say_in_zone

FOLDED_FROM = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: value, words, clauses, readings, facts, and the lines below it."""

    figure: str
    is_word: bool
    """The value is no number: it may break and is not set in bold."""
    words: str
    agreement: AgreementName
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple["FactLine | str", ...]
    below: tuple["Reason", ...]
    arithmetic: str
    path: str
    adds: bool
    is_folded: bool
    hidden: int
    """How many lines below are not here but at `more_url`."""
    more_url: str

    @property
    def has_below(self) -> bool:
        return bool(self.below or self.facts or self.arithmetic)

    @property
    def lines(self) -> int:
        """How many lines stand directly below."""
        return len(self.below) + len(self.facts)

    @property
    def anchor(self) -> str:
        return f"s{self.path.replace('.', '-')}" if self.path else "s"


def read_reasons(why: Why) -> Reason:
    """The whole tree of a figure, from a step or from its JSON as a statement keeps it."""
    step = why.step if isinstance(why.step, Mapping) else why.step.to_json()
    return read_step(step, why, "", 0)


def read_below(why: Why, step: Mapping[str, Any], path: str) -> Sequence[Reason]:
    """The lines below one step, all of them: what is fetched when it is opened."""
    open_why = Why(step=step, agreement=why.agreement, facts=why.facts, is_open=True)
    return read_step(step, open_why, path, 0).below


def read_step(step: Mapping[str, Any], why: Why, path: str, depth: int) -> Reason:
    steps: Sequence[Mapping[str, Any]] = step.get("because", ())
    facts = tuple(why.facts.get(name, name) for name in step.get("facts", ()))
    fetched = bool(why.url) and depth >= why.depth and bool(steps or facts)
    below = () if fetched else tuple(read_children(steps, why, path, depth))
    shown = say_in_zone(f"{step.get('sign', '')} {step['shown']}".strip(), why.agreement.zone)
    return Reason(
        figure=keep_together(shown),
        is_word="words" in step["value"],
        words=keep_together(say_in_zone(step["words"], why.agreement.zone)),
        agreement=why.agreement,
        clauses=tuple(step.get("clauses", ())),
        readings=tuple(step.get("readings", ())),
        facts=() if fetched else facts,
        below=below,
        arithmetic=step.get("arithmetic", ""),
        path=path,
        adds=bool(step.get("adds")),
        is_folded=not why.is_open and depth >= FOLDED_FROM and bool(below or facts) and not fetched,
        hidden=len(steps) + len(facts) if fetched else 0,
        more_url=f"{why.url}?step={path}" if fetched else "",
    )


def read_children(steps: Sequence[Mapping[str, Any]], why: Why, path: str, depth: int) -> Iterator[Reason]:
    for place, step in enumerate(steps):
        yield read_step(step, why, f"{path}.{place}".lstrip("."), depth + 1)
