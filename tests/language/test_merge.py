"""Maps merge over the file, and every value knows which clauses it carries out."""

from tests.language.samples import check_changed, sentences
from upheld.language.problem import Problems
from upheld.language.reading import Read, read_text

HEAD = "```terms\nagreement: {id: x, version: y}\n```\n\n"


def read(text: str) -> Read:
    return read_text(HEAD + text, Problems())


class TestCites:
    def test_position_gives_the_clauses_above(self):
        """Without a cite, a value carries out what was printed above its fence."""
        document = read("**TP-01** a\n\n**TP-02** b\n\n```terms\ncauses: {own: {is: c}}\n```\n").document
        assert document

        assert ("TP-01", "TP-02") == document.clauses_of("causes", "own", "is")

    def test_the_nearest_cite_replaces_position(self):
        """A cite belongs to its fragment; an inner one replaces an outer one."""
        fence = "```terms\ncauses: {own: {cite: TP-01, is: c, when: {cite: TP-02, cause: own}}}\n```\n"
        document = read(f"**TP-01** a\n\n**TP-02** b\n\n**TP-03** c\n\n{fence}").document
        assert document

        assert ("TP-01",) == document.clauses_of("causes", "own", "is")
        assert ("TP-02",) == document.clauses_of("causes", "own", "when", "cause")

    def test_fragments_keep_their_own(self):
        """Each fragment of a rule carries out its own clauses; the rule as a whole those of most of its values."""
        text = (
            "**TP-01** a\n\n```terms\ncauses: {own: {is: c, counts as: down}}\n```\n\n"
            "**TP-02** b\n\n```terms\ncauses: {own: {responsible: provider}}\n```\n"
        )
        document = read(text).document
        assert document

        assert ("TP-02",) == document.clauses_of("causes", "own", "responsible")
        assert ("TP-01",) == document.clauses_of("causes", "own", "counts as")
        assert ("TP-01",) == document.clauses_of("causes", "own")

    def test_a_cite_alone_binds_the_whole_rule(self):
        """A clause that says again what another has said gets a fragment with nothing but its cite."""
        text = (
            "**TP-01** a\n\n```terms\ncauses: {own: {is: c}}\n```\n\n**TP-02** b\n\n"
            "```terms\ncauses: {own: {note: again, cite: TP-02}}\n```\n"
        )
        document = read(text).document
        assert document

        assert ("TP-01", "TP-02") == document.clauses_of("causes", "own", "is")

    def test_lists_take_the_cites_of_their_items(self):
        """A list is one statement: what its items cite belongs to it, and stays out of the terms."""
        text = "**TP-01** a\n\n**TP-02** b\n\n```terms\nclaims: {c: {cite: TP-01, details: [{ask: d, cite: TP-02}]}}\n```\n"
        document = read(text).document
        assert document

        assert ("TP-02",) == document.clauses_of("claims", "c", "details")
        assert [{"ask": "d"}] == document.blocks["claims"]["c"]["details"]

    def test_what_is_accounted_for_is_never_served_by_position(self):
        """A clause with a reason of its own is not carried out by a block that happens to stand under it."""
        text = "**TP-01** a\n\n**TP-02** b\n\n```terms\ncauses: {own: {is: c}}\naccounted for: {TP-02: a heading}\n```\n"
        document = read(text).document
        assert document

        assert ("TP-01",) == document.clauses_of("causes", "own", "is")


def test_says_both_places_of_what_is_said_twice():
    """Even alike, a value is said once; both places are shown."""
    told = sentences(check_changed(("claims:\n", "causes: {own: {counts as: down, cite: MH-05}}\nclaims:\n")))

    assert ["causes / own / counts as is said twice; the first is on line 71, column 32"] == told
