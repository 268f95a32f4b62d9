"""Who was erased, whom an address means, and by which texts a person is found in rows."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from upheld.apps.agreements.models import Version
from upheld.apps.billing.models import Invoice
from upheld.apps.desk.models import Inbound, Message, Ticket
from upheld.apps.erasure.models import Erasure
from upheld.apps.ledger.queries import facts_of, list_agreements
from upheld.apps.oncall.models import ContactWay
from upheld.apps.parties.models import Contact, Mark, User
from upheld.apps.parties.queries import ERASED, pseudonym_of
from upheld.apps.witnesses.models import HeadReader

FEWEST_LETTERS = 4
"""A shorter text is found everywhere, and would take others' words along."""
MOST_TOLD = 20
TAKES_NUMBERS = ("sms", "phone", "telegram")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to be erased. `marks` are all names in facts, the first is the one that stays; `texts` find the person."""

    address: str
    user: User | None
    contacts: tuple[Contact, ...]
    marks: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def person(self) -> str:
        """The mark under which the person stays in the ledger."""
        return self.marks[0] if self.marks else ""

    @property
    def is_known(self) -> bool:
        return bool(self.user or self.contacts or self.marks)


def list_erasures(limit: int = 50) -> list[Erasure]:
    """The latest first."""
    return list(Erasure.objects.order_by("-at", "-pk")[:limit])


def list_unswept() -> list[Erasure]:
    """Erasures after which the database's files were not rewritten yet."""
    return list(Erasure.objects.filter(swept_at__isnull=True))


def find_subject(address: str, also: Sequence[str] = ()) -> Subject:
    """Whom an address means, with every text by which rows name them. `also` are further spellings, names and numbers."""
    address = address.strip().lower()
    user = User.objects.filter(email=address).first()
    contacts = tuple(Contact.objects.filter(email__iexact=address))
    ways = list(ContactWay.objects.filter(user=user).values_list("address", flat=True)) if user else []
    wrote = Message.objects.filter(inbound__envelope_from__iexact=address).exclude(shown_as="")
    shown = set(wrote.values_list("shown_as", flat=True))
    names = {user.name if user else "", *(contact.name for contact in contacts), *shown} - {ERASED}
    texts = keep_telling({address, *ways, *names, *also})
    kept = Mark.objects.filter(value__in=texts).order_by("pk")
    marks = [*([pseudonym_of(user)] if user else []), *kept.values_list("mark", flat=True)]
    return Subject(address, user, contacts, tuple(dict.fromkeys(marks)), texts)


def spell_person(subject: Subject) -> "re.Pattern[str]":
    """Finds the person in a text, however the letters are."""
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in subject.texts), re.IGNORECASE)


def list_kept(subject: Subject) -> list[str]:
    """
    Whatever names the person in clear and never changes, by names that tell nobody: facts that were recorded before marks
    were, or before anybody knew the words to be a name; issued invoices; signed texts.
    """
    spell = spell_person(subject)
    facts = [
        f"fact {number} of {agreement}"
        for agreement in list_agreements()
        for number, fact in enumerate(facts_of(agreement))
        if spell.search(json.dumps(fact.to_json(), ensure_ascii=False))
    ]
    issued = Invoice.objects.values_list("number", "content", "because")
    papers = [f"invoice {number}" for number, *told in issued if spell.search(json.dumps(told, ensure_ascii=False))]
    signed = Version.objects.values_list("document_id", "version", "source")
    texts = [f"text {text} {edition}" for text, edition, source in signed if spell.search(bytes(source).decode("utf-8"))]
    return [*facts, *papers, *texts]


def say_kept(erasure: Erasure) -> str:
    """How much of a person stays, and what to do about it; nothing where nothing does."""
    if not erasure.kept:
        return ""
    few = "; ".join(erasure.kept[:MOST_TOLD]) + ("; …" if len(erasure.kept) > MOST_TOLD else "")
    return (
        f"{len(erasure.kept)} that never change name the person in clear and stay: {few}. Taken out, nothing would verify "
        "any more. Tell the person so, with the reason for keeping them, and hand out no further bundle of these ledgers."
    )


def keep_telling(texts: set[str]) -> tuple[str, ...]:
    """Those that are long enough to mean somebody, the longest first: it may hold another one."""
    tidied = {unicodedata.normalize("NFC", text.strip()) for text in texts}
    spelled = tidied | {re.sub(r"[ ()/-]", "", text) for text in tidied if re.fullmatch(r"\+?[\d ()/-]{7,}", text)}
    return tuple(sorted((text for text in spelled if len(text) >= FEWEST_LETTERS), key=len, reverse=True))


def list_addresses() -> set[str]:
    """Every mail address in rows that may belong to somebody: what a restored backup is looked through for."""
    columns = (
        User.objects.values_list("email", flat=True), Contact.objects.values_list("email", flat=True),
        Mark.objects.filter(value__contains="@").values_list("value", flat=True),
        Ticket.objects.exclude(address="").values_list("address", flat=True),
        Inbound.objects.exclude(envelope_from="").values_list("envelope_from", flat=True),
        HeadReader.objects.values_list("address", flat=True),
    )  # fmt: skip
    return {address.strip().lower() for column in columns for address in column if "@" in address}
