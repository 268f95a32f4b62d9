"""The offline verifier: stands on core alone and ships as upheld-verify.pyz. Who issues a bundle makes it here too."""

from upheld.verify.bundle import make_bundle
from upheld.verify.container import ContainerProblem, NotAContainer, read_container, write_container
from upheld.verify.report import Check, Outcome, Report, Result
from upheld.verify.signing import find_signing
from upheld.verify.verification import verify_bundle

__all__ = [
    "Check",
    "ContainerProblem",
    "NotAContainer",
    "Outcome",
    "Report",
    "Result",
    "find_signing",
    "make_bundle",
    "read_container",
    "verify_bundle",
    "write_container",
]
