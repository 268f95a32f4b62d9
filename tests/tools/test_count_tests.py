"""The closing line of a run adds up all its parts, and its exit code says whether all is well."""

import pytest

from tools.count_tests import count_tests, main

SUITE = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def test_adds_up_every_run(tmp_path):
    """Errors count as failures, and what was neither failed nor skipped has passed."""
    (tmp_path / "core.xml").write_text(SUITE.format(10, 1, 2, 3))
    (tmp_path / "rows.xml").write_text(SUITE.format(5, 0, 0, 1))

    assert (8, 3, 4) == count_tests(tmp_path)


@pytest.mark.parametrize(("counts", "code"), [((3, 0, 0, 1), 0), ((3, 1, 0, 0), 1), ((3, 0, 1, 0), 1), ((3, 0, 0, 3), 2)])
def test_fails_for_a_failure_and_for_nothing(tmp_path, capsys, counts, code):
    """A failed test gives 1; a run in which no test passed proves nothing and gives 2."""
    (tmp_path / "all.xml").write_text(SUITE.format(*counts))

    assert code == main(tmp_path)
    assert " passed, " in capsys.readouterr().out
