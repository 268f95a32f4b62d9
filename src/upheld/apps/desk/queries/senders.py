"""Who a mail is from, and under which agreement what they write stands."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Ticket
from upheld.apps.parties.models import Contact, Customer, User
from upheld.apps.parties.queries import is_staff, pseudonym_of


@dataclass(frozen=True, slots=True)
class Writer:
    """Whoever an address belongs to: somebody who signs in, a customer's contact, or nobody that we know."""

    address: str
    user: User | None = None
    customer: Customer | None = None

    @property
    def is_staff(self) -> bool:
        return is_staff(self.user)

    @property
    def by(self) -> str:
        """How facts name them: nobody's address ever goes into a ledger."""
        return pseudonym_of(self.user) if self.user else "contact" if self.customer else "somebody"


def find_writer(address: str) -> Writer:
    """Whose address it is. An address of several customers' contacts says nothing of any of them."""
    address = address.strip().lower()
    user = User.objects.select_related("customer").filter(email=address, is_active=True).first()
    if user is not None:
        return Writer(address, user, user.customer)
    known = list(Contact.objects.select_related("customer").filter(email__iexact=address)[:2])
    return Writer(address, None, known[0].customer if len(known) == 1 else None)


def agreements_of(customer: Customer) -> list[Agreement]:
    """The agreements that bind a customer, in the order of their keys."""
    return list(customer.agreements.select_related("version", "customer").order_by("key"))


def may_write_on(writer: Writer, ticket: Ticket) -> bool:
    """Whether a message of this writer belongs on a ticket: its customer's people, whoever opened it, the provider's."""
    if writer.is_staff:
        return True
    if writer.customer is not None:
        return ticket.customer_id == writer.customer.pk
    return bool(writer.address) and ticket.address.lower() == writer.address
