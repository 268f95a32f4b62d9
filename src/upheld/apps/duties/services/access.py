"""Turning switches, and recording who asked to come in and who was in."""

import logging
from collections.abc import Sequence

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.duties.queries import facts_of, list_switches
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.duties.services.opening import end_closed
from upheld.apps.ledger.services import record
from upheld.core.facts import AccessAsked, AccessUsed, SwitchTurned, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.duties")


class CannotTurn(ValueError):
    """A switch that the agreement does not have, or that the other side holds."""


def turn_switch(*, agreement: Agreement, switch: str, on: bool, side: str, by: str, at: Instant) -> SwitchTurned | None:
    """
    Turn a switch for the side that holds it; it works from when the agreement says. `side` is provider or customer.

    None where it stands so already. Raises CannotTurn, and CannotJudge.
    """
    with transaction.atomic():
        hold_agreement(agreement)
        known = {one.switch.name: one for one in list_switches(agreement, at)}
        if switch not in known:
            raise CannotTurn(f"{agreement.key} has no switch {switch!r}; there are: {', '.join(known) or 'none'}")
        found = known[switch]
        holder = found.switch.held_by
        if side != holder.value:
            raise CannotTurn(f"{switch} is held by the {holder.value} ({', '.join(holder.clauses)}), not by the {side}")
        last = next((turn for turn in found.turns if turn.side == side), None)
        if (last.on if last else found.switch.at_first.value) is on:
            return None
        turned = SwitchTurned(
            id=f"{switch}-turned-{len(found.turns) + 1}", agreement=agreement.key, occurred_at=at, recorded_at=at,
            source=by, switch=switch, on=on, side=side, by=by,
        )  # fmt: skip
        record(facts=[turned])
        if not on:
            # Who is in by this switch is out with it, on record in the same moment.
            end_closed(agreement=agreement, at=at)
    log.info("switch turned", extra={"agreement": agreement.key, "switch": switch, "on": on})
    return turned


def note_access(
    *,
    agreement: Agreement,
    who: str,
    what: str,
    purpose: str,
    person: str,
    from_at: Instant,
    by: str,
    at: Instant,
    ended_at: Instant | None = None,
    ticket: str = "",
    given: Sequence[str] = (),
    is_asked_only: bool = False,
) -> AccessAsked | AccessUsed:
    """Record that somebody was in (`is_asked_only`: asked to come in); whether he might is the agreement's answer."""
    with transaction.atomic():
        hold_agreement(agreement)
        facts = facts_of(agreement.key, at)
        kind = AccessAsked if is_asked_only else AccessUsed
        told = {
            "id": f"access-{'asked' if is_asked_only else 'used'}-{len(of_kind(facts, kind)) + 1}",
            "agreement": agreement.key, "occurred_at": from_at, "recorded_at": at, "source": by, "who": who, "what": what,
            "person": person, "purpose": purpose, "ticket": ticket, "given": tuple(given),
        }  # fmt: skip
        noted: AccessAsked | AccessUsed = (
            AccessAsked(**told) if is_asked_only else AccessUsed(**told, ended_at=ended_at)  # type: ignore[arg-type]
        )
        record(facts=[noted])
    log.info("access noted", extra={"agreement": agreement.key, "who": who, "what": what})
    return noted
