"""SMS by whatever provider the settings describe: those that leave, and those that come."""

from upheld.gateways.sms.arrived import MOST_BYTES, ArrivedSms, NotAnSms, WrongSecret, check_secret, parse_sms
from upheld.gateways.sms.texting import LONGEST, SmsTexter, open_sms

__all__ = [
    "LONGEST", "MOST_BYTES", "ArrivedSms", "NotAnSms", "SmsTexter", "WrongSecret", "check_secret", "open_sms", "parse_sms",
]  # fmt: skip
