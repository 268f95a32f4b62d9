"""Clauses and fences of a Markdown file, each with its place."""

from upheld.language.problem import Problems
from upheld.language.prose import Pages, read_pages


def read(text: str) -> Pages:
    problems = Problems()
    pages = read_pages(text, problems)
    assert not problems.found
    return pages


class TestClauses:
    def test_begin_paragraphs_items_and_rows(self):
        """A clause stands at the start of a paragraph, a list item or a table row; bold elsewhere is only bold."""
        text = (
            "**TP-01** One **TP-09** and more.\n\n- **TP-02** two\n\n"
            "| clause | time |\n|---|---|\n| **TP-03** | 1 hour |\n| **TP-04** | 2 hours |\n"
        )
        pages = read(text)

        assert {"TP-01": (1, 1), "TP-02": (3, 3), "TP-03": (7, 3), "TP-04": (8, 3)} == {
            name: (clause.spot.line, clause.spot.column) for name, clause in pages.clauses.items()
        }
        assert "One **TP-09** and more." == pages.clauses["TP-01"].prose
        assert "1 hour" == pages.clauses["TP-03"].prose

    def test_ends_at_the_next_clause_fence_or_heading(self):
        """Two paragraphs belong to one clause; what follows a fence or a heading does not."""
        text = "**TP-01** one\n\ntwo\n\n```terms\na: b\n```\n\nthree\n\n**TP-02** four\n\n## Five\n\nsix\n"
        pages = read(text)

        assert {"TP-01": "one two", "TP-02": "four"} == {name: one.prose for name, one in pages.clauses.items()}


class TestFences:
    def test_carries_the_clauses_above_it(self):
        """Those printed since the last fence that a clause followed; several fences in a row share theirs."""
        fence = "```terms\na: b\n```\n\n"
        text = f"**TP-01** one\n\n**TP-02** two\n\n{fence}{fence}**TP-03** three\n\n{fence}## Four\n\n{fence}"

        assert [("TP-01", "TP-02"), ("TP-01", "TP-02"), ("TP-03",), ()] == [one.clauses for one in read(text).fences]

    def test_knows_examples_by_their_title(self):
        """The words after `example` are its title; other fences are not read."""
        pages = read("```example A month\na: b\n```\n\n```yaml\n: [\n```\n")

        assert [("example", "A month")] == [(fence.kind, fence.title) for fence in pages.fences]
