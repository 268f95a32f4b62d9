"""What a page says, read from its HTML: its heading, its figures as exact values, its trees of reasons."""

import re
from dataclasses import dataclass

from tests.pages.markup import Element, read_markup

LENGTH = re.compile(r"(?:([\d,]+) min)? ?(?:(\d+)(?:\.(\d{1,6}))? s)?")


@dataclass(frozen=True)
class Line:
    """A line of reasons: its value as it stands there, its words, the lines below it."""

    value: str
    words: str
    below: tuple["Line", ...]


def read(answer) -> Element:
    """The page, which is well formed."""
    page, problems = read_markup(answer.content.decode())
    assert problems == []
    return page


def heading(answer) -> str:
    [found] = read(answer).find("h1")
    return plain(found)


def plain(element: Element) -> str:
    return " ".join(element.text.replace("\u00a0", " ").split())


def with_class(page: Element, name: str) -> list[Element]:
    return [element for element in page.walk() if name in element.classes]


def read_trees(page: Element) -> list[Line]:
    """Every tree of reasons; of one that is told as a sum the last line is its root."""
    trees = []
    for root in with_class(page, "root"):
        lines = [child for child in root.children if child.name == "li"]
        if lines and "sum" in lines[-1].classes:
            total = read_line(lines[-1])
            trees.append(Line(total.value.removeprefix("= "), total.words, tuple(map(read_line, lines[:-1]))))
        elif lines and "fact" not in lines[0].classes:
            trees.append(read_line(lines[0]))
    return trees


def read_line(item: Element) -> Line:
    row = next(child for child in item.children if "row" in child.classes)
    value, words = row.children[0], row.children[1]
    return Line(plain(value), plain(words), tuple(read_line(below) for below in list_below(item)))


def list_below(item: Element) -> list[Element]:
    """The lines directly below, whether they are folded or not; facts are no lines of a sum."""
    found = []
    for child in item.children:
        if child.name == "details":
            found += list_below(child)
        elif child.name == "ul":
            found += [line for line in child.children if line.name == "li" and "fact" not in line.classes]
    return found


def is_length(value: str) -> bool:
    text = value.replace("−", "").strip()
    return bool(text and LENGTH.fullmatch(text))


def micros(value: str) -> int:
    """A length of time as it is shown, exact; a minus before it counts."""
    assert is_length(value), f"{value!r} is no length of time"
    found = LENGTH.fullmatch(value.replace("−", "").strip())
    assert found
    minutes, seconds, fraction = found.groups()
    total = int((minutes or "0").replace(",", "")) * 60_000_000 + int(seconds or 0) * 1_000_000
    total += int((fraction or "0").ljust(6, "0"))
    return -total if value.strip().startswith("−") else total


def fields_of(answer, action):
    """What a browser would send from the form at an address, with what stands in it."""
    posts = [form for form in read(answer).find("form") if form.attributes.get("method") == "post"]
    [form] = [form for form in posts if form.attributes["action"] == action]
    sent = {}
    for field in (each for each in form.walk() if each.name in ("input", "textarea", "select")):
        if field.name == "select":
            options = field.find("option")
            chosen = next((option for option in options if "selected" in option.attributes), options[0])
            sent[field.attributes["name"]] = chosen.attributes["value"]
        elif field.attributes.get("type") != "radio" or "checked" in field.attributes:
            sent[field.attributes["name"]] = field.attributes.get("value", plain(field))
    return sent


def problems_on(answer):
    """The summary: each sentence with the field that it leads to."""
    summary = next(note for note in read(answer).walk() if note.attributes.get("role") == "alert")
    return [(link.attributes["href"], plain(link)) for link in summary.find("a")]
