"""The verifier as one file that any Python runs, packed from the sources that run here."""

from upheld.gateways.pyz.packing import NAME, digest_verifier, pack_verifier, read_verifier

__all__ = ["NAME", "digest_verifier", "pack_verifier", "read_verifier"]
