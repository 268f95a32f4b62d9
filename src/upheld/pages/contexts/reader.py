"""An agreement as a document for its readers: prose, the same rules as sentences, open places, worked examples."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.pages.contexts.agreements import Clause, Example
from upheld.pages.contexts.page import Page
from upheld.pages.words import say_count


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleWords:
    """One rule: which it is, its sentences, and the clauses that it carries out."""

    name: str
    sentences: tuple[str, ...]
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPlace:
    """Where the text is open: the question, our sense, the others, why, and whom it favours."""

    name: str
    question: str
    ours: str
    others: tuple[str, ...]
    because: str
    favours: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderPart:
    """What stands under one heading."""

    heading: str
    clauses: tuple[Clause, ...] = ()
    rules: tuple[RuleWords, ...] = ()
    readings: tuple[OpenPlace, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderPage(Page):
    """The whole document, one file by itself."""

    template: ClassVar[str] = "upheld/reader.html"

    agreement_title: str
    lede: str
    version: str
    digest: str
    parts: tuple[ReaderPart, ...]
    clauses: int
    examples: int
    examples_right: int

    @property
    def heading(self) -> str:
        return self.agreement_title

    @property
    def counted(self) -> str:
        come = "comes" if self.examples_right == 1 else "come"
        clauses = say_count(self.clauses, "clause")
        return f"{clauses}; {self.examples_right} of {say_count(self.examples, 'example')} {come} out as written"
