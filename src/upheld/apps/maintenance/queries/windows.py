"""Windows and notices as they are on record."""

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from upheld.apps.ledger.queries import known_facts
from upheld.apps.maintenance.models import Notice, Window
from upheld.apps.oncall.models import Message
from upheld.core.facts import WindowCancelled
from upheld.core.timeline import Instant

CANCELLATION = "cancellation-"
"""How the key of the mail begins that takes a notice back; the notice's number comes behind it."""


class UnknownWindow(LookupError):
    """Planned work that is not on record."""


def window(name: str) -> Window:
    """The window `M-7`; raises UnknownWindow."""
    number = name.removeprefix("M-")
    known = name.startswith("M-") and number.isascii() and number.isdigit() and len(number) < 10
    rows = Window.objects.select_related("agreement__customer")
    found = rows.filter(number=int(number)).first() if known else None
    if found is None:
        raise UnknownWindow(f"no planned work is called {name!r}; they are called M-1, M-2 and so on")
    return found


def list_windows() -> list[Window]:
    """All planned work, by its start."""
    return list(Window.objects.select_related("agreement__customer").order_by("from_at", "number"))


def windows_of(agreement: str) -> list[Window]:
    rows = Window.objects.select_related("agreement__customer").filter(agreement__key=agreement)
    return list(rows.order_by("from_at", "number"))


def notices_to_write() -> list[Notice]:
    """Notices that a person asked for and that are in no outbox yet."""
    rows = Notice.objects.select_related("window__agreement__customer", "window__agreement__version")
    return list(rows.filter(message__isnull=True).order_by("pk"))


def notices_to_record() -> list[Notice]:
    """Notices that were sent, and are no fact yet."""
    rows = Notice.objects.select_related("window__agreement", "message")
    return list(rows.filter(is_recorded=False, message__sent_at__isnull=False).order_by("pk"))


def notices_to_take_back(at: Instant) -> list[Notice]:
    """Notices that were sent of work that was cancelled and would not be over yet, as long as nobody was told of that."""
    rows = Notice.objects.select_related("window__agreement__customer", "window__agreement__version")
    sent = rows.filter(window__cancelled_at__isnull=False, window__to_at__gt=at.utc(), message__sent_at__isnull=False)
    keyed = sent.annotate(key=Concat(Value(CANCELLATION), Cast("pk", CharField())))
    return list(keyed.exclude(Exists(Message.objects.filter(key=OuterRef("key")))).order_by("pk"))


def reason_of_cancelling(window: Window) -> str:
    """Why work was cancelled, as the ledger has it; nothing where it was not."""
    _, facts = known_facts(window.agreement.key)
    found = [fact for fact in facts if isinstance(fact, WindowCancelled) and fact.window == window.name]
    return found[-1].because if found else ""
