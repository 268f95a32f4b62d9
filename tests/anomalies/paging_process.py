"""
A process that pages, escalates and delivers, for tests that kill it.

    lay                        people, a policy of three steps gone through twice
    page FIRST LAST            begin these pages; print each that is acknowledged to whoever asked
    work SECONDS               escalate and deliver as the worker does, its clock SECONDS ahead; print what was sent
    tell                       print as JSON every page with its steps, and how often each message was sent
"""

import json
import sys
from functools import partial

import django

django.setup()

from upheld.apps.oncall import queries, services  # noqa: E402
from upheld.apps.oncall.models import Message, Page  # noqa: E402
from upheld.apps.parties.models import Role, User  # noqa: E402
from upheld.apps.parties.services import name_provider  # noqa: E402
from upheld.core.timeline import MINUTE, SECOND, Instant  # noqa: E402
from upheld.gateways.mail import Mail  # noqa: E402
from upheld.gateways.webhook import FakePoster  # noqa: E402

NIGHT = Instant.parse("2026-02-10T02:00Z")


class Printer:
    """A mailer that prints the key of what it takes."""

    def send(self, mail: Mail) -> None:
        say("sent", mail.key)


def lay() -> None:
    name_provider(name="Harbour")
    people = [
        User.objects.create(
            email=f"{name}@example.org", name=name, role=Role.STAFF, password="!", created_at=NIGHT.utc()
        )
        for name in ("ada", "bob", "cyd")
    ]  # fmt: skip
    steps = [services.WantedStep(place, (user,)) for place, user in enumerate(people)]
    services.save_policy(name="Outages", steps=steps, at=NIGHT, repeats=1, repeat_after_minutes=1)


def page(first: int, last: int) -> None:
    policy = queries.policy("outages")
    for number in range(first, last):
        services.page(policy=policy, key="k", about=f"o-{number}", urgent=True, subject="Down", text="", at=NIGHT)
        say("paged", f"o-{number}")


def work(ahead: int) -> None:
    mailer, poster = Printer(), FakePoster()
    for turn in range(10_000):
        at = NIGHT + MINUTE * ahead + SECOND * turn
        services.escalate_due(at)
        services.deliver_due(now=partial(Instant, at.micros), mailer=mailer, poster=poster)
        if queries.next_step_at() is None and queries.next_due_at() is None:
            return


def tell() -> None:
    for row in Page.objects.order_by("number"):
        steps = queries.steps_taken(row)
        say(row.about, [[step.place, len(queries.told_by(step))] for step in steps])
    say("waiting", Message.objects.filter(sent_at__isnull=True).count())


def say(what: str, said: object) -> None:
    print(json.dumps([what, said]), flush=True)


if __name__ == "__main__":
    deed, *arguments = sys.argv[1:]
    numbers = [int(written) for written in arguments]
    if deed == "page":
        page(*numbers)
    elif deed == "work":
        work(*numbers)
    else:
        {"lay": lay, "tell": tell}[deed]()
