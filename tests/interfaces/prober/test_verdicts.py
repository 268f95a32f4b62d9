"""From attempts and controls to good, bad or unseen: every way a prober can be blind ends in unseen, never in bad."""

import asyncio
import itertools
from collections.abc import Callable

import pytest

from upheld.gateways.clock import SettableClock
from upheld.gateways.probe import Answer, Order, ScriptedLine, Verdict
from upheld.gateways.samples import Assignment, Disturbance, Outcome
from upheld.interfaces.prober.confirm import confirm
from upheld.interfaces.prober.controls import Controls
from upheld.interfaces.prober.record import record_good, record_judgement
from upheld.interfaces.prober.vigil import BEAT_US, Vigil
from upheld.interfaces.prober.watch import Watch

GOOD, FAILED, REFUSED, HINDERED = Verdict.GOOD, Verdict.FAILED, Verdict.REFUSED, Verdict.HINDERED
SECOND = 1_000_000
TARGET, CONTROL, SECOND_CONTROL = "http://203.0.113.5/", "tcp://127.0.0.1:9001", "tcp://127.0.0.1:9002"
NAMED_CONTROL = "tcp://control.example:443"


def fail(started_us: int = 0, whole_us: int = 1_000, resolve_us: int | None = 0, verdict: Verdict = FAILED) -> Answer:
    return Answer(verdict, "the target refused the connection", started_us, whole_us, resolve_us, address="203.0.113.5")


class Scene:
    """One watch, with a script for its target and its controls, and a clock that only the script moves."""

    def __init__(self, *controls: str, interval: int = 10, deadline: int = 5) -> None:
        self.clock = SettableClock(now_us=1_760_000_000 * SECOND)
        self.noted: list[Disturbance] = []
        self.vigil = Vigil(self.clock, self.noted.append)
        allow = ("203.0.113.0/24", "127.0.0.0/8")
        self.watch = Watch(Assignment("web", "http", TARGET, interval, deadline, allow=allow, controls=controls))
        self.script: list[dict[str, Verdict | Answer]] = []
        self.asked: list[str] = []
        self.on_ask: Callable[[str], None] = lambda url: None

    async def ask(self, order: Order, *, first: int = 0) -> Answer:
        url = order.target.url
        self.asked.append(url)
        self.on_ask(url)
        scripted = self.script.pop(0)[url] if self.script and url in self.script[0] else GOOD
        return scripted if isinstance(scripted, Answer) else fail(self.clock.monotonic_us(), verdict=scripted)

    def judge(self, first: Answer, monkeypatch):
        async def sleep(seconds):
            self.clock.advance(int(seconds * SECOND))
            self.vigil.look()

        assert self.watch.order is not None
        monkeypatch.setattr(asyncio, "sleep", sleep)
        return asyncio.run(confirm(self.watch, self.watch.order, first, self, Controls(self), self.vigil))


def play(scene, monkeypatch, *, before, second, after, first=None):
    """Script the control before, the second attempt, and the control after."""
    scene.script = [{CONTROL: before}, {TARGET: second}, {CONTROL: after}]
    return scene.judge(first or fail(), monkeypatch)


class TestConfirm:
    @pytest.mark.parametrize(
        ("before", "second", "after"), list(itertools.product((GOOD, FAILED, REFUSED, HINDERED), repeat=3))
    )
    def test_is_bad_only_with_two_failures_between_two_good_controls(self, monkeypatch, before, second, after):
        """Of 64 combinations one is bad: the target failed again while the control answered before and after."""
        judgement = play(Scene(CONTROL), monkeypatch, before=before, second=second, after=after)
        expected = Outcome.UNSEEN
        if second is GOOD:
            expected = Outcome.GOOD
        elif (before, second, after) == (GOOD, FAILED, GOOD):
            expected = Outcome.BAD

        assert expected == judgement.outcome

    def test_asks_the_control_around_the_second_attempt(self, monkeypatch):
        """The order is the evidence: control, target, control."""
        scene = Scene(CONTROL)
        play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)

        assert [CONTROL, TARGET, CONTROL] == scene.asked

    def test_one_of_several_controls_is_enough(self, monkeypatch):
        """One control host may be down itself: the other shows that the way out is open."""
        scene = Scene(CONTROL, SECOND_CONTROL)
        scene.script = [
            {CONTROL: FAILED},
            {SECOND_CONTROL: GOOD},
            {TARGET: FAILED},
            {CONTROL: FAILED},
            {SECOND_CONTROL: GOOD},
        ]

        assert Outcome.BAD == scene.judge(fail(), monkeypatch).outcome

    def test_is_never_bad_without_a_control(self, monkeypatch):
        """No control is set: the prober cannot know, and says which setting is missing."""
        scene = Scene()
        scene.script = [{TARGET: FAILED}]
        judgement = scene.judge(fail(), monkeypatch)

        assert Outcome.UNSEEN == judgement.outcome
        assert "no control target is set" in judgement.reason

    def test_names_the_silent_control(self, monkeypatch):
        """Cut off: the reason names the target's failure and the control that was silent too."""
        judgement = play(Scene(CONTROL), monkeypatch, before=FAILED, second=FAILED, after=FAILED)

        assert "the target refused the connection, but no control target answered either" in judgement.reason
        assert CONTROL in judgement.reason

    @pytest.mark.parametrize("verdict", [REFUSED, HINDERED])
    def test_is_unseen_when_it_was_not_looked_at(self, monkeypatch, verdict):
        """A closed address, or our own machine in the way: no second attempt, no verdict."""
        scene = Scene(CONTROL)
        judgement = scene.judge(fail(verdict=verdict), monkeypatch)

        assert (Outcome.UNSEEN, []) == (judgement.outcome, scene.asked)

    @pytest.mark.parametrize(("controls", "outcome"), [((CONTROL,), Outcome.UNSEEN), ((NAMED_CONTROL,), Outcome.BAD)])
    def test_believes_a_lost_name_only_with_a_control_by_name(self, monkeypatch, controls, outcome):
        """A name that is not found may be our resolver's fault: a control by address does not show that it works."""
        scene = Scene(*controls)
        lost = fail(resolve_us=None)
        scene.script = [{controls[0]: GOOD}, {TARGET: lost}, {controls[0]: GOOD}]

        assert outcome == scene.judge(lost, monkeypatch).outcome

    @pytest.mark.parametrize("at", [CONTROL, TARGET])
    def test_is_unseen_when_the_prober_was_stopped_meanwhile(self, monkeypatch, at):
        """Stopped for a minute at any moment of the probe: everything else may look like an outage, it is none."""
        scene = Scene(CONTROL)
        scene.on_ask = lambda url: scene.clock.advance(60 * SECOND) if url == at else None
        judgement = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)

        assert Outcome.UNSEEN == judgement.outcome
        assert "did not run" in judgement.reason

    def test_is_unseen_when_the_prober_was_stopped_before(self, monkeypatch):
        """The first attempt was under way while the process was stopped: no second one is needed to say so."""
        scene = Scene(CONTROL)
        scene.clock.advance(60 * SECOND + BEAT_US)
        judgement = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)

        assert (Outcome.UNSEEN, []) == (judgement.outcome, scene.asked)

    @pytest.mark.parametrize("step", [-3_600, -1, 1, 86_400])
    def test_is_unseen_when_the_clock_stepped(self, monkeypatch, step):
        """A stepped clock may have made a certificate look expired; the next probe will tell."""
        scene = Scene(CONTROL)
        scene.on_ask = lambda url: scene.clock.step(step * SECOND) if url == TARGET else None
        judgement = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)

        assert Outcome.UNSEEN == judgement.outcome
        assert "clock stepped" in judgement.reason

    def test_is_bad_again_after_the_step(self, monkeypatch):
        """Only the first probe after a step is doubtful."""
        scene = Scene(CONTROL)
        scene.clock.step(3_600 * SECOND)
        first = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)
        record_judgement(scene.watch, first, scene.vigil, scene.clock.monotonic_us())
        second = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD)

        assert [Outcome.UNSEEN, Outcome.BAD] == [first.outcome, second.outcome]


class TestRecord:
    def see(self, scene, whole_us=1_000):
        answer = Answer(GOOD, "answered as expected", scene.clock.monotonic_us(), whole_us, 0, address="203.0.113.5")
        scene.clock.advance(whole_us)
        scene.vigil.look()
        return record_good(scene.watch, answer, scene.vigil)

    def wait(self, scene, seconds):
        for _ in range(seconds * 4):
            scene.clock.advance(SECOND // 4)
            scene.vigil.look()

    def test_vouches_for_the_time_since_the_last_one(self):
        """A probe in its slot vouches without a gap, and numbers go up by one."""
        scene = Scene(CONTROL)
        first = self.see(scene)
        self.wait(scene, 10)
        second = self.see(scene)

        assert (first.seen_at, first.seen_at, second.seen_at) == (
            first.vouches_from,
            second.vouches_from,
            scene.clock.now_us(),
        )
        assert [1, 2] == [first.sequence, second.sequence]

    def test_a_first_good_answer_is_no_news(self, monkeypatch):
        """Ten thousand checks that begin well need not be sealed at once; one that begins badly must."""
        well, badly = Scene(CONTROL), Scene(CONTROL)
        self.see(well)
        record_judgement(badly.watch, play(badly, monkeypatch, before=GOOD, second=FAILED, after=GOOD), badly.vigil, 1)

        assert (False, True) == (well.watch.is_changed, badly.watch.is_changed)

    @pytest.mark.parametrize(("seconds", "vouches"), [(16, True), (18, False)])
    def test_vouches_up_to_interval_deadline_and_slack(self, seconds, vouches):
        """10 s of interval, 5 s of deadline, 2 s of slack: 17 s between two starts are vouched for, more are not."""
        scene = Scene(CONTROL)
        first = self.see(scene)
        self.wait(scene, seconds)
        second = self.see(scene)

        assert vouches == (second.vouches_from == first.seen_at)
        assert vouches != (second.vouches_from == second.seen_at)

    @pytest.mark.parametrize("step", [-3_600, 3_600])
    def test_does_not_vouch_across_a_step(self, step):
        """Time on two different clock settings has no length."""
        scene = Scene(CONTROL)
        self.see(scene)
        self.wait(scene, 5)
        scene.clock.step(step * SECOND)
        self.wait(scene, 5)
        second = self.see(scene)
        self.wait(scene, 10)
        third = self.see(scene)

        assert second.seen_at == second.vouches_from
        assert second.seen_at == third.vouches_from

    def test_an_outage_begins_when_the_first_failure_was_known(self, monkeypatch):
        """A bad observation speaks for the end of its first failed attempt, whenever it was confirmed."""
        scene = Scene(CONTROL)
        self.see(scene)
        self.wait(scene, 10)
        first = fail(scene.clock.monotonic_us(), 700_000)
        known_at = scene.clock.now_us() + 700_000
        judgement = play(scene, monkeypatch, before=GOOD, second=FAILED, after=GOOD, first=first)
        seen = record_judgement(scene.watch, judgement, scene.vigil, scene.clock.monotonic_us())

        assert (Outcome.BAD, known_at, True) == (seen.outcome, seen.seen_at, scene.watch.is_changed)
        assert ["failed", "failed"] == [attempted.verdict for attempted in seen.attempts]
        assert ["good", "good"] == [attempted.verdict for attempted in seen.controls]

    def test_keeps_a_targets_words_harmless(self, monkeypatch):
        """Control signs and endless words in a reason end neither in a log line nor on a page."""
        scene = Scene(CONTROL)
        loud = fail()._replace(verdict=HINDERED, reason="\x1b[31mred\r\nInjected: line" + "x" * 1_000)
        seen = record_judgement(scene.watch, scene.judge(loud, monkeypatch), scene.vigil, 1)

        assert seen.reason.isprintable()
        assert len(seen.reason) <= 400


class TestControls:
    def test_one_question_for_all_who_ask_together(self):
        """A thousand checks fail in the same moment: each control is asked once."""

        async def ask():
            line = ScriptedLine(lambda: 0)
            controls = Controls(line)
            orders = Scene(CONTROL, SECOND_CONTROL).watch.controls
            answers = await asyncio.gather(*(controls.ask(orders) for _ in range(1_000)))
            return line.asked, {len(each) for each in answers}

        assert ([CONTROL, SECOND_CONTROL], {2}) == asyncio.run(ask())

    def test_each_answer_began_after_its_question(self):
        """Asked again later, a control is probed again: an old answer proves nothing."""

        async def ask():
            line = ScriptedLine(lambda: 0)
            controls = Controls(line)
            orders = Scene(CONTROL).watch.controls
            await controls.ask(orders)
            await controls.ask(orders)
            return line.asked

        assert [CONTROL, CONTROL] == asyncio.run(ask())
