"""Tags and addresses by which an answer finds its ticket."""

import pytest

from upheld.gateways.mail import make_reply_address, read_reply_address, read_tags, tag_subject

DESK = "help@example.com"
SECRET = b"a secret of the desk"


class TestTags:
    @pytest.mark.parametrize("subject", ["Down", "Re: [T-7] Down", "[T-7] Down", "AW: WG: [T-7] Down [T-7]"])
    def test_stand_once(self, subject):
        """However often it went to and fro, a second tag is not added."""
        once = tag_subject(subject, "T-7")

        assert (once, ("T-7",)) == (tag_subject(once, "T-7"), read_tags(once))

    @pytest.mark.parametrize(
        ("subject", "tickets"),
        [("T-7 is down", ()), ("[t-7]", ()), ("[T-7][T-12]", ("T-7", "T-12")), ("[T-" + "9" * 50 + "]", ())],
    )
    def test_are_read_in_our_form_alone(self, subject, tickets):
        """What people write by hand about a ticket is no tag."""
        assert tickets == read_tags(subject)


class TestReplyAddress:
    def test_leads_back(self):
        """Also when a mailer changed its letters to small or great ones."""
        address = make_reply_address(DESK, "T-7", SECRET)

        assert ["T-7"] * 2 == [read_reply_address(each, DESK, SECRET) for each in (address, address.upper())]

    @pytest.mark.parametrize(
        "forge",
        [
            lambda address: address.replace("t-7", "t-8"),
            lambda address: address.replace("@example.com", "@example.net"),
            lambda address: address.replace("help", "sales"),
            lambda address: address.partition(".")[0] + ".@example.com",
            lambda address: DESK,
        ],
    )
    def test_leads_to_no_other_ticket(self, forge):
        """Another ticket, another desk, no token: none of them is an address of ours."""
        assert None is read_reply_address(forge(make_reply_address(DESK, "T-7", SECRET)), DESK, SECRET)

    def test_holds_for_one_secret(self):
        """An address of another installation opens nothing here."""
        assert None is read_reply_address(make_reply_address(DESK, "T-7", b"other"), DESK, SECRET)
