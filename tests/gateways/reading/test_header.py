"""Headers as they are, not as they should be."""

import pytest

from upheld.gateways.reading.header import decode_words, read_header, read_ids, read_parameters


def names(raw: bytes) -> list[str]:
    return [name for name, _ in read_header(raw, 0, len(raw)).fields]


class TestReadHeader:
    @pytest.mark.parametrize(
        ("raw", "found", "body"),
        [
            (b"A: 1\r\nB: 2\r\n\r\nx", ["a", "b"], b"x"),
            (b"A: 1\nB: 2\n\nx", ["a", "b"], b"x"),
            (b"From x@y Tue Feb  3\nA: 1\n\nx", ["a"], b"x"),
            (b"A: 1\nbroken line\nB: 2\n\nx", ["a", "b"], b"x"),
            (b"A : 1\n\tmore\n\nx", ["a"], b"x"),
            (b"A: 1\nno header at all\nnor here\n", ["a"], b"no header at all\nnor here\n"),
            (b"A: 1", ["a"], b""),
            (b"\nx", [], b"x"),
            (b"", [], b""),
        ],
    )
    def test_finds_fields_and_body(self, raw, found, body):
        """Either line end, no line end, a mailbox's first line, a broken line between fields, no empty line."""
        header = read_header(raw, 0, len(raw))

        assert (found, body) == (names(raw), raw[header.body_at :])

    def test_keeps_the_order_and_every_one(self):
        """Fields of one name stand in the order of the mail: the topmost is the last server's."""
        raw = b"R: 1\nA: x\nR: 2\n\n"

        assert ["1", "2"] == read_header(raw, 0, len(raw)).all("r")

    def test_says_what_it_cut(self):
        """More fields, or longer ones, than anybody needs."""
        header = read_header(b"A: 1\n" * 1_000, 0, 5_000)

        assert (500, True) == (len(header.fields), "cut" in " ".join(header.doubts))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9_au_lait?=", "café au lait"),
        ("=?UTF-8?B?Y2Fmw6k=?= now", "café now"),
        ("=?utf-8?q?caf=C3?=\r\n =?utf-8?q?=A9?=", "café"),
        ("=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=", "Привет"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?utf-8*en?q?caf=C3=A9?=", "café"),
        ("=?x-unknown?q?caf=C3=A9?=", "café"),
        ("=?iso-8859-1?q?a?= =?utf-8?q?b?= c", "ab c"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?utf-8?b?%%%?=", ""),
        ('"=?utf-8?q?J=C3=BCrgen?="', '"Jürgen"'),
        ("=?utf-8?q?a=00b?=", "ab"),
    ],
)
def test_words_are_decoded(written, words):
    """B and Q, letters cut in two, unknown sets, torn words; never a NUL nor half a letter."""
    assert words == decode_words(written)


@pytest.mark.parametrize(
    ("written", "word", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ('Text/Plain; Charset="utf-8"; format=flowed', "text/plain", {"charset": "utf-8", "format": "flowed"}),
        ('a/b; name="x;y=\\"z\\""', "a/b", {"name": 'x;y="z"'}),
        ("a/b; filename*=utf-8''caf%C3%A9.txt; filename=cafe.txt", "a/b", {"filename": "café.txt"}),
        ("a/b; filename*0*=utf-8''caf%C3; filename*1*=%A9; filename*2=.txt", "a/b", {"filename": "café.txt"}),
        ("a/b; filename*0=one; filename*1=two", "a/b", {"filename": "onetwo"}),
        ("a/b; filename*=%ZZ", "a/b", {"filename": "%ZZ"}),
        ('a/b; name="=?utf-8?q?caf=C3=A9?="', "a/b", {"name": "café"}),
        ('a/b; boundary="torn', "a/b", {"boundary": "torn"}),
        (";;;=;", "", {}),
    ],
)
def test_parameters_are_read(written, word, parameters):
    """Quoted, continued, encoded in the new way and the old, and torn."""
    assert (word, parameters) == read_parameters(written)


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("<a@b>", ("a@b",)),
        ("<a@b> <c@d>\t<a@b>", ("a@b", "c@d")),
        ("<a@b>,<c@d> (remark)", ("a@b", "c@d")),
        ("a@b", ("a@b",)),
        ("<[>", ("[",)),
        ("<>", ()),
        ("nothing here", ()),
    ],
)
def test_ids_are_read(written, ids):
    """In order, each once; also without brackets, as some mailers write them."""
    assert ids == read_ids(written)
