"""Our signature under a text: with the key in a file beside the database, or with a known key in tests."""

from upheld.gateways.signing.fake import FakeSigner
from upheld.gateways.signing.kept import keep_once, publish
from upheld.gateways.signing.key_file import KeyFileSigner, NotASigningKey, open_key_file
from upheld.gateways.signing.signer import Signer

__all__ = ["FakeSigner", "KeyFileSigner", "NotASigningKey", "Signer", "keep_once", "open_key_file", "publish"]
