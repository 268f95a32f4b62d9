"""A harness for journeys: a clock that is set, a prober that writes to a real spool, and the worker's own jobs."""

from pathlib import Path

from django.conf import settings

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.fleet.models import Service
from upheld.apps.fleet.services import watch_service
from upheld.apps.oncall.services import add_recipient, deliver_due
from upheld.apps.parties.services import add_customer, name_provider
from upheld.core.timeline import SECOND, Duration, Instant
from upheld.gateways.clock import SettableClock
from upheld.gateways.jobs import EmbeddedRunner, Job
from upheld.gateways.mail import FakeMailer
from upheld.gateways.samples import Batch, Observation, Outcome, Spool
from upheld.gateways.webhook import FakePoster
from upheld.interfaces.worker.responder import Responder
from upheld.interfaces.worker.work import list_telling, list_watching
from upheld.language import check

EVERY = 10
TEXT = Path(__file__).parents[2] / "agreements" / "teamplify.md"
PARAMETERS = {
    "monthly-price": "EUR 7440.00",
    "currency": "EUR",
    "measured-by": "Upheld probes",
    "main-person": "ana@acorn.example",
    "support-contact": "ops@acorn.example",
    "sample-every": "10 seconds",
}


def bind_acorn(signed_at: Instant) -> tuple[Agreement, Service]:
    """Acorn Legal is bound to the shipped agreement, and its workspace is watched; the night shift wants to be told."""
    source = TEXT.read_text(encoding="utf-8")
    checked = check(source, as_of=signed_at)
    assert checked.document is not None
    assert checked.is_clean
    name_provider(name="FuryBit")
    acorn = add_customer(slug="acorn-legal", name="Acorn Legal")
    version = add_version(source=source, document=checked.document, calendars=checked.calendars, at=signed_at)
    agreement = sign_agreement(
        key="acorn-legal-teamplify", customer=acorn, version=version, parameters=PARAMETERS, signed_at=signed_at,
        by="person-1", at=signed_at,
    )  # fmt: skip
    service = watch_service(
        slug="acorn-workspace", name="Teamplify", customer=acorn, agreement=agreement.key, terms_service="saas",
        component="application", url="http://127.0.0.1:9/", interval_seconds=EVERY, deadline_seconds=4,
        allow=["127.0.0.0/8"],
    )  # fmt: skip
    add_recipient(kind="mail", address="night@furybit.example")
    add_recipient(kind="webhook", address="https://hooks.furybit.example/upheld")
    return agreement, service


class FastForward:
    """Time passes as the journey says; at each stop the worker does everything that became due meanwhile."""

    def __init__(self, start: Instant) -> None:
        self.clock = SettableClock(now_us=start.micros)
        self.mailer, self.poster = FakeMailer(), FakePoster()
        watching = [job for job in list_watching(Responder(Path(settings.UPHELD_HOME))) if "control target" not in job.name]
        telling = [job for job in list_telling() if job.name != "deliver messages"]
        deliver = Job(
            "deliver messages", SECOND, lambda at: deliver_due(now=lambda: at, mailer=self.mailer, poster=self.poster)
        )
        self._runner = EmbeddedRunner([*watching, *telling, deliver], self.clock)

    @property
    def now(self) -> Instant:
        return Instant(self.clock.now_us())

    def work(self) -> None:
        """The worker's rounds: everything due, until nothing new follows."""
        for _ in range(3):
            self._runner.run_due()
            self.clock.advance(SECOND.micros)

    def pass_to(self, instant: Instant) -> None:
        """Let time pass to an instant, and the worker work there."""
        self.clock.advance((instant - self.now).micros)
        self.work()


class FakeProber:
    """Writes what it would have seen of one check, every ten seconds, into the spool; sealed as the real one does."""

    def __init__(self, spool: Spool, check: str, boot: str = "b1") -> None:
        self._spool, self._check, self._boot = spool, check, boot
        self._sequence = self._batch = 0
        self._seen_at = 0

    def restart(self, boot: str) -> None:
        """A new boot: it counts anew and vouches for nothing before."""
        self._boot, self._sequence, self._batch, self._seen_at = boot, 0, 0, 0

    def watch(self, start: Instant, end: Instant, outcome: str = "good") -> Instant:
        """Look every ten seconds from `start` to before `end`; the end of the last look is given back."""
        observations = []
        at = start
        while at < end:
            observations.append(self._look(at, outcome))
            at = at + SECOND * EVERY
        self._batch += 1
        sealed = observations[-1].finished_at
        self._spool.seal(Batch("local", self._boot, self._batch, start.micros, sealed, (), tuple(observations)))
        return Instant(sealed)

    def _look(self, at: Instant, outcome: str) -> Observation:
        self._sequence += 1
        seen = (at + Duration(50_000)).micros
        unbroken = outcome != "unseen" and self._seen_at
        observation = Observation(
            check_id=self._check, sequence=self._sequence, started_at=at.micros, finished_at=seen, seen_at=seen,
            vouches_from=self._seen_at if unbroken else seen, duration_us=50_000, outcome=Outcome(outcome),
            reason={"good": "200 OK", "bad": "connection refused"}.get(outcome, "no control target answered"), phases={},
        )  # fmt: skip
        self._seen_at = 0 if outcome == "unseen" else seen
        return observation
