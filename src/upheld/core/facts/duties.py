"""What the sides did that they owe besides: duties, notices, plans, comparisons, reviews."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("duty-asked", 1)
class DutyAsked(Fact):
    """A side was asked to do what it owes, with the reason and the ticket that it serves."""

    request: str
    duty: str
    because: str
    due_at: Instant | None = None
    ticket: str = ""


@fact("duty-done", 1)
class DutyDone(Fact):
    """It was done; `request` names what was asked, where it was."""

    duty: str
    request: str = ""
    by: str = ""
    evidence: str = ""


@fact("notice-sent", 1)
class NoticeSent(Fact):
    """A notice of the agreement went out; `about` names the outage, window or event of which it tells."""

    notice: str
    about: str
    to: str
    by: str
    states: tuple[str, ...] = ()


@fact("event-happened", 1)
class EventHappened(Fact):
    """An event of which a notice must tell and that no other fact records: a release, a new feature, an alarm."""

    event: str
    name: str


@fact("plan-started", 1)
class PlanStarted(Fact):
    """The kick-off of a plan; without a name, of the plan that applies to the customer."""

    plan: str = ""


@fact("plan-step-done", 1)
class PlanStepDone(Fact):
    """A step of a plan was done."""

    plan: str
    step: str
    by: str = ""


@fact("session-held", 1)
class SessionHeld(Fact):
    """A meeting of a plan took place."""

    plan: str


@fact("plan-signed-off", 1)
class PlanSignedOff(Fact):
    """Who had to say that a plan is finished said so."""

    plan: str
    by: str


@fact("check-compared", 1)
class CheckCompared(Fact):
    """What was found was held against what is required, as one check of a service: nameservers of a domain, for instance."""

    check: str
    subject: str
    required: tuple[str, ...]
    found: tuple[str, ...]


@fact("review-held", 1)
class ReviewHeld(Fact):
    """The sides went through the agreement together. `next_on` is the date of the next time, year-month-day."""

    next_on: str = ""
