"""`python -m upheld.interfaces.cli.witness` does what `python upheld-witness.pyz` does."""

import sys

from upheld.interfaces.cli.witness.command import main

sys.exit(main(sys.argv[1:]))
