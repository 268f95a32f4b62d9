"""
A desk whose clock is put forward: the product's own pages, rows and mails in a process of their own.

`python -m tests.journeys.desk_stage HOME PORT`. The clock begins on a Monday morning and runs on; how far it was put forward
stands in the file `ahead` of the home, in seconds; `began` holds when it began, in microseconds of the machine's own clock.
"""

import sys
import threading
import time
from pathlib import Path
from unittest import mock

from upheld.core.timeline import DAY, SECOND, Instant

SHIPPED = Path(__file__).parents[2] / "agreements"
START = Instant.parse("2026-09-07T09:00Z")
"""A Monday morning on which every office is open."""
PASSWORD = "a long enough password"
BOUND = {
    "bramble": ("Bramble Press", "code-enigma", {"sample-every": "1 minute", "vat": "20 %", "fee": "GBP 250.00"}),
    "cedar": ("Cedar Clinics", "flosum", {"deployment": "hosted", "region": "Germany", "sample-every": "1 minute"}),
    "ember": (
        "Ember Games", "redtrack", {"setup-by-specialist": "no", "sample-every": "1 minute", "activation-over": "true"},
    ),
}  # fmt: skip
PEOPLE = {
    "nell": ("Nell Barrow", "bramble", "manager"),
    "jonas": ("Jonas Reh", "cedar", "manager"),
    "otis": ("Otis Lind", "ember", "member"),
    "rhea": ("Rhea Lund", "ember", "reader"),
    "iris": ("Iris Falk", "", "administrator"),
    "ben": ("Ben Okoro", "", "staff"),
}


def put_forward(home: Path) -> None:
    """From here on every part of the product is told this clock's time."""
    from upheld.gateways import clock

    began, ahead = time.monotonic_ns() // 1000, home / "ahead"
    (home / "began").write_text(str(began))

    def now_us() -> int:
        seconds = int(ahead.read_text()) if ahead.exists() else 0
        return START.micros + time.monotonic_ns() // 1000 - began + seconds * SECOND.micros

    mock.patch.object(clock, "now_us", now_us).start()
    mock.patch.object(clock.clocks, "now_us", now_us).start()


def fill() -> None:
    """Who takes part: three customers under three agreements, their people and ours."""
    from django.core.management import call_command

    from upheld.apps.agreements.services import add_version, sign_agreement
    from upheld.apps.parties.services import add_customer, add_user, name_provider
    from upheld.language import check

    call_command("migrate", verbosity=0)
    at = START.before(DAY * 30)
    name_provider(name="Harbour")
    customers = {slug: add_customer(slug=slug, name=name) for slug, (name, *_) in BOUND.items()}
    for slug, (_, document, parameters) in BOUND.items():
        source = (SHIPPED / f"{document}.md").read_text("utf-8")
        checked = check(source, as_of=at)
        assert checked.document is not None
        version = add_version(source=source, document=checked.document, calendars=checked.calendars, at=at)
        sign_agreement(
            key=f"{slug}-{document}", customer=customers[slug], version=version, parameters=parameters, signed_at=at,
            by="person-1", at=at,
        )  # fmt: skip
    for short, (name, slug, role) in PEOPLE.items():
        add_user(
            email=f"{short}@example.org", name=name, role="customer" if slug else role, password=PASSWORD, at=at,
            customer=customers.get(slug), customer_role=role if slug else "manager",
        )  # fmt: skip


def serve(port: int) -> None:
    """The product's application, in threads."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from upheld.project.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def work() -> None:
    """What the worker does for mails and chats, round after round."""
    from django.db import close_old_connections

    from upheld.apps.desk import jobs as desk
    from upheld.apps.oncall import jobs as telling
    from upheld.gateways import clock

    while True:
        close_old_connections()
        at = Instant(clock.now_us())
        desk.pass_on_chats(at)
        desk.write_waiting_mails(at)
        telling.deliver_due(at)
        time.sleep(0.5)


if __name__ == "__main__":
    put_forward(Path(sys.argv[1]))
    import django

    django.setup()
    fill()
    serve(int(sys.argv[2]))
    work()
