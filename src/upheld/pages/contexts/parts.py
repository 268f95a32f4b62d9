"""Parts that several pages are given: an agreement's name, a fact with its number, a figure with its why, a budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from upheld.core.explain import Step, Value, Verdict
from upheld.core.facts.record import Fact
from upheld.core.money import Money
from upheld.core.service_hours import Zone
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.page import Link
from upheld.pages.states import State
from upheld.pages.words import UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementName:
    """
    A customer's agreement as pages name it, and where its clauses and readings can be read.

    `prose` gives the words of clauses for the hint on a citation; ids without prose are cited all the same.
    """

    key: str
    service: str
    customer: str
    url: str
    """The service's page under this agreement."""
    clauses_url: str
    """The reader of the edition in force; a clause is its anchor."""
    version: str = ""
    zone: Zone = UTC
    prose: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return f"{self.service} · {self.customer}"


@dataclass(frozen=True, slots=True)
class FactLine:
    """A recorded fact with its place in the ledger of its agreement."""

    number: int
    fact: Fact
    url: str
    corrected_by: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """
    The reasons of a figure, ready to be opened: a step of core or its JSON.

    `url` is the permanent address of the whole tree; where it is given, lines below `depth` are fetched on opening.
    `facts` gives number and words to the fact ids that the steps name.
    """

    step: Step | Mapping[str, Any]
    agreement: AgreementName
    facts: Mapping[str, FactLine] = field(default_factory=dict)
    url: str = ""
    depth: int = 9
    is_open: bool = False
    note: str = ""
    """A last line in small type."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """
    A number that can move money, the sentence that says what it is, its verdict and its reasons.

    Its colour follows the verdict only when that is final. `anchor` leads to reasons that stand further down the page.
    """

    value: Value
    says: str
    verdict: Verdict | None = None
    verdict_words: str = ""
    """Said in place of the verdict, for instance `Not decided before 1 Sep`."""
    is_final: bool = False
    why: Why | None = None
    anchor: str = ""
    agreement: AgreementName | None = None
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """What a promise can bear in its period: used before, running now, and what is left of the whole."""

    allowed: Duration
    used: Duration
    running: Duration = ZERO

    @property
    def left(self) -> Duration:
        """Nothing where it is overdrawn; `over` says by how much."""
        return max(self.allowed - self.used - self.running, ZERO)

    @property
    def over(self) -> Duration:
        return max(self.used + self.running - self.allowed, ZERO)


@dataclass(frozen=True, slots=True)
class Owed:
    """Money that would be owed from an instant on, if nothing changes."""

    at: Instant
    amount: Money
    because: str
    is_more: bool = False
    """In addition to what stands before it."""


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A span of the picture in one state. `words` are for the pointer, in addition to the sentence of the picture."""

    span: Span
    state: State
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """What would be here, when it last was, and one way to make one."""

    words: str
    says: str
    deed: Link | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Something that came and could not be placed; kept until a person says where it belongs."""

    words: str
    says: str
    deeds: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form was not accepted: the field, and the sentence that says what was expected, what came, what to do."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a form."""

    value: str
    words: str
    clauses: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """
    One question of a form: a line of text unless it has `choices` (radio buttons, or a list where `is_list`).

    What was typed stays in `value`, right or wrong.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    kind: str = "text"
    """`text`, `password`, `email`, `search`, `file` (several), `long`."""
    choices: tuple[Choice, ...] = ()
    is_list: bool = False
    is_needed: bool = True
    note: str = ""
    """Stands beside the label in place of `not needed`: what is asked for, though a form without it is taken."""
    clauses: tuple[str, ...] = ()
    autocomplete: str = ""
    example: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """Fields, where they are sent, and what the button says it does."""

    url: str
    fields: tuple[Field, ...]
    deed: str
    not_done: str = "This was not saved."
    """First words of the summary when there are problems."""
    problems: tuple[Problem, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    agreement: AgreementName | None = None
    """Whose clauses the fields and choices cite."""

    @property
    def takes_files(self) -> bool:
        return any(field.kind == "file" for field in self.fields)

    def problem_of(self, name: str) -> str:
        return " ".join(problem.words for problem in self.problems if problem.field == name)
