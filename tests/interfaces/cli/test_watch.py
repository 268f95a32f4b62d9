"""`upheld watch`, `statement`, `export`, `user add`: from a text to a bundle by commands alone."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.anomalies.own import own_installation
from tests.interfaces.cli.command import do, upheld

AGREEMENT = "agreements/teamplify.md"
TARGET = "http://127.0.0.1:8099/"
WATCH = ("watch", TARGET, "--agreement", AGREEMENT, "--customer", "Acorn Legal", "--allow", "127.0.0.0/8")
KEY = "acorn-legal-teamplify"


@pytest.fixture
def installation(tmp_path):
    with own_installation(tmp_path / "home") as environment:
        yield environment


def facts_of(environment, key=KEY):
    return [json.loads(line) for line in do(environment, "export", "facts", key).splitlines()]


@pytest.mark.slow
class TestWatch:
    def test_binds_a_customer_and_begins_to_watch(self, installation):
        """One command: version, customer, signature, values, check; and it says what it did and where to look."""
        said = do(installation, *WATCH, "--price", "EUR 7440.00", "--contact", "ops@acorn.example", "--every", "7")

        values = {fact["name"]: fact["value"] for fact in facts_of(installation) if fact["type"] == "parameter-set/1"}
        assert {
            "currency": "EUR",
            "measured-by": "Upheld probes",
            "monthly-price": "EUR 7440.00",
            "sample-every": "7 seconds",
        }.items() <= values.items()
        assert re.fullmatch("person-[a-z2-7]{12}", values["main-person"]), "a ledger names nobody"
        assert "Acorn Legal is bound by acorn-legal-teamplify from" in said
        assert f"{TARGET} is probed every 7 s" in said
        assert "upheld statement acorn-legal-teamplify" in said

    def test_done_twice_is_done_once(self, installation):
        """The same command again changes nothing that was signed."""
        do(installation, *WATCH)
        before = facts_of(installation)

        said = do(installation, *WATCH)

        assert before == facts_of(installation)
        assert "is bound by acorn-legal-teamplify already" in said

    def test_says_what_it_filled_in(self, installation):
        """Without price and contact: credits come to nothing and notices reach nobody, and the command says so."""
        said = do(installation, *WATCH)

        assert "no price was given, so credits come to nothing" in said
        assert "no contact was given, so nobody gets notices" in said

    def test_asks_for_leave_to_probe_a_private_network(self, installation):
        """Loopback is not public: the sentence names the option, and nothing was recorded."""
        said = upheld(installation, "watch", TARGET, "--agreement", AGREEMENT)

        assert 2 == said.code
        assert "--allow 127.0.0.0/8" in said.err
        assert "there are: none" in upheld(installation, "export", "facts", KEY).err

    def test_asks_for_a_control_target_of_a_public_one(self, installation):
        """Our own worker cannot show that a way to the world is open."""
        said = upheld(installation, "watch", "https://93.184.215.14/", "--agreement", AGREEMENT)

        assert 2 == said.code
        assert "name a control target with --control" in said.err

    def test_leaves_nothing_behind_when_the_check_does_not_fit(self, installation):
        """The agreement fits and the check does not: neither is kept."""
        said = upheld(installation, *WATCH, "--every", "1", "--deadline", "2")

        assert 2 == said.code
        assert "a probe ends before the next begins" in said.err
        assert "there are: none" in upheld(installation, "export", "facts", KEY).err

    def test_refuses_an_agreement_with_problems(self, installation, tmp_path):
        """The first of them are printed, and the command that lists all."""
        broken = tmp_path / "broken.md"
        broken.write_text(Path(AGREEMENT).read_text().replace("at least 99.5 %", "at least 995 %"))

        said = upheld(installation, "watch", TARGET, "--agreement", broken, "--allow", "127.0.0.0/8")

        assert 2 == said.code
        assert f"upheld check {broken} lists them all" in said.err
        assert f"{broken}:" in said.err.split("\n")[1]

    def test_asks_for_an_up_to_date_database(self, tmp_path):
        """Before the first start there are no tables: the sentence says which command makes them."""
        with own_installation(tmp_path / "empty", migrated=False) as empty:
            said = upheld(empty, *WATCH)

        assert 2 == said.code
        assert "upheld migrate" in said.err


@pytest.mark.slow
class TestStatement:
    def test_makes_a_bundle_that_verifies(self, installation, tmp_path):
        """Statement, bundle, PDF and key by commands; the customer's check takes them."""
        do(installation, *WATCH)
        period = facts_of(installation)[0]["occurred_at"][:7]

        said = do(
            installation, "statement", KEY, "--period", period, "--bundle", tmp_path / "b.zip", "--pdf", tmp_path / "s.pdf"
        )

        key = do(installation, "key").strip()
        assert said.startswith(f"statement {KEY}/{period}/1\n")
        assert "VERIFIED" in do(installation, "verify", tmp_path / "b.zip", "--key", key)
        assert 3 == upheld(installation, "verify", tmp_path / "b.zip").code
        assert b"%PDF" == (tmp_path / "s.pdf").read_bytes()[:4]

    def test_names_the_agreements_where_there_is_none(self, installation):
        """A slip of the pen is answered with what there is."""
        do(installation, *WATCH)

        said = upheld(installation, "statement", "acorn", "--period", "2026-02")

        assert 2 == said.code
        assert f"there are: {KEY}" in said.err


@pytest.mark.slow
class TestUserAdd:
    def test_adds_somebody_who_may_sign_in(self, installation):
        """The password comes by standard input, and no password is kept as it is."""
        said = do(installation, "user", "add", "Ana@acorn.example", "--name", "Ana", typed="walnut-harbour-41\n")

        assert "Ana@acorn.example may sign in now, as staff\n" == said
        if "UPHELD_DATABASE_URL" not in installation:
            with sqlite3.connect(Path(installation["UPHELD_HOME"]) / "upheld.sqlite3") as rows:
                [(email, password)] = rows.execute("SELECT email, password FROM parties_user")
            assert "ana@acorn.example" == email
            assert "walnut" not in password

    @pytest.mark.parametrize(
        ("words", "typed", "because"),
        [
            (["--role", "boss"], "walnut-harbour-41", "a role is one of administrator, staff, customer"),
            (["--role", "customer"], "walnut-harbour-41", "--role customer --customer SLUG"),
            (["--role", "customer", "--customer", "birch"], "walnut-harbour-41", "no customer is called 'birch'"),
            ([], "short", "too short"),
        ],
    )
    def test_says_why_not(self, installation, words, typed, because):
        """A role that there is not, a customer who is not on record, a password that is too easy."""
        said = upheld(installation, "user", "add", "ana@acorn.example", "--name", "Ana", *words, typed=typed + "\n")

        assert 2 == said.code
        assert because in said.err
