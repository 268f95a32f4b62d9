"""Literate agreement files into terms, or into every problem with line, column and clause."""

from upheld.language.calendars import freeze_calendars, with_zones
from upheld.language.checking import Checked, check, run_example, run_examples
from upheld.language.examples import Difference, Example
from upheld.language.problem import Problem
from upheld.language.reading import read_agreement
from upheld.language.standins import stand_in_parameters

__all__ = [
    "Checked",
    "Difference",
    "Example",
    "Problem",
    "check",
    "freeze_calendars",
    "read_agreement",
    "run_example",
    "run_examples",
    "stand_in_parameters",
    "with_zones",
]
