"""As which kind a window is judged, what of it is excused, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from upheld.core.explain import Step, show_span
from upheld.core.facts import Frozen, frozen_class
from upheld.core.maintenance.tested import Tested
from upheld.core.maintenance.trials import Surroundings, earliest_start, run_trials
from upheld.core.maintenance.turns import Turn
from upheld.core.maintenance.windows import Window
from upheld.core.terms.rules import MaintenanceKind, Terms
from upheld.core.timeline import Instant, Span, Timeline

NO_COMPONENTS: Mapping[str, Timeline] = MappingProxyType({})


@frozen_class
class Judgement(Frozen):
    """A window with the kind it counts as, how its down time counts, the time so excused, and every test that was run."""

    window: Window
    kind: MaintenanceKind
    effect: str
    excused: Timeline
    trials: tuple[tuple[str, Tested], ...]
    """(kind, test) for every kind that was tried, in order."""
    earliest_at: Instant | None
    has_down_time: bool

    @property
    def counts_whole_window(self) -> bool:
        return self.kind.measured.value == "whole window"

    @property
    def clauses(self) -> tuple[str, ...]:
        cited = (clause for _, test in self.trials for clause in test.clauses)
        return tuple(dict.fromkeys((*self.kind.clauses, *self.kind.counts_as.clauses, *cited)))

    @property
    def readings(self) -> tuple[str, ...]:
        used = (reading for _, test in self.trials for reading in test.readings)
        return tuple(dict.fromkeys((*self.kind.counts_as.readings, *used)))

    @property
    def words(self) -> str:
        """One sentence: what it was announced as, what it is judged as, what decided."""
        named = f"{self.window.kind} {self.window.id}, {show_span(self.window.span)}"
        if self.window.is_cancelled:
            return f"{named}: cancelled, excuses nothing"
        why = "; ".join(test.words for _, test in self.trials)
        judged = "" if self.kind.name == self.window.kind else f": judged as {self.kind.name}"
        return f"{named}{judged}{f'; {why}' if why else ''}"

    def tell(self) -> Step:
        """The judgement as a step of reasons, each test below it."""
        tests = tuple(
            Step("passed" if test.passed else "failed", f"{kind}: {test.words}", test.clauses, test.readings)
            for kind, test in self.trials
        )
        effect = {"down": "counts as down", "up": "counts as up", "out of base": "out of base"}[self.effect]
        spans = self.excused.spans or (self.window.span,)
        return Step(effect, self.words, self.clauses, self.readings, self.window.facts, spans, tests, state="maintenance")


def classify(
    terms: Terms, windows: Sequence[Window], down: Timeline, down_of: Mapping[str, Timeline] = NO_COMPONENTS
) -> tuple[Judgement, ...]:
    """
    Judge every window, in order of start, as the kind it was announced as; a kind whose test fails gives way to its
    `otherwise`. Windows of an unknown kind are judged as nothing and excuse nothing.

    `down` is the time without service, `down_of` that of single components.
    """
    known = [window for window in windows if window.kind in terms.maintenance]
    known.sort(key=lambda window: (window.span, window.id))
    scene = Scene(down, down_of, find_alike(terms, known))
    for place, window in enumerate(known):
        scene.add(judge(terms, window, scene, known[place + 1 :]))
    return tuple(scene.before)


@frozen_class
class Scene(Frozen):
    """
    All that windows are judged among: the down time, what was judged so far, who of each kind had a turn, and the time of
    all work that is told as of one kind.
    """

    down: Timeline
    down_of: Mapping[str, Timeline]
    alike: Mapping[str, Timeline]
    before: list[Judgement] = field(default_factory=list)
    turns: dict[str, list[Turn]] = field(default_factory=dict)

    def add(self, done: Judgement) -> None:
        self.before.append(done)
        if done.has_down_time:
            taken = done.excused
            if not done.counts_whole_window:
                taken = taken.intersect(self.down.within(done.window.worked_span))
            self.turns.setdefault(done.kind.name, []).append(Turn(done.window, taken))

    def around(self, kind: MaintenanceKind, window: Window, after: Sequence[Window]) -> Surroundings:
        """What the tests of a kind look at."""
        alike = self.alike.get(kind.name, Timeline())
        return Surroundings(
            down=self.down,
            down_of=self.down_of,
            earlier=self.turns.get(kind.name, ()),
            kept_free=kept_free(kind, self.before, after),
            alike=alike.union(Timeline.of([window.worked_span])) if kind.longest else alike,
        )


def find_alike(terms: Terms, windows: Sequence[Window]) -> dict[str, Timeline]:
    """For each kind with a greatest length the time of all work that is told as of it, touching windows as one."""
    spans: dict[str, list[Span]] = {kind.name: [] for kind in terms.maintenance.values() if kind.longest}
    for window in windows:
        if (name := announced_as(terms, window)) in spans and not window.is_cancelled:
            spans[name].append(window.worked_span)
    return {name: Timeline.of(found) for name, found in spans.items()}


def announced_as(terms: Terms, window: Window) -> str:
    """The kind that a window was announced as, under its own name."""
    kind = terms.maintenance[window.kind]
    return kind.same_as or kind.name


def judge(terms: Terms, window: Window, scene: Scene, after: Sequence[Window]) -> Judgement:
    """One window in its turn; `after` are those that stand announced behind it."""
    trials: list[tuple[str, Tested]] = []
    announced = terms.maintenance[window.kind]
    kind = terms.maintenance[announced_as(terms, window)]
    has_down_time = not window.is_cancelled and bool(scene.down.within(window.worked_span))
    while True:
        tested = run_trials(terms, kind, window, scene.around(kind, window, after))
        trials += [(kind.name, test) for test in tested]
        stands = all(test.passed for test in tested)
        if stands or kind.fallback is None:
            break
        kind = terms.maintenance[kind.fallback]
    surplus = Timeline().union(*(test.surplus for test in tested))
    # The last kind of a chain has nothing to fall back on: what fails there is excused by nothing.
    effect = kind.counts_as.value if stands and not window.is_cancelled else "down"
    excused = Timeline.of([window.worked_span]).subtract(surplus) if effect != "down" else Timeline()
    return Judgement(
        window=window,
        kind=kind,
        effect=effect,
        excused=excused,
        trials=tuple(trials),
        earliest_at=earliest_start(terms, announced, window),
        has_down_time=has_down_time,
    )


def kept_free(kind: MaintenanceKind, before: Sequence[Judgement], after: Sequence[Window]) -> Timeline:
    """The windows that a kind must keep away from: earlier ones as they were judged, later ones as they are announced."""
    if kind.not_within is None:
        return Timeline()
    free = kind.not_within.value
    judged = [done.window for done in before if done.kind.name in free]
    announced = [window for window in after if window.kind in free]
    return Timeline.of(window.span for window in (*judged, *announced) if not window.is_cancelled)


def check_plan(terms: Terms, plan: Window, planned: Sequence[Window], down: Timeline) -> Judgement:
    """
    Would this work count? Answered before it is saved, on the assumption that the service is down for all of it.

    `planned` are the windows that stand already; the plan itself takes its turn among them by its start. Its kind must be
    one that the agreement names: KeyError otherwise.
    """
    assumed = down.union(Timeline.of([plan.worked_span]), Timeline.of(window.worked_span for window in planned))
    judged = classify(terms, [*(window for window in planned if window.id != plan.id), plan], assumed)
    return {done.window.id: done for done in judged}[plan.id]
