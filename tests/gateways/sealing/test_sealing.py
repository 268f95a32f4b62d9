"""Sealed bytes open with their key alone, whole and in their place; a key that ended is destroyed when its time is over."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.timeline import DAY, Instant
from upheld.gateways.sealing import (
    Erased,
    NotSealed,
    SealKey,
    digest_person,
    drop_ended,
    find_key,
    list_erased,
    note_erased,
    open_sealed,
    renew_key,
    seal,
    take_key,
)

KEY, OTHER = SealKey("key-1", bytes(32)), SealKey("key-2", b"\x01" * 32)
NOON = Instant.parse("2026-02-14T12:00Z")


def opened(key: SealKey, name: str, sealed: bytes) -> bytes:
    return b"".join(open_sealed(key, name, io.BytesIO(sealed)))


class TestSealed:
    @given(st.lists(st.binary(max_size=2000), max_size=8))
    def test_opens_as_it_was(self, chunks):
        """Whatever the pieces in which it came; nothing too."""
        assert b"".join(chunks) == opened(KEY, "rows/a", b"".join(seal(KEY, "rows/a", chunks)))

    def test_of_several_frames_opens_as_it_was(self):
        """More than one frame has room for."""
        plain = bytes(range(256)) * 10_000

        assert plain == opened(KEY, "rows/a", b"".join(seal(KEY, "rows/a", [plain])))

    @pytest.mark.parametrize(("key", "name"), [(OTHER, "rows/a"), (KEY, "rows/b")])
    def test_opens_for_its_own_key_and_place_alone(self, key, name):
        """Another key, or the bytes of one entry in the place of another."""
        sealed = b"".join(seal(KEY, "rows/a", [b"Ada"]))

        with pytest.raises(NotSealed, match="does not open frame 1"):
            opened(key, name, sealed)

    def test_says_when_something_is_missing(self):
        """Cut at a frame, in the middle of one, or all of it."""
        frames = list(seal(KEY, "rows/a", [bytes(1_500_000)]))

        for cut in (frames[0], b"".join(frames)[:-1], b""):
            with pytest.raises(NotSealed):
                opened(KEY, "rows/a", cut)

    def test_shows_nothing_of_the_words(self):
        """That is what it is for."""
        assert b"Ada" not in b"".join(seal(KEY, "rows/a", [b"Ada Lovelace" * 50]))


class TestKeys:
    def test_stay_until_they_are_renewed(self, tmp_path):
        """The same key every time; after an erasure another one, and the old one still opens."""
        first = take_key(tmp_path)
        assert first == take_key(tmp_path)

        second = renew_key(tmp_path, NOON + DAY * 30)

        assert ("key-1", "key-2", second) == (first.name, second.name, take_key(tmp_path))
        assert first == find_key(tmp_path, "key-1")

    def test_are_destroyed_when_their_time_is_over(self, tmp_path):
        """Not before; the one that seals now never. A later renewal does not put it off."""
        take_key(tmp_path)
        renew_key(tmp_path, NOON)
        renew_key(tmp_path, NOON + DAY)

        assert [] == drop_ended(tmp_path, Instant(NOON.micros - 1))
        assert ["key-1"] == drop_ended(tmp_path, NOON)
        assert (None, "key-3") == (find_key(tmp_path, "key-1"), take_key(tmp_path).name)
        assert ["key-2"] == drop_ended(tmp_path, NOON + DAY)
        assert "key-4" == renew_key(tmp_path, NOON).name


class TestErased:
    def test_is_kept_in_order_and_names_nobody(self, tmp_path):
        """The same person has the same digest however the address is written; the list does not hold it."""
        digest = digest_person(tmp_path, "Ada@Acorn.example ")
        note_erased(tmp_path, Erased("person-7", digest, str(NOON)))
        note_erased(tmp_path, Erased("person-8", digest_person(tmp_path, "eve@acorn.example"), str(NOON)))

        assert digest == digest_person(tmp_path, "ada@acorn.example")
        assert ["person-7", "person-8"] == [erased.person for erased in list_erased(tmp_path)]
        assert not any(b"acorn" in path.read_bytes() for path in tmp_path.iterdir())

    def test_is_nobody_where_there_is_no_list(self, tmp_path):
        """As in every new installation."""
        assert [] == list_erased(tmp_path)
