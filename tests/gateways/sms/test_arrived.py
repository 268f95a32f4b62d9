"""SMS as providers post them: forms and JSON, believed only with the secret."""

import base64
import json
from typing import Any

import pytest

from upheld.gateways.sms import ArrivedSms, NotAnSms, WrongSecret, check_secret, parse_sms

FORM = "from=From&text=Body"
NESTED = "from=data.payload.from.phone_number&text=data.payload.text"


def write_basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"upheld:{password}".encode()).decode()


class TestSecret:
    @pytest.mark.parametrize("shown", ["Bearer walnut", "bearer walnut", write_basic("walnut"), "Basic OndhbG51dA=="])
    def test_is_shown_either_way(self, shown):
        """As a token, or as the password under any name."""
        check_secret(shown, "walnut")

    @pytest.mark.parametrize(
        "shown", ["", "walnut", "Bearer", "Bearer wälnut", "Bearer walnut2", write_basic("x"), "Basic %%%", "Digest walnut"]
    )
    def test_that_is_another_is_refused(self, shown):
        """Whoever finds the address can write nothing there."""
        with pytest.raises(WrongSecret, match="UPHELD_SMS_SECRET"):
            check_secret(shown, "walnut")

    def test_that_was_never_agreed_is_none(self):
        """Without a secret in the settings nobody is believed."""
        with pytest.raises(WrongSecret):
            check_secret("Bearer ", "")


class TestSms:
    @pytest.mark.parametrize(
        ("body", "fields"),
        [
            (b"From=%2B442079460000&Body=ack+4711&Other=x", FORM),
            (b"From=00442079460000&Body=ack%204711", FORM),
            (b'{"From": "+44 20 7946-0000", "Body": "ack 4711\\u0000"}', FORM),
            (b'{"From": 442079460000, "Body": " ack 4711"}', FORM),
            (json.dumps({"data": {"payload": {"from": {"phone_number": "+442079460000"}, "text": "ack 4711"}}}).encode(),
             NESTED),
            (b'[{"msisdn": "442079460000", "text": "ack 4711"}]', "from=0.msisdn&text=0.text"),
        ],
    )  # fmt: skip
    def test_is_read_where_the_settings_say(self, body, fields):
        """The same SMS, whoever brings it: its number with the country in front."""
        assert ArrivedSms("+442079460000", "ack 4711") == parse_sms(body, fields)

    @pytest.mark.parametrize(
        ("body", "fields", "expected"),
        [
            (b"Body=x", FORM, "expected From as text, came nothing"),
            (b'{"From": {}, "Body": "x"}', FORM, "expected From as text, came dict"),
            (b"{", FORM, "expected a form or JSON"),
            (b"\xff\xfe", FORM, "expected a form or JSON"),
            (b"[" * 60_000, FORM, "expected a form or JSON"),
            (b"x" * 70_000, FORM, "at most 65536 bytes"),
            (b"From=1&Body=x", "from=From", "names no field for text"),
        ],
    )
    def test_that_is_none_says_why(self, body: bytes, fields: str, expected: str):
        """What was expected and what came, for whoever mends the settings."""
        with pytest.raises(NotAnSms, match=expected):
            parse_sms(body, fields)

    def test_of_no_number_keeps_its_sender(self):
        """Firms send under a name; nobody is paged there."""
        found: Any = parse_sms(b"From=BANK&Body=hello", FORM)

        assert "BANK" == found.sender
