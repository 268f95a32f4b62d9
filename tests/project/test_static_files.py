"""The address of style sheets and scripts changes when one of them does, and only then."""

import pytest

from upheld.project.static_files import digest_folders


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "console").mkdir()
    (tmp_path / "console/upheld.css").write_text("body{}")
    return tmp_path


def test_stays_while_nothing_changes(folder):
    """Two starts, one address: browsers keep what they have."""
    assert digest_folders([folder]) == digest_folders([folder])


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "console/upheld.css").write_text("body{ }"),
        lambda folder: (folder / "console/new.js").write_text(""),
        lambda folder: (folder / "console/upheld.css").rename(folder / "console/other.css"),
    ],
)
def test_changes_with_a_file(folder, change):
    """Other words, a new file, another name."""
    before = digest_folders([folder])

    change(folder)

    assert before != digest_folders([folder])
