"""Short ways to read what a verification found, and to take a bundle apart."""

from dataclasses import replace

from tests.verify.samples import HARBOUR, Issued
from upheld.verify import Report, Result, read_container

KEY = str(HARBOUR.key)


def results(report: Report) -> dict[str, str]:
    return {check.name: check.result.value for check in report.checks}


def told(report: Report, name: str) -> str:
    [check] = [check for check in report.checks if check.name == name]
    return " ".join(check.told)


def wrong(report: Report) -> set[str]:
    return {check.name for check in report.checks if check.result == Result.WRONG}


def entries_of(data: bytes) -> dict[str, bytes]:
    entries = read_container(data)
    assert isinstance(entries, dict)
    return entries


def without(issued: Issued, *ids: str) -> Issued:
    left = tuple(fact for fact in issued.facts if fact.id not in ids)
    assert len(left) == len(issued.facts) - len(ids)
    return replace(issued, facts=left)
