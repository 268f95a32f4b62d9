"""SMS by whatever provider the settings describe."""

from upheld.gateways.sms.texting import LONGEST, SmsTexter, open_sms

__all__ = ["LONGEST", "SmsTexter", "open_sms"]
