"""Sheet and scripts: small, without a third party, every colour readable on every ground, every class known."""

import gzip
import re

from tests.pages.samples import PAGES
from tools import contrast
from upheld.pages.engine import ROOM

STATIC = ROOM / "static/upheld"
SHEET = (STATIC / "upheld.css").read_text(encoding="utf-8")
SCRIPTS = [STATIC / "upheld.js", STATIC / "vendor/htmx.min.js"]


def test_the_sheet_is_small():
    """At most 20 kB as it is written."""
    assert len(SHEET.encode()) <= 20_000


def test_the_scripts_are_small():
    """At most 30 kB together, compressed."""
    assert sum(len(gzip.compress(script.read_bytes())) for script in SCRIPTS) <= 30_000


def test_nothing_comes_from_elsewhere():
    """The sheet loads no font, no picture and no other sheet; ours is the only address that the scripts ask."""
    assert re.findall(r"@import|url\((?!#)", SHEET) == []
    assert "//" not in re.sub(r"^\s*//.*$|// .*$", "", SCRIPTS[0].read_text(), flags=re.M)


def test_the_licence_of_what_is_not_ours_is_kept():
    """The script that others wrote stands beside its licence."""
    assert "Zero-Clause BSD" in (STATIC / "vendor/htmx.LICENSE.txt").read_text()


def test_every_colour_is_readable_on_every_ground():
    """The figures of WCAG 2.2 hold for every text, border and fill, light and dark, computed from the sheet."""
    pairs = list(contrast.compare(contrast.read_tokens(SHEET)))

    assert len(pairs) == 100
    assert [str(pair) for pair in pairs if not pair.holds] == []


def test_solid_states_differ_for_every_eye():
    """Up, degraded and down keep their distance for protan, deutan, tritan and colourless sight."""
    apart = list(contrast.distances(contrast.read_tokens(SHEET)))

    assert {eye for _, eye, *_ in apart} == set(contrast.EYES)
    assert [found for found in apart if found[-1] < contrast.APART] == []


def test_a_paler_text_would_be_found():
    """The check of contrast fails when a token is made too pale."""
    paler = SHEET.replace("--soft:light-dark(#545a62", "--soft:light-dark(#8a9098")

    assert [pair.colour for pair in contrast.compare(contrast.read_tokens(paler)) if not pair.holds] == ["soft"] * 3


def test_patterned_states_keep_their_pattern():
    """Not measured, maintenance and running trouble are never a plain fill: colour alone would not tell them apart."""
    for state, pattern in (("f-unknown", "p-unknown"), ("f-maintenance", "p-maint"), ("f-run", "p-run")):
        assert f".{state}{{fill:url(#{pattern})" in SHEET


def test_every_class_of_every_page_is_in_the_sheet(trees):
    """No page names a class that the sheet does not know, so nothing looks other than it was meant to."""
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", SHEET)) | {"u", "q", "rest", "say", "line"}
    used = {name for page in PAGES for element in trees[page].walk() for name in element.classes}

    assert used - known == set()


def test_motion_is_none():
    """Nothing moves, so nobody has to ask for less of it."""
    assert re.findall(r"animation|transition|@keyframes", SHEET) == []
