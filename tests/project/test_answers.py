"""What every answer tells the browser, also the answer that there is nothing."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(client):
    return client.get("/nothing/is/here")


def test_nothing_is_loaded_from_others_and_nothing_runs_from_a_page(answer):
    """No default, no inline script, no inline style, no frame, no foreign form."""
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))

    assert "'none'" == policy.pop("default-src")
    assert ["'none'", "'none'"] == [policy.pop(name) for name in ("base-uri", "frame-ancestors")]
    assert set() == {word for said in policy.values() for word in said.split()} - {"'self'", "data:"}
    assert "'self'" == policy["script-src"] == policy["style-src"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_headers_are_strict(answer, name, said):
    """Each of them on every answer."""
    assert said == answer[name]


def test_a_foreign_host_is_refused(client):
    """A link to reset a password is never made with a name that somebody sent."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_style_sheet_may_be_kept_for_ever(client, settings):
    """Its address changes with its words, so nobody asks for it again; one that is not there is not invented."""
    answer = client.get(f"{settings.STATIC_URL}upheld/upheld.css")

    assert (200, "text/css") == (answer.status_code, answer["Content-Type"].partition(";")[0])
    assert "max-age=31536000" in answer["Cache-Control"]
    assert client.get(f"{settings.STATIC_URL}upheld/other.css").status_code == 404
