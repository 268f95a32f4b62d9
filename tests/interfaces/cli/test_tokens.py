"""`upheld token`: shown once, listed by name, ended for good."""

import pytest

from tests.anomalies.own import own_installation
from tests.interfaces.cli.command import do, upheld

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An installation with one person of the staff."""
    with own_installation(tmp_path_factory.mktemp("tokens") / "home") as made:
        do(made, "user", "add", "ada@example.org", "--name", "Ada", typed="walnut-harbour-41\n")
        yield made


def test_a_token_is_shown_once_and_ends(environment):
    """The secret stands alone on standard output, for a script; the list has its name and not the secret."""
    token = do(environment, "token", "add", "ada@example.org", "--name", "dashboard").strip()
    listed = do(environment, "token", "list")
    do(environment, "token", "revoke", "ada@example.org", "dashboard")

    assert token.startswith("upheld_")
    assert "ada@example.org  dashboard: never used\n" == listed
    assert "revoked" in do(environment, "token", "list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "eve@example.org", "--name", "x"), "nobody signs in as 'eve@example.org'; there are: ada@example.org"),
        (("add", "ada@example.org", "--name", " "), "give the token a name"),
        (("revoke", "ada@example.org", "x"), "has no token 'x'; there are: "),
    ],
)
def test_a_slip_is_told(environment, words, said):
    """Who there is, and which tokens: the command says it and ends with 2."""
    told = upheld(environment, "token", *words)

    assert 2 == told.code
    assert said in told.err
