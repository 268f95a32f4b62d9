"""`python -m upheld.interfaces.prober --spool DIR --name local`: watch what the hub assigns, until stopped."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from pathlib import Path

from upheld.interfaces.prober.running import SpoolInUse, run_prober


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run. Returns the exit code: 0 stopped cleanly, 1 could not start."""
    parser = argparse.ArgumentParser(prog="upheld-prober", description="Watch the checks that the hub assigns.")
    parser.add_argument("--spool", type=Path, required=True, help="folder shared with the hub")
    parser.add_argument("--name", required=True, help="name of this prober in batches and statements")
    parser.add_argument("--seal-seconds", type=int, default=5, help="seal at least this often (default: 5)")
    parser.add_argument("--ca-file", help="trust these certificate authorities too (PEM)")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.seal_seconds <= 3_600:
        parser.error(f"expected --seal-seconds from 1 to 3600, got {chosen.seal_seconds}")
    line = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    line.converter = time.gmtime
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(line)
    logging.basicConfig(level=logging.INFO, handlers=[out])
    try:
        run_prober(chosen.spool, chosen.name, seal_seconds=chosen.seal_seconds, ca_file=chosen.ca_file)
    except (SpoolInUse, OSError) as problem:
        logging.getLogger("upheld.prober").error("%s", problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
