"""The instances that a customer runs: when each began and ended."""

from upheld.core.facts.record import Fact, fact


@fact("resource-started", 1)
class ResourceStarted(Fact):
    """An instance of a service began to run for the customer."""

    resource: str
    service: str


@fact("resource-ended", 1)
class ResourceEnded(Fact):
    """It was stopped or deleted."""

    resource: str
