"""
How fast the judge is, beside its peers and a bound in C, in one run: the ratios are what counts.

    python -m bench.core PEERS [--rounds 3] [--questions 100000] [--strict]

PEERS is the Python of an environment with bench/core/peers.lock in it (`make bench-core` makes one). CPU time of the
process measured; engines take turns, and a ratio is the median of those of the rounds. Before anything is timed, so many
questions go to the judge and to its naive twin: a fast answer that is wrong is none.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SINGLES, BATCH, SERVICES, CHANGES, FACTS = 20_000, 400_000, 100_000, 20, 10_000
FRAMES = ("pandas", "polars", "duckdb")
Figures = dict[str, Any]


def run(python: str, module: str, *arguments: object) -> Figures:
    command = [python, "-m", f"bench.core.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    told: Figures = json.loads(done.stdout)
    return told


def compile_bound(folder: Path) -> Path | None:
    compiler, library = shutil.which("cc") or shutil.which("gcc"), folder / "bound_core.so"
    if compiler is None:
        print("LEFT OUT: the bound in C: apt-get install gcc", file=sys.stderr)
        return None
    source = str(HERE / "bound_core.c")
    subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), source], check=True)
    return library


def ask_twin(questions: int) -> bool:
    told = subprocess.run(
        [sys.executable, "-m", "tests.twin.run", str(questions), "--calendars"], capture_output=True, text=True, cwd=ROOT
    )
    print(told.stdout.strip() or told.stderr.strip(), "\n", flush=True)
    return told.returncode == 0


class Goals:
    """What was to be reached, and whether it was."""

    def __init__(self) -> None:
        self.are_reached = True

    def judge(self, what: str, reached: bool) -> None:
        self.are_reached &= reached
        print(f"  goal: {what}: {'reached' if reached else 'MISSED'}", flush=True)


def bench_time(peers: str, bound: Path | None, rounds: int, goals: Goals) -> None:
    ours, theirs, bounds = [], [], []
    for _ in range(rounds):
        ours.append(run(sys.executable, "our_time", SINGLES, BATCH))
        theirs.append(run(peers, "peer_time", SINGLES, BATCH))
        if bound:
            bounds.append(run(sys.executable, "bound", bound, BATCH, SERVICES, CHANGES))
    print(f"business time, office of ten years: CPU ns of a question; medians of {rounds} rounds")
    print(f"  {'':34}{'ours':>9}{'workclock':>11}{'ratio':>8}{'bound':>9}")
    rows = (
        ("elapsed_one", "elapsed, one, datetimes", "elapsed_bound", 3.5),
        ("due_one", "due, one, datetimes", "due_bound", 3.5),
        ("elapsed_many", f"elapsed, {BATCH:,} at once", "elapsed_many", 50),
        ("due_many", f"due, {BATCH:,} at once", "due_many", 50),
    )
    for name, words, bound_name, least in rows:
        ratio = median(their[name] / our[name] for our, their in zip(ours, theirs, strict=True))
        limits = [each[bound_name] for each in (ours if bound_name.endswith("bound") else bounds)]
        limit = f"{median(limits):.1f}" if limits else "-"
        mine, peer = (median(each[name] for each in some) for some in (ours, theirs))
        print(f"  {words:34}{mine:9.1f}{peer:11.1f}{ratio:7.1f}x{limit:>9}")
        goals.judge(f"at least {least} x workclock", ratio >= least)
    instants = ", ".join(f"{word} {median(each[f'{word}_instants'] for each in ours):.0f}" for word in ("elapsed", "due"))
    print(f"  core's own types, one: {instants} ns; the bound of one is two look-ups in lists, whole numbers in and out")
    build = median(each["build_ms"] for each in ours)
    print(f"  ten years laid out, for one and for many: {build:.1f} ms")
    goals.judge("at most 25 ms", build <= 25)
    sums = {(each["elapsed_sum"], each["due_sum"]) for each in (*ours, *bounds)}
    goals.judge("ours and the bound answer alike", len(sums) == 1)
    agree = sums == {(each["elapsed_sum"], each["due_sum"]) for each in theirs}
    print(f"  workclock's answers have {'the same sums' if agree else 'other sums'}\n")


def bench_down_time(peers: str, bound: Path | None, rounds: int, goals: Goals) -> None:
    found: dict[str, list[Figures]] = {name: [] for name in ("ours", *FRAMES, *(("bound in C",) if bound else ()))}
    for _ in range(rounds):
        found["ours"].append(run(sys.executable, "our_down_time", SERVICES, CHANGES))
        for frame in FRAMES:
            found[frame].append(run(peers, "peer_down_time", frame, SERVICES, CHANGES))
        if bound:
            found["bound in C"].append(run(sys.executable, "bound", bound, BATCH, SERVICES, CHANGES))
    best = max(FRAMES, key=lambda frame: median(each["months"] for each in found[frame]))
    print(f"a month of {SERVICES:,} services, {CHANGES} changes and 4 exclusions each; medians of {rounds} rounds")
    print(f"  {'':14}{'months/CPU-s':>14}{'peak MB':>9}")
    for name, rows in found.items():
        memory = f"{median(each['peak_mb'] for each in rows):9.0f}" if "peak_mb" in rows[0] else f"{'-':>9}"
        print(f"  {name:14}{median(each['months'] for each in rows):14,.0f}{memory}")
    ratio = median(our["months"] / their["months"] for our, their in zip(found["ours"], found[best], strict=True))
    mine, theirs = (median(each["peak_mb"] for each in found[name]) for name in ("ours", best))
    leanest = min(median(each["peak_mb"] for each in found[frame]) for frame in FRAMES)
    goals.judge(f"at least 2.5 x the best ({best}): {ratio:.1f} x", ratio >= 2.5)
    goals.judge(f"at most half its memory: {mine / theirs:.2f} (of the leanest: {mine / leanest:.2f})", mine * 2 <= theirs)
    all_right = all(each["right"] == each["scanned"] for each in found["ours"])
    goals.judge(f"{found['ours'][0]['scanned']} services are those of a scan of every second", all_right)
    alike = len({(each["down"], each["base"]) for rows in found.values() for each in rows}) == 1
    goals.judge("all engines find the same sums", alike)
    print()


def bench_statement(goals: Goals) -> None:
    told = run(sys.executable, "our_statement", FACTS)
    print(f"the statement of a month from {told['facts']:,} facts of a year, {told['outages']} outages:")
    print(f"  {told['figures']} findings, the first {told['availability']}")
    whole = told["whole_s"]
    print(f"  its figures alone {told['figures_s']:.2f} s; with those of every other reading, as JSON, {whole:.2f} s")
    goals.judge("at most 1 s", whole <= 1)
    print(f"all rooms of core are there after {told['start_ms']:.0f} ms (without packages: -I -S; the median of 15)")
    goals.judge("at most 150 ms", told["start_ms"] <= 150)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.core", description="The judge beside its peers and a bound.")
    parser.add_argument("peers", help="the Python of an environment with bench/core/peers.lock")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=100_000, help="to the naive twin, before anything is timed")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a goal is missed")
    chosen = parser.parse_args()
    goals = Goals()
    goals.judge("no answer differs from that of the naive twin", ask_twin(chosen.questions))
    with tempfile.TemporaryDirectory(prefix="bench-core-") as folder:
        bound = compile_bound(Path(folder))
        bench_time(chosen.peers, bound, chosen.rounds, goals)
        bench_down_time(chosen.peers, bound, chosen.rounds, goals)
    bench_statement(goals)
    return 1 if chosen.strict and not goals.are_reached else 0


if __name__ == "__main__":
    sys.exit(main())
