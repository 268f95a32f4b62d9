"""A statement on paper: the same bytes every time, and nothing on it that the statement does not say."""

import json
import os
import re
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

import pytest

from tests.verify.samples import live_through_february, state
from upheld.core.proof import canonical_bytes
from upheld.gateways.pdf import NotPrinted, Particulars, print_statement
from upheld.gateways.pdf.layout import lay_out, name_period

FONTS = {b"LibertinusSerif", b"DejaVuSansMono"}


@pytest.fixture(scope="module")
def written():
    """The JSON of a statement in which a promise was missed and a credit was claimed."""
    return json.loads(canonical_bytes(state(live_through_february()).to_json()))


@pytest.fixture(scope="module")
def given(written) -> Particulars:
    digest = sha256(canonical_bytes(written)).hexdigest()
    facts = {"o1-opened": ("#12", "outage o1 opened: last good 09:59:00, first bad 10:00:00")}
    return Particulars(
        customer="Orchard", service="Harbour hosting", digest=digest, bundle="orchard-2026-02.zip", key="k+1+x", facts=facts
    )


class TestPrintStatement:
    def test_gives_the_same_bytes_again(self, written, given):
        """No clock and no chance takes part: printed twice, it is the same file."""
        assert print_statement(written, given) == print_statement(written, given)

    def test_gives_the_same_bytes_on_another_machine(self, written, given):
        """Another process, another folder, another zone and another language of the machine: the same file."""
        script = (
            "import json, sys\nfrom hashlib import sha256\n"
            "from upheld.gateways.pdf import Particulars, print_statement\n"
            "written, given = json.load(sys.stdin)\n"
            "given['facts'] = {name: tuple(told) for name, told in given['facts'].items()}\n"
            "print(sha256(print_statement(written, Particulars(**given))).hexdigest())\n"
        )
        fields = {name: getattr(given, name) for name in ("customer", "service", "digest", "bundle", "key", "facts")}
        home = {"PYTHONPATH": os.path.abspath("src"), "TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
        ran = subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps([written, fields]),
            env=home,
            cwd="/",
            capture_output=True,
            text=True,
        )

        assert sha256(print_statement(written, given)).hexdigest() == ran.stdout.strip(), ran.stderr

    def test_is_dated_by_the_statement(self, written, given):
        """The date in the file is the instant that the statement looks from, not the day of printing."""
        dates = re.findall(rb"/(?:Creation|Mod)Date ?\(D:(\d{14})", unpack(print_statement(written, given)))

        assert {b"20260310000000"} == set(dates)

    def test_uses_no_font_of_the_machine(self, written, given):
        """Only the fonts that come with the printer are in the file."""
        fonts = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([A-Za-z]+)", unpack(print_statement(written, given))))

        assert fonts == FONTS

    def test_is_another_file_for_another_statement(self, written, given):
        """A digest that differs is another paper."""
        assert print_statement(written, given) != print_statement(written, replace(given, digest="0" * 64))

    def test_says_what_could_not_be_printed(self, written, given, monkeypatch):
        """A sheet that fails leaves the statement as it is, and says so."""
        monkeypatch.setattr("upheld.gateways.pdf.printing.lay_out", lambda *_: {})

        with pytest.raises(NotPrinted, match="harbour-orchard/2026-02/1 could not be printed, it stands unchanged"):
            print_statement(written, given)


def unpack(pdf: bytes) -> bytes:
    """The file with the parts that are packed inside it laid open."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(packed))
    return b"\n".join(parts)


class TestLayOut:
    def test_opens_every_reason(self, written, given):
        """Each step of each figure stands on the paper, none folded, with its facts below it."""
        steps = [step for finding in written["findings"] for step in walk(finding["why"])]
        lines = [line for section in lay_out(written, given)["sections"] for line in section["lines"]]

        assert len(steps) == sum(line["kind"] == "step" for line in lines)
        assert sum(len(step.get("facts", ())) for step in steps) == sum(line["kind"] == "fact" for line in lines)
        assert {"#12"} == {line["figure"] for line in lines if "first bad" in line["words"]}

    def test_says_first_what_the_reader_came_for(self, written, given):
        """The heading is the answer, with what is credited."""
        assert "February 2026: availability was missed. EUR\u00a053.57 is credited" == lay_out(written, given)["heading"]

    def test_ends_each_sheet_with_the_digest(self, written, given):
        """Every sheet says which statement it is of, for whom, and its digest."""
        foot = lay_out(written, given)["foot"]

        assert f"Statement February 2026, Orchard, Harbour hosting · sha256 {given.digest}" == foot

    def test_gives_the_command_with_the_key(self, written, given):
        """The command that checks the bundle trusts only the key that is named."""
        command = dict(lay_out(written, given)["check"])["Check it"]

        assert "python upheld-verify.pyz orchard-2026-02.zip --key k+1+x" == command

    def test_lists_what_was_put_right(self, written, given):
        """Corrections of the period's credits stand on the paper; without one, it is another file."""
        corrected = replace(given, corrections=("CR-3 is corrected by 2 days: we were slow",))

        assert ["CR-3 is corrected by 2 days: we were slow"] == lay_out(written, corrected)["corrections"]
        assert print_statement(written, corrected) != print_statement(written, given)


def walk(step):
    yield step
    for below in step.get("because", ()):
        yield from walk(below)


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2026-07-01", "2026-08-01", "July 2026"),
        ("2026-12-01", "2027-01-01", "December 2026"),
        ("2026-02-01", "2026-05-01", "1 Feb 2026 to 30 Apr 2026"),
        ("2026-07-01", "2026-07-02", "1 Jul 2026 to 1 Jul 2026"),
    ],
)
def test_names_a_period(start, end, name):
    """A month by its name, anything else by its first and last day."""
    assert name == name_period([f"{start}T00:00:00.000000Z", f"{end}T00:00:00.000000Z"])


@pytest.mark.parametrize(
    ("start", "end", "statement", "name"),
    [
        ("2026-06-30T23:00", "2026-07-31T23:00", "a/2026-07/1", "July 2026"),
        ("2026-10-30T04:00", "2026-11-30T05:00", "a/2026-11/1", "30 Oct 2026 to 30 Nov 2026"),
        ("2026-11-01T04:00", "2026-12-01T05:00", "a/2026-11/2", "November 2026"),
        ("2026-04-30T21:00", "2026-07-31T21:00", "a/2026-05/1", "30 Apr 2026 to 31 Jul 2026"),
    ],
)
def test_names_a_month_of_another_zone(start, end, statement, name):
    """A month that begins on its first day in the agreement's zone has its name; a quarter is told by its dates."""
    assert name == name_period([f"{start}:00.000000Z", f"{end}:00.000000Z"], statement)
