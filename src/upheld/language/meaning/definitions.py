"""Defined words: defined twice, never used, or used without a definition."""

import re

from upheld.language.meaning.subject import Subject

CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


def check_definitions(subject: Subject) -> None:
    apart = {said.path[1] for said in subject.rules("accounted for")}
    seen: dict[str, str] = {}
    prose = {name: stem(clause.prose) for name, clause in subject.pages.clauses.items()}
    for rule in subject.rules("definitions"):
        term = rule.path[1]
        if first := seen.get(stem(term)):
            what = f"{term!r} is defined twice: also as {first!r}"
            subject.error(rule.path, what, "keep one definition, and use its word", rule.spot)
        seen.setdefault(stem(term), term)
        elsewhere = (text for name, text in prose.items() if name not in rule.clauses)
        if not subject.has(*rule.path, "see") and not any(stem(term) in text for text in elsewhere):
            subject.warn(rule.path, f"unused definition: no other clause says {term!r}", "use the word, or take it out")
    check_undefined(subject, apart)


def check_undefined(subject: Subject, apart: set[str]) -> None:
    """Words written like defined ones. A name that a value of the terms says (a supplier, a product) is no such word."""
    known = {stem(rule.path[1]) for rule in subject.rules("definitions")}
    prose = " ".join(clause.prose for clause in subject.pages.clauses.values())
    known |= {stem(word) for word in ITALIC.findall(prose)}
    said = stem(" ".join(text for leaf in subject.merged.leaves() for text in texts_of(leaf.value)))
    told: set[str] = set()
    for name, clause in subject.pages.clauses.items():
        for phrase in CAPITALISED.findall(ITALIC.sub(" ", clause.prose)) if name not in apart else ():
            words = [phrase, *(phrase.split(" ", 1)[1:]), phrase.split()[-1]]
            if phrase in told or any(is_known(stem(word), known, said) for word in words):
                continue
            told.add(phrase)
            subject.problems.warn(
                clause.spot, f"undefined word: {phrase!r} is written like a defined one, and no definition says what it is",
                "define it, or write it small", name,
            )  # fmt: skip


def is_known(word: str, known: set[str], said: str) -> bool:
    return word in known or any(word in term for term in known) or word in said


def texts_of(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    return [value] if isinstance(value, str) else []


def stem(words: str) -> str:
    """Lower case, without the s of a plural."""
    return " ".join(word.removesuffix("s") for word in words.lower().split())
