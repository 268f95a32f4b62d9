"""What an installation does with its settings, each time in a process of its own."""

import json
import os
import stat
import subprocess
import sys

import pytest

READ = """
import json, sys
from upheld.project import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def start(home, *names, **environment):
    """The named settings of a start with this environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", READ, *names],
        env={**kept, "UPHELD_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        cwd=home,
    )


def read(home, *names, **environment):
    started = start(home, *names, **environment)
    assert started.returncode == 0, started.stderr
    return [json.loads(started.stdout)[name] for name in names]


def test_nothing_has_to_be_set(tmp_path):
    """No debug, no foreign hosts, a key of its own, which the second start finds again."""
    first = read(tmp_path, "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY")
    second = read(tmp_path, "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY")

    assert (False, ["localhost", "localhost", "127.0.0.1", "[::1]"]) == (first[0], first[1])
    assert first == second
    assert len(first[2]) >= 50


def test_what_is_secret_is_for_its_owner_alone(tmp_path):
    """The keys and the database: nobody else on the machine reads them."""
    (tmp_path / "home").mkdir()
    read(tmp_path / "home", "DEBUG")

    modes = {
        name: stat.S_IMODE((tmp_path / "home" / name).stat().st_mode)
        for name in ("keys", "keys/session.key", "upheld.sqlite3")
    }
    assert {"keys": 0o700, "keys/session.key": 0o600, "upheld.sqlite3": 0o600} == modes


def test_over_tls_cookies_stay_on_tls(tmp_path):
    """An address with https: turns on what would lock out who reaches us without."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "UPHELD_NAME", "CSRF_TRUSTED_ORIGINS")

    plain = read(tmp_path, *names)
    secure = read(tmp_path, *names, UPHELD_URL="https://upheld.example.com/")

    assert [False, False, 0, "upheld", ["http://localhost:8000"]] == plain
    assert [True, True, 31536000, "upheld.example.com", ["https://upheld.example.com"]] == secure


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UPHELD_URL", "upheld.example.com"),
        ("UPHELD_LOG_LEVEL", "loud"),
        ("UPHELD_DEBUG", "1"),
        ("UPHELD_DATABASE_URL", "mysql://x/y"),
    ],
)
def test_a_value_that_cannot_be_used_ends_the_start(tmp_path, name, value):
    """With the setting's name in the last line, not with a traceback's guess."""
    started = start(tmp_path, "DEBUG", **{name: value})

    assert started.returncode != 0
    assert name in started.stderr.splitlines()[-1]


def test_a_slip_of_the_pen_is_said_at_the_start(tmp_path):
    """The start goes on, but not silently."""
    started = start(tmp_path, "DEBUG", UPHELD_DATABSE_URL="postgres://x/y")

    assert (0, True) == (started.returncode, "UPHELD_DATABSE_URL is set, but no setting has this name" in started.stderr)
