"""Agreements: are all clauses placed, and what do these words do."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import Instant
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import Empty
from upheld.pages.words import say_count

TOLD_ELSEWHERE = {"readings": "at their clauses", "accounted for": "beside each clause"}
MOST_LINES = 6
"""Lines of terms in one part of a whole edition."""
NONE_KEPT = Empty("No agreement is kept here", "Write one as text, then run `upheld check FILE` and sign it for a customer.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What the check of an edition found."""

    clauses: int
    placed: int
    examples: int
    examples_right: int
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    """What a person should look at; nothing is wrong with it."""
    not_judged: tuple[str, ...] = ()
    """Clauses that stand as prose only: accounted for, not judged yet."""

    @property
    def problem_words(self) -> str:
        return say_count(len(self.problems), "problem")

    @property
    def warning_words(self) -> str:
        return say_count(len(self.warnings), "warning")

    @property
    def placed_words(self) -> str:
        return f"{self.placed} of {self.clauses} clauses placed"

    @property
    def example_words(self) -> str:
        come = "comes" if self.examples_right == 1 else "come"
        return f"{self.examples_right} of {self.examples} examples {come} out as written"


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRow:
    """One edition of one agreement in the list."""

    title: str
    version: str
    url: str
    effective: str
    """The first day of the edition, in words."""
    customers: tuple[str, ...]
    checked: Checked


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementsPage(Page):
    """Every edition that somebody is bound to, or could be."""

    template: ClassVar[str] = "upheld/agreements.html"
    section: ClassVar[str] = "Agreements"

    rows: tuple[EditionRow, ...] = ()
    empty: Empty = NONE_KEPT
    duties_url: str = ""
    """Where it stands what the sides owe besides."""
    terms_url: str = ""
    """Where another version is proposed; nothing for customers."""

    @property
    def heading(self) -> str:
        if not self.rows:
            return "No agreement is kept here yet"
        wrong = sum(1 for row in self.rows if row.checked.problems)
        unplaced = sum(row.checked.clauses - row.checked.placed for row in self.rows)
        if wrong:
            return f"{say_count(wrong, 'agreement has', 'agreements have')} problems"
        if unplaced:
            return f"{say_count(unplaced, 'clause is', 'clauses are')} not placed yet"
        return f"{say_count(len(self.rows), 'agreement')}; every clause is placed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One clause in its own words. `figures` are the texts in it that the check compared with the terms."""

    id: str
    prose: str
    figures: tuple[str, ...] = ()
    is_judged: bool = True
    lang: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One example of the text: what happened, what must come out, and whether it does."""

    name: str
    title: str
    happened: str
    expected: tuple[tuple[str, str], ...]
    comes_out: bool
    instead: str = ""
    """What came out instead, where it does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A stretch of the agreement: prose, the same for the judge, and what must come out."""

    heading: str
    clauses: tuple[Clause, ...] = ()
    terms: str = ""
    """The terms as text; names of readings in it become links."""
    examples: tuple[Example, ...] = ()
    url: str = ""
    """Where it stands by itself, with its examples told in full."""

    @property
    def read_terms(self) -> str:
        """
        The terms as the whole edition shows them: their first lines, without what it says in places of its own (the
        questions of readings, the clauses not judged yet). The part by itself has all of them.
        """
        return "\n".join(self.read_lines[: MOST_LINES if self.url else None])

    @property
    def more_lines(self) -> int:
        """How many lines of the terms only the part by itself shows."""
        return max(len(self.read_lines) - MOST_LINES, 0) if self.url else 0

    @property
    def read_lines(self) -> tuple[str, ...]:
        return tuple(leave_blocks(self.terms.splitlines()))

    @property
    def wrong(self) -> int:
        """How many examples do not come out as written."""
        return sum(1 for example in self.examples if not example.comes_out)

    @property
    def wrong_words(self) -> str:
        come = "comes" if self.wrong == 1 else "come"
        return f"{self.wrong} of {say_count(len(self.examples), 'example')} {come} out otherwise"

    @property
    def right_words(self) -> str:
        come = "comes" if len(self.examples) == 1 else "come"
        return f"{say_count(len(self.examples), 'example')} {come} out as written"


def leave_blocks(lines: Sequence[str]) -> Iterator[str]:
    """Lines without the blocks that are told elsewhere on the page; a remark says where."""
    inside = False
    for line in lines:
        if line.strip() and not line.startswith(" "):
            block = line.partition(":")[0]
            inside = block in TOLD_ELSEWHERE
            if inside:
                yield f"# {block}: {TOLD_ELSEWHERE[block]}"
        if not inside:
            yield line


@dataclass(frozen=True, kw_only=True, slots=True)
class Sense:
    """One way to read an open place of the text, and the figure that it would make."""

    name: str
    says: str = ""
    figure: str = ""
    tested_by: str = ""

    @property
    def tested_words(self) -> str:
        return f"Tested by {self.tested_by}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """Where the text is open: the question, our sense, the others, and whom ours favours."""

    name: str
    question: str
    ours: Sense
    others: tuple[Sense, ...]
    because: str = ""
    favours: str = ""
    clauses: tuple[str, ...] = ()
    url: str = ""
    """Where its senses are told in full."""

    @property
    def other_words(self) -> str:
        """The senses that we do not read, in one breath."""
        return " or ".join(sense.name for sense in self.others)

    @property
    def sums(self) -> tuple[tuple[str, str], ...]:
        """Every sense with what it makes, ours first; none where each makes the same, or nothing is known of one."""
        senses = (self.ours, *self.others)
        told = tuple((one.name, one.figure.removeprefix(f"{self.sums_of}: ")) for one in senses)
        return told if all(figure for _, figure in told) and len({figure for _, figure in told}) > 1 else ()

    @property
    def sums_of(self) -> str:
        """Of what statement these figures are: `July 2026 for Acorn Legal`."""
        return self.ours.figure.partition(": ")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementPage(Page):
    """The reader of one edition."""

    template: ClassVar[str] = "upheld/agreement.html"
    section: ClassVar[str] = "Agreements"

    list_url: str
    agreement_title: str
    name: str
    version: str
    effective: str
    bound: tuple[tuple[str, Instant], ...] = ()
    """Customers and since when."""
    checked: Checked
    parts: tuple[Part, ...] = ()
    readings: tuple[Reading, ...] = ()
    parameters: tuple[tuple[str, str, str], ...] = ()
    """Customer's own values: name, value, since when, in words."""
    verifier_key: str = ""
    source_url: str = ""
    digests: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        return self.agreement_title

    @property
    def parts_read(self) -> tuple[tuple[Part, tuple[Reading, ...]], ...]:
        """Each part with the readings whose first clause stands in it."""
        return tuple((part, self.readings_at({clause.id for clause in part.clauses})) for part in self.parts)

    @property
    def readings_apart(self) -> tuple[Reading, ...]:
        """Readings of no clause that is shown here."""
        placed = {reading.name for _, readings in self.parts_read for reading in readings}
        return tuple(reading for reading in self.readings if reading.name not in placed)

    def readings_at(self, clauses: Set[str]) -> tuple[Reading, ...]:
        return tuple(reading for reading in self.readings if set(reading.clauses[:1]) & clauses)

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Agreements", self.list_url), Link(self.name), Link(self.version))


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementPartPage(Page):
    """One part of an edition by itself, its examples told in full."""

    template: ClassVar[str] = "upheld/agreement_part.html"
    section: ClassVar[str] = "Agreements"

    list_url: str
    edition: Link
    """The reader of the whole edition."""
    part: Part
    readings: tuple[Reading, ...] = ()
    """All of the edition: their names in the terms lead to them."""

    @property
    def heading(self) -> str:
        return self.part.heading

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Agreements", self.list_url), self.edition, Link(self.part.heading))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingPage(Page):
    """Where the text is open: one question with every sense, and the figure that each would make."""

    template: ClassVar[str] = "upheld/reading.html"
    section: ClassVar[str] = "Agreements"

    list_url: str
    edition: Link
    reading: Reading

    @property
    def heading(self) -> str:
        return self.reading.question

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Agreements", self.list_url), self.edition, Link(self.reading.name))
