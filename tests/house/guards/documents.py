"""Documents: what they must mention, and whether what they point at is there."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.house.guards.tree import list_files, read_lines

LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)|!\[[^\]]*\]\((?P<picture>[^)\s]+)\)")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
OUTSIDE = ("http://", "https://", "mailto:")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home[/]\w+|tmp[/]pytest)[/]?\b")
GOLDEN_PARTNERS = {"bad": (".md", ".problems"), "good": (".md", ".json")}


def find_unmentioned(page: Path, words: Iterable[str]) -> list[str]:
    """Words that a page of the reference does not mention: for whoever reads, they do not exist."""
    text = page.read_text(encoding="utf-8")
    return [
        f"{page.name}: '{word}' is not mentioned" for word in words if f"`{word}`" not in text and word not in headings(text)
    ]


def headings(text: str) -> set[str]:
    """The headings of a page, and what each of them begins with."""
    told = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    return {" ".join(line.split()[:count]) for line in told for count in range(1, len(line.split()) + 1)}


def find_broken_links(root: Path) -> list[str]:
    """Links of our documents to files that are not there, or to headings that they do not have."""
    return [
        f"{path.relative_to(root)}:{number}: {target} leads nowhere"
        for path in list_documents(root)
        for number, target in list_links(path)
        if not leads_somewhere(path, target)
    ]


def list_documents(root: Path) -> list[Path]:
    """Every Markdown file for people; agreements and golden files are written in Markdown too, and judged elsewhere."""
    apart = (root / "tests", root / "agreements", root / "src")
    return [path for path in list_files(root, suffixes=(".md",)) if not any(path.is_relative_to(one) for one in apart)]


def list_links(path: Path) -> Iterator[tuple[int, str]]:
    """The links of a page, with their lines; what stands in a fence is no link."""
    fence = ""
    for number, line in enumerate(read_lines(path), start=1):
        if mark := FENCE.match(line):
            ticks = mark.group(1)
            fence = "" if fence and ticks.startswith(fence) else fence or ticks
            continue
        if not fence:
            yield from ((number, found["target"] or found["picture"]) for found in LINK.finditer(line))


def leads_somewhere(path: Path, target: str) -> bool:
    if target.startswith(OUTSIDE):
        return True
    name, _, anchor = target.partition("#")
    place = (path.parent / name).resolve() if name else path
    if not place.exists():
        return False
    return not anchor or place.suffix != ".md" or anchor in list_anchors(place)


def list_anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, hyphens, nothing else."""
    written = (line.lstrip("#").strip() for line in read_lines(page) if line.startswith("#"))
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in written}


def find_machine_paths(root: Path) -> list[str]:
    """Folders of the machine on which a document was written: no reader has them."""
    return [
        f"{path.relative_to(root)}:{number}: '{found.group()}' is a folder of one machine"
        for path in list_documents(root)
        for number, line in enumerate(read_lines(path), start=1)
        for found in MACHINE.finditer(line)
    ]


def find_unlisted_pages(root: Path) -> list[str]:
    """Pages below docs/ that the map does not lead to, by itself or by the list of their folder."""
    maps = [path for path in (root / "docs/README.md", root / "docs/decisions/README.md") if path.is_file()]
    reached = {(page.parent / target.partition("#")[0]).resolve() for page in maps for _, target in list_links(page)}
    return [
        f"{path.relative_to(root)}: no map leads here: add it to docs/README.md"
        for path in list_files(root, "docs", suffixes=(".md",))
        if path.resolve() not in reached and path not in maps and path.parent.name != "decisions"
    ]


def find_orphan_golden(root: Path) -> list[str]:
    """Golden files whose partner is gone, so that no test reads them; and files that belong to no pair."""
    orphans = []
    for path in list_files(root, "tests/golden"):
        endings = GOLDEN_PARTNERS.get(path.parent.name)
        if endings is None:
            continue
        if path.suffix not in endings:
            orphans.append(f"{path.relative_to(root)}: no test reads such a file")
            continue
        [partner] = [ending for ending in endings if ending != path.suffix]
        if not path.with_suffix(partner).is_file():
            orphans.append(f"{path.relative_to(root)}: its {partner} is missing; tests.golden.record makes it")
    return orphans
