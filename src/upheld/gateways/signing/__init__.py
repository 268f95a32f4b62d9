"""Our signature under a text: with the key in a file beside the database, or with a known key in tests."""

from upheld.gateways.signing.fake import FakeSigner
from upheld.gateways.signing.kept import keep_once, make_folder, publish
from upheld.gateways.signing.key_file import KeyFileSigner, NotASigningKey, open_key_file
from upheld.gateways.signing.signer import Signer

__all__ = ["FakeSigner", "KeyFileSigner", "NotASigningKey", "Signer", "keep_once", "make_folder", "open_key_file", "publish"]
