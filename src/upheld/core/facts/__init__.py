"""What happened: frozen records, one class for each kind of fact, each versioned."""

from upheld.core.facts.kinds import *  # noqa: F403
from upheld.core.facts.record import KINDS, Fact, FactProblem, fact, read_fact
