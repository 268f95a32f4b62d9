"""The verifier as one file that any Python runs, packed from the sources that run here; the second, for browsers."""

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
from upheld.gateways.pyz.witness import WITNESS_NAME, pack_witness, read_witness

__all__ = [
    "NAME",
    "PAGE_NAME",
    "SCRIPT_NAME",
    "WITNESS_NAME",
    "digest_verifier",
    "pack_page",
    "pack_verifier",
    "pack_witness",
    "read_page",
    "read_script",
    "read_verifier",
    "read_witness",
]
