"""
A month of one customer's promise, with the whole of the worker: what a prober saw comes by the spool.

`python -m tests.journeys.month_stage HOME PORT`; its clock is that of `desk_stage`. Bramble Press is bound to the shipped
text about managed servers, of which one is watched; Mara and Ben are ours, Nell is theirs.
"""

import sys
from pathlib import Path

from tests.journeys.desk_stage import PASSWORD, SHIPPED, START, put_forward, serve
from upheld.core.timeline import DAY, Instant

PEOPLE = {"mara": ("Mara Ellis", "administrator"), "ben": ("Ben Okoro", "staff"), "nell": ("Nell Barrow", "customer")}
SERVICE, AGREEMENT = "bramble-server", "bramble-code-enigma"
EVERY_SECONDS = 10


def fill() -> None:
    """Who takes part, and what is watched."""
    from django.core.management import call_command

    from upheld.apps.agreements.services import add_version, sign_agreement
    from upheld.apps.fleet.services import watch_service
    from upheld.apps.parties.services import add_customer, add_user, name_provider
    from upheld.language import check

    call_command("migrate", verbosity=0)
    at = START.before(DAY * 10)
    name_provider(name="Harbour")
    bramble = add_customer(slug="bramble", name="Bramble Press")
    for short, (name, role) in PEOPLE.items():
        add_user(
            email=f"{short}@example.org", name=name, role=role, password=PASSWORD, at=at,
            customer=bramble if role == "customer" else None, customer_role="manager",
        )  # fmt: skip
    source = (SHIPPED / "code-enigma.md").read_text("utf-8")
    checked = check(source, as_of=at)
    assert checked.document is not None
    version = add_version(source=source, document=checked.document, calendars=checked.calendars, at=at)
    parameters = {"sample-every": f"{EVERY_SECONDS} seconds", "vat": "20 %", "fee": "GBP 250.00"}
    sign_agreement(
        key=AGREEMENT, customer=bramble, version=version, parameters=parameters, signed_at=at, by="person-1", at=at
    )
    watch_service(
        slug=SERVICE, name="Server", customer=bramble, agreement=AGREEMENT, terms_service="server",
        component="supported-services", url="http://127.0.0.1:9/", interval_seconds=EVERY_SECONDS, deadline_seconds=4,
        allow=["127.0.0.0/8"],
    )  # fmt: skip


def work(home: Path) -> None:
    """Everything that the worker does, at the instants that its clock says."""
    import time

    from django.db import close_old_connections

    from upheld.gateways import clock
    from upheld.interfaces.worker.responder import Responder
    from upheld.interfaces.worker.work import list_telling, list_watching

    jobs = [job for job in (*list_watching(Responder(home)), *list_telling()) if "control target" not in job.name]
    while True:
        close_old_connections()
        for job in jobs:
            job.run(Instant(clock.now_us()))
        time.sleep(0.5)


if __name__ == "__main__":
    put_forward(Path(sys.argv[1]))
    import django

    django.setup()
    fill()
    serve(int(sys.argv[2]))
    work(Path(sys.argv[1]))
