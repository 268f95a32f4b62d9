"""The container has one form: any zip programme opens it, and no other bytes with the same entries are taken for it."""

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.verify import NotAContainer, container, read_container, write_container

ENTRIES = {"b.json": b'{"a":1}', "a.md": b"# Words\n", "c.jsonl": b"", "d-e_f.txt": bytes(range(256))}
NAMES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)


def rezip(entries, *, compression=zipfile.ZIP_STORED, date=(1980, 1, 1, 0, 0, 0), comment=b"", extra=b"", mode=0o100644):
    """A zip of these (name, content) pairs by the standard library, with one thing or another done differently."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, date)
            entry.create_system, entry.external_attr, entry.extra = 3, mode << 16, extra
            archive.writestr(entry, content, compression)
        archive.comment = comment
    return made.getvalue()


def tell(data: bytes) -> str:
    found = read_container(data)
    assert isinstance(found, list)
    return "; ".join(map(str, found))


class TestWriteContainer:
    def test_is_what_a_zip_programme_reads(self):
        """The standard library finds every entry, stored and sound, sorted, of 1980-01-01, a plain file without remarks."""
        with zipfile.ZipFile(BytesIO(write_container(ENTRIES))) as archive:
            assert archive.testzip() is None
            assert sorted(ENTRIES) == archive.namelist()
            assert ENTRIES == {name: archive.read(name) for name in archive.namelist()}
            assert archive.comment == b""
            for entry in archive.infolist():
                assert (0, (1980, 1, 1, 0, 0, 0), 0o100644 << 16, b"", b"", 0, 3) == (
                    entry.compress_type, entry.date_time, entry.external_attr, entry.extra, entry.comment,
                    entry.flag_bits, entry.create_system,
                )  # fmt: skip

    def test_is_the_same_as_the_standard_library_writes(self):
        """No byte is of our own invention: with the same choices made, the other writer agrees."""
        assert rezip(sorted(ENTRIES.items())) == write_container(ENTRIES)

    def test_forgets_the_order_of_its_making(self):
        """Entries given in another order give the same bytes."""
        assert write_container(dict(reversed(ENTRIES.items()))) == write_container(ENTRIES)

    @pytest.mark.parametrize("name", ["", "../a", "/a", "a/b", "a\\b", "A", "é", ".a", "-a", "a b", "a\n", "a" * 101, "c:a"])
    def test_refuses_a_name_that_leads_elsewhere(self, name):
        """No folders, no drive letters, no hidden files, no letters that two systems spell differently."""
        with pytest.raises(NotAContainer, match="an entry is named in small letters"):
            write_container({name: b""})

    def test_refuses_too_many_entries(self):
        """The 65th entry is one too many."""
        with pytest.raises(NotAContainer, match="at most 64 entries, came 65"):
            write_container({f"e{number}": b"" for number in range(65)})

    def test_refuses_to_grow_too_large(self, monkeypatch):
        """Exactly the largest size is written and read; one byte more is neither."""
        monkeypatch.setattr(container, "LARGEST", len(write_container(ENTRIES)))

        assert ENTRIES == read_container(write_container(ENTRIES))
        with pytest.raises(NotAContainer, match="a bundle has at most"):
            write_container({**ENTRIES, "c.jsonl": b"x"})
        assert "a bundle has at most" in tell(write_container(ENTRIES) + b"x")


class TestReadContainer:
    @given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6))
    def test_reads_what_was_written(self, entries):
        """Whatever goes in comes out, for any names and contents."""
        assert entries == read_container(write_container(entries))

    def test_refuses_every_changed_byte(self):
        """Each byte of the container, changed to each of a few others, makes it no container, or other content."""
        whole = write_container(ENTRIES)
        for place in range(len(whole)):
            for change in (1, 0x80, 0xFF):
                changed = bytearray(whole)
                changed[place] ^= change

                assert isinstance(read_container(bytes(changed)), list), place

    def test_refuses_every_cut(self):
        """A file that ends early, anywhere, is refused, and so is one that goes on."""
        whole = write_container(ENTRIES)

        assert [size for size in range(len(whole)) if isinstance(read_container(whole[:size]), dict)] == []
        assert "1 bytes follow the end" in tell(whole + b"\0")

    @pytest.mark.parametrize(
        ("entries", "options", "told"),
        [
            ([("a", b"x" * 99)], {"compression": zipfile.ZIP_DEFLATED}, "a is compressed (method 8)"),
            ([("b", b""), ("a", b"")], {}, "a comes after b"),
            ([("a", b"1"), ("a", b"2")], {}, "a comes twice"),
            ([("../a", b"")], {}, "lies in no folder; came '../a'"),
            ([("a/b", b"")], {}, "lies in no folder"),
            ([("ä", b"")], {}, "lies in no folder"),
            ([(f"{number:03d}", b"") for number in range(65)], {}, "at most 64 entries, came 65"),
            ([("a", b"")], {"date": (2026, 3, 1, 8, 0, 0)}, "in the header of a"),
            ([("a", b"")], {"comment": b"hello"}, "in the end of the list"),
            ([("a", b"")], {"extra": b"\x99\x99\x00\x00"}, "in the header of a"),
            ([("a", b"")], {"mode": 0o100755}, "in the list's line for a"),
        ],
    )
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_refuses_any_other_zip_of_the_same(self, entries, options, told):
        """Compressed, out of order, doubled, with paths, dates, remarks, extra fields or rights of its own: each is told."""
        assert told in tell(rezip(entries, **options))

    def test_refuses_bytes_before_and_between(self):
        """What a lenient reader skips is refused here."""
        whole = write_container(ENTRIES)
        second = whole.index(b"PK\x03\x04", 4)

        assert "begins with" in tell(b"MZ" + whole)
        assert isinstance(read_container(whole[:second] + b"hidden" + whole[second:]), list)

    def test_survives_noise(self):
        """Random bytes behind a zip's first mark are refused with a sentence, never with an exception."""
        chance = random.Random(7)
        for _ in range(300):
            assert isinstance(read_container(b"PK\x03\x04" + chance.randbytes(chance.randrange(120))), list)
