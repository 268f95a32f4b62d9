"""A value has one spelling in bytes, and only that spelling is read back."""

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.by_the_book import canonical_text
from upheld.core.proof import NotCanonical, canonical_bytes, parse_canonical
from upheld.core.proof.canonical import DEEPEST, LARGEST_INTEGER

texts = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: unicodedata.normalize("NFC", text))
keys = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def nest(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


class TestCanonicalBytes:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, b"null"),
            ([True, False], b"[true,false]"),
            ({}, b"{}"),
            ([0, -1, 9007199254740991, -9007199254740991], b"[0,-1,9007199254740991,-9007199254740991]"),
            ({"b": 1, "a": 2, "B": 3, "_": 4, "10": 5, "9": 6}, b'{"10":5,"9":6,"B":3,"_":4,"a":2,"b":1}'),
            ("\x00\x08\t\n\x0b\x0c\r\x1f", b'"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f"'),
            ('"\\/', b'"\\"\\\\/"'),
            ("\x7f\u2028é€\U0001f600", b'"\x7f\xe2\x80\xa8\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"'),
            ((1, ("a",)), b'[1,["a"]]'),
            ({'k"': {"n": []}}, b'{"k\\"":{"n":[]}}'),
        ],
    )
    def test_spells_as_rfc_8785_does(self, value: Any, expected: bytes) -> None:
        """Hand-made vectors: order of keys, the short escapes, lower-case numbers of the others, all else literal."""
        assert canonical_bytes(value) == expected

    @given(values)
    def test_equals_the_book(self, value: Any) -> None:
        """Within the profile, the standard library's writer and RFC 8785 as it is written agree on every byte."""
        assert canonical_bytes(value) == canonical_text(value).encode()

    @pytest.mark.parametrize(
        ("value", "place", "reason"),
        [
            ({"a": [1, 2.0]}, "$.a[1]", "came float"),
            (Fraction(1, 2), "$", "came Fraction"),
            ({"a": {"b": b""}}, "$.a.b", "came bytes"),
            ({"n": 2**53}, "$.n", "2**53 - 1"),
            ([-(2**53)], "$[0]", "2**53 - 1"),
            ({"é": 1}, "$", "printable ASCII"),
            ({"x": {"a\n": 1}}, "$.x", "printable ASCII"),
            ({1: 1}, "$", "printable ASCII"),
            (["e\u0301"], "$[0]", "form NFC"),
            ({"t": "\ud83d"}, "$.t", "surrogate"),
            (nest(DEEPEST + 1), "$" + "[0]" * DEEPEST, "deeper than the 40 levels"),
        ],
    )
    def test_refuses_what_has_no_certain_spelling(self, value: Any, place: str, reason: str) -> None:
        """The sentence names the place in the value and what is wrong there."""
        with pytest.raises(NotCanonical) as refusal:
            canonical_bytes(value)

        assert str(refusal.value).startswith(f"{place}: ")
        assert reason in str(refusal.value)

    def test_keeps_the_deepest_value_allowed(self) -> None:
        """Forty levels are written, and read back."""
        assert parse_canonical(canonical_bytes(nest(DEEPEST))) == nest(DEEPEST)

    def test_refuses_an_object_nested_too_deep(self) -> None:
        """Objects count as levels just as arrays do."""
        with pytest.raises(NotCanonical, match="deeper"):
            canonical_bytes([nest(DEEPEST - 1), [{"a": nest(DEEPEST - 2)}]])

    def test_refuses_a_value_that_holds_itself(self) -> None:
        """A circle is infinitely deep, so it ends at the limit with a sentence and not with a crash."""
        circle: dict[str, Any] = {}
        circle["self"] = circle

        with pytest.raises(NotCanonical, match="deeper"):
            canonical_bytes(circle)


class TestParseCanonical:
    @given(values)
    def test_reads_back_what_was_written(self, value: Any) -> None:
        """Writing then reading gives the same value, kinds included (True is not 1)."""
        assert repr(parse_canonical(canonical_bytes(value))) == repr(sorted_like_bytes(value))

    @given(values, st.data())
    def test_refuses_or_means_something_else_when_a_byte_is_changed(self, value: Any, data: st.DataObject) -> None:
        """No two byte strings are read as one value."""
        spelled = bytearray(canonical_bytes(value))
        spelled[data.draw(st.integers(0, len(spelled) - 1))] ^= data.draw(st.integers(1, 255))

        try:
            other = parse_canonical(bytes(spelled))
        except NotCanonical:
            return
        assert canonical_bytes(other) == bytes(spelled) != canonical_bytes(value)

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b'{"a":1,"a":1}', "'a' is given twice"),
            (b'[{"b":{"k":1,"k":2}}]', "'k' is given twice"),
            (b'{"a": 1}', "from byte 5"),
            (b'{"a":1}\n', "from byte 7: expected b'', came b'\\n'"),
            (b'{"b":1,"a":2}', "from byte 2"),
            (b'"\\u00e9"', "from byte 1"),
            (b'"\\/"', "from byte 1"),
            (b'"\\u001F"', "not in canonical form"),
            (b"-0", "not in canonical form"),
            (b"1.0", "came float"),
            (b"1e2", "came float"),
            (b"NaN", "came float"),
            (b"-Infinity", "came float"),
            (b"9007199254740992", "2**53 - 1"),
            (b"9" * 5000, "expected JSON"),
            (b'"\\ud800"', "surrogate"),
            ('"e\u0301"'.encode(), "form NFC"),
            (b'{"\xc3\xa9":1}', "printable ASCII"),
            (b"\xef\xbb\xbf1", "expected JSON"),
            (b'"\xff"', "byte 1 is not"),
            (b'"\xed\xa0\x80"', "expected UTF-8"),
            (b"", "expected JSON"),
            (b"[1,]", "expected JSON"),
            (b"1 2", "expected JSON"),
            (b"[" * 41 + b"]" * 41, "deeper"),
            (b"[" * 100_000 + b"]" * 100_000, "deeper"),
        ],
    )
    def test_refuses_every_other_spelling(self, data: bytes, reason: str) -> None:
        """What somebody hashed is exactly these bytes, so a second spelling of a value is no spelling of it."""
        with pytest.raises(NotCanonical) as refusal:
            parse_canonical(data)

        assert reason in str(refusal.value)

    @given(st.binary(max_size=40))
    def test_never_fails_in_another_way(self, data: bytes) -> None:
        """Any bytes are a value spelled as it must be, or are refused by a sentence."""
        try:
            value = parse_canonical(data)
        except NotCanonical:
            return
        assert canonical_bytes(value) == data


def sorted_like_bytes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: sorted_like_bytes(value[key]) for key in sorted(value)}
    return [sorted_like_bytes(item) for item in value] if isinstance(value, list) else value


def test_objects_may_lie_as_deep_as_lists() -> None:
    """Forty objects in one another are written and read; forty-one are too many."""
    deep: Any = 0
    for _ in range(DEEPEST):
        deep = {"a": deep}

    assert parse_canonical(canonical_bytes(deep)) == deep
    with pytest.raises(NotCanonical, match="deeper than the 40 levels"):
        canonical_bytes({"a": deep})
