"""`upheld demo write` and `upheld demo people`: be the customer who writes to the desk, and let the demo's people in."""

import argparse
import os
import sys
from secrets import token_hex

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.demo.cast import read_cast

LONGEST_SUBJECT = 70


class NotKnown(ValueError):
    """Somebody who is none of the demo's people, or nothing to say."""


def write(text: str, *, address: str, subject: str, ticket: str, console: str) -> str:
    """A mail to the desk, as if it had come now; what became of it. Raises NotKnown, NotTaken."""
    from upheld.interfaces.demo.letters import Letter, bring

    if not text.strip():
        raise NotKnown("write some words: they are the mail")
    names = {one["email"]: one["name"] for people in read_cast()["people"].values() for one in people}
    address = address.strip().lower() or next(iter(names))
    subject = subject.strip() or " ".join(text.split())[:LONGEST_SUBJECT]
    if ticket:
        subject = f"Re: [{ticket}] {subject}"
    name = names.get(address, address.partition("@")[0].title())
    at = Instant(now_us())
    found = bring(Letter(name, address, subject, text, f"written-{token_hex(8)}"), received_at=at, at=at)
    stands = f"held: {found.held_because}" if found.is_held else f"under {found.agreement.key}"
    return f"{name} <{address}> wrote on {found.name}, {stands}\n{console}desk/{found.name}"


def tell_people(console: str) -> str:
    """Each of the demo's people with a new one-time link; whoever has a password is only named."""
    from upheld.apps.parties.queries import is_staff, is_staffed, list_users
    from upheld.apps.parties.services import INVITATION_LASTS, offer_password

    told, at = read_cast(), Instant(now_us())
    ours = {one["email"] for one in told["staff"]} | {one["email"] for each in told["people"].values() for one in each}
    lines = []
    for user in (each for each in list_users() if each.email in ours and each.is_active):
        whose = user.customer.name if user.customer else told["provider"]
        if user.has_usable_password():
            lines.append(f"{user.name}, {whose}: signs in as {user.email}")
        elif is_staff(user) and not is_staffed():
            lines.append(f"{user.name}, {whose}: a link once there is an administrator, who comes first")
        else:
            token = offer_password(user=user, at=at, lasting=INVITATION_LASTS)
            lines.append(f"{user.name}, {whose}: {console}password/{token}")
    if not lines:
        raise NotKnown("the demo has no people yet: they come with its desk, half a minute after upheld run --demo")
    return "\n".join(lines)


def main() -> int:
    """Returns the exit code: 0 done, 2 it cannot be."""
    parser = argparse.ArgumentParser(description="Write to the demo's desk, or let its people in.")
    parser.add_argument("--console", required=True, help="address of the console")
    parser.add_argument("--text", help="the mail; without it, the people are told")
    parser.add_argument("--sender", default="", help="address of whoever writes")
    parser.add_argument("--subject", default="", help="else the first words")
    parser.add_argument("--ticket", default="", help="the ticket that it answers")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    # What became of the mail is printed in words; a log beside them would say it twice.
    os.environ["UPHELD_LOG_LEVEL"] = "error"
    import django

    django.setup()
    try:
        if given.text is None:
            said = tell_people(given.console)
        else:
            said = write(given.text, address=given.sender, subject=given.subject, ticket=given.ticket, console=given.console)
    except (ValueError, RuntimeError) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
