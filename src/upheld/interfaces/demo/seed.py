"""The demo's first rows: the provider, and the customer whose service it is about. Safe to repeat at every start."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.demo.cast import BY, HOST, LOOPBACK, NoDemo, read_agreement_file, read_cast


def seed(agreements: Path, *, port: int, controls: Sequence[str], at: Instant) -> str:
    """
    What an operator would do by hand, by the same services; the key of the demo's agreement is given back.

    Only the address of the watched service may differ from the last time. Raises NoDemo.
    """
    from django.db import transaction

    from upheld.apps.agreements import services as binding
    from upheld.apps.fleet import services as fleet
    from upheld.apps.parties import services as parties

    cast = read_cast()
    source, document, calendars = read_agreement_file(agreements / cast["agreement_file"], at)
    with transaction.atomic():
        parties.name_provider(name=cast["provider"])
        customer = parties.add_customer(slug=cast["customer"]["slug"], name=cast["customer"]["name"])
        parties.add_contact(customer=customer, name=cast["contact"]["name"], email=cast["contact"]["email"])
        key = f"{customer.slug}-{document.id}"
        if not is_signed(key):
            version = binding.add_version(source=source, document=document, calendars=calendars, at=at)
            binding.sign_agreement(
                key=key, customer=customer, version=version, parameters=cast["parameters"], signed_at=at, by=BY, at=at
            )
        service, component = cast["part"]
        fleet.watch_service(
            slug=cast["service"]["slug"], name=cast["service"]["name"], customer=customer, agreement=key,
            terms_service=service, component=component, url=f"http://{HOST}:{port}/",
            interval_seconds=cast["interval_seconds"], deadline_seconds=cast["deadline_seconds"],
            allow=[LOOPBACK], controls=list(controls),
        )  # fmt: skip
    return key


def is_signed(key: str) -> bool:
    from upheld.apps.agreements.queries import list_agreements

    return any(agreement.key == key for agreement in list_agreements())


def main() -> int:
    """Returns the exit code: 0 the demo is there, 2 it cannot be."""
    parser = argparse.ArgumentParser(description="Set up the demo's provider, customers, agreements and services.")
    parser.add_argument("--agreements", type=Path, default=Path("agreements"), help="folder of the agreements' files")
    parser.add_argument("--port", type=int, required=True, help="where the demo's service answers")
    parser.add_argument("--server", type=int, required=True, help="where the managed server answers")
    parser.add_argument("--control", action="append", default=[], help="control target; may be repeated")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    import django

    django.setup()
    from upheld.interfaces.demo.others import bind_others

    at = Instant(now_us()).floored()
    try:
        seed(given.agreements, port=given.port, controls=given.control, at=at)
        # Before the pages are served: what is signed when the web server begins is read by it ahead of its readers.
        bind_others(read_cast(), given.agreements, port=given.server, controls=given.control, at=at)
    except (NoDemo, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
