"""The figures on a page add up: read from the HTML, compared with the judge's own tree and with one another."""

import pytest

from tests.interfaces.console.reading import Line, is_length, micros, plain, read, read_trees, with_class

pytestmark = pytest.mark.django_db

WITH_REASONS = {
    "/now": ["risks", 0, "why"],
    "/services/teamplify/acorn-legal": ["figures", 0, "why"],
    "/services/teamplify/acorn-legal?period=2026-07": ["figures", 0, "why"],
    "/services/teamplify/kettle-media": ["figures", 0, "why"],
    "/outages/O-1": ["why"],
    "/outages/O-3": ["why"],
    "/why/acorn-legal-teamplify/2026-08/availability/uptime": ["why"],
    "/why/acorn-legal-teamplify/2026-08/credits/tenfold": ["why"],
}


def twin(client, place):
    path, _, query = place.partition("?")
    return client.get(f"{path}.json{f'?{query}' if query else ''}").json()


def dig(written, way):
    for step in way:
        written = written[step]
    return written


def same(line: Line, step) -> list[str]:
    """Every line whose value, or number of lines below, is not the judge's."""
    wrong = [] if line.value == f"{step.get('sign', '')} {step['shown']}".strip() else [f"{line} is not {step['shown']}"]
    below = step.get("because", [])
    if len(below) != len(line.below):
        return [*wrong, f"{line.words}: {len(line.below)} lines, not {len(below)}"]
    return wrong + [each for one, two in zip(line.below, below, strict=True) for each in same(one, two)]


def sums(line: Line, step) -> list[tuple[int, int]]:
    """For each sum, the value that stands there and what the lines below it make."""
    found = []
    if step.get("adds") and is_length(line.value) and line.below:
        made = sum(micros(below.value) for below in line.below)
        # A total that is itself taken away from something stands with its minus: its lines make its size.
        total = micros(line.value)
        found.append((abs(total) if step.get("sign") else total, made))
    for one, two in zip(line.below, step.get("because", []), strict=True):
        found += sums(one, two)
    return found


@pytest.mark.parametrize("place", WITH_REASONS)
def test_reasons_on_the_page_are_the_judges(place, tom):
    """Every line of the opened reasons stands on the page with the judge's value."""
    step = dig(twin(tom, place), WITH_REASONS[place])

    trees = [tree for tree in read_trees(read(tom.get(place))) if tree.value == step["shown"]]

    assert trees
    assert same(trees[0], step) == []


def test_children_of_every_reason_add_up_to_their_parent(tom):
    """On every page with reasons, as they are written there."""
    found = []
    for place, way in WITH_REASONS.items():
        step = dig(twin(tom, place), way)
        tree = next(tree for tree in read_trees(read(tom.get(place))) if tree.value == step["shown"])
        found += sums(tree, step)

    assert len(found) > 8
    assert [pair for pair in found if pair[0] != pair[1]] == []


@pytest.mark.parametrize("query", ["", "?period=2026-07", "?as_of=2026-08-10T12:34:56Z", "?as_of=2026-07-23T16:00Z"])
@pytest.mark.parametrize("customer", ["acorn-legal", "kettle-media"])
def test_spans_of_a_service_add_up_to_the_time_gone_by(customer, query, tom):
    """The lengths in the table, read as they stand there, make the time gone by that its caption names."""
    page = read(tom.get(f"/services/teamplify/{customer}{query}"))
    [table] = [table for table in page.find("table") if "Every span that is not plainly up" in plain(table)]
    lengths = [micros(plain(cell)) for cell in with_class(table, "r") if cell.name == "td"]
    caption = plain(table.find("caption")[0])

    gone_by = caption.partition("add to the ")[2].partition(" gone by")[0]
    assert micros(gone_by) == sum(lengths)
    assert "do not add up" not in plain(table)


def test_budget_adds_up(tom):
    """Used, running and left make the whole, in the words below the bar."""
    budget = twin(tom, "/services/teamplify/acorn-legal")["budget"]

    used, running, left_of = (part.strip() for part in find_budget(tom).split(","))
    left, whole = left_of.split(" left of ")
    parts = [micros(text.split(" down")[0].split(" running")[0]) for text in (used, running, left)]
    assert micros(whole) == sum(parts) == budget["allowed"]["micros"]


def find_budget(client) -> str:
    texts = [plain(element) for element in with_class(read(client.get("/services/teamplify/acorn-legal")), "small")]
    return next(text for text in texts if "left of" in text)


def test_one_figure_is_the_same_on_every_page(tom):
    """The share of August on the list, on the service's page, in its reasons and in the statement to come."""
    listed = next(row for row in twin(tom, "/services")["rows"] if row["agreement"]["customer"] == "Acorn Legal")["so_far"]
    told = twin(tom, "/services/teamplify/acorn-legal")["figures"][0]["value"]["shown"]
    reasons = twin(tom, "/why/acorn-legal-teamplify/2026-08/availability/uptime")["figure"]
    stated = twin(tom, "/statements/acorn-legal/teamplify/2026-08")["figures"][0]["value"]

    assert {told} == {listed.replace("\u00a0", " "), reasons, stated}
