"""The settings under test: the product's own, with the installation in a temporary home."""

from tests import installation
from upheld.project.settings import *  # noqa: F403

assert str(installation.HOME) == str(UPHELD_HOME)  # noqa: F405
