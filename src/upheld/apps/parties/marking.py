"""
Marks: how the ledger names people and their words, so that what identifies them can be erased and every hash stays true.

A mark is the beginning of SHA-256 over 32 random bytes and the value. The same value has the same mark, so comparing marks
says who is who; without the row that holds the random bytes, nobody finds the value again, not even by trying all there are.
"""

import re
import secrets
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter

from django.db import transaction

from upheld.apps.parties.models import Contact, Mark, User
from upheld.core.facts import KINDS, Fact
from upheld.core.facts.record import fields_of
from upheld.core.timeline import Instant

SALT_BYTES = 32
LETTERS = 12
"""60 bits of the digest: two of a million marks are the same once in two million installations, and a row refuses it."""
PERSON, WORDS = "person", "words"

ADDRESS = re.compile(r"[^\s<>()\[\]\",;:\\@']{1,64}@[^\s<>()\[\]\",;:\\@'/?]{1,200}[^\s<>()\[\]\",;:\\@'/?.!]")
TELEPHONE = re.compile(r"(?<![\w.,:+/-])(?:\+\d[\d ()/-]{6,18}\d|0\d{1,5}[ /-]?\d{2,4}[ /-]?\d{3,8})(?![\w.,:]*\w)")
SUSPECT = re.compile(r"[@\s]|\d{8}")
"""Names of components, digests and the like have none of these: nothing is looked up for them."""
FEWEST_DIGITS = 9
"""Of a number that begins with one nought: a date has eight."""
NEVER = frozenset({"id", "agreement"})
NEVER_ENDS = ("digest", "key", "root", "hash", "zone")
"""Fields that are no words of anybody, and that have to stand as they are."""
WHOLE = {"instruction-received/1": ("what",)}
"""What customers write in their own words and no figure needs: nothing of it stands in the ledger."""

ANSWERS = frozenset({"told"})
"""Fields with answers to questions, each as `name: value`; short ones decide what counts, and stand as they are."""
LONG = frozenset({"purpose"})
"""Fields that name one of a few things of the agreement, or say more than that in words of somebody's own."""
LONGEST_ANSWER = 40
EVIDENCE = re.compile(
    r"(?:words|evidence \d+): sha256 [0-9a-f]{64}(?:, \d+ bytes)?"
    r"|disputed: statement [a-z0-9./-]+|disputed rule: [a-z0-9 ./-]+"
)
"""What a dispute is about, and digests of what was handed over: nobody's words, and proof only as long as they stand."""


def mark_of(value: str, *, kind: str = PERSON, owner: str = "") -> str:
    """
    The mark of an address, a telephone number or a text; of somebody who signs in, the pseudonym. Made when it is asked for
    the first time. `owner` is the pseudonym of whose words they are.
    """
    value = tidy(value, kind)
    known = find_mark(value)
    if known:
        return known
    salt = secrets.token_bytes(SALT_BYTES)
    mark = f"{kind}-{b32encode(sha256(salt + value.encode()).digest()).decode().lower()[:LETTERS]}"
    with transaction.atomic():
        made, _ = Mark.objects.get_or_create(
            value_digest=digest_value(value), value=value, defaults={"salt": salt, "mark": mark, "owner": owner}
        )
    return made.mark


def find_mark(value: str) -> str:
    """The mark that a value has already; nothing where it has none."""
    person = User.objects.filter(email=value.lower()).first() if "@" in value else None
    if person is not None:
        return f"person-{person.pk}"
    found = Mark.objects.filter(value_digest=digest_value(value)).first()
    return found.mark if found else ""


def digest_value(value: str) -> str:
    """For the index of the table alone: it goes with the row."""
    return sha256(value.encode()).hexdigest()


def tidy(value: str, kind: str) -> str:
    """One spelling: addresses in small letters, telephone numbers without what makes them easy to read."""
    value = unicodedata.normalize("NFC", value.strip())
    if kind == PERSON and "@" in value:
        return value.lower()
    return re.sub(r"[ ()/-]", "", value) if kind == PERSON and TELEPHONE.fullmatch(value) else value


def mark_text(text: str, names: Callable[[], dict[str, str]] | None = None) -> str:
    """
    A text in which no address, no telephone number and no known person's full name stands any more, but their marks.

    `names` are those of `list_names`, where they were read already.
    """
    if not SUSPECT.search(text):
        return text
    if "@" in text:
        text = ADDRESS.sub(lambda found: mark_of(found.group()), text)
    text = TELEPHONE.sub(mark_number, text)
    known = (names or list_names)()
    if known and " " in text:
        text = match_names(tuple(sorted(known))).sub(lambda found: mark_name(known[fold(found.group())]), text)
    return text


def mark_number(found: "re.Match[str]") -> str:
    digits = sum(letter.isdigit() for letter in found.group())
    return mark_of(found.group()) if found.group().startswith("+") or digits >= FEWEST_DIGITS else found.group()


def mark_name(whose: str) -> str:
    return mark_of(whose) if "@" in whose else whose


def list_names() -> dict[str, str]:
    """The full names of everybody on record, each with the address of a contact or the pseudonym of who signs in."""
    named = {fold(name): email for name, email in Contact.objects.values_list("name", "email") if is_full(name)}
    return named | {fold(name): f"person-{pk}" for pk, name in User.objects.values_list("pk", "name") if is_full(name)}


def is_full(name: str) -> bool:
    """Whether a name names somebody: a first name alone is a word of many sentences."""
    return " " in name.strip() and len(name.strip()) >= 5


def fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@lru_cache(maxsize=2)
def match_names(names: tuple[str, ...]) -> "re.Pattern[str]":
    longest_first = sorted(names, key=len, reverse=True)
    each = (r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


@cache
def fields_to_mark(kind: str) -> tuple[str, ...]:
    """The fields of a kind of fact that can hold words."""
    names = [name for name, _, _ in KINDS[kind].FILLS]
    return tuple(name for name in names if name not in NEVER and not name.endswith(NEVER_ENDS))


def mark_people(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The same facts with marks in the place of people; the very same ones where nobody stands in them."""
    if not may_name(facts):
        return facts
    names = cache(list_names)
    return [mark_fact(fact, names) for fact in facts]


def may_name(facts: Sequence[Fact]) -> bool:
    """
    Whether anything in them has to be looked at more closely. Seals of observations, of which there are most, hold nothing
    but names of components, instants and numbers; which ones repeat is seen sooner for all of a kind together.
    """
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.TYPE, []).append(fact)
    return any(
        type(value) is not str or kind in WHOLE or (name in LONG and len(value) > LONGEST_ANSWER) or SUSPECT.search(value)
        for kind, some in kinds.items()
        for name in fields_of_words(kind)
        for value in set(map(attrgetter(name), some))
    )


@cache
def fields_of_words(kind: str) -> tuple[str, ...]:
    """Of those fields, the ones that are declared to be texts; instants and numbers name nobody."""
    declared = fields_of(kind)
    return tuple(name for name in fields_to_mark(kind) if declared[name][1] not in (Instant, int, bool))


def mark_fact(fact: Fact, names: Callable[[], dict[str, str]]) -> Fact:
    changed: dict[str, object] = {}
    whole = WHOLE.get(fact.TYPE, ())
    for name in fields_to_mark(fact.TYPE):
        value = getattr(fact, name)
        if type(value) is str:
            is_whole = name in whole or (name in LONG and len(value) > LONGEST_ANSWER)
            marked: object = mark_whole(value, fact) if is_whole else mark_text(value, names)
        elif type(value) is tuple:
            marked = tuple(mark_part(item, name, fact, names) if type(item) is str else item for item in value)
        else:
            continue
        if marked != value:
            changed[name] = marked
    if not changed:
        return fact
    kept = {name: getattr(fact, name) for name, _, _ in type(fact).FILLS}
    return type(fact)(**{**kept, **changed})


def mark_part(item: str, name: str, fact: Fact, names: Callable[[], dict[str, str]]) -> str:
    """One of several texts. A long answer to a question is nobody's condition: all of it is kept apart."""
    asked, between, told = item.partition(": ")
    if name in ANSWERS and len(told) > LONGEST_ANSWER and not EVIDENCE.fullmatch(item):
        return f"{asked}{between}{mark_whole(told, fact)}"
    return mark_text(item, names)


def mark_whole(text: str, fact: Fact) -> str:
    """The mark of a whole text; one that is a mark already stays."""
    if not text or (text.startswith(f"{WORDS}-") and Mark.objects.filter(mark=text).exists()):
        return text
    return mark_of(text, kind=WORDS, owner=mark_text(fact.source))
