"""The folder between prober and hub: everything written is whole, everything read is checked, nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.samples import (
    Assignment,
    Attempted,
    Batch,
    Disturbance,
    Heartbeat,
    Observation,
    Outcome,
    Spool,
    UnreadableDocument,
)
from upheld.gateways.samples.batch import read_batch, write_batch

instants = st.integers(0, 2**53 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
attempts = st.builds(Attempted, texts, instants, instants, texts, texts, st.none() | texts)
observations = st.builds(
    Observation,
    check_id=texts,
    sequence=st.integers(1, 2**53 - 1),
    started_at=instants,
    finished_at=instants,
    seen_at=instants,
    vouches_from=instants,
    duration_us=instants,
    outcome=st.sampled_from(Outcome),
    reason=texts,
    phases=st.dictionaries(texts, instants, max_size=3),
    address=st.none() | texts,
    status=st.none() | st.integers(100, 599),
    attempts=st.lists(attempts, max_size=2).map(tuple),
    controls=st.lists(attempts, max_size=2).map(tuple),
)
disturbances = st.builds(Disturbance, texts, instants, st.integers(1 - 2**53, 2**53 - 1))
batches = st.builds(
    Batch,
    prober=texts,
    boot=texts,
    sequence=st.integers(1, 2**53 - 1),
    started_at=instants,
    sealed_at=instants,
    disturbances=st.lists(disturbances, max_size=2).map(tuple),
    observations=st.lists(observations, max_size=3).map(tuple),
)


def make_batch(sequence: int = 1, boot: str = "0001760000000000xaaaaaaaa") -> Batch:
    seen = Observation("web", sequence, 5, 7, 7, 7, 2, Outcome.GOOD, "answered as expected", {"whole": 2}, "127.0.0.1", 200)
    return Batch("local", boot, sequence, 1, 9, (), (seen,))


@pytest.fixture
def spool(tmp_path):
    made = Spool(tmp_path / "spool")
    made.prepare()
    return made


class TestBatch:
    @given(batches)
    def test_comes_back_as_it_went(self, batch):
        """Whatever a batch holds, reading gives what was written; and equal batches are equal bytes."""
        raw = write_batch(batch)

        assert batch == read_batch(raw)
        assert raw == write_batch(read_batch(raw))

    @given(batches)
    def test_is_canonical(self, batch):
        """Sorted keys, no spaces, no floats: any canonical writer comes to the same bytes."""
        raw = write_batch(batch)

        assert raw == json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"outcome":"good"', b'"outcome":"fine"'),
            (b'"sequence":1', b'"sequence":1.0'),
            (b'"sequence":1', b'"sequence":0'),
            (b'"sequence":1', b'"sequence":"1"'),
            (b'"sequence":1', b'"sequence":true'),
            (b'"sequence":1', b'"sequence":NaN'),
            (b'"sequence":1', b'"sequence":9007199254740992'),
            (b'"seen_at":7,', b""),
            (b'"seen_at":7', b'"seen_at":7,"seen_at":8'),
            (b'"seen_at":7', b'"seen_at":7,"surprise":8'),
            (b'"observations":[', b'"observations":[7,'),
            (b'"phases":{"whole":2}', b'"phases":[2]'),
            (b'"format":"upheld-batch/1"', b'"format":"upheld-batch/2"'),
            (b'"reason":"answered', b'"reason":"\xff'),
            (b"{", b"[" * 100_000, ),
        ],
    )  # fmt: skip
    def test_refuses_what_is_not_one(self, old, new):
        """A changed kind, a missing, doubled or unknown key, a float, a bomb: a sentence, never a guess."""
        raw = write_batch(make_batch())
        assert old in raw

        with pytest.raises(UnreadableDocument, match="expected"):
            read_batch(raw.replace(old, new, 1))


class TestAssignments:
    def test_come_back_as_they_went(self, spool):
        """What the hub writes is what the prober reads."""
        written = (
            Assignment(
                "web", "http", "https://example.org/", 60, 10, status="200", body="ok", redirects=2, controls=("tcp://a:1",)
            ),
            Assignment("db", "tcp", "tcp://127.0.0.1:5432", 1, 1, allow=("127.0.0.0/8",)),
        )
        spool.write_assignments(written)

        assert written == spool.read_assignments()

    def test_are_none_before_the_hub_spoke(self, spool):
        """An empty folder assigns nothing."""
        assert ((), None) == (spool.read_assignments(), spool.mark_assignments())

    def test_are_marked_when_replaced(self, spool):
        """Writing them anew, even unchanged, is seen by the mark."""
        spool.write_assignments([Assignment("web", "tcp", "tcp://a:1", 1, 1)])
        before = spool.mark_assignments()
        spool.write_assignments([Assignment("web", "tcp", "tcp://a:1", 1, 1)])

        assert before != spool.mark_assignments()

    def test_hold_each_check_once(self, spool):
        """Two checks of one id would mix their observations: refused when written."""
        with pytest.raises(ValueError, match="several for 'web'"):
            spool.write_assignments([Assignment("web", "tcp", "tcp://a:1", 1, 1)] * 2)

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            (b'"kind":"tcp"', b'"kind":"http"', "expected kind http with an http or https URL"),
            (b'"kind":"tcp"', b'"kind":"icmp"', "expected kind http"),
            (b'"interval_seconds":5', b'"interval_seconds":0', "interval_seconds: expected a whole number from 1"),
            (b'"deadline_seconds":2', b'"deadline_seconds":6', "expected a deadline within the interval of 5 s, got 6 s"),
            (b'"redirects":0,', b"", "expected redirects, which is missing"),
            (b'"checks":[{', b'"checks":[{"shell":"rm",', "expected no shell"),
            (b"upheld-assignments/1", b"upheld-assignments/9", "expected the format upheld-assignments/1"),
        ],
    )
    def test_are_refused_whole_with_the_check_named(self, spool, old, new, words):
        """One check that cannot be read refuses the file: the prober goes on with what it knows."""
        spool.write_assignments([Assignment("web", "tcp", "tcp://a:1", 5, 2)])
        path = spool.path / "assignments.json"
        raw = path.read_bytes()
        assert old in raw
        path.write_bytes(raw.replace(old, new, 1))

        with pytest.raises(UnreadableDocument, match=words):
            spool.read_assignments()


class TestBatchesInTheSpool:
    def test_wait_until_they_are_forgotten(self, spool):
        """Sealed batches wait in order; forgotten ones are gone, and forgetting twice is harmless."""
        for sequence in (2, 1, 10):
            spool.seal(make_batch(sequence))
        first = next(spool.waiting_batches())
        spool.forget(first)
        spool.forget(first)

        assert [2, 10] == [batch.sequence for batch in spool.waiting_batches()]

    @pytest.mark.parametrize("raw", [b"", b"{", b"null", b"\x00" * 100, b"{}", b"[]", '{"a":"é"'.encode("latin-1")])
    def test_are_held_with_the_reason_when_they_cannot_be_read(self, spool, raw):
        """A damaged batch is put aside with a sentence, and the ones behind it still arrive."""
        spool.seal(make_batch(1)).write_bytes(raw)
        spool.seal(make_batch(2))
        waiting = [batch.sequence for batch in spool.waiting_batches()]
        name = make_batch(1).name

        assert [2] == waiting
        assert raw == (spool.path / "held" / name).read_bytes()
        assert "expected" in (spool.path / "held" / f"{name}.why.txt").read_text()
        assert [2] == [batch.sequence for batch in spool.waiting_batches()]

    def test_are_held_under_a_wrong_name(self, spool):
        """A batch that was renamed could be taken for another one."""
        spool.seal(make_batch(1)).rename(spool.path / "batches" / make_batch(7).name)

        assert [] == list(spool.waiting_batches())
        assert "expected the file name" in (spool.path / "held" / f"{make_batch(7).name}.why.txt").read_text()

    def test_half_written_ones_are_not_seen(self, spool):
        """What a killed prober left unfinished is no batch; the next start sweeps it away."""
        draft = spool.path / "batches" / f".{make_batch().name}.123.tmp"
        draft.write_bytes(b"half")
        waiting = list(spool.waiting_batches())
        spool.sweep()

        assert ([], False) == (waiting, draft.exists())

    def test_a_sweep_leaves_the_hub_alone(self, spool):
        """Assignments that the hub is writing at this moment are not the prober's to take away."""
        draft = spool.path / ".assignments.json.77.tmp"
        draft.write_bytes(b"{")
        spool.sweep()

        assert draft.exists()

    def test_a_failed_write_leaves_nothing(self, spool, monkeypatch):
        """No space when the bytes are to reach the disk: the error is raised and no draft stays."""

        def refuse(descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="No space left"):
            spool.seal(make_batch())
        monkeypatch.undo()

        assert [] == os.listdir(spool.path / "batches")

    def test_survive_a_killed_writer(self, tmp_path):
        """A process killed with SIGKILL while sealing leaves whole batches only: ten times."""
        for round_number in range(10):
            folder = tmp_path / str(round_number)
            code = (
                "import sys; from tests.gateways.samples.test_spool_folder import make_batch\n"
                "from upheld.gateways.samples import Spool\n"
                "spool = Spool(sys.argv[1]); spool.prepare(); print('ready', flush=True)\n"
                "for n in range(1, 100_000): spool.seal(make_batch(n)); print(n, flush=True)"
            )
            root = Path(__file__).parents[3]
            with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, cwd=root) as writer:
                assert writer.stdout is not None
                for _ in range(3 + round_number):
                    writer.stdout.readline()
                writer.kill()
                acknowledged = 2 + round_number + len(writer.stdout.read().split())
            waiting = [batch.sequence for batch in Spool(folder).waiting_batches()]

            assert list(range(1, len(waiting) + 1)) == waiting
            assert len(waiting) >= acknowledged
            assert [] == os.listdir(folder / "held")


class TestHeartbeat:
    def test_comes_back_as_it_went(self, spool):
        """The last sign of life is read as it was given."""
        beat = Heartbeat("local", "boot", 123, 4)
        spool.beat(beat)

        assert beat == spool.read_heartbeat()

    @pytest.mark.parametrize("raw", [None, b"", b"{}", b'{"prober":"a","boot":"b","at":-1,"checks":0}'])
    def test_is_none_when_it_cannot_be_read(self, spool, raw):
        """No heartbeat, or a damaged one, is no sign of life."""
        if raw is not None:
            (spool.path / "heartbeat.json").write_bytes(raw)

        assert spool.read_heartbeat() is None


def test_the_folders_are_their_owners_alone(spool):
    """Nobody else on the machine reads what is watched and what was seen."""
    spool.write_assignments([])
    paths = [spool.path, spool.path / "batches", spool.path / "held", spool.path / "assignments.json"]

    assert [0o700, 0o700, 0o700, 0o600] == [path.stat().st_mode & 0o777 for path in paths]


def test_a_spool_that_was_opened_to_a_group_stays_open_to_it(tmp_path):
    """Hub and prober may be two users: what each writes into a folder with its group's bit, the other one can take away."""
    before = os.umask(0o007)
    try:
        (tmp_path / "spool").mkdir()
        (tmp_path / "spool").chmod(0o2770)
        spool = Spool(tmp_path / "spool")
        spool.write_assignments([])
        sealed = spool.seal(make_batch(1))
    finally:
        os.umask(before)

    paths = [spool.path / "batches", spool.path / "held", sealed, spool.path / "assignments.json"]
    assert [0o770, 0o770, 0o660, 0o660] == [path.stat().st_mode & 0o777 for path in paths]
