"""Every benchmark after another: ``python -m bench``."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("duplicates", "whole", "documents", "organisations", "corrections", "pages", "rush", "volume")


def main() -> int:
    """Run each in a process of its own, so that none sees the memory of another."""
    status = 0
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        status |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return status


if __name__ == "__main__":
    raise SystemExit(main())
