"""Quality on labelled data, as one table: ``python -m evals`` or ``make eval``."""

from __future__ import annotations

import os

# Before numpy is imported: threads that fight over two cores take longer than one.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from evals.harness import main  # noqa: E402 - it brings numpy, which reads the variables once

if __name__ == "__main__":
    raise SystemExit(main())
