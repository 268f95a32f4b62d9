"""Which certificates are trusted: the machine's own store, and a file that an operator names."""

from __future__ import annotations

import os
import ssl


class NothingTrusted(Exception):
    """This machine trusts no authority at all, so no certificate could ever be accepted."""


def load_trust(ca_file: str | None = None) -> ssl.SSLContext:
    """A TLS context that verifies chain and host name (TLS 1.2 or later), and offers HTTP/1.1. Raises NothingTrusted.

    Sessions are never resumed: every probe makes the whole handshake, as a new visitor does.
    """
    trust = ssl.create_default_context()
    if ca_file is not None:
        trust.load_verify_locations(ca_file)
    trust.set_alpn_protocols(["http/1.1"])
    folder = ssl.get_default_verify_paths().capath
    if not trust.cert_store_stats()["x509_ca"] and not (folder and os.path.isdir(folder) and os.listdir(folder)):
        raise NothingTrusted(
            "this machine trusts no certificate authority; install the package ca-certificates, "
            "or name a file of certificates with --ca-file"
        )
    return trust
