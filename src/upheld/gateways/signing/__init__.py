"""Our signature under a text: by a process that alone has the key, with a key file, or with a known key in tests."""

from upheld.gateways.signing.asked import AskedSigner, NoSigner, NotSigned
from upheld.gateways.signing.fake import FakeSigner
from upheld.gateways.signing.kept import keep_once, make_folder, publish
from upheld.gateways.signing.key_file import KeyFileSigner, NotASigningKey, open_key_file
from upheld.gateways.signing.serving import Memory, SignerRuns, SigningServer
from upheld.gateways.signing.signer import Signer

__all__ = [
    "AskedSigner",
    "FakeSigner",
    "KeyFileSigner",
    "Memory",
    "NoSigner",
    "NotASigningKey",
    "NotSigned",
    "Signer",
    "SignerRuns",
    "SigningServer",
    "keep_once",
    "make_folder",
    "open_key_file",
    "publish",
]
