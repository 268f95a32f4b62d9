"""A command gets a PostgreSQL of its own, and nothing of it stays behind."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
WITH_POSTGRES = [sys.executable, "-m", "tools.with_postgres"]
ASK = "import os, psycopg; c = psycopg.connect(os.environ['UPHELD_DATABASE_URL']); print(os.environ['UPHELD_DATABASE_URL'])"


def test_the_command_finds_a_server_and_its_exit_code_is_ours():
    """The address is in UPHELD_DATABASE_URL while the command runs; afterwards nobody answers there."""
    ran = subprocess.run([*WITH_POSTGRES, sys.executable, "-c", f"{ASK}; exit(7)"], cwd=ROOT, capture_output=True, text=True)

    address = ran.stdout.strip()
    assert ran.returncode == 7, ran.stderr
    assert address.startswith("postgres://upheld@127.0.0.1:")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=5)


def test_a_killed_run_stops_its_server():
    """SIGTERM to the runner ends the server too, and removes its folder."""
    where = "print(c.execute('SHOW data_directory').fetchone()[0], flush=True)"
    command = [*WITH_POSTGRES, sys.executable, "-c", f"{ASK}; {where}; import time; time.sleep(2)"]
    runner = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert runner.stdout is not None
    address, rows = runner.stdout.readline().strip(), Path(runner.stdout.readline().strip())
    assert rows.is_dir()

    runner.send_signal(signal.SIGTERM)
    code = runner.wait(60)
    runner.stdout.close()

    assert code == 143
    assert not rows.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=5)


@pytest.mark.postgres
def test_the_fixture_gives_a_database(postgres_url):
    """Tests that ask for PostgreSQL get one that answers."""
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT current_setting('server_version_num')::int >= 140000").fetchone()

    assert row == (True,)
