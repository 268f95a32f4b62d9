"""Checks per CPU-second: our prober beside the blackbox exporter and a bound written in C, in one run on one target.

    python -m bench.checks [--rounds 3] [--checks 10000] [--at-once 50] [--strict]

One new connection a check, status and text compared, 50 at once; medians of the rounds. CPU is user and system time of
the checker alone. Only the ratios of one run mean anything: the target shares the machine. Needs nginx; a peer that is
not installed is left out, loudly (apt-get install prometheus-blackbox-exporter apache2-utils gcc libssl-dev).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from bench.check_target import read_cpu_us, run_exporter, run_target, take_ports

HERE = Path(__file__).parent
KINDS = ("http", "tcp", "tls")
BOUND, EXPORTER, SENT, SEALED = "bound in C", "blackbox exporter", "ours", "ours, recorded and sealed"
# What `ours` must reach in each kind: (times the exporter, per cent of the bound); None where nothing is asked.
GOALS: dict[str, tuple[int, int | None]] = {"http": (15, 50), "tcp": (15, 60), "tls": (2, None)}
_SLOWNESS = {"tls": 10, EXPORTER: 4}  # fewer checks where each costs more, so that every run takes about a second
Measure = Callable[[str, int, int], float | None]


class Bench:
    """One run of all engines. `rates[kind][engine]` collects checks per CPU-second, one entry a round."""

    def __init__(self, folder: Path, at_once: int, ca_file: Path, exporter: tuple[int, int | None]) -> None:
        self._at_once = at_once
        self._ca_file = ca_file
        self._exporter_port, self._exporter = exporter
        self._bound = _compile_bound(folder)
        self.engines: dict[str, Measure] = {
            BOUND: self.measure_bound,
            SENT: lambda *run: self.measure_ours("sent", *run),
            SEALED: lambda *run: self.measure_ours("sealed", *run),
            EXPORTER: self.measure_exporter,
        }
        if self._bound is None:
            self._leave_out(BOUND, "it does not compile: apt-get install gcc libssl-dev")
        if self._exporter is None:
            self._leave_out(EXPORTER, "apt-get install prometheus-blackbox-exporter")
        elif shutil.which("ab") is None:
            self._leave_out(EXPORTER, "it is driven by ab: apt-get install apache2-utils")

    def measure_bound(self, kind: str, port: int, checks: int) -> float:
        command = [str(self._bound), kind, str(port), str(checks), str(self._at_once), str(self._ca_file)]
        return self._read(command, checks)

    def measure_ours(self, how: str, kind: str, port: int, checks: int) -> float:
        command = [sys.executable, "-m", "bench.our_checks", how, kind, str(port), str(checks), str(self._at_once)]
        return self._read([*command, str(self._ca_file)], checks)

    def measure_exporter(self, kind: str, port: int, checks: int) -> float:
        assert self._exporter is not None
        target = f"127.0.0.1:{port}"
        if kind != "tcp":
            target = f"{'https' if kind == 'tls' else 'http'}://{target}/health"
        url = f"http://127.0.0.1:{self._exporter_port}/probe?module={kind}&target={target}"
        with urlopen(url, timeout=10) as answered:
            if b"probe_success 1" not in answered.read():
                raise SystemExit(f"the blackbox exporter's {kind} check of {target} fails")
        before = read_cpu_us(self._exporter)
        command = ["ab", "-q", "-k", "-n", str(checks), "-c", str(self._at_once), url]
        driven = subprocess.run(command, capture_output=True, text=True, check=True)
        if "Non-2xx" in driven.stdout:
            raise SystemExit(f"the blackbox exporter refused checks:\n{driven.stdout}")
        return checks * 1e6 / (read_cpu_us(self._exporter) - before)

    def _read(self, command: list[str], checks: int) -> float:
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        found = json.loads(done.stdout)
        if found["good"] != checks:
            raise SystemExit(f"{' '.join(command)}: expected {checks} good checks, got {found['good']}")
        return float(checks * 1e6 / found["cpu_us"])

    def _leave_out(self, engine: str, because: str) -> None:
        del self.engines[engine]
        print(f"LEFT OUT: {engine}: {because}", file=sys.stderr)


def run_bench(rounds: int, checks: int, at_once: int) -> dict[str, dict[str, float]]:
    """Medians of checks per CPU-second by kind and engine. Engines take turns, so that all share the machine's moods."""
    rates: dict[str, dict[str, list[float]]] = {kind: {} for kind in KINDS}
    with tempfile.TemporaryDirectory(prefix="checks-") as name:
        folder = Path(name)
        ports = take_ports(1 + rounds * len(KINDS) * 4)
        exporter_port, fresh = ports[0], ports[1:]
        secure = fresh[: len(fresh) // 3]
        plain = fresh[len(fresh) // 3 :]
        with run_target(folder, plain, secure) as ca_file, run_exporter(folder, exporter_port) as exporter:
            bench = Bench(folder, at_once, ca_file, (exporter_port, exporter))
            for _ in range(rounds):
                for kind in KINDS:
                    for engine, measure in bench.engines.items():
                        port = (secure if kind == "tls" else plain).pop()
                        share = checks // _SLOWNESS.get(kind, 1) // _SLOWNESS.get(engine, 1)
                        rate = measure(kind, port, max(share, at_once))
                        assert rate is not None
                        rates[kind].setdefault(engine, []).append(rate)
    return {kind: {engine: median(found) for engine, found in engines.items()} for kind, engines in rates.items()}


def print_report(found: dict[str, dict[str, float]], rounds: int) -> bool:
    """The table with its ratios; True when every goal that could be compared was reached."""
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, Linux {platform.release()}, Python {platform.python_version()}, load {load:.1f}")
    print(f"checks per CPU-second, medians of {rounds} rounds\n")
    print(f"{'':6}{'engine':28}{'checks/CPU-s':>14}{'us/check':>10}{'of the bound':>14}{'x exporter':>12}")
    is_reached = True
    for kind, engines in found.items():
        for engine, rate in engines.items():
            of_bound = f"{100 * rate / engines[BOUND]:.0f} %" if BOUND in engines else "-"
            times = f"{rate / engines[EXPORTER]:.1f}" if EXPORTER in engines else "-"
            print(f"{kind:6}{engine:28}{rate:14.0f}{1e6 / rate:10.1f}{of_bound:>14}{times:>12}")
        is_reached &= _print_goal(kind, engines)
    return is_reached


def _print_goal(kind: str, engines: dict[str, float]) -> bool:
    least_times, least_share = GOALS[kind]
    judged = []
    if EXPORTER in engines:
        # Where the bound itself stays below the goal, the machine's own calls cost more than the goal leaves.
        bound = f" (the bound: {engines[BOUND] / engines[EXPORTER]:.1f} x)" if BOUND in engines else ""
        times = f"at least {least_times} x the exporter{bound}"
        judged.append((times, engines[SENT] >= least_times * engines[EXPORTER]))
    if BOUND in engines and least_share is not None:
        judged.append((f"at least {least_share} % of the bound", 100 * engines[SENT] >= least_share * engines[BOUND]))
    words = [f"{goal}: {'reached' if is_reached else 'MISSED'}" for goal, is_reached in judged]
    print(f"{kind:6}goal: {'; '.join(words) or 'not compared, no peer is installed'}\n")
    return all(is_reached for _, is_reached in judged)


def _compile_bound(folder: Path) -> Path | None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    program = folder / "bound_check"
    command = [compiler, "-O2", "-o", str(program), str(HERE / "bound_check.c"), "-lssl", "-lcrypto"]
    return program if subprocess.run(command, capture_output=True).returncode == 0 else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.checks", description="Checks per CPU-second, beside peers and a bound.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--checks", type=int, default=10_000, help="checks of one run (fewer for dearer engines)")
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a goal is missed")
    chosen = parser.parse_args()
    is_reached = print_report(run_bench(chosen.rounds, chosen.checks, chosen.at_once), chosen.rounds)
    return 1 if chosen.strict and not is_reached else 0


if __name__ == "__main__":
    sys.exit(main())
