"""Batches become observations, outages, facts: once, whatever happens on the way."""

import json
from hashlib import sha256

import pytest
from django.db import connection, transaction

from tests.apps.watched import KEY, at, observe, pack, watch
from upheld.apps.fleet.services import watch_service
from upheld.apps.ledger import queries as ledger
from upheld.apps.ledger import services as ledger_services
from upheld.apps.parties.services import add_customer
from upheld.apps.probes import queries, services
from upheld.apps.probes.models import Observation, Outage, Seal
from upheld.apps.probes.services import sealing
from upheld.apps.probes.services.sealing import path_of
from upheld.core.facts import ClockStepped, NotMeasured, ObservationsSealed, OutageClosed, OutageOpened, of_kind
from upheld.gateways.samples import Disturbance, Spool

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _samples_of_their_own(settings, tmp_path):
    settings.UPHELD_SAMPLES = tmp_path / "samples"


def take(*observations, second=100, **changes):
    return services.ingest(batch=pack(*observations, **changes), at=at(second))


class TestIngest:
    def test_records_an_outage_with_its_four_instants(self):
        """First bad is the end of the first failure; the ledger and the row say the same."""
        watch()

        take(observe(1, 0), observe(2, 10, "bad"), observe(3, 20, "bad"), observe(4, 30))

        facts = ledger.facts_of(KEY)
        opened, closed = of_kind(facts, OutageOpened)[0], of_kind(facts, OutageClosed)[0]
        row = Outage.objects.get()
        assert ("O-1", at(0), at(11), at(20), at(31), "connection refused") == (
            opened.outage,
            opened.last_good_at,
            opened.first_bad_at,
            closed.last_bad_at,
            closed.first_good_at,
            opened.because,
        )
        assert ("O-1", at(11), at(31)) == (row.name, row.began_at, row.ended_at)

    def test_takes_a_batch_once(self):
        """The worker died between its commit and the removal of the file: the batch comes again."""
        watch()
        take(observe(1, 0), observe(2, 10, "bad"))
        before = ledger.facts_of(KEY)

        again = take(observe(1, 0), observe(2, 10, "bad"), second=200)

        assert ([], before, 2) == (again, ledger.facts_of(KEY), Observation.objects.count())

    def test_takes_nothing_of_a_batch_whose_transaction_fails(self):
        """No observation without its fact, no fact without its observation: the batch can simply come again."""
        watch()

        def fail_after_taking():
            with transaction.atomic():
                take(observe(1, 0, "bad"))
                raise RuntimeError("killed")

        with pytest.raises(RuntimeError):
            fail_after_taking()

        assert (0, 0, []) == (Observation.objects.count(), Outage.objects.count(), ledger.facts_of(KEY))
        take(observe(1, 0, "bad"))
        assert 1 == Outage.objects.count()

    def test_goes_on_over_batches(self):
        """An outage that one batch opens is closed by a later one."""
        watch()
        take(observe(1, 0), observe(2, 10, "bad"))
        running = queries.running_outage(watch())

        take(observe(3, 20), sequence=2)

        assert running is not None
        assert ("O-1", at(21), None) == (running.name, queries.outage("O-1").ended_at, queries.running_outage(watch()))

    def test_records_blindness_and_no_outage(self):
        """The prober was cut off for two probes: not measured, not down."""
        watch()

        take(observe(1, 0), observe(2, 10, "unseen"), observe(3, 20, "unseen"), observe(4, 30))

        blind = of_kind(ledger.facts_of(KEY), NotMeasured)
        assert ([(at(1), at(31), "no control target answered")], 0) == (
            [(fact.from_at, fact.to_at, fact.because) for fact in blind],
            Outage.objects.count(),
        )

    def test_a_restart_of_the_prober_is_not_measured(self):
        """Stopped for a minute: the gap appears with the first observation after it."""
        watch()
        take(observe(1, 0))

        take(observe(1, 60, vouches_from=at(61).micros), boot="b2")

        [blind] = of_kind(ledger.facts_of(KEY), NotMeasured)
        assert (at(1), at(61), "the prober was started anew") == (blind.from_at, blind.to_at, blind.because)

    def test_numbers_outages_through_the_installation(self):
        """Two services of two agreements: O-1 and O-2, each in its own ledger."""
        watch()
        watch("books", agreement="birch-harbour")

        take(observe(1, 0, "bad"), observe(1, 0, "bad", slug="books"))

        named = [of_kind(ledger.facts_of(key), OutageOpened)[0].outage for key in (KEY, "birch-harbour")]
        assert ["O-1", "O-2"] == sorted(named)

    def test_keeps_the_words_of_a_target_in_one_spelling(self):
        """A target may answer anything: a text that has two spellings does not keep its outage out of the ledger."""
        watch()

        take(observe(1, 0, "bad", reason="cafe\u0301 \ud800"))

        [opened] = of_kind(ledger.facts_of(KEY), OutageOpened)
        assert "caf\u00e9 ?" == opened.because

    def test_records_a_step_of_the_clock(self):
        """Every agreement that is watched through this prober learns of it."""
        watch()

        take(observe(1, 0), disturbances=(Disturbance("clock stepped", at(0).micros, -7_000_000),))

        [step] = of_kind(ledger.facts_of(KEY), ClockStepped)
        assert (at(0), -7_000_000) == (step.occurred_at, step.by)

    def test_lets_an_unknown_check_pass(self, caplog):
        """A service was renamed on the way: its old observations are named in the log, the rest is taken."""
        watch()

        take(observe(1, 0, slug="gone"), observe(1, 0))

        assert ["shop"] == [row.service.slug for row in Observation.objects.select_related("service")]

    def test_a_repeated_observation_in_another_batch_is_kept_once(self):
        """The prober hands over again what it did not know to be taken."""
        watch()
        take(observe(1, 0), observe(2, 10))

        take(observe(2, 10), observe(3, 20), sequence=2)

        assert 3 == Observation.objects.count()


class TestSeal:
    def test_vouches_from_the_last_seal_on(self):
        """Two seals touch: no second between them is unmeasured."""
        watch()
        take(observe(1, 0), observe(2, 10))
        services.seal(at=at(20))
        take(observe(3, 20), sequence=2)

        services.seal(at=at(40))

        seals = of_kind(ledger.facts_of(KEY), ObservationsSealed)
        assert [(at(1), at(11), 2, 0, 0), (at(11), at(21), 1, 0, 0)] == [
            (fact.from_at, fact.to_at, fact.good, fact.bad, fact.unseen) for fact in seals
        ]

    def test_keeps_the_lines_under_their_digest(self):
        """The file is what the ledger's digest is of, one canonical observation a line, and cannot be written any more."""
        watch()
        take(observe(1, 0), observe(2, 10))

        services.seal(at=at(20))

        [fact] = of_kind(ledger.facts_of(KEY), ObservationsSealed)
        path = path_of(Seal.objects.get())
        lines = path.read_bytes()
        first = json.loads(lines.splitlines()[0])
        assert (fact.digest, 2, "shop", 0o440) == (
            sha256(lines).hexdigest(),
            lines.count(b"\n"),
            first["check_id"],
            path.stat().st_mode & 0o777,
        )

    def test_seals_with_every_change(self):
        """An outage is on record together with the observations that show it."""
        watch()

        facts = take(observe(1, 0), observe(2, 10, "bad"))

        assert [OutageOpened, ObservationsSealed] == [type(fact) for fact in facts]

    def test_tells_a_running_blindness(self):
        """Sealed time must not seem to have been seen; what follows goes on where this ended."""
        watch()
        take(observe(1, 0), observe(2, 10, "unseen"))
        services.seal(at=at(20))
        take(observe(3, 20), sequence=2)

        blind = of_kind(ledger.facts_of(KEY), NotMeasured)
        assert [(at(1), at(11)), (at(11), at(21))] == [(fact.from_at, fact.to_at) for fact in blind]

    def test_one_that_fails_keeps_no_other_back(self, monkeypatch, caplog):
        """The disk refuses the file of the first service: the second is sealed, and the log names the first."""
        watch()
        watch("till", agreement="acorn-till")
        take(observe(1, 0), observe(1, 0, slug="till"))
        keep = sealing.keep_once  # type: ignore[attr-defined]

        def refuse_the_shop(path, make, **mode):
            if b'"shop"' in make():
                raise OSError("no space left on device")
            return keep(path, make, **mode)

        monkeypatch.setattr(sealing, "keep_once", refuse_the_shop)
        facts = services.seal(at=at(20))

        assert ["sealed-till-1"] == [fact.id for fact in facts]
        assert ["shop"] == [record.service for record in caplog.records if record.levelname == "ERROR"]

    def test_of_an_agreement_holds_every_course_before_its_ledger(self, monkeypatch):
        """In the order of whoever takes a batch: two who wait for each other would both wait in vain."""
        watch()
        watch_service(
            slug="till", name="Till", customer=add_customer(slug="acorn", name="Acorn"), agreement=KEY,
            terms_service="shop", component="till", url="http://127.0.0.1:9/", interval_seconds=10, deadline_seconds=4,
        )  # fmt: skip
        take(observe(1, 0), observe(1, 0, slug="till"))

        tables, lock_tree = [], ledger_services.lock_tree

        def note_course(execute, sql, params, many, context):
            tables.extend(["probes_course"] if sql.startswith("SELECT") and 'FROM "probes_course"' in sql else [])
            return execute(sql, params, many, context)

        def note_tree(agreement):
            tables.append("ledger_tree")
            return lock_tree(agreement)

        monkeypatch.setattr(ledger_services, "lock_tree", note_tree)
        with connection.execute_wrapper(note_course):
            services.seal(at=at(20), agreement=KEY)

        assert ["probes_course", "probes_course", "ledger_tree"] == tables[:3]

    def test_of_nothing_is_nothing(self):
        """No new observation, no fact."""
        watch()
        take(observe(1, 0))
        services.seal(at=at(20))

        assert [] == services.seal(at=at(30))


class TestStanding:
    def test_is_unknown_before_the_first_observation(self):
        """A service that was just put under watch is neither up nor down."""
        assert ("unknown", None) == told(watch(), 0)

    def test_is_up_since_it_was_first_seen(self):
        watch()
        take(observe(1, 0), observe(2, 10))

        assert ("up", at(1)) == told(watch(), 12)

    def test_is_down_since_the_first_bad_observation(self):
        watch()
        take(observe(1, 0), observe(2, 10, "bad"), observe(3, 20, "bad"))

        assert ("down", at(11)) == told(watch(), 22)

    def test_is_unknown_while_the_prober_is_blind(self):
        watch()
        take(observe(1, 0), observe(2, 10, "unseen"))

        assert ("unknown", at(1)) == told(watch(), 12)

    def test_becomes_unknown_by_itself(self):
        """Nothing comes any more: 28 s after the last observation began, its time and the time of its way are over."""
        watch()
        take(observe(1, 0))

        assert [("up", at(1)), ("unknown", at(1))] == [told(watch(), 27), told(watch(), 28)]

    def test_says_when_it_was_last_seen(self):
        """A page says `last sample 4 s ago`."""
        watch()
        take(observe(1, 0))

        assert at(1) == queries.covered_until(watch())

    def test_lists_every_watched_service(self):
        watch()
        take(observe(1, 0, "bad"))

        [found] = queries.list_standings(at(5))
        assert ("down", "O-1", "connection refused") == (found.state, found.outage and found.outage.name, found.because)


def told(service, second):
    found = queries.standing_of(service, at(second))
    return found.state, found.since_at


class TestAssign:
    def test_writes_the_checks_of_all_services(self, tmp_path):
        """Written once; again only when something changed."""
        spool = Spool(tmp_path)
        watch()

        first, second = services.assign(spool=spool), services.assign(spool=spool)

        assert (True, False, ["shop"]) == (first, second, [check.id for check in spool.read_assignments()])

    def test_replaces_what_cannot_be_read(self, tmp_path):
        """A file of another make does not keep a prober from its work."""
        spool = Spool(tmp_path)
        spool.prepare()
        (tmp_path / "assignments.json").write_text("{}")
        watch()

        assert services.assign(spool=spool)
