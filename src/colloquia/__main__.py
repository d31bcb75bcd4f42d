"""``python -m colloquia`` is the command ``colloquia``."""

from __future__ import annotations

import sys

from colloquia.cli import main

sys.exit(main())
