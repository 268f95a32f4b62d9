"""The verifiers as one file each, packed from the sources that run here: one for any Python, one for any browser."""

from upheld.gateways.pyz.packing import (
    NAME,
    PAGE_NAME,
    SCRIPT_NAME,
    digest_verifier,
    pack_page,
    pack_verifier,
    read_page,
    read_script,
    read_verifier,
)

__all__ = [
    "NAME",
    "PAGE_NAME",
    "SCRIPT_NAME",
    "digest_verifier",
    "pack_page",
    "pack_verifier",
    "read_page",
    "read_script",
    "read_verifier",
]
