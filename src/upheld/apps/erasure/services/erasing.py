"""The deed: everything of a person in one transaction, and the fact that it was done."""

import json
import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from upheld.apps.erasure.models import Erasure
from upheld.apps.erasure.queries import Subject, find_subject, list_addresses, list_kept
from upheld.apps.erasure.services.own import drop_own_rows, silence_words
from upheld.apps.erasure.services.rewriting import drop_letters, list_texts, rewrite_rows
from upheld.apps.ledger.queries import facts_of, list_agreements
from upheld.apps.ledger.services import record
from upheld.apps.parties.models import Contact, Mark, Role, User
from upheld.apps.parties.queries import ERASED
from upheld.core.facts import Fact, PersonErased
from upheld.core.timeline import DAY, Instant
from upheld.gateways.sealing import Erased, digest_person, list_erased, note_erased, renew_key

log = logging.getLogger("upheld.erasure")

NOWHERE = "erased.invalid"
"""No mail ever goes there (RFC 2606)."""
NOBODY = "erased"


class CannotErase(ValueError):
    """Nobody is known by the address, or the installation would be left without an administrator."""


def erase_person(*, address: str, by: str, at: Instant, also: Sequence[str] = (), approved_by: str = "") -> Erasure:
    """
    Erase the person with this mail address from every row, and what their marks in the ledger stand for.

    The marks stay, so every hash, figure and statement is what it was. `also` are further spellings to look for. Backups
    are sealed under another key from now on. Raises CannotErase.
    """
    with transaction.atomic():
        subject = find_subject(address, also)
        if not subject.is_known and not find_anywhere(subject):
            raise CannotErase(f"nothing is kept of {address}: no person, no contact, no mail")
        refuse_last_administrator(subject)
        erased = erase_rows(subject, by, at, approved_by)
        address, *others = [digest_person(settings.UPHELD_KEYS, text) for text in (subject.address, *subject.texts)]
        note_erased(settings.UPHELD_KEYS, Erased(erased.person, address, str(at), tuple(others)))
    drop_letters(subject, settings.UPHELD_MAIL)
    renew_key(settings.UPHELD_KEYS / "backups", at + DAY * settings.UPHELD_BACKUP_KEYS_DAYS)
    log.info("person erased", extra={"person": erased.person, "rows": erased.rows, "by": by})
    return erased


def erase_again(*, by: str, at: Instant) -> list[Erasure]:
    """After an older backup was put back: erase everybody again who was erased since. It finds them by keyed digests."""
    listed = list_erased(settings.UPHELD_KEYS)
    if not listed:
        return []
    there = {digest_person(settings.UPHELD_KEYS, text): text for text in list_texts()}
    found = []
    for one in listed:
        also = [there[digest] for digest in one.others if digest in there]
        address = there.get(one.digest, "")
        if address or also:
            with transaction.atomic():
                subject = find_subject(address or NOBODY, also)
                found.append(erase_rows(subject, by, at, "", person=one.person))
            drop_letters(subject, settings.UPHELD_MAIL)
    return found


def find_anywhere(subject: Subject) -> bool:
    return subject.address in list_addresses()


def refuse_last_administrator(subject: Subject) -> None:
    user = subject.user
    if user is None or user.role != Role.ADMINISTRATOR or not user.is_active:
        return
    if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk).exists():
        raise CannotErase(f"{user.name} is the only administrator: make somebody else one first")


def erase_rows(subject: Subject, by: str, at: Instant, approved_by: str, *, person: str = "") -> Erasure:
    """Own words first, while rows still say whose they are; then whatever names the person anywhere else."""
    person = person or subject.person or f"person-{NOBODY}"
    count = silence_words(subject) + drop_own_rows(subject, at)
    facts = [made for agreement in list_agreements() if (made := tell_erased(agreement, subject, by, at))]
    count += blank_person(subject)
    count += rewrite_rows(subject, person)
    count += drop_marks(subject)
    kept = list_kept(subject)
    record(facts=facts)
    if kept:
        log.warning("what never changes names an erased person", extra={"person": person, "count": len(kept)})
    return Erasure.objects.create(person=person, at=at.utc(), by=by, approved_by=approved_by, rows=count, kept=kept)


def tell_erased(agreement: str, subject: Subject, by: str, at: Instant) -> Fact | None:
    """The fact for a ledger that names the person; None where it does not."""
    facts = facts_of(agreement)
    named = [mark for mark in subject.marks if any(mark in written_of(fact) for fact in facts)]
    if not named:
        return None
    count = sum(isinstance(fact, PersonErased) for fact in facts)
    return PersonErased(
        id=f"person-erased-{count + 1}", agreement=agreement, occurred_at=at, recorded_at=at, source=by, person=named[0]
    )


def written_of(fact: Fact) -> set[str]:
    """Every word of a fact that could be a mark."""
    return set(json.dumps(fact.to_json(), ensure_ascii=False).replace('"', " ").replace(",", " ").split())


def blank_person(subject: Subject) -> int:
    """Whoever signed in is somebody nobody knows, and cannot sign in; a contact is gone."""
    gone, _ = Contact.objects.filter(pk__in=[contact.pk for contact in subject.contacts]).delete()
    user = subject.user
    if user is None:
        return gone
    user.email, user.name, user.is_active = f"erased-{user.pk}@{NOWHERE}", ERASED, False
    user.set_unusable_password()
    user.last_login = None
    user.save()
    return gone + 1


def drop_marks(subject: Subject) -> int:
    """Salts and values: of the person, of their words, and of words of others that name them."""
    count = 0
    for mark in Mark.objects.all():
        texts = (text.casefold() in mark.value.casefold() for text in subject.texts)
        if mark.mark in subject.marks or mark.owner in subject.marks or any(texts):
            mark.delete()
            count += 1
    return count
