"""What people write to the bot: believed with the secret alone, read without a slip."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.timeline import Instant
from upheld.gateways.telegram import NotAnUpdate, TelegramMessage, WrongSecret, read_update

SECRET = "agreed"
MESSAGE = {
    "message_id": 12,
    "from": {"id": 77, "is_bot": False, "first_name": "Ada", "last_name": "L"},
    "chat": {"id": 77, "type": "private"},
    "date": 1771070400,
    "text": "The shop is down",
}


def read(update, shown=SECRET):
    return read_update(json.dumps(update).encode(), shown_secret=shown, secret=SECRET)


class TestReadUpdate:
    def test_is_a_message_with_its_sender(self):
        """Who wrote what, where and when; a reply names what it answers."""
        expected = TelegramMessage(
            update=5, chat=77, message=12, is_private=True, sender=77, sender_name="Ada L", text="The shop is down",
            at=Instant.parse("2026-02-14T12:00Z"), answers=9,
        )  # fmt: skip

        assert expected == read({"update_id": 5, "message": {**MESSAGE, "reply_to_message": {"message_id": 9}}})

    def test_of_a_picture_is_its_caption(self):
        """What stands below a picture is what was said; that there is a file is said as well."""
        message = {key: value for key, value in MESSAGE.items() if key != "text"}

        found = read({"update_id": 5, "message": {**message, "photo": [{}], "caption": "see"}})

        assert found
        assert ("see", True) == (found.text, found.has_files)

    @pytest.mark.parametrize(
        "update",
        [
            {"update_id": 1, "edited_message": MESSAGE},
            {"update_id": 1, "my_chat_member": {}},
            {"update_id": 1, "message": {**MESSAGE, "text": ""}},
        ],
    )
    def test_of_another_kind_is_none(self, update):
        """An edit, somebody who joined, nothing said: no new message, and no error that Telegram would send again."""
        assert read(update) is None

    @pytest.mark.parametrize("shown", ["", "Agreed", "agreed ", "ägreed"])
    def test_without_the_secret_is_not_believed(self, shown):
        """Anybody can post to the address."""
        with pytest.raises(WrongSecret):
            read({"update_id": 5, "message": MESSAGE}, shown=shown)

    def test_is_never_believed_where_no_secret_was_agreed(self):
        """An empty setting opens no door."""
        with pytest.raises(WrongSecret):
            read_update(b"{}", shown_secret="", secret="")

    @pytest.mark.parametrize(
        "wrong",
        [
            b"",
            b"[",
            b"[]",
            b"7",
            b"\xff",
            b"[" * 100_000,
            json.dumps({"update_id": "5", "message": MESSAGE}).encode(),
            json.dumps({"update_id": 5, "message": {**MESSAGE, "chat": 7}}).encode(),
            json.dumps({"update_id": 5, "message": {**MESSAGE, "date": 1.5}}).encode(),
            json.dumps({"update_id": 5, "message": {**MESSAGE, "text": ["x"]}}).encode(),
            json.dumps({"update_id": True, "message": MESSAGE}).encode(),
            b" " * 1_000_001,
        ],
    )
    def test_refuses_what_is_none(self, wrong):
        """A body of another shape is an error with what was expected."""
        with pytest.raises(NotAnUpdate, match=r"expected|at most"):
            read_update(wrong, shown_secret=SECRET, secret=SECRET)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*MESSAGE, "message", "update_id", "id", "type"]), inner, max_size=5),
            max_leaves=12,
        )
    )
    def test_of_any_shape_is_read_or_refused(self, update):
        """Whatever is posted with the secret: a message, nothing, or NotAnUpdate."""
        try:
            found = read({"update_id": 1, "message": update})
        except NotAnUpdate:
            return

        assert found is None or isinstance(found, TelegramMessage)
