"""`python -m upheld.verify` does what `python upheld-verify.pyz` does."""

import sys

from upheld.verify.cli import main

sys.exit(main(sys.argv[1:]))
