"""A desk in a home and a process of its own, wired to others by folders of mails. `python -m tests.journeys.wired STEP`."""

import sys
from pathlib import Path


def begin(folder: Path) -> None:
    """The rows of a desk that knows one customer: the other desk, by its address."""
    from django.core.management import call_command

    from upheld.apps.agreements.services import add_version, sign_agreement
    from upheld.apps.parties.models import Role
    from upheld.apps.parties.services import add_customer, add_user, name_provider
    from upheld.core.timeline import DAY, Instant
    from upheld.gateways.clock import now_us
    from upheld.language import check

    call_command("migrate", verbosity=0)
    at = Instant(now_us())
    name_provider(name="Harbour")
    customer = add_customer(slug="other", name="Other")
    address = (folder / "customer").read_text("utf-8")
    add_user(email=address, name="Other", role=Role.CUSTOMER, password="a long sentence 41", at=at, customer=customer)
    source = (Path(__file__).parents[2] / "agreements/redtrack.md").read_text("utf-8")
    checked = check(source, as_of=at)
    assert checked.document is not None
    version = add_version(source=source, document=checked.document, calendars=checked.calendars, at=at)
    sign_agreement(
        key="other-redtrack", customer=customer, version=version, signed_at=at.before(DAY), by="test", at=at,
        parameters={"setup-by-specialist": "no", "sample-every": "1 minute"},
    )  # fmt: skip


def work(folder: Path) -> None:
    """Take in what lies in `in`, and put every mail that follows from it into `out`."""
    from upheld.apps.desk import jobs
    from upheld.apps.desk.queries import our_marks
    from upheld.apps.desk.services import keep_inbound
    from upheld.apps.oncall import jobs as telling
    from upheld.core.timeline import Instant
    from upheld.gateways.clock import now_us
    from upheld.gateways.reading import read_mail

    at, ours = Instant(now_us()), our_marks()
    for path in sorted((folder / "in").iterdir()):
        keep_inbound(channel="email", raw=path.read_bytes(), received_at=at)
        path.unlink()
    jobs.take_in_waiting(at, lambda raw, sender: read_mail(raw, ours, envelope_from=sender))
    jobs.write_waiting_mails(at)
    telling.deliver_due(Instant(now_us()))


if __name__ == "__main__":
    import django

    django.setup()
    {"begin": begin, "work": work}[sys.argv[1]](Path(sys.argv[2]))
