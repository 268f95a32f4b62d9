"""What to probe and what to expect, prepared once so that each probe only has to go."""

from __future__ import annotations

from dataclasses import dataclass

from upheld.gateways.probe.addresses import Network, Refusal, read_networks, vet_address
from upheld.gateways.probe.banner import Banner
from upheld.gateways.probe.expectation import Expectation, read_expectation
from upheld.gateways.probe.reply import Reply, write_request
from upheld.gateways.probe.target import Target, UnfitTarget, read_target

MOST_REDIRECTS = 5
_MOST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Order:
    """One check as a probe needs it. `deadline_us` covers everything from the look-up to the last byte."""

    target: Target
    expectation: Expectation
    deadline_us: int
    allowed: tuple[Network, ...]
    redirects: int
    opening: bytes
    refusal: Refusal | None

    @property
    def names_a_host(self) -> bool:
        """True when a resolver must be asked, so that an answer shows that it works."""
        host = self.target.host.lower()
        return self.target.place is None and host != "localhost" and not host.endswith(".localhost")

    def converse(self, *, follows: bool) -> Reply | Banner | None:
        """A reader for what the target will say, or None when connecting is all that is asked."""
        if self.target.scheme != "tcp":
            return Reply(self.expectation, follows=follows)
        return None if self.expectation.text is None else Banner(self.expectation.text)


def prepare_order(
    url: str,
    *,
    deadline_seconds: int,
    status: str = "200-299",
    body: str | None = None,
    allowed: tuple[str, ...] = (),
    redirects: int = 0,
) -> Order:
    """Read one check. Raises ValueError (UnfitTarget, UnfitExpectation) with a sentence for whoever wrote it.

    An address that is closed to the check is no error here: the probe is refused each time, with the reason, so that
    the refusal is on record.
    """
    if not 1 <= deadline_seconds <= _MOST_SECONDS:
        raise ValueError(f"expected a deadline of 1 to {_MOST_SECONDS} seconds, got {deadline_seconds}")
    if not 0 <= redirects <= MOST_REDIRECTS:
        raise ValueError(f"expected 0 to {MOST_REDIRECTS} redirects to follow, got {redirects}")
    target = read_target(url)
    if target.scheme == "tcp" and redirects:
        raise UnfitTarget(f"expected no redirects for a tcp target, got {redirects}")
    networks = read_networks(allowed)
    return Order(
        target=target,
        expectation=read_expectation(status=status, body=body),
        deadline_us=deadline_seconds * 1_000_000,
        allowed=networks,
        redirects=redirects,
        opening=write_request(target) if target.scheme != "tcp" else b"",
        refusal=vet_address(target.place[1][0], networks) if target.place else None,
    )
