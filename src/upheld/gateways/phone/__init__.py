"""Telephone calls by whatever provider the settings describe: it calls, and reads the text."""

from upheld.gateways.phone.calling import LONGEST, PhoneCaller, open_phone

__all__ = ["LONGEST", "PhoneCaller", "open_phone"]
