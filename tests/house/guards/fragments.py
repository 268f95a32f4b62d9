"""Each change that an operator notices leaves one fragment in changelog.d."""

import re
from pathlib import Path

from tests.house.guards.tree import list_files

KINDS = ("changed", "added", "fixed", "removed")
MOST_LETTERS = 600


def find_bad_fragments(root: Path) -> list[str]:
    """Fragments whose name fits under no heading of the CHANGELOG, or whose text is not a sentence for the operator."""
    return [
        f"{path.relative_to(root)}:1: {wrong}"
        for path in list_files(root, "changelog.d")
        if path.name != "README.md"
        for wrong in judge_fragment(path)
    ]


def judge_fragment(path: Path) -> list[str]:
    wrong = []
    if not re.fullmatch(rf"[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(KINDS)})\.md", path.name):
        wrong.append(f"call it some-words.KIND.md, where KIND is one of {', '.join(KINDS)}")
    text = path.read_text(encoding="utf-8").strip()
    if not text:
        return [*wrong, "empty: say in a sentence what changes for the operator"]
    if text.startswith(("#", "-", "*")):
        wrong.append("plain sentences: no heading and no list, the CHANGELOG has its own")
    if not text.endswith((".", "`")):
        wrong.append("end the sentence with a full stop")
    if len(text) > MOST_LETTERS:
        wrong.append(f"{len(text)} letters where {MOST_LETTERS} are enough: the rest belongs in docs")
    return wrong
