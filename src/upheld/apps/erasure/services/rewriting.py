"""Rows of everybody else that name a person: the mark stands there afterwards, in every column that holds words."""

import base64
import binascii
import json
import logging
import quopri
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from upheld.apps.desk.models import Message
from upheld.apps.erasure.queries import Subject, list_addresses, spell_person
from upheld.apps.oncall.models import ContactWay
from upheld.apps.parties.marking import ADDRESS, TELEPHONE
from upheld.apps.parties.models import Contact, Mark, User
from upheld.apps.parties.queries import ERASED

log = logging.getLogger("upheld.erasure")

KEPT_APPS = frozenset({"ledger", "erasure"})
"""The ledger has marks only; an erasure names nobody."""
KEPT_TABLES = frozenset({"agreements_version", "parties_mark"})
"""The text that both sides signed stays as it is; marks are dropped on their own."""
WORDS = (models.CharField, models.TextField)
BLOCK = re.compile(rb"(?:[A-Za-z0-9+/]{4,}={0,2}\r?\n?){1,}")


def rewrite_rows(subject: Subject, person: str) -> int:
    """How many rows were changed."""
    spell = spell_person(subject)
    return sum(rewrite_table(table, spell, person) for table in list_tables())


def drop_letters(subject: Subject, folder: Path) -> int:
    """Mails that lie in a folder, where no server is named: those that name the person. How many they were."""
    spell, count = spell_person(subject), 0
    for path in sorted(folder.glob("*.eml")):
        if any(spell.search(text) for text in read_codings(path.read_bytes())):
            path.unlink(missing_ok=True)
            count += 1
    return count


def list_tables() -> list[type[models.Model]]:
    """Every table of ours: one that comes later is looked through too."""
    return [
        table
        for table in apps.get_models(include_auto_created=True)
        if table.__module__.startswith("upheld.apps.")
        and table._meta.app_label not in KEPT_APPS
        and table._meta.db_table not in KEPT_TABLES
    ]


def list_texts() -> set[str]:
    """Every name, address and telephone number in rows: what a restored backup is looked through for."""
    found = set(list_addresses())
    found |= set(User.objects.values_list("name", flat=True)) | set(Contact.objects.values_list("name", flat=True))
    found |= set(Message.objects.values_list("shown_as", flat=True)) | set(Mark.objects.values_list("value", flat=True))
    found |= set(ContactWay.objects.values_list("address", flat=True))
    for table in list_tables():
        names = [field.attname for field in table._meta.concrete_fields if isinstance(field, (*WORDS, models.JSONField))]
        for values in table._base_manager.values_list(*names).iterator(500) if names else ():
            for value in values:
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                found |= {each.group() for pattern in (ADDRESS, TELEPHONE) for each in pattern.finditer(text)}
    return found - {"", ERASED}


def rewrite_table(table: type[models.Model], spell: "re.Pattern[str]", person: str) -> int:
    changes: list[tuple[str, Callable[[Any], Any]]] = []
    for field in table._meta.concrete_fields:
        if isinstance(field, WORDS) and not field.choices:
            longest = field.max_length
            changes.append((field.attname, partial(rewrite_text, spell=spell, person=person, longest=longest)))
        elif isinstance(field, models.JSONField):
            changes.append((field.attname, partial(rewrite_json, spell=spell, person=person)))
        elif isinstance(field, models.BinaryField) and field.attname in ("raw", "content"):
            changes.append((field.attname, partial(rewrite_bytes, spell=spell)))
    if not changes:
        return 0
    count = 0
    names = [name for name, _ in changes]
    for pk, *values in table._base_manager.values_list("pk", *names).iterator(500):
        wanted = {}
        for (name, change), value in zip(changes, values, strict=True):
            if value and (changed := change(value)) is not value:
                wanted[name] = changed
        if wanted:
            count += rewrite_row(table, pk, wanted)
    return count


def rewrite_row(table: type[models.Model], pk: Any, wanted: dict[str, Any]) -> int:
    try:
        with transaction.atomic():
            return table._base_manager.filter(pk=pk).update(**wanted)
    except IntegrityError:
        # What was signed or invoiced is kept by law and by the database; who looks into it is told where.
        log.warning("a row that never changes names an erased person", extra={"table": table._meta.db_table, "row": pk})
        return 0


def rewrite_text(text: str, *, spell: "re.Pattern[str]", person: str, longest: int | None = None) -> str:
    """The very same text where it names somebody else or nobody."""
    if not spell.search(text):
        return text
    written = spell.sub(person, text)
    return written if longest is None or len(written) <= longest else person[:longest]


def rewrite_json(value: Any, *, spell: "re.Pattern[str]", person: str) -> Any:
    if not spell.search(json.dumps(value, ensure_ascii=False)):
        return value
    return rewrite_within(value, spell, person)


def rewrite_within(value: Any, spell: "re.Pattern[str]", person: str) -> Any:
    if isinstance(value, str):
        return spell.sub(person, value)
    if isinstance(value, list):
        return [rewrite_within(item, spell, person) for item in value]
    if isinstance(value, dict):
        return {spell.sub(person, key): rewrite_within(item, spell, person) for key, item in value.items()}
    return value


def rewrite_bytes(raw: Any, *, spell: "re.Pattern[str]") -> Any:
    """A file or a raw mail that names the person, in whatever coding, is emptied: nothing can be taken out of it."""
    content = bytes(raw)
    return ERASED.encode() if any(spell.search(text) for text in read_codings(content)) else raw


def read_codings(content: bytes) -> Iterator[str]:
    """The words of bytes: as they are, as quoted printable, and of each block of base64."""
    yield content.decode("utf-8", "replace")
    yield content.decode("latin-1")
    if b"=" in content:
        yield quopri.decodestring(content).decode("utf-8", "replace")
        yield quopri.decodestring(content, header=True).decode("utf-8", "replace")
    for block in BLOCK.findall(content):
        packed = b"".join(block.split())
        try:
            yield base64.b64decode(packed + b"=" * (-len(packed) % 4)).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            continue
