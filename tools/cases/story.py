"""What a case tells, as deeds at their times under an agreement that a customer of its own signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.cases.question import Question
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import list_agreements
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk.models import Call, Ticket
from upheld.apps.parties.services import add_customer, name_provider
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.terms import Document
from upheld.core.timeline import Instant
from upheld.gateways.signing import FakeSigner

LONG_BEFORE = Instant.parse("2000-01-01T00:00Z")
CUSTOMER, ENGINEER, SECOND_PERSON = "person-2", "person-1", "person-3"
Deed = Callable[[Instant], None]


@dataclass
class Story:
    """What happened under an agreement, in the order of time; what was told first goes first at one instant."""

    agreement: Agreement
    deeds: list[tuple[Instant, Deed]] = field(default_factory=list)
    ticket: Ticket | None = None
    outage: str = ""
    call: Call | None = None

    def then(self, when: Instant, deed: Deed) -> None:
        self.deeds.append((when, deed))

    def tell(self) -> Instant:
        """Do it all, and what comes of it; the instant of the last deed."""
        last = LONG_BEFORE
        while self.deeds:
            last, deed = self.deeds.pop(min(range(len(self.deeds)), key=lambda place: (self.deeds[place][0], place)))
            deed(last)
        return last

    def opened(self) -> Ticket:
        assert self.ticket is not None, "the ticket is opened first"
        return self.ticket


def sign(question: Question, without: Sequence[str] = (), signed_at: Instant = LONG_BEFORE) -> Agreement:
    """A customer of his own signs the text, as it reads in the case; the values named in `without` are not chosen."""
    number = len(list_agreements()) + 1
    name_provider(name="Provider")
    document = read_otherwise(question)
    values = {name: value for name, value in question.parameters.items() if name not in without}
    return sign_agreement(
        key=f"case-{number}",
        customer=add_customer(slug=f"customer-{number}", name=f"Customer {number}"),
        version=add_version(
            source=f"# {document.title}\n", document=document, calendars=question.agreement.calendars, at=LONG_BEFORE
        ),
        parameters=values,
        signed_at=signed_at,
        by=ENGINEER,
        at=signed_at,
        signer=FakeSigner(),
    )


def read_otherwise(question: Question) -> Document:
    """The text with the case's senses in the place of its own: another version of it, which somebody can sign."""
    document = question.agreement.document
    if not question.readings:
        return document
    written: Any = parse_canonical(canonical_bytes(document.to_json()))
    for name, sense in question.readings.items():
        written["blocks"]["readings"][name]["we read"] = sense
    told = ", ".join(f"{name}: {sense}" for name, sense in question.readings.items())
    written["blocks"]["agreement"]["version"] = f"{document.version}, {told}"
    return Document.from_json(written)
