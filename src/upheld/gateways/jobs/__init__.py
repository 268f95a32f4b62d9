"""Work that is done again and again. One definition of each job; embedded, one loop runs them in this process."""

from upheld.gateways.jobs.job import Job
from upheld.gateways.jobs.runner import EmbeddedRunner

__all__ = ["EmbeddedRunner", "Job"]
