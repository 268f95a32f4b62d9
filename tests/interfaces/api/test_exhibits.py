"""A customer's programs hand over files as its people do: kept once, each flaw by line and column, their own alone."""

import base64
from hashlib import sha256

import pytest

BAD = b"at,result\nyesterday,503\n"
SENT = {"kind": "measurements", "file": {"file_name": "seen.csv", "content": base64.b64encode(BAD).decode()}}


def test_is_kept_once_and_read_where_it_can_be(cast):
    """The bytes with their digest, and what cannot be read of them; under another key the same one."""
    first, again = (cast.post("/api/v1/exhibits", SENT, "acorn", key=key) for key in "ab")

    told = first.json()
    assert (201, told) == (again.status_code, again.json())
    assert (sha256(BAD).hexdigest(), len(BAD), 1) == (told["digest"], told["size"], told["rows"])
    assert [(2, "at")] == [(flaw["line"], flaw["column"]) for flaw in told["flaws"]]
    assert BAD == cast.get(told["url"], "acorn").content == cast.get(told["url"]).content
    assert 404 == cast.get(told["url"], "birch").status_code


@pytest.mark.parametrize(("member", "sent", "status"), [
    ("staff", SENT, 403), ("acorn", {**SENT, "kind": "gossip"}, 422),
    ("acorn", {**SENT, "file": {"file_name": "x", "content": ""}}, 422),
    ("acorn", {**SENT, "file": {"file_name": "x", "content": "?"}}, 422),
])  # fmt: skip
def test_of_others_or_of_nothing_is_refused(cast, member, sent, status):
    """The provider hands over nothing of its own; an empty file and one that is no base64 are none."""
    assert status == cast.post("/api/v1/exhibits", sent, member).status_code


def test_without_room_is_refused_with_how_much_is_used(cast, settings):
    """A problem of its own; a customer's people read theirs, the provider's everybody's."""
    settings.UPHELD_RECORDS_MEGABYTES = 0

    answer = cast.post("/api/v1/exhibits", SENT, "acorn")

    theirs, all_of_them = (cast.get("/api/v1/exhibits/room", member).json() for member in ("acorn", "staff"))
    assert (413, "/api/v1/problems#no-room") == (answer.status_code, answer.json()["type"])
    assert "4 of 0 bytes are used, 0 are left, and it has 24" in answer.json()["detail"]
    assert [{"customer": "acorn", "used": 4, "allowed": 0, "left": 0}] == theirs
    assert ["acorn", "birch"] == [room["customer"] for room in all_of_them]
