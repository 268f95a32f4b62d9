"""Examples of an agreement: read with every problem, run by the judge, compared with what they say."""

from upheld.language.examples.example import Difference, Example, Expectation, Happened
from upheld.language.examples.reading import read_examples
from upheld.language.examples.running import run_example

__all__ = ["Difference", "Example", "Expectation", "Happened", "read_examples", "run_example"]
