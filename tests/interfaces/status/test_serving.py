"""The status page: its files, for anybody, and nothing else."""

import pytest
from django.test import Client

from upheld.core.timeline import Instant
from upheld.gateways.pyz import read_page, read_verifier
from upheld.interfaces.worker.status_file import write_status


@pytest.fixture
def written(settings, tmp_path, db):
    """What the worker writes where nothing is watched yet."""
    settings.UPHELD_STATUS = tmp_path / "status"
    write_status(settings.UPHELD_STATUS, Instant.parse("2026-08-28T14:50Z"))
    return settings.UPHELD_STATUS


def test_is_open_to_anybody(written, django_assert_num_queries):
    """Nobody signs in, no row is read, no cookie is set, and it may be kept for a few seconds."""
    with django_assert_num_queries(0):
        answer = Client().get("/status/")

    assert (200, "text/html; charset=utf-8", "public, max-age=15") == (
        answer.status_code,
        answer["Content-Type"],
        answer["Cache-Control"],
    )
    assert (written / "index.html").read_bytes() == answer.content
    assert {} == dict(answer.cookies)


@pytest.mark.parametrize(
    ("name", "kind"), [("upheld.css", "text/css"), ("upheld.js", "text/javascript"), ("index.html", "text/html")]
)
def test_brings_its_sheet_and_script(name, kind, written):
    """Beside it, under relative addresses."""
    answer = Client().get(f"/status/{name}")

    assert (200, kind) == (answer.status_code, answer["Content-Type"].partition(";")[0])


def test_brings_the_verifier(written):
    """Whoever holds a bundle can have the programme that checks it, without signing in."""
    answer = Client().get("/status/upheld-verify.pyz")

    assert (200, "application/octet-stream", read_verifier()) == (
        answer.status_code,
        answer["Content-Type"],
        answer.content,
    )


@pytest.mark.parametrize("name", ["upheld-verify.html", "upheld-verify"])
def test_brings_the_second_verifier_to_be_kept(written, name):
    """A page of one file, which is opened from the disk and not from here."""
    answer = Client().get(f"/status/{name}")

    assert (200, read_page()) == (answer.status_code, answer.content)
    assert 'attachment; filename="upheld-verify.html"' == answer["Content-Disposition"]


@pytest.mark.parametrize(
    "name",
    [
        "..%2Fkeys%2Fsession.key",
        ".index.html.1.tmp",
        "%2e%2e",
        "index.py",
        "other.html",
        "history/..",
        "history/2020-01",
        "a/b",
    ],
)
def test_serves_nothing_else(name, written):
    """No other file, however it is asked for."""
    (written.parent / "keys").mkdir()
    (written.parent / "keys" / "session.key").write_text("secret")
    (written / ".index.html.1.tmp").write_text("half a page")
    (written / "index.py").write_text("secret")

    assert 404 == Client().get(f"/status/{name}").status_code


def test_months_lie_below(written):
    """A month may be asked for with and without its ending."""
    (written / "history").mkdir(exist_ok=True)
    (written / "history" / "2026-08.html").write_text("August")

    assert [b"August", b"August"] == [Client().get(f"/status/history/2026-08{ending}").content for ending in ("", ".html")]


def test_is_only_read(written):
    """A form is not taken."""
    assert 405 == Client().post("/status/").status_code


@pytest.mark.django_db
def test_that_is_not_written_yet_says_so(settings, tmp_path):
    """Until the worker has begun."""
    settings.UPHELD_STATUS = tmp_path / "nothing"
    answer = Client().get("/status/")

    assert (503, True) == (answer.status_code, b"the worker writes it" in answer.content)
